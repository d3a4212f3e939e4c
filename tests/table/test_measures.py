"""Numbers, sizes, aspect ratios and lengths are exact, and the nearest valid one is found."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from imgrules.table.measures import (
    MOST,
    entries,
    exact,
    is_whole,
    length,
    nearest_listed,
    nearest_size,
    number_in,
    pair,
    shaped,
    sized,
    stepped,
    within,
)
from imgrules.table.terms import Number, Numbers, Ratios, Sizes, Text
from tests.engine.hostile import Listed, Whole, hostile

HALVES = Numbers(Decimal("1.5"), 5, Decimal("0.5"))
TENTHS = Numbers(0, 1, Decimal("0.1"))
SIXTEENS = Sizes(Numbers(512, 3840, 16), Numbers(655_360, 8_294_400), Ratios("1:3", "3:1"))


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, 0),
        (-7, -7),
        (10**400, 10**400),
        (2.0, Decimal("2.0")),
        (0.1, Decimal("0.1")),
        (-0.0, Decimal("-0.0")),
        (5e-324, None),
        (1e-300, Decimal("1E-300")),
        (1.7976931348623157e308, Decimal("1.7976931348623157E+308")),
        (Decimal("2.50"), Decimal("2.50")),
        (Decimal("1E+308"), Decimal("1E+308")),
    ],
    ids=repr,
)
def test_a_number_is_read_exactly(value: Any, number: Number) -> None:
    """An int, a float or a decimal is read exactly, a float as the decimal that its repr shows."""
    if number is None:
        number = Decimal(repr(value))
    assert exact(value) == number
    assert type(exact(value)) is type(number)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        "2",
        b"2",
        [2],
        1j,
        float("nan"),
        float("inf"),
        -float("inf"),
        1e400,
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        Decimal("1E+309"),
        Decimal("1E-999999"),
        Decimal("1.234567890123456789"),
        Whole(2),
    ],
    ids=repr,
)
def test_what_is_no_number_is_none(value: Any) -> None:
    """Booleans, texts, non-finite numbers, subclasses, and decimals beyond the range or digits of a float are not numbers."""
    assert exact(value) is None


def test_a_hostile_number_is_none() -> None:
    """The exact class is checked first, so that no method of a subclass is called."""
    assert exact(hostile("__abs__", "__lt__", "__eq__", base=float)) is None
    assert exact(hostile("is_finite", "adjusted", base=Decimal)) is None


@pytest.mark.parametrize(
    ("value", "expected"), [([1], [1]), ((1, 2), (1, 2)), ([], []), ("ab", None), ({}, None), (None, None), (Listed([1]), None)]
)
def test_only_a_list_has_entries(value: Any, expected: Any) -> None:
    """A list or a tuple has entries; anything else, subclasses included, has none."""
    assert entries(value) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("-3", -3),
        ("2.50", Decimal("2.50")),
        ("0.1", Decimal("0.1")),
        ("9" * 15, 10**15 - 1),
        ("9" * 16, None),
        ("01", None),
        ("1.", None),
        (".5", None),
        ("1e3", None),
        (" 1", None),
        ("1\n", None),
        ("\u0661", None),
        ("NaN", None),
        ("", None),
    ],
)
def test_number_in(text: str, number: Number | None) -> None:
    """A text is a number only in the one canonical spelling, with at most 15 digits."""
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("text", "sign", "sides"),
    [
        ("16:9", ":", (16, 9)),
        ("1x99999", "x", (1, 99999)),
        ("16x9", "x:", (16, 9)),
        ("16:9", "x:", (16, 9)),
        ("16:9", "x", None),
        ("16x9", ":", None),
        ("16:9", "", None),
        ("0x9", "x", None),
        ("016x9", "x", None),
        ("100000x1", "x", None),
        ("1:1\n", ":", None),
        ("\u0661x\u0661", "x", None),
        ("-1x1", "x", None),
        ("1.5:1", ":", None),
        (None, "x", None),
        (169, ":", None),
    ],
)
def test_pair(text: object, sign: str, sides: tuple[int, int] | None) -> None:
    """A pair is two whole numbers of at most five digits, joined by one of the given characters."""
    assert pair(text, sign) == sides


@pytest.mark.parametrize(
    ("value", "bounds", "is_within"),
    [
        (1, Numbers(1, 4), True),
        (4, Numbers(1, 4), True),
        (0, Numbers(1, 4), False),
        (5, Numbers(1, 4), False),
        (MOST, Numbers(), True),
        (MOST + 1, Numbers(), False),
        (-MOST, Numbers(), True),
        (-MOST - 1, Numbers(), False),
        (-(10**400), Numbers(None, 5), False),
        (Decimal("2.5"), Numbers(1, 4), False),
        (Decimal("2.0"), Numbers(1, 4), True),
        (Decimal("2.5"), HALVES, True),
        (Decimal("2.2"), HALVES, False),
        (2, HALVES, True),
        (Decimal("0.3"), TENTHS, True),
        (Decimal("0.7"), TENTHS, True),
        (Decimal("0.30000000000000004"), TENTHS, False),
        (Decimal("0.123"), Numbers(0, 1, None), True),
        (Decimal("1.0000001"), Numbers(0, 1, None), False),
        (15, Numbers(5, 50, 10), True),
        (20, Numbers(5, 50, 10), False),
        (-20, Numbers(None, 50, 10), True),
        (-15, Numbers(None, 50, 10), False),
        (Decimal("1E-300"), Numbers(-1, 1, Decimal("0.5")), False),
    ],
    ids=str,
)
def test_within(value: Number, bounds: Numbers, is_within: bool) -> None:  # noqa: FBT001  it is the expectation
    """Both bounds belong to a range, steps count from the minimum or from 0, and nothing is rounded."""
    assert within(value, bounds) is is_within


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        (Numbers(), True),
        (Numbers(1, 4, 2), True),
        (HALVES, False),
        (Numbers(0, 1, None), False),
        (Numbers(Decimal("0.5"), 4, 1), False),
    ],
)
def test_is_whole(bounds: Numbers, expected: bool) -> None:  # noqa: FBT001  it is the expectation
    """All numbers of a range are whole if and only if its step and its minimum are whole."""
    assert is_whole(bounds) is expected


@pytest.mark.parametrize(
    ("value", "bounds", "near"),
    [
        (33, Numbers(10, 50, 10), 30),
        (35, Numbers(10, 50, 10), 40),
        (34, Numbers(10, 50, 10), 30),
        (99, Numbers(10, 50, 10), 50),
        (-99, Numbers(10, 50, 10), 10),
        (49, Numbers(10, 45, 10), 40),
        (-15, Numbers(None, 50, 10), -10),
        (-16, Numbers(None, 50, 10), -20),
        (10**400, Numbers(0), MOST),
        (-(10**400), Numbers(), -MOST),
        (Decimal("2.2"), HALVES, 2),
        (Decimal("2.25"), HALVES, Decimal("2.5")),
        (Decimal("0.26"), TENTHS, Decimal("0.3")),
        (7, Numbers(0, 1, None), 1),
        (Decimal("0.123"), Numbers(0, 1, None), Decimal("0.123")),
        (Decimal("1E-300"), Numbers(0, 4), 0),
    ],
    ids=str,
)
def test_stepped(value: Number, bounds: Numbers, near: Number) -> None:
    """The nearest step within the bounds is returned; a half is rounded up, also below 0."""
    result = stepped(value, bounds)
    assert result == near
    assert type(result) is type(near)
    assert within(result, bounds)


@pytest.mark.parametrize(
    ("size", "fits"),
    [
        ((1536, 1024), True),
        ((1024, 640), True),
        ((1024, 639), False),
        ((1537, 1024), False),
        ((3840, 2160), True),
        ((3840, 2176), False),
        ((2160, 720), True),
        ((2176, 720), False),
        ((496, 1328), False),
    ],
)
def test_sized(size: tuple[int, int], fits: bool) -> None:  # noqa: FBT001  it is the expectation
    """Both edges, the area and the aspect ratio must be within their bounds."""
    assert sized(size, SIXTEENS) is fits


@pytest.mark.parametrize(
    ("shape", "rule", "fits"),
    [
        ((16, 9), Ratios("1:3", "3:1"), True),
        ((3, 1), Ratios("1:3", "3:1"), True),
        ((1, 3), Ratios("1:3", "3:1"), True),
        ((30001, 10000), Ratios("1:3", "3:1"), False),
        ((9999, 30001), Ratios("1:3", "3:1"), False),
        ((1, 99999), Ratios(None, "3:1"), True),
        ((99999, 1), Ratios("1:3"), True),
        ((99999, 1), Ratios(), True),
    ],
)
def test_shaped(shape: tuple[int, int], rule: Ratios, fits: bool) -> None:  # noqa: FBT001  it is the expectation
    """Aspect ratios are compared exactly, and a bound that is not declared excludes nothing."""
    assert shaped(shape, rule) is fits


@pytest.mark.parametrize(
    ("text", "unit", "long"),
    [
        ("e\u0301", "characters", 2),
        ("🦊", "characters", 1),
        ("🦊", "bytes", 4),
        ("\ud800", "bytes", 3),
        ("", "words", 0),
        ("  a\u00a0b\n\tc  ", "words", 3),
        ("a-b", "words", 1),
    ],
    ids=ascii,
)
def test_length(text: str, unit: str, long: int) -> None:
    """A length is counted in code points, in words between white space, or in bytes of UTF-8."""
    assert length(text, Text(unit=unit)) == long


@pytest.mark.parametrize(
    ("value", "listed", "near"),
    [
        ("7:4", ["16:9", "1:1", "9:16"], "16:9"),
        ("4:7", ["16:9", "1:1", "9:16"], "9:16"),
        ("1000x1000", ["512x512", "1024x1024"], "1024x1024"),
        ("3", ["1", "4"], "4"),
        (3, ["1", "4"], "4"),
        (2.5, ["1", "4"], "4"),
        ("2.5", ["4", "1"], "4"),
        (-2.5, ["-4", "-1"], "-1"),
        ("2:1", ["1:1", "4:1"], "4:1"),
        ("4:3", ["1:1", "9:16", "16:9"], "16:9"),
        ("3:4", ["9:16", "16:9", "1:1"], "1:1"),
        ("512x768", ["1024x1024", "1024x1536", "1536x1024"], "1024x1536"),
        ("1200x800", ["1024x1024", "1024x1536", "1536x1024"], "1536x1024"),
        ("1000x1000", ["1024x1536", "1536x1024"], "1536x1024"),
        ("200x200", ["100x100", "400x400"], "400x400"),
        ("2:1", ["4:2", "8:4"], "8:4"),
        ("wide", ["16:9", "1:1"], None),
        ("7:4", ["16:9", "auto"], None),
        ("7:4", [], None),
        (None, ["1", "4"], None),
        (True, ["1", "4"], None),
        ("16x9", ["16:9"], None),
    ],
)
def test_nearest_listed(value: object, listed: list[str], near: str | None) -> None:
    """The nearest listed number, aspect ratio or size is returned, the greater of two equally near ones; others have none."""
    assert nearest_listed(value, listed) == near


@pytest.mark.parametrize(
    ("size", "rule", "near"),
    [
        ((1537, 1024), SIXTEENS, (1536, 1024)),
        ((1536, 1024), SIXTEENS, (1536, 1024)),
        ((99999, 99999), Sizes(Numbers(64, 4096, 64)), (4096, 4096)),
        ((1, 1), Sizes(Numbers(64, 4096, 64)), (64, 64)),
        ((3, 7), Sizes(), (3, 7)),
        ((10, 10), Sizes(Numbers(1, 5, 1), Numbers(100, None)), None),
        # The same ratio a little smaller, although 1408x1024 is nearer in area.
        ((1400, 1000), Sizes(Numbers(512, 2048, 64)), (1344, 960)),
        # Not 2664x2000, which is nearer in ratio and almost seven times as large.
        ((1027, 771), Sizes(Numbers(512, 3840, 8)), (1024, 768)),
        ((5000, 2500), Sizes(Numbers(512, 3840, 16)), (3840, 1920)),
        ((4000, 400), SIXTEENS, (2192, 736)),
        ((3000, 100), Sizes(Numbers(512, 1024, 16)), (1024, 512)),
    ],
)
def test_nearest_size(size: tuple[int, int], rule: Sizes, near: tuple[int, int] | None) -> None:
    """A valid size is returned unchanged, and another one as the nearest valid size, or None if there is none."""
    assert nearest_size(size, rule) == near


@pytest.mark.parametrize("size", [(3840, 3840), (100, 100), (5000, 10), (10, 5000), (99999, 1), (640, 640)])
def test_a_near_size_keeps_every_bound(size: tuple[int, int]) -> None:
    """The nearest size keeps the bounds of edges, area and aspect ratio."""
    near = nearest_size(size, SIXTEENS)
    assert near is not None
    assert sized(near, SIXTEENS)


def test_the_nearest_size_is_first_near_in_ratio() -> None:
    """Of all sizes within a step of each side, none is nearer in ratio, nor in area where the ratio is the same."""
    draw = random.Random(3)  # noqa: S311  no secret is made
    for _ in range(200):
        step = draw.choice([1, 8, 16, 64])
        rule = Sizes(
            Numbers(64, 1024, step), Numbers(draw.choice([None, 20_000]), draw.choice([None, 400_000])), Ratios("1:2", "3:1")
        )
        asked = draw.randint(100, 800), draw.randint(100, 800)
        near = nearest_size(asked, rule)
        assert near is not None
        assert sized(near, rule)
        if within(asked[0] * asked[1], rule.area) and shaped(asked, rule.ratio or Ratios()):
            wide, high = (range(64 + (side - 64) // step * step, side + step + 1, step) for side in asked)
            around = product(wide, high)
            best = [apart(pair, asked) for pair in around if sized(pair, rule)]
            assert not best or apart(near, asked) == min(best)


def apart(size: tuple[int, int], other: tuple[int, int]) -> tuple[Fraction, Fraction]:
    """Return the factors by which two sizes differ in ratio and in area."""
    ratio, area = Fraction(size[0] * other[1], size[1] * other[0]), Fraction(size[0] * size[1], other[0] * other[1])
    return max(ratio, 1 / ratio), max(area, 1 / area)
