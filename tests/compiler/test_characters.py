"""Bytes become text, or findings about bytes and characters that rule files may not hold."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgrules.compiler.read.characters import MOST_BYTES, decode, unneeded_characters
from imgrules.compiler.source import Span


def _codes(raw: bytes) -> list[str]:
    return [finding.code.id for finding in decode("a.yaml", raw)[1]]


@pytest.mark.parametrize(
    ("sign", "code"),
    [
        ("\x00", "IR020"),
        ("\x1b", "IR020"),
        ("\x7f", "IR020"),
        ("\x85", "IR020"),
        ("\u2028", "IR020"),
        ("\u2029", "IR020"),
        ("\uffff", "IR020"),
        ("\u061c", "IR021"),
        ("\u200e", "IR021"),
        ("\u202a", "IR021"),
        ("\u202e", "IR021"),
        ("\u2066", "IR021"),
        ("\u2069", "IR021"),
        ("\u00ad", "IR022"),
        ("\u200b", "IR022"),
        ("\u200d", "IR022"),
        ("\u2060", "IR022"),
        ("\ufeff", "IR022"),
        ("\u00a0", "IR023"),
        ("\u1680", "IR023"),
        ("\u2003", "IR023"),
        ("\u202f", "IR023"),
        ("\u3000", "IR023"),
    ],
    ids=lambda parameter: parameter if parameter.startswith("IR") else f"U+{ord(parameter):04X}",
)
def test_odd_character(sign: str, code: str) -> None:
    """Every forbidden character is reported at its place, in a value, a comment, a quoted text and at the end."""
    for text in (f"a: b{sign}c\n", f"# {sign}\n", f'"{sign}"', f"x{sign}"):
        (finding,) = decode("a.yaml", text.encode())[1]
        at = text.index(sign)
        assert (finding.code.id, finding.place.span) == (code, Span(at, at + 1))
        assert f"U+{ord(sign):04X}" in finding.message


@pytest.mark.parametrize("text", ["", "a: b\r\n\tc: d", "Größe 基本 مميز 👑 é “x” \uff1a\uff0d ½ \ufe4f", "\U0010ffff"])
def test_plain_text(text: str) -> None:
    """Letters and symbols of any script, tabs and line ends are accepted."""
    source, findings = decode("a.yaml", text.encode())
    assert (source.text, findings) == (text, ())


@given(st.characters(codec="utf-8"))
def test_invisible_characters_are_refused(sign: str) -> None:
    """Control characters, separators and spaces are refused, except for tab, line ends and the plain space."""
    odd = unicodedata.category(sign) in {"Cc", "Zs", "Zl", "Zp"} and sign not in "\t\n\r "
    assert not odd or _codes(f"a{sign}".encode()) != []


def test_an_odd_character_cannot_be_printed() -> None:
    """No forbidden character is printable: texts of printable characters alone are not searched."""
    printable = "".join(sign for sign in map(chr, range(0x11_0000)) if sign.isprintable())
    half = len(printable) // 2
    for text in (printable[:half], printable[half:]):
        assert [odd[3] for odd in unneeded_characters(f"{text}\x00")] == [Span(len(text), len(text) + 1)]


def test_one_byte_order_mark() -> None:
    """One byte-order mark at the start is dropped; a second one is reported as an invisible character."""
    assert decode("a.yaml", b"\xef\xbb\xbfa: b")[0].text == "a: b"
    assert _codes(b"\xef\xbb\xbfa: b") == []
    assert _codes(b"\xef\xbb\xbf\xef\xbb\xbfa: b") == ["IR022"]


def test_size() -> None:
    """A file of the largest allowed size is read; one more byte is refused before anything else is checked."""
    assert _codes(b"x" * MOST_BYTES) == []
    assert _codes(b"\xff" * (MOST_BYTES + 1)) == ["IR003"]


@pytest.mark.parametrize(
    ("raw", "span", "words"),
    [
        ("ab: Größe".encode("latin-1"), Span(6, 7), "0xf6"),
        ("ä: Größe".encode() + b"\xff", Span(8, 9), "0xff"),
        (b"\xef\xbb\xbfa\xff", Span(1, 2), "0xff"),
        (b"a\xc3", Span(1, 2), "0xc3"),
        (b"\xff\xfea\x00", Span(0, 1), "UTF-16"),
        (b"\xfe\xff\x00a", Span(0, 1), "UTF-16"),
    ],
)
def test_not_utf8(raw: bytes, span: Span, words: str) -> None:
    """The first byte that is not UTF-8 is reported, with its place counted in characters."""
    (finding,) = decode("a.yaml", raw)[1]
    assert (finding.code.id, finding.place.span) == ("IR002", span)
    assert words in finding.message


@given(st.binary(max_size=60))
def test_any_bytes(raw: bytes) -> None:
    """Any bytes are read as they are, or have a finding that lies inside the text that is shown."""
    source, findings = decode("a.yaml", raw)
    assert findings or source.text.encode() == raw.removeprefix(b"\xef\xbb\xbf")
    for finding in findings:
        assert finding.place.span is not None
        assert 0 <= finding.place.span.start < finding.place.span.end <= len(source.text)
