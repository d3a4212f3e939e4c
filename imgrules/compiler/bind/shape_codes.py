"""The mistakes in the shape of a rule file, each with its page. `explain` prints them; ids are never reused."""

from __future__ import annotations

from imgrules.compiler.report.diagnostics import Code, Severity

UNKNOWN_KEY = Code(
    "IR101",
    "unknown-key",
    Severity.ERROR,
    """
a key that means nothing here

What: a name stands in a block that has no such name.
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
a key that has to be given

What: a block lacks a name without which it says too little.
Why: nothing is guessed; a model without a provider cannot be sent.

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

What: text stands where a number is wanted, a number where text is wanted, or one value where a list is wanted.
Why: each field says what it takes, so that `"5"` and `5` never mean the same by luck.

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
a key with nothing after it

What: a name is written, and its value is empty or `null`.
Why: it cannot be told from a line that somebody meant to finish.

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
a name, a path or a language that is not written as such

What: names are small letters, digits and `_`; wire paths are names joined by dots; languages are BCP 47 tags.
Why: these words are read by programs and appear in requests.

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
a word that is not one of the few that are possible

What: a field takes one of a few words, and another one is given.
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
a number or a text beyond its bounds

What: a price below 0, an empty text, or an unknown version of the language.
Why: no customer is paid for an image, and an empty label shows nothing.

Avoid:
    low: {credits: -5}
Prefer:
    low: {credits: 5}
""",
)

CODES = (UNKNOWN_KEY, MISSING_KEY, WRONG_KIND, NOTHING, BAD_NAME, NOT_A_CHOICE, OUT_OF_BOUNDS)
