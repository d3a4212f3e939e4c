"""
What changes between two answers about one combination: its price, and the gates before it.

The calendar asks it of two versions of a model, and a comparison of two rule sets of what both sides decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeVar

from imgrules.table.terms import Credits, Price

_Gate = TypeVar("_Gate")

PriceChange = tuple[str, Credits | None, Credits | None]
"""The id of a change of a price, as in `views/diff/kinds.py`, with the amount before and after."""


def price_changes(old: Price, new: Price) -> Iterator[PriceChange]:
    """Yield how a price changes, and how the regular price beside it does; nothing only if both say the same."""
    told = False
    if old.credits != new.credits:
        told = True
        yield _kind(old.credits, new.credits), old.credits, new.credits
    elif old.estimate != new.estimate:
        told = True
        yield "price-estimated" if new.estimate else "price-exact", old.credits, new.credits
    regular = (old.regular, old.regular_estimate) != (new.regular, new.regular_estimate)
    if regular and not (told and None in {old.regular, new.regular}):
        # One that only appears or disappears is that of a promotion, which another price tells.
        yield "regular-price-changed", old.regular, new.regular


def _kind(old: Credits | None, new: Credits | None) -> str:
    if old is None or new is None:
        return "price-stated" if old is None else "price-withdrawn"
    return "price-raised" if new > old else "price-lowered"


def gate_changes(old: Collection[_Gate], new: Collection[_Gate]) -> tuple[list[_Gate], list[_Gate]]:
    """Return the gates that no longer stand before a combination, and those that do now."""
    return [gate for gate in old if gate not in new], [gate for gate in new if gate not in old]
