"""The codes of mistakes in the bytes and the YAML of a file, with their pages for `explain`; ids are never reused."""

from __future__ import annotations

from imgrules.compiler.report.diagnostics import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

UNREADABLE = Code(
    "IR001",
    "unreadable-file",
    _ERROR,
    """
a file that cannot be read

What: the file cannot be opened, or its name does not end in `.yaml`.
Why: if a rule file were skipped silently, its model would be missing and nobody would know.

Avoid:
    rules/gpt-image-2.yml
Prefer:
    rules/gpt-image-2.yaml
""",
)

NOT_UTF8 = Code(
    "IR002",
    "not-utf-8",
    _ERROR,
    """
bytes that are not UTF-8

What: the file was saved in another encoding, such as Latin-1 or UTF-16.
Why: users would see wrong letters instead of those that the author typed.

Avoid:
    label: Größe        # saved as Latin-1
Prefer:
    label: Größe        # saved as UTF-8
""",
)

TOO_LARGE = Code(
    "IR003",
    "too-large",
    _ERROR,
    """
a file or a text that is too large, or too deeply nested

What: a file has more than 1 MiB, 50 000 nodes or 32 levels of nesting, or one text has more than 64 KiB.
Why: rule files are read often, so reading has to be fast; files that people write are far below these limits.

Avoid:
    values: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["1:1"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
Prefer:
    values: ["1:1"]
""",
)

SYNTAX = Code(
    "IR004",
    "syntax",
    _ERROR,
    """
text that is not YAML

What: a colon, a comma, a quote, a bracket or the indentation is missing or out of place; or a comment begins as in another
language, such as with `//`.
Why: these signs give YAML its structure. The text after the mistake cannot be read, so fix it first: more errors may follow.

Avoid:
    high 20
Prefer:
    high: {credits: 20}
""",
)

COMPLEX_KEY = Code(
    "IR005",
    "complex-key",
    _ERROR,
    """
a list or a mapping used as a key

What: the name before a colon is not a single word.
Why: every name in a rule file is text.

Avoid:
    {low, high}: 5
Prefer:
    low: {credits: 5}
    high: {credits: 5}
""",
)

NUMBER = Code(
    "IR006",
    "unusable-number",
    _ERROR,
    """
a number that cannot be stored exactly

What: a number has more than 15 digits, or is `.inf` or `.nan`.
Why: prices have to be exact, and readers of the compiled table keep only 15 digits.

Avoid:
    credits: .inf
Prefer:
    credits: unknown
""",
)

DUPLICATE_KEY = Code(
    "IR010",
    "duplicate-key",
    _ERROR,
    """
a key that is given twice

What: the same name occurs twice in one block.
Why: many YAML readers silently take the last one, so a price could change without anyone noticing.

Avoid:
    high: {credits: 20}
    high: {credits: 24}
Prefer:
    high: {credits: 24}
""",
)

ANCHOR = Code(
    "IR011",
    "anchor",
    _ERROR,
    """
an anchor

What: `&name` marks a value so that `*name` can repeat it elsewhere.
Why: a reviewer has to see each value where it is used; what models share belongs in `_shared.yaml`.

Avoid:
    low: &cheap {credits: 5}
Prefer:
    low: {credits: 5}
""",
)

ALIAS = Code(
    "IR012",
    "alias",
    _ERROR,
    """
an alias

What: `*name` repeats the value that an anchor marks.
Why: a reviewer has to see the value where it is used. Text that begins with an asterisk needs quotes.

Avoid:
    medium: *cheap
Prefer:
    medium: {credits: 5}
""",
)

MERGE_KEY = Code(
    "IR013",
    "merge-key",
    _ERROR,
    """
a merge key

What: `<<` copies another mapping into this one.
Why: YAML 1.2 has no merge keys, and YAML readers disagree about what they do.

Avoid:
    high: {<<: *cheap, credits: 20}
Prefer:
    high: {label: Premium, credits: 20}
""",
)

TAG = Code(
    "IR014",
    "tag",
    _ERROR,
    """
a tag

What: `!name` tells a program to read a value in a special way.
Why: the rule language defines what is text and what is a number. Text that begins with `!` needs quotes.

Avoid:
    name: !important Nano
Prefer:
    name: "!important Nano"
""",
)

SECOND_DOCUMENT = Code(
    "IR015",
    "second-document",
    _ERROR,
    """
a second document in one file

What: after `---` or `...` another document begins.
Why: one file describes one model; the second document would be ignored.

Avoid:
    name: Nano
    ---
    name: Micro
Prefer:
    name: Nano
""",
)

YAML_VERSION = Code(
    "IR016",
    "yaml-version",
    _ERROR,
    """
another version of YAML

What: the file asks for a version other than 1.2.
Why: other versions read `16:9` as a number of minutes and `no` as false.

Avoid:
    %YAML 1.1
    ---
    name: Nano
Prefer:
    name: Nano
""",
)

CONTROL = Code(
    "IR020",
    "control-character",
    _ERROR,
    """
an invisible control character

What: the text contains a character that editors do not show, and that some programs treat as a command or a line end.
Why: it would be sent, stored and compared, and nobody could see why two texts differ.

Avoid:
    name: Nano\\u0007
Prefer:
    name: Nano
""",
)

BIDI = Code(
    "IR021",
    "bidi-character",
    _ERROR,
    """
a character that changes the direction of the text

What: the text contains a character that makes an editor show letters in another order than they have in the file.
Why: a reviewer would read another rule than the one that applies.

Avoid:
    gate: \\u202erebmem
Prefer:
    gate: member
""",
)

ZERO_WIDTH = Code(
    "IR022",
    "zero-width-character",
    _ERROR,
    """
a zero-width character

What: the text contains a zero-width space, a joiner or a byte-order mark, often pasted from a web page.
Why: `high` with such a character looks the same as `high`, but is another word.

Avoid:
    gate: mem\\u200bber
Prefer:
    gate: member
""",
)

NO_BREAK = Code(
    "IR023",
    "no-break-space",
    _ERROR,
    """
a non-standard space

What: the text contains a no-break, narrow or ideographic space, often pasted from a document.
Why: YAML does not treat it as a space, so it becomes part of a name or a text.

Avoid:
    gate:\\u00a0member
Prefer:
    gate: member
""",
)

SMART_QUOTE = Code(
    "IR024",
    "smart-quote",
    _ERROR,
    """
typographic quotes around a value

What: a text editor replaced straight quotes with curly ones.
Why: YAML treats them as letters, so they would become part of the value.

Avoid:
    values: [“16:9”]
Prefer:
    values: ["16:9"]
""",
)

WIDE_COLON = Code(
    "IR025",
    "full-width-colon",
    _ERROR,
    """
a full-width colon after a name

What: a colon is the full-width colon of East Asian text, which an input method may insert.
Why: YAML treats it as a letter, so the name gets no value.

Avoid:
    credits：5
Prefer:
    credits: 5
""",
)

MISREAD = Code(
    "IR030",
    "read-differently",
    _WARNING,
    """
a value that other YAML readers read differently

What: a YAML 1.1 reader reads this word, which has no quotes, as a number, a date or a boolean; or it reads this number as text.
Why: imgrules reads YAML 1.2, as editors do. A YAML 1.1 tool reads `16:9` in the same file as the number 969.

Avoid:
    values: [16:9, 1:1]
Prefer:
    values: ["16:9", "1:1"]
""",
)

CODES = (
    UNREADABLE,
    NOT_UTF8,
    TOO_LARGE,
    SYNTAX,
    COMPLEX_KEY,
    NUMBER,
    DUPLICATE_KEY,
    ANCHOR,
    ALIAS,
    MERGE_KEY,
    TAG,
    SECOND_DOCUMENT,
    YAML_VERSION,
    CONTROL,
    BIDI,
    ZERO_WIDTH,
    NO_BREAK,
    SMART_QUOTE,
    WIDE_COLON,
    MISREAD,
)
