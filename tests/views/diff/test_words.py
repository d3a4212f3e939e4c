"""Changes in per cent read as a reader would write them, and thresholds compare the number that is not rounded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from imgrules.cli.comparison.fail_on import fail_on, is_met
from imgrules.table.options import Option
from imgrules.table.terms import Numbers
from imgrules.views.diff.diff_words import bounds_words, percent_words
from tests.views.diff.sides import PACKAGED, difference, edited


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("12.5", "+12.5 %"),
        ("-12.5", "-12.5 %"),
        ("2.25", "+2.3 %"),
        ("0.25", "+0.3 %"),
        ("-0.04", "-less than 0.1 %"),
        ("66.6666666666667", "+67 %"),
        ("10.55", "+11 %"),
        ("10.45", "+10 %"),
        ("9.96", "+10 %"),
        ("60", "+60 %"),
        ("9900", "+9900 %"),
        ("-50", "-50 %"),
        ("-99.96", "-99.96 %"),
        ("-99.9999999999", "-99.9999999999 %"),
        ("-100", "-100 %"),
        ("1E+40", f"+1{'0' * 40} %"),
    ],
)
def test_percent(change: str, words: str) -> None:
    """One digit after the point is shown as it is; from 10 % on, more digits are rounded to none; only a price of 0 is -100 %."""
    assert percent_words(Decimal(change), Decimal(change)) == words


@pytest.mark.parametrize(
    ("price", "levels", "met"),
    [
        ("5.5", "price:+10%", True),
        ("5.5", "price>10%", False),
        ("5.4999", "price:+10%", False),
        ("5.5001", "price>10%", True),
        ("4.5", "price:-10%", True),
        ("4.5001", "price:-10%", False),
        ("5.625", "price:+12.5%", True),
        ("5.6249", "price:+12.5%", False),
    ],
)
def test_thresholds_are_exact(price: str, levels: str, met: bool) -> None:  # noqa: FBT001  a column of the table
    """A change from 5 is compared as it is, and not as it is shown: 9.998 % is shown as 10 %, and is less."""
    diff = difference(PACKAGED, edited("gpt-image-2", ("label: Basic, credits: 5", f"label: Basic, credits: {price}")))
    assert any(is_met(fail_on(levels), finding) for finding in diff.findings) is met


def test_a_number_without_bounds() -> None:
    """What a number takes without a bound is said as the language page says it."""
    assert bounds_words(Option("seed", "Seed", number=Numbers())) == "any whole number"
    assert bounds_words(Option("seed", "Seed", number=Numbers(step=None))) == "any number, any decimals"
    assert bounds_words(Option("seed", "Seed", number=Numbers(0, step=8))) == "at least 0, in steps of 8"
