"""The codes of mistakes in a folder of rules, with their pages for `explain`; ids are never reused."""

from __future__ import annotations

from imgrules.compiler.report.diagnostics import Code, Severity

NO_SHARED = Code(
    "IR303",
    "no-shared-file",
    Severity.ERROR,
    """
a folder without `_shared.yaml`

What: the folder has model files, but no `_shared.yaml`.
Why: the shared file says where each value is sent in the request, and which grants open each gate.

Avoid:
    rules/gpt-image-2.yaml
Prefer:
    rules/_shared.yaml
    rules/gpt-image-2.yaml
""",
)

BAD_FILE_NAME = Code(
    "IR304",
    "bad-file-name",
    Severity.ERROR,
    """
a name of a model file with other characters

What: the name of the file has other characters than small letters, digits, `.`, `_` and `-`.
Why: the name of the file is the public id of its model, and callers type it; an id that it cannot be is stated at `id`.

Avoid:
    rules/GPT Image 2.yaml
Prefer:
    rules/gpt-image-2.yaml, perhaps with `id: vendor/GPT-Image-2`
""",
)

LINK_LEADS_OUT = Code(
    "IR305",
    "link-leads-out",
    Severity.ERROR,
    """
a link to a file outside the folder

What: a rule file is a symbolic link to a file outside the folder.
Why: with a malicious link, imgrules would read any file of the machine, and show parts of it in its messages.

Avoid:
    rules/gpt-image-2.yaml -> /home/me/drafts/gpt-image-2.yaml
Prefer:
    rules/gpt-image-2.yaml (the file itself, or a link to another file in rules/)
    `--follow-links`, or `follow_links=True` in Python, if a build system creates such links
""",
)

CODES = (NO_SHARED, BAD_FILE_NAME, LINK_LEADS_OUT)
