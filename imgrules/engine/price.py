"""The price of a selection whose price hangs on numbers: base times factors, plus surcharges, for each output, rounded."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Any

from imgrules.engine.parts import Credits
from imgrules.engine.picks import amount, holds
from imgrules.engine.table import Formula, Line, Model

_MODES = {"up": ROUND_CEILING, "down": ROUND_FLOOR, "nearest": ROUND_HALF_UP}
_EXACT = Context(prec=200)
_CARRIED = Context(prec=15)  # so many digits JSON carries exactly everywhere


def price(model: Model, formula: Formula, base: Credits | None, values: Mapping[str, Any]) -> Credits | None:
    """Answer the price in credits of what is there, or None where any part that counts is unknown."""
    factors = [_counted(model, each, values, 1) for each in formula.times]
    surcharges = [_counted(model, each, values, 0) for each in formula.plus]
    # What is not there is no reason for a price of nothing.
    each_of = amount(model, formula.each, values) if formula.each is not None and formula.each in values else None
    total = None if base is None else Decimal(base)
    for factor in factors:
        total = None if total is None or factor is None else _EXACT.multiply(total, factor)
    for surcharge in surcharges:
        total = None if total is None or surcharge is None else _EXACT.add(total, surcharge)
    if total is None:
        return None
    return tidy(_rounded(total if each_of is None else _EXACT.multiply(total, Decimal(each_of)), formula))


def _counted(model: Model, line: Line, values: Mapping[str, Any], idle: int) -> Decimal | None:
    """Answer what a line comes to: what leaves the price alone where it does not count, None where it is unknown."""
    if not holds(line.when, values, model):
        return Decimal(idle)
    said = line.amount
    if line.lookup is not None:
        said = line.lookup.find(values)
        if said is None:
            return Decimal(idle)
    times = 1 if line.per is None else max((amount(model, line.per, values) or 0) - line.beyond, 0)
    if line.per is not None and not times:
        return Decimal(idle)
    return None if said is None or isinstance(said, str) else _EXACT.multiply(Decimal(said), Decimal(times))


def _rounded(total: Decimal, formula: Formula) -> Decimal:
    if formula.rounding is None:
        return total
    steps = _EXACT.divide(total, Decimal(formula.step)).quantize(Decimal(1), _MODES[formula.rounding], _EXACT)
    return _EXACT.multiply(steps, Decimal(formula.step))


def tidy(value: Decimal) -> Credits:
    """Answer a price as it is carried: a whole number where it is one, and no more than 15 digits."""
    carried = _CARRIED.plus(value)
    return int(carried) if carried == int(carried) else carried.normalize()
