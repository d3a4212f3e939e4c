"""
a comma, a semicolon, a point or a comment sign that is probably a mistake

What: a text without quotes ends with a comma or a semicolon, contains `//`, `/*` or a `#` without a space before it, or
is followed by a space, `#` and a digit; or a number such as `1.000` has a point before three digits, the last of them 0.
Why: in other languages these signs end a line or begin a comment; in YAML they are part of the text, and would be sent and
shown. A `#` after a space always begins a comment: `GPT #2` is read as `GPT`. A point begins decimals: `1.000` is 1.

Avoid:
    provider: gemini,
    model: nano#the small one
    name: Nano #2
    credits: 1.000
Prefer:
    provider: gemini
    model: nano  # the small one
    name: "Nano #2"
    credits: 1000
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from imgrules.compiler.read.scalars import plain_value
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import Help, explain, write
from imgrules.compiler.source import Source, Span
from imgrules.quoting import quoted

CODE = Code("IR251", "left-sign", Severity.WARNING, __doc__)
_GROUPED = r"^[1-9][0-9]{0,2}\.[0-9]{2}0$"
PATTERN = rf"[,;]$|\S#[^\W\d_]|\s/[/*]|{_GROUPED}"
_POINT = "leave out the point if thousands are meant, or the zeros at the end if decimals are"
_COMMENT = r"\s/[/*]"
_NUMBER_SIGN = re.compile(r"(?<=\S)[ \t]+#[0-9]+")


def stray_punctuation(text: str) -> tuple[str, Help] | None:
    """Return the message and the hint for an unquoted text with such a sign, or None; a URL may have any of them, but no space."""
    if not re.search(_COMMENT if "://" in text else PATTERN, text):
        return None
    if re.search(_GROUPED, text):
        return f"{quoted(text)} is {quoted(str(plain_value(text)))} here: a point begins decimals", explain(_POINT)
    if text[-1] in ",;":
        sign = "comma" if text[-1] == "," else "semicolon"
        corrected = text.rstrip(",; ")
        message = f"{quoted(text)} ends with a {sign}, which is part of the text"
        value = plain_value(corrected)
        if value is None:  # without the sign, nothing is left, or null
            return message, explain("put the text in quotes")
        if type(value) is bool:  # the author may have intended the text `true` or `false`
            return message, explain(f"delete the {sign}, or put the text in quotes")
        return message, write(corrected, ", or put the text in quotes")
    hint = "begin a comment with ` #`, or put the text in quotes"
    return f"what looks like a comment is part of the text {quoted(text)}", explain(hint)


def commented_out(source: Source, values: Iterable[Span]) -> Iterator[Finding]:
    """Yield a finding for each `#` and number after an unquoted text: probably a part of it, but to YAML a comment."""
    signs = {match.start(): match for match in _NUMBER_SIGN.finditer(source.text)} if "#" in source.text else {}
    for span in values if signs else ():
        text = source.slice(span)
        if span.end in signs and text[:1] not in "\"'" and type(plain_value(text)) is str:
            whole = Span(span.start, signs[span.end].end())
            message = f"{quoted(source.slice(whole)[len(text) :].strip())} is a comment, so the text is only {quoted(text)}"
            hint = "put the whole text in quotes, or begin the comment with `# `"
            yield Finding(CODE, message, Place(span=whole), *explain(hint))
