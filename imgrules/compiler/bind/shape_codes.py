"""The codes of mistakes that `bind` finds, such as unknown keys, with their pages for `explain`; ids are never reused."""

from __future__ import annotations

from imgrules.compiler.report.diagnostics import Code, Severity

UNKNOWN_KEY = Code(
    "IR101",
    "unknown-key",
    Severity.ERROR,
    """
a key that is not known here

What: a block has a key that the rule language does not define for this block.
Why: if unknown keys were ignored, a typo such as `credit` would leave a value without its price, and nobody would notice.

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

What: a block does not have a key that it requires.
Why: required keys have no default: for example, a request without a provider cannot be sent.

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
Why: it may be a line that somebody forgot to finish.

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

What: a name is not written in lower-case letters, digits and `_`, a wire path is not names joined by dots, or a language is
not a BCP 47 tag.
Why: programs read these words, and some of them are sent in requests.

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

What: a key accepts only certain words, and another word is given.
Why: with a typo such as `status: alowed`, the example could never succeed.

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

What: a number is too small or too large, a text is empty or too long, or a list has too many entries.
Why: such a value is a mistake: a price below 0 would pay the user, and an empty label would show nothing.

Avoid:
    low: {credits: -5}
Prefer:
    low: {credits: 5}
""",
)

OLD_SPELLING = Code(
    "IR108",
    "old-spelling",
    Severity.ERROR,
    """
a spelling of an earlier rule language

What: a key, or the form of a value, was part of the rule language before and has another form now.
Why: two spellings for one thing would have to be learned, and the old ones are read nowhere else any more. Where the new form
is certain, `imgrules check --fix` writes it, and keeps comments and layout. In a file with old spellings, a shared field
without `required` gets `optional: true`, since fields were optional before, and one with `required: true` beside other old
spellings gets `optional: false`.

Avoid:
    quality: {sent: false, values: [low, high]}
Prefer:
    quality: {send: false, values: [low, high]}
""",
)

CODES = (UNKNOWN_KEY, MISSING_KEY, WRONG_KIND, NOTHING, BAD_NAME, NOT_A_CHOICE, OUT_OF_BOUNDS, OLD_SPELLING)
