"""Amounts as rule files state them: a number, `unknown`, or an estimate such as `about 5`."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from imgrules.table.exact import decimal_in, tidy, written
from imgrules.table.terms import Credits

UNKNOWN = "unknown"
"""What stands for a price that nobody has stated."""

ABOUT = "about "
"""What stands before the number of an estimate."""


class Amount(NamedTuple):
    """An exact number of credits, or None where it is unknown; with `estimate`, the number is not exact."""

    credits: Credits | None
    estimate: bool = False


@lru_cache(maxsize=1024)
def amount_in(text: str) -> Amount:
    """Return the amount of a text, `unknown` or such as `about 5`."""
    return Amount(tidy(decimal_in(text.removeprefix(ABOUT))), estimate=True) if text.startswith(ABOUT) else Amount(None)


def stated(amount: Credits | str | None) -> Amount:
    """Return an amount of a rule file or of a table; None is unknown."""
    return amount_in(amount) if isinstance(amount, str) else Amount(None if amount is None else tidy(amount))


def as_stated(amount: Amount) -> Credits | str:
    """Return an amount as a rule file states it: a number, `unknown`, or a text such as `about 5`."""
    if amount.credits is None:
        return UNKNOWN
    return f"{ABOUT}{written(amount.credits)}" if amount.estimate else amount.credits
