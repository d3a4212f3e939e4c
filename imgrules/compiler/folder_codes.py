"""The mistakes of a folder of rules, each with its page."""

from __future__ import annotations

from imgrules.compiler.diagnostics import Code, Severity

NO_SHARED = Code(
    "IR303",
    "no-shared-file",
    Severity.ERROR,
    """
a folder without `_shared.yaml`

What: there are model files, and no file that says what they share.
Why: the shared file says where everything is sent and what opens a gate.

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
a file name that cannot be a model's id

What: the name of the file has signs that an id cannot have.
Why: the name of the file is the public id of its model, and callers type it.

Avoid:
    rules/GPT Image 2.yaml
Prefer:
    rules/gpt-image-2.yaml
""",
)

CODES = (NO_SHARED, BAD_FILE_NAME)
