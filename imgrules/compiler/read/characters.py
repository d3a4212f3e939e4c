"""The bytes of a rule file become text, or findings about bytes and characters that no rule file needs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice

from imgrules.compiler import file_caps as caps
from imgrules.compiler.read.syntax_codes import BIDI, CONTROL, NO_BREAK, NOT_UTF8, TOO_LARGE, ZERO_WIDTH
from imgrules.compiler.report.diagnostics import MOST_MISTAKES, Code, Finding, Place
from imgrules.compiler.source import Source, Span

MOST_BYTES = caps.MOST_BYTES

_LOOK = "delete it, and check what is left"
_ODD: tuple[tuple[Code, str, str, str], ...] = (
    (
        CONTROL,
        r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufff0-\ufffb\ufffe\uffff",
        "an invisible control character",
        _LOOK,
    ),
    (BIDI, r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069", "a character that changes the direction of the text", _LOOK),
    (ZERO_WIDTH, r"\u00ad\u200b-\u200d\u2060-\u2064\ufeff", "a zero-width character", "delete it"),
    (NO_BREAK, r"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000", "a non-standard space", "type an ordinary space"),
)
_ANY_ODD = re.compile("|".join(f"[{each[1]}]+" for each in _ODD))


def decode(name: str, raw: bytes) -> tuple[Source, tuple[Finding, ...]]:
    """Return the text of a file; its findings are empty exactly when the text may be parsed."""
    if len(raw) > MOST_BYTES:
        message = f"the file has more than {MOST_BYTES:,} bytes"
        finding = Finding(TOO_LARGE, message, Place(span=Span(0, 0)), "split it: one file is one model")
        return Source(name, ""), (finding,)
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        source = Source(name, body.decode("utf-8"))
    except UnicodeDecodeError as error:
        readable = Source(name, body[: error.start].decode("utf-8") + body[error.start :].decode("latin-1"))
        at = len(body[: error.start].decode("utf-8"))
        wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        what = "the file is in UTF-16" if wide else f"byte 0x{body[error.start]:02x} is not UTF-8"
        return readable, (Finding(NOT_UTF8, what, Place(span=Span(at, at + 1)), "save the file as UTF-8"),)
    odd = islice(odd_characters(source.text), 2 * MOST_MISTAKES)
    return source, tuple(_odd(code, what, hint, span) for code, what, hint, span in odd)


def _odd(code: Code, what: str, hint: str, span: Span) -> Finding:
    """Return an odd character as a finding. Where a control character goes, something is left that was part of it."""
    fix = {NO_BREAK: " " * (span.end - span.start), ZERO_WIDTH: ""}.get(code)
    return Finding(code, what, Place(span=span), hint, (), fix)


def odd_characters(text: str) -> Iterator[tuple[Code, str, str, Span]]:
    """Yield each run of characters that no rule file needs: its code, what it is, what to do, and where in the text."""
    if text.replace("\n", "").isprintable():
        return  # no odd character can be printed, and nearly every text has none
    for match in _ANY_ODD.finditer(text):
        code, _, what, hint = next(each for each in _ODD if re.match(f"[{each[1]}]", match[0]))
        times = f", {len(match[0])} times" if len(set(match[0])) == 1 < len(match[0]) else ""
        yield code, f"{what} (U+{ord(match[0][0]):04X}{times})", hint, Span(*match.span())
