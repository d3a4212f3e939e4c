"""
a price with more decimals than the amounts that it states

What: a price formula has no `round`, and the price of some selection has more decimals than any amount of the formula.
Why: the price is the exact product, but vendors often charge a rounded one; say which it is.

Not every selection is checked: at most 4,000 for each model, with numbers at their minimum and maximum.

Avoid:
    credits: {base: 3, times: [{factor: 1.25}]}
Prefer:
    credits: {base: 3, times: [{factor: 1.25}], round: exact}
    credits: {base: 3, times: [{factor: 1.25}], round: {up: 1}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice

from imgrules.compiler.lower.lower import formula_of
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.samples.sample_selections import MOST, selected, trials
from imgrules.compiler.spec.rule_set import RuleSet, formulas
from imgrules.quoting import quoted
from imgrules.table.amounts import stated
from imgrules.table.exact import written
from imgrules.table.measures import is_whole
from imgrules.table.records import Formula, Line, Model, Table
from imgrules.table.terms import Number, Numbers

CODE = Code("IR290", "unstated-rounding", Severity.WARNING, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each formula without `round` whose price can have more decimals than the amounts that it states."""
    for name, first in table.models.items():
        unstated = [(path, formula_of(formula)) for path, formula in formulas(rules.models[name]) if formula.round is None]
        for path, formula in unstated:
            versions = [version for version in first.versions if version.price == formula and _may_have_more(version, formula)]
            longest = next(filter(None, (_longer(version, formula, MOST // len(versions)) for version in versions)), None)
            if longest is not None:
                decimals, message = longest
                step = f"{Decimal(1).scaleb(-decimals):f}"
                hint = f"add `round: exact` if that is the price, or a step, such as `round: {{up: {step}}}`"
                yield Finding(CODE, message, Place(path, on_key=True, file=name), hint)


def _longer(model: Model, formula: Formula, most: int) -> tuple[int, str] | None:
    """Return the decimals of the stated amounts, and what has more of them; None if nothing is found that has more."""
    decimals = _stated(model, formula)
    free = next((name for name in _counted(formula) if _takes_any_decimals(model, name)), None)
    if free is not None:
        return decimals, f"{quoted(free)} takes any decimals, so the price may have more than the amounts that are stated"
    for trial in islice(trials(model, model.cells), most):
        if trial.credits is not None and _decimals(trial.credits) > decimals:
            return (
                decimals,
                f"{selected(trial.picked, ())} costs {written(trial.credits)}, more decimals than any stated amount",
            )
    return None


def _may_have_more(model: Model, formula: Formula) -> bool:
    """Whether a price may have more decimals than are stated: a quick estimate, so that most formulas need no trials."""
    fractional = any(_decimals(factor) for line in formula.times for factor in _amounts(line))
    return fractional or any(not _is_whole(model, name) for name in _counted(formula))


def _stated(model: Model, formula: Formula) -> int:
    """Return the most decimals of an amount: a base, which may be promotional, or a surcharge."""
    bases = [base for cell in model.cells for base in (cell.credits, cell.regular) if base is not None]
    tables = (table for table in (formula.base, formula.promotion) if table is not None)
    bases += [amount for table in tables for amount in _amounts(Line(lookup=table))]
    return max(map(_decimals, (*bases, *(amount for line in formula.plus for amount in _amounts(line)))), default=0)


def _counted(formula: Formula) -> tuple[str, ...]:
    """Return the options whose numbers a formula multiplies."""
    return (*formula.each, *(line.per for line in formula.plus if line.per is not None))


def _amounts(line: Line) -> list[Number]:
    rows = () if line.lookup is None else line.lookup.table.values()
    cells = (entry for row in rows for entry in (row.values() if isinstance(row, Mapping) else (row,)))
    return [amount for amount in (line.amount, *(stated(cell).credits for cell in cells)) if amount is not None]


def _takes_any_decimals(model: Model, name: str) -> bool:
    return any(number.step is None for number in _numbers(model, name))


def _is_whole(model: Model, name: str) -> bool:
    return all(map(is_whole, _numbers(model, name)))


def _numbers(model: Model, name: str) -> Iterator[Numbers]:
    """Yield the rules of the numbers that an option is, or is a sum of."""
    seen, left = set[str](), [name]
    while left:
        option = model.options.get(left.pop())
        if option is None or option.name in seen:
            continue
        seen.add(option.name)
        if option.number is not None:
            yield option.number
        follows = option.follows
        left += () if follows is None or follows.of_sides else follows.names


def _decimals(number: Number) -> int:
    return len(written(number).partition(".")[2])
