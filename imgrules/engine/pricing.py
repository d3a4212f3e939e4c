"""Compute a price from a formula: base times factors, plus surcharges, times each of some numbers, rounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from imgrules.engine.resolve import amount, holds
from imgrules.table.amounts import Amount, stated
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
    formula = model.price
    if formula is None:
        return cell.price
    now: Amount = Amount(cell.credits, cell.estimate)
    usual: Amount | None = Amount(cell.regular, cell.regular_estimate) if cell.promoted else None
    if formula.base is not None or formula.promotion is not None:
        now, usual = _looked_up(formula, now, values)
    current = price(model, formula, now, values)
    if usual is None:
        return Price(current.credits, None, current.estimate)
    regular = price(model, formula, usual, values)
    return Price(current.credits, regular.credits, current.estimate, regular.estimate)


def _looked_up(formula: Formula, base: Amount, values: Mapping[str, Any]) -> tuple[Amount, Amount | None]:
    """Return the base of a price, and the one without its promotion, where tables of the formula have what no cell has."""
    usual = base if formula.base is None else stated(formula.base.find(values))
    offered = None if formula.promotion is None else formula.promotion.find(values)
    # A table of a promotion states the regular price where nothing is reduced.
    return (usual, None) if offered is None or stated(offered) == usual else (stated(offered), usual)


def is_above(credits_: Credits | None, most: Number) -> bool:
    """Whether a price is above the most that a caller is willing to pay; one that is unknown counts as above."""
    return credits_ is None or credits_ > most


def price(model: Model, formula: Formula, base: Amount, values: Mapping[str, Any]) -> Amount:
    """
    Return the exact price in credits for these values, unknown where any part that counts is, else an estimate where one is.

    It is never below 0: a negative number of an option counts as 0, in `each` as in `per`.
    """
    total, estimate = base
    for line in formula.times:
        factor = _line_value(model, line, values, _ONE)
        total = None if total is None or factor.credits is None else multiply(total, factor.credits)
        estimate |= factor.estimate
    for line in formula.plus:
        surcharge = _line_value(model, line, values, _ZERO)
        total = None if total is None or surcharge.credits is None else add(total, surcharge.credits)
        estimate |= surcharge.estimate
    if total is None:
        return Amount(None)
    for name in formula.each:
        # An option that is absent must not make the price 0.
        count = amount(model, name, values) if name in values else None
        total = total if count is None else multiply(total, max(count, 0))
    rounded = total if formula.rounding is None else _rounded(total, formula.rounding, formula.step)
    return Amount(tidy(max(rounded, 0)), estimate)


_ONE, _ZERO = Amount(1), Amount(0)


def _line_value(model: Model, line: Line, values: Mapping[str, Any], neutral: Amount) -> Amount:
    """Return the factor or surcharge of a line; `neutral` (1 or 0) if it does not apply."""
    if not holds(line.when, values, model):
        return neutral
    if line.lookup is None:
        line_amount = Amount(line.amount, line.estimate)
    else:
        entry = line.lookup.find(values)
        if entry is None:
            return neutral
        line_amount = stated(entry)
    if line.per is None:
        return line_amount
    times = max(subtract(amount(model, line.per, values) or 0, line.beyond), 0)
    if not times:
        return neutral
    if line_amount.credits is None:
        return line_amount
    return Amount(multiply(line_amount.credits, times), line_amount.estimate)


def _rounded(total: Number, rounding: str, step: Number) -> Number:
    count, rest = steps(total, step)
    return multiply(count + _ONE_MORE[rounding](rest, step), step)
