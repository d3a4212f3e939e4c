"""Decode the bytes of a rule file, and report bytes that are not UTF-8 and characters that no rule file needs."""

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

_CHECK_THE_REST = "delete it, and check what is left"
_UNNEEDED: tuple[tuple[Code, str, str, str], ...] = (
    (
        CONTROL,
        r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufff0-\ufffb\ufffe\uffff",
        "an invisible control character",
        _CHECK_THE_REST,
    ),
    (
        BIDI,
        r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
        "a character that changes the direction of the text",
        _CHECK_THE_REST,
    ),
    (ZERO_WIDTH, r"\u00ad\u200b-\u200d\u2060-\u2064\ufeff", "a zero-width character", "delete it"),
    (NO_BREAK, r"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000", "a non-standard space", "type an ordinary space"),
)
_ANY_UNNEEDED = "|".join(f"[{kind[1]}]+" for kind in _UNNEEDED)  # compiled when a text has one


def decode(name: str, raw: bytes) -> tuple[Source, tuple[Finding, ...]]:
    """Return the text of a file and the findings about its bytes and characters; parse the text only if there are none."""
    if len(raw) > MOST_BYTES:
        message = f"the file has more than {MOST_BYTES:,} bytes"
        finding = Finding(TOO_LARGE, message, Place(span=Span(0, 0)), "split it: one file is one model")
        return Source(name, ""), (finding,)
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        source = Source(name, body.decode("utf-8"))
    except UnicodeDecodeError as error:
        readable = Source(name, body[: error.start].decode("utf-8") + body[error.start :].decode("latin-1"))
        offset = len(body[: error.start].decode("utf-8"))
        wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        message = "the file is in UTF-16" if wide else f"byte 0x{body[error.start]:02x} is not UTF-8"
        return readable, (Finding(NOT_UTF8, message, Place(span=Span(offset, offset + 1)), "save the file as UTF-8"),)
    characters = islice(unneeded_characters(source.text), 2 * MOST_MISTAKES)
    return source, tuple(_finding(code, description, hint, span) for code, description, hint, span in characters)


def _finding(code: Code, description: str, hint: str, span: Span) -> Finding:
    """Return a finding about a run of unneeded characters; control characters get no fix, since more may have to be deleted."""
    fix = {NO_BREAK: " " * (span.end - span.start), ZERO_WIDTH: ""}.get(code)
    return Finding(code, description, Place(span=span), hint, (), fix)


def unneeded_characters(text: str) -> Iterator[tuple[Code, str, str, Span]]:
    """Yield each run of characters that no rule file needs: its code, a description, a hint, and its span in the text."""
    if text.replace("\n", "").isprintable():
        return  # a fast path for nearly all texts: none of these characters is printable
    for match in re.finditer(_ANY_UNNEEDED, text):
        code, _, description, hint = next(kind for kind in _UNNEEDED if re.match(f"[{kind[1]}]", match[0]))
        times = f", {len(match[0])} times" if len(set(match[0])) == 1 < len(match[0]) else ""
        yield code, f"{description} (U+{ord(match[0][0]):04X}{times})", hint, Span(*match.span())
