"""The mistakes in the shape of a rule file, each with its page. `explain` prints them; ids are never reused."""

from __future__ import annotations

from imgrules.compiler.report.diagnostics import Code, Severity

UNKNOWN_KEY = Code(
    "IR101",
    "unknown-key",
    Severity.ERROR,
    """
a key that is not known here

What: a block has a key that is not one of its keys.
Why: a typo such as `credit` would otherwise leave a choice without its price, and nobody would know.

Avoid:
    low: {label: Basic, credit: 5}
Prefer:
    low: {label: Basic, credits: 5}
""",
)

MISSING_KEY = Code(
    "IR102",
    "missing-key",
    Severity.ERROR,
    """
a required key that is missing

What: a block lacks a key that it needs.
Why: nothing is guessed; a request without a provider cannot be sent.

Avoid:
    name: Nano
    type: image
Prefer:
    name: Nano
    type: image
    provider: gemini
    model: nano
    options: {ratio: {values: ["1:1"]}}
""",
)

WRONG_KIND = Code(
    "IR103",
    "wrong-kind",
    Severity.ERROR,
    """
a value of the wrong kind

What: text where a number is expected, a number where text is expected, or one value where a list is expected.
Why: each key takes one kind of value, so that `"5"` and `5` are never confused.

Avoid:
    low: {credits: "5"}
Prefer:
    low: {credits: 5}
""",
)

NOTHING = Code(
    "IR104",
    "nothing-given",
    Severity.ERROR,
    """
a key without a value

What: a key is written, but its value is empty or `null`.
Why: it looks the same as a line that somebody forgot to finish.

Avoid:
    low:
Prefer:
    low: {}
""",
)

BAD_NAME = Code(
    "IR105",
    "bad-name",
    Severity.ERROR,
    """
a name, a path or a language in the wrong format

What: names are small letters, digits and `_`; wire paths are names joined by dots; languages are BCP 47 tags.
Why: programs read these words, and they appear in requests.

Avoid:
    send: extra config/output
Prefer:
    send: extra_config.output.quality
""",
)

NOT_A_CHOICE = Code(
    "IR106",
    "not-a-choice",
    Severity.ERROR,
    """
a word that is not one of the allowed words

What: a key takes one of a few words, and another word is given.
Why: a typo in `status: alowed` would make an example that proves nothing.

Avoid:
    expect: {status: alowed}
Prefer:
    expect: {status: allowed}
""",
)

OUT_OF_BOUNDS = Code(
    "IR107",
    "out-of-bounds",
    Severity.ERROR,
    """
a number or a text outside its bounds

What: a price below 0, an empty text, or an unknown version of the language.
Why: nobody is paid to create an image, and an empty label shows nothing.

Avoid:
    low: {credits: -5}
Prefer:
    low: {credits: 5}
""",
)

CODES = (UNKNOWN_KEY, MISSING_KEY, WRONG_KIND, NOTHING, BAD_NAME, NOT_A_CHOICE, OUT_OF_BOUNDS)
