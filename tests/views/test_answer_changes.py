"""One code says what changes in a price and in gates, for the calendar and for a comparison of two rule sets."""

from __future__ import annotations

import pytest

from imgrules.table.terms import Price
from imgrules.views.answer_changes import gate_changes, price_changes
from imgrules.views.calendar import calendar
from tests.views.diff.sides import built, difference, edited, told

GPT, NOW = "gpt-image-2", "2026-11-27T00:00:00Z"


@pytest.mark.parametrize(
    ("old", "new", "ids"),
    [
        (Price(8), Price(8), []),
        (Price(5), Price(8), ["price-raised"]),
        (Price(8), Price(5), ["price-lowered"]),
        (Price(None), Price(8), ["price-stated"]),
        (Price(8), Price(None), ["price-withdrawn"]),
        (Price(8), Price(8, estimate=True), ["price-estimated"]),
        (Price(8, estimate=True), Price(8), ["price-exact"]),
        (Price(8), Price(4, 8), ["price-lowered"]),
        (Price(8), Price(8, 8), ["regular-price-changed"]),
        (Price(4, 8), Price(4, 9), ["regular-price-changed"]),
        (Price(4, 8), Price(5, 9), ["price-raised", "regular-price-changed"]),
        (Price(4, 8), Price(4, 8, regular_estimate=True), ["regular-price-changed"]),
    ],
)
def test_prices(old: Price, new: Price, ids: list[str]) -> None:
    """Each way in which two prices differ has its id."""
    assert [change[0] for change in price_changes(old, new)] == ids


def test_gates() -> None:
    """Gates that no longer stand there, and those that do now."""
    assert gate_changes(("a", "b"), ("b", "c")) == (["a"], ["c"])


def medium(price: str, promotion: str) -> dict[str, str]:
    """Return the packaged rules with a promotion of the quality medium."""
    offer = f'credits: {price}, promotion: {{credits: {promotion}, from: "2026-11-01", until: "2027-01-01"}}'
    return edited(GPT, ("label: Standard, credits: 8", f"label: Standard, {offer}"))


def test_a_regular_price_alone() -> None:
    """A regular price that is an estimate on one side alone is no rewriting without an effect."""
    exact, estimate = medium("8", "4"), medium("about 8", "4")
    (event,) = calendar(built(*estimate.items()), at=NOW).events
    assert (event.before, event.regular, event.estimates) == (4, None, ("after",))
    assert "risky regular-price-changed quality medium: regular price 8 credits is an estimate on one side alone" in told(
        difference(exact, estimate, NOW)
    )
