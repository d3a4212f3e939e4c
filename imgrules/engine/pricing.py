"""Compute a price from a formula: base times factors, plus surcharges, times each of some numbers, rounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from imgrules.engine.resolve import amount, holds
from imgrules.table.exact import add, multiply, steps, subtract, tidy
from imgrules.table.records import Cell, Formula, Line, Model
from imgrules.table.terms import Credits, Number, Price

# Whether to round up to the next step, by the remainder and the step.
_ONE_MORE: Mapping[str, Callable[[Decimal, Number], bool]] = {
    "up": lambda rest, _: rest > 0,
    "down": lambda _rest, _step: False,
    "nearest": lambda rest, step: multiply(rest, 2) >= step,
}


def prices(model: Model, cell: Cell, values: Mapping[str, Any]) -> Price:
    """Return the price in credits of a combination for these values, and the regular price while a promotion lasts."""
    base, regular = cell.price
    if model.price is None:
        return base, regular
    return price(model, model.price, base, values), price(model, model.price, regular, values) if cell.promoted else None


def price(model: Model, formula: Formula, base: Credits | None, values: Mapping[str, Any]) -> Credits | None:
    """
    Return the exact price in credits for these values, or None where any part that counts is unknown.

    It is never below 0: a negative number of an option counts as 0, in `each` as in `per`.
    """
    factors = [_line_value(model, line, values, 1) for line in formula.times]
    surcharges = [_line_value(model, line, values, 0) for line in formula.plus]
    total = None if base is None else Decimal(base)
    for factor in factors:
        total = None if total is None or factor is None else multiply(total, factor)
    for surcharge in surcharges:
        total = None if total is None or surcharge is None else add(total, surcharge)
    if total is None:
        return None
    for name in formula.each:
        # An option that is absent must not make the price 0.
        count = amount(model, name, values) if name in values else None
        total = total if count is None else multiply(total, max(count, 0))
    return tidy(max(_rounded(total, formula), Decimal(0)))


def _line_value(model: Model, line: Line, values: Mapping[str, Any], neutral: int) -> Decimal | None:
    """Return the factor or surcharge of a line; `neutral` (1 or 0) if it does not apply, None if it is unknown."""
    if not holds(line.when, values, model):
        return Decimal(neutral)
    line_amount = line.amount
    if line.lookup is not None:
        line_amount = line.lookup.find(values)
        if line_amount is None:
            return Decimal(neutral)
    times = Decimal(1) if line.per is None else max(subtract(amount(model, line.per, values) or 0, line.beyond), Decimal(0))
    if line.per is not None and not times:
        return Decimal(neutral)
    return None if line_amount is None or isinstance(line_amount, str) else multiply(line_amount, times)


def _rounded(total: Decimal, formula: Formula) -> Decimal:
    if formula.rounding is None:
        return total
    count, rest = steps(total, formula.step)
    return multiply(count + _ONE_MORE[formula.rounding](rest, formula.step), formula.step)
