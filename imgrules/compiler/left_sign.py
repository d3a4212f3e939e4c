"""
a sign of another language that is part of a text

What: a text without quotes ends with a comma or a semicolon, or holds `#` without a space before it, or `//`.
Why: elsewhere these end a line or begin a comment; here they are part of the text, and would be sent and shown.

Avoid:
    provider: gemini,
    model: nano#the small one
Prefer:
    provider: gemini
    model: nano  # the small one
"""

from __future__ import annotations

import re

from imgrules.compiler.diagnostics import Code, Severity
from imgrules.compiler.helps import Help, explain, write
from imgrules.engine.wording import quoted

CODE = Code("IR251", "left-sign", Severity.WARNING, __doc__)
PATTERN = r"[,;]$|\S#[^\W\d_]|\s//"
_SIGN = re.compile(PATTERN)


def left_sign(text: str) -> tuple[str, Help] | None:
    """Return what is said of a text without quotes that holds such a sign, and what to do; an address may well hold some."""
    if not _SIGN.search(text) or "://" in text:
        return None
    if text[-1] in ",;":
        sign = "comma" if text[-1] == "," else "semicolon"
        better = text.rstrip(",; ")
        message = f"{quoted(text)} ends with a {sign}, which is part of the text"
        return message, write(better, ", or put the text between quotes") if better else explain("put the text between quotes")
    hint = "begin a comment with ` #`, or put the text between quotes"
    return f"what looks like a comment is part of the text {quoted(text)}", explain(hint)
