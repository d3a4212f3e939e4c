"""
What the price of a model still depends on at the stated facts: what is left of its formula, and what is in its base.

Factors and surcharges whose conditions fail are left out, tables have the rows of the facts, and numbers that facts decide
are multiplied out. The price of a selection stays the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from imgrules.engine.resolve import amount
from imgrules.table.amounts import Amount, as_stated
from imgrules.table.amounts import stated as stated_amount
from imgrules.table.exact import multiply, subtract, tidy
from imgrules.table.record_base import replace
from imgrules.table.records import Cell, Formula, Line
from imgrules.table.terms import Lookup, Number
from imgrules.views.catalog.decided import Decided


def formula_at(decided: Decided, formula: Formula) -> Formula:
    """Return what is left of a formula, with its base and its promotion as they are."""
    times, plus = (tuple(_lines(decided, lines)) for lines in (formula.times, formula.plus))
    counts = [_count(decided, name) for name in formula.each if name in decided.names and name in decided.values]
    for count in counts:
        times, plus = (*times, Line(amount=count)), tuple(_multiplied(line, count) for line in plus)
    return replace(formula, times=times, plus=plus, each=tuple(name for name in formula.each if name not in decided.names))


def with_base(decided: Decided, formula: Formula, cells: Iterable[Cell]) -> tuple[Formula | None, tuple[Cell, ...]]:
    """Return a formula whose tables of base prices are those at the facts, and the combinations with what is no table then."""
    base, promotion = (None if table is None else decided.table(table) for table in (formula.base, formula.promotion))
    if isinstance(base, Lookup) and not (promotion is None or isinstance(promotion, Lookup)):
        promotion = Lookup(base.by[:1], dict.fromkeys(base.table, promotion))  # a promotion of every row
    whole = formula.base is not None and not isinstance(base, Lookup)
    left = replace(
        formula,
        base=base if isinstance(base, Lookup) else None,
        promotion=promotion if isinstance(promotion, Lookup) else None,
    )
    based = tuple(_based(cell, stated_amount(base)) for cell in cells) if whole else tuple(cells)
    if promotion is not None and not isinstance(promotion, Lookup):
        based = tuple(_promoted(cell, stated_amount(promotion)) for cell in based)
    return (None if left == Formula(step=left.step) else left), based


def _based(cell: Cell, base: Amount) -> Cell:
    return replace(cell, credits=base.credits, estimate=base.estimate, regular=None, promoted=False, regular_estimate=False)


def _promoted(cell: Cell, promotion: Amount) -> Cell:
    """Return a combination with a price during a promotion; what it had is the regular one."""
    regular = {"regular": cell.credits, "regular_estimate": cell.estimate, "promoted": True}
    return replace(cell, credits=promotion.credits, estimate=promotion.estimate, **regular)


def _lines(decided: Decided, lines: Iterable[Line]) -> Iterator[Line]:
    """Yield what is left of the factors or surcharges that may count."""
    for line in lines:
        when = decided.left(line.when)
        lookup = None if line.lookup is None else decided.table(line.lookup)
        if when is None or (line.lookup is not None and lookup is None):
            continue
        left = replace(line, when=when, lookup=lookup if isinstance(lookup, Lookup) else None)
        if lookup is not None and left.lookup is None:
            entry = stated_amount(lookup)
            left = replace(left, amount=entry.credits, estimate=entry.estimate)
        if line.per is None or line.per not in decided.names:
            yield left
        elif (count := max(subtract(_number(decided, line.per), line.beyond), Decimal(0))) > 0:
            yield _multiplied(replace(left, per=None, beyond=0), tidy(count))


def _number(decided: Decided, name: str) -> Number:
    return amount(decided.model, name, decided.values) or 0


def _count(decided: Decided, name: str) -> Number:
    """Return the value of a number that facts decide, by which a price is multiplied: at least 0."""
    return max(_number(decided, name), 0)


def _multiplied(line: Line, count: Number) -> Line:
    """Return a line of a price with each of its amounts multiplied by a count."""
    times = None if line.amount is None else tidy(multiply(line.amount, count))
    return replace(
        line, amount=times, lookup=line.lookup and Lookup(line.lookup.by, _multiplied_rows(line.lookup.table, count))
    )


def _multiplied_rows(rows: Mapping[str, Any], count: Number) -> dict[str, Any]:
    return {row: _multiplied_entry(entry, count) for row, entry in rows.items()}


def _multiplied_entry(entry: Any, count: Number) -> Any:
    if isinstance(entry, Mapping):
        return _multiplied_rows(entry, count)
    if entry is None:
        return None
    one = stated_amount(entry)
    return as_stated(one if one.credits is None else Amount(tidy(multiply(one.credits, count)), one.estimate))
