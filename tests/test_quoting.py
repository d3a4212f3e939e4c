"""Values and lists are quoted for a sentence of one line, and a typo finds the nearest name."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from imgrules.quoting import either, quoted, shown
from imgrules.refusals.suggest import did_you_mean, nearest
from imgrules.table.codec import plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (0, 0),
        (-(2**53) + 1, -(2**53) + 1),
        (2**53, "<a large number>"),
        (-(10**400), "<a large number>"),
        (1.5, 1.5),
        (float("nan"), "<no finite number>"),
        (float("inf"), "<no finite number>"),
        ("text", "text"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 60 + "…"),
        ("\udcff", "\\udcff"),
        ("a\0\n", "a\0\n"),
        (b"x", "<bytes>"),
        ([], "<list>"),
        (Decimal(1), Decimal(1)),
        (2**53 - 1, 2**53 - 1),
        (-(2**53), "<a large number>"),
        (Decimal(2**53 - 1), Decimal(2**53 - 1)),
        (Decimal(2**53), "<a large number>"),
        (Decimal(-(2**53) + 1), Decimal(-(2**53) + 1)),
        (Decimal(-(2**53)), "<a large number>"),
        (Decimal("0.12345678901234567"), Decimal("0.12345678901234567")),
        (Decimal("0.123456789012345678"), "<a large number>"),
        (Decimal("1E+999999"), "<a large number>"),
        (Decimal("sNaN"), "<no finite number>"),
        (Decimal("-Infinity"), "<no finite number>"),
        (str, "<type>"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_shown(value: Any, expected: Any) -> None:
    """Short scalars are shown as they are, anything else by its kind, and the result can be written as JSON in UTF-8."""
    assert shown(value) == expected
    assert type(shown(value)) is type(expected)
    json.dumps(plain(shown(value)), allow_nan=False, ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("16:9", "`16:9`"),
        ("", "``"),
        ("a\nb\t\x1b\u202e", "`a\\u000ab\\u0009\\u001b\\u202e`"),
        (None, "`None`"),
        (5, "`5`"),
        ("ü🦊", "`ü🦊`"),
    ],
)
def test_quoted(value: object, expected: str) -> None:
    """A quoted value is in backticks, on one line, without control characters."""
    assert quoted(value) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["a"], "`a`"),
        (["a", "b"], "`a` or `b`"),
        (["a", "b", "c"], "`a`, `b` or `c`"),
        (list("abcdefgh"), "`a`, `b`, `c`, `d`, `e`, `f`, `g` or `h`"),
        (list("abcdefghi"), "`a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` and 1 more"),
        ([], ""),
    ],
)
def test_either(values: list[str], expected: str) -> None:
    """A list ends in `or`; a long one is truncated, with the number of the rest."""
    assert either(values) == expected


@pytest.mark.parametrize(
    ("word", "names", "meant"),
    [
        ("16x9", ["9:16", "16:9"], "16:9"),
        ("16/9", ["9:16", "16:9"], "16:9"),
        ("169", ["9:16", "16:9"], "16:9"),
        ("HIGH", ["low", "high"], "high"),
        ("hihg", ["low", "high"], "high"),
        ("nano-banana2", ["gpt-image-2", "nano-banana-2"], "nano-banana-2"),
        ("Nano Banana 2", ["gpt-image-2", "nano-banana-2"], "nano-banana-2"),
        ("4k", ["1K", "4K"], "4K"),
        ("zzz", ["low", "high"], None),
        ("", ["low"], None),
        ("low", [], None),
        ("x" * 61, ["x" * 61], None),
        (5, ["5"], None),
        (None, ["None"], None),
    ],
)
def test_nearest(word: object, names: list[str], meant: str | None) -> None:
    """Case and punctuation count little; a word that is close to no name has no nearest one."""
    assert nearest(word, names) == meant


def test_nearest_prefers_what_comes_first() -> None:
    """Among names that differ only in case and punctuation, the first one is the nearest."""
    assert nearest("a b", ["A-B", "a_b"]) == "A-B"


def test_did_you_mean() -> None:
    """A proposal is the end of a sentence, or empty where there is none."""
    assert did_you_mean("high") == "; did you mean `high`?"
    assert did_you_mean(None) == ""
