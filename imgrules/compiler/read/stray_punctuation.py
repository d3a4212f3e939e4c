"""
a sign of another language in a text, or a number sign that cuts it off

What: a text without quotes ends with a comma or a semicolon, or holds `#` without a space before it, or `//`; or it is
followed by a space, `#` and a digit.
Why: elsewhere these end a line or begin a comment; here they are part of the text, and would be sent and shown. A `#`
behind a space always begins a comment: `GPT #2` is `GPT`.

Avoid:
    provider: gemini,
    model: nano#the small one
    name: Nano #2
Prefer:
    provider: gemini
    model: nano  # the small one
    name: "Nano #2"
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from imgrules.compiler.read.scalars import core
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import Help, explain, write
from imgrules.compiler.source import Source, Span
from imgrules.quoting import quoted

CODE = Code("IR251", "left-sign", Severity.WARNING, __doc__)
PATTERN = r"[,;]$|\S#[^\W\d_]|\s//"
_STRAY_PUNCTUATION = re.compile(PATTERN)
_NUMBER_SIGN = re.compile(r"(?<=\S)[ \t]+#[0-9]+")


def stray_punctuation(text: str) -> tuple[str, Help] | None:
    """Return the message and the hint for an unquoted text with such a sign, or None; an address with `://` may have any."""
    if not _STRAY_PUNCTUATION.search(text) or "://" in text:
        return None
    if text[-1] in ",;":
        sign = "comma" if text[-1] == "," else "semicolon"
        corrected = text.rstrip(",; ")
        message = f"{quoted(text)} ends with a {sign}, which is part of the text"
        value = core(corrected)
        if value is None:  # the rest is no value at all
            return message, explain("put the text in quotes")
        if type(value) is bool:  # a text of these letters may have been meant
            return message, explain(f"delete the {sign}, or put the text in quotes")
        return message, write(corrected, ", or put the text in quotes")
    hint = "begin a comment with ` #`, or put the text in quotes"
    return f"what looks like a comment is part of the text {quoted(text)}", explain(hint)


def commented_out(source: Source, values: Iterable[Span]) -> Iterator[Finding]:
    """Yield a finding for each number sign after an unquoted text that turns a probable part of the text into a comment."""
    signs = {match.start(): match for match in _NUMBER_SIGN.finditer(source.text)}
    for span in values if signs else ():
        text = source.slice(span)
        if span.end in signs and text[:1] not in "\"'" and type(core(text)) is str:
            whole = Span(span.start, signs[span.end].end())
            message = f"{quoted(source.slice(whole)[len(text) :].strip())} is a comment, so the text is only {quoted(text)}"
            hint = "put the whole text in quotes, or begin the comment with `# `"
            yield Finding(CODE, message, Place(span=whole), *explain(hint))
