"""
a price of more than 15 digits

What: the price of some selection, in credits, has more than 15 digits.
Why: most programs that read JSON keep only 15 digits, so two programs could show two different prices.

Not every selection is checked: at most 4,000 for each model, with numbers at their minimum and maximum.

Avoid:
    credits: {base: 0.123456789012345, each: outputs}
Prefer:
    credits: {base: 0.123456789012345, each: outputs, round: {up: 0.000001}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from imgrules.compiler.read.scalars import MOST_DIGITS
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.samples.sample_selections import MOST, Trial, selected, trials
from imgrules.compiler.spec.rule_set import RuleSet, formulas
from imgrules.table.amounts import stated
from imgrules.table.exact import add, digits, multiply, written
from imgrules.table.measures import is_whole
from imgrules.table.options import Option
from imgrules.table.records import Line, Model, Table
from imgrules.table.terms import Credits, Lookup, Number

CODE = Code("IR242", "long-price", Severity.ERROR, __doc__)

_USUAL_DECIMALS = 6  # the decimals that a counted number usually has
_UNBOUNDED = 1_000  # where no bound is stated, no greater number is tried
_MOST_PIXELS = 99_999**2


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for the first selection of each model whose price has more than `MOST_DIGITS` digits."""
    for name, first in table.models.items():
        models = [model for model in (first, *(change.model for change in first.changes)) if _may_be_long(model)]
        too_long = next(filter(None, (_first_too_long(model, MOST // len(models)) for model in models)), None)
        if too_long is None:
            continue
        trial, credits_ = too_long
        path = next((path for path, _ in formulas(rules.models[name])), ("credits",))
        shown = selected(trial.picked, ())
        message = f"{shown} costs {written(credits_)}, which has more than {MOST_DIGITS} digits"
        yield Finding(CODE, message, Place(path, on_key=True, file=name), "add `round:`, such as `round: {up: 0.01}`")


def _may_be_long(model: Model) -> bool:
    """Whether a price may have too many digits: a quick estimate, so that selections of most models need not be tried."""
    formula = model.price
    if formula is None:
        return False
    tables = [entry for table in (formula.base, formula.promotion) for entry in _entries(table)]
    base = [*tables, *(amount for cell in model.cells for amount in (cell.credits, cell.regular) if amount is not None)] or [0]
    greatest, decimals, counted = max(base), max(map(_decimals, base)), dict[str, Number]()
    for line in formula.times:
        amounts = _amounts(line)
        greatest, decimals = multiply(greatest, max(amounts)), decimals + max(map(_decimals, amounts))
    for line in formula.plus:
        amounts, count = _amounts(line), _count(model, line.per, counted)
        greatest = add(greatest, multiply(max(amounts), count))
        decimals = max(decimals, max(map(_decimals, amounts)) + (_USUAL_DECIMALS if line.per else 0))
    for name in formula.each:
        greatest = multiply(greatest, _count(model, name, counted))
        decimals += 0 if _is_whole(model.options[name]) else _USUAL_DECIMALS
    decimals = decimals if formula.rounding is None else _decimals(formula.step)
    return len(str(int(greatest))) + decimals > MOST_DIGITS


def _amounts(line: Line) -> list[Number]:
    return [1, *([] if line.amount is None else [line.amount]), *_entries(line.lookup)]


def _entries(table: Lookup | None) -> list[Number]:
    """Return the numbers of a table."""
    rows = () if table is None else table.table.values()
    entries = (entry for row in rows for entry in (row.values() if isinstance(row, Mapping) else (row,)))
    return [amount for amount in (stated(entry).credits for entry in entries) if amount is not None]


def _count(model: Model, name: str | None, counted: dict[str, Number]) -> Number:
    """Return the greatest number to assume for a counted option, 1 for None; `counted` caches the results by name."""
    option = None if name is None else model.options.get(name)
    if name is None or option is None:
        return 1
    if name not in counted:
        counted[name] = _greatest(model, option, counted)
    return counted[name]


def _greatest(model: Model, option: Option, counted: dict[str, Number]) -> Number:
    if option.follows is not None:
        total: Number = 0
        if option.follows.of_sides:
            return -(-_MOST_PIXELS // option.follows.unit)
        for part in option.follows.of:
            total = add(total, _count(model, part, counted) if part != option.name else 0)
        return max(total, 1)
    most = None if option.number is None else option.number.max
    return _UNBOUNDED if most is None else max(most, 1)


def _is_whole(option: Option) -> bool:
    return option.number is None or is_whole(option.number)


def _decimals(number: Number) -> int:
    return len(written(number).partition(".")[2])


def _first_too_long(model: Model, most: int) -> tuple[Trial, Credits] | None:
    tried = ((trial, trial.credits) for trial in islice(trials(model, model.cells), most))
    return next(((trial, cost) for trial, cost in tried if cost is not None and digits(cost) > MOST_DIGITS), None)
