"""
a price of more than 15 digits

What: some selection costs a number of credits with more than 15 digits.
Why: most programs that read JSON keep no more than 15, so two programs could show two prices.

At most 4,000 selections of a model are tried, with numbers at the ends of their stated bounds.

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
from imgrules.compiler.spec.rule_set import RuleSet, formulas
from imgrules.compiler.trials import MOST, Trial, selected, trials
from imgrules.table.exact import add, digits, multiply, written
from imgrules.table.measures import is_whole
from imgrules.table.records import Line, Model, Option, Table
from imgrules.table.terms import Credits, Number

CODE = Code("IR242", "long-price", Severity.ERROR, __doc__)

_USUAL_DECIMALS = 6  # so many decimals a number has that is counted
_UNBOUNDED = 1_000  # where no bound is stated, no greater number is tried
_MOST_PIXELS = 99_999**2


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Find the first selection of each model whose price is too long to be carried."""
    for name, first in table.models.items():
        models = [each for each in (first, *(one.model for one in first.changes)) if _may_be_long(each)]
        long = next(filter(None, (_long(model, MOST // len(models)) for model in models)), None)
        if long is None:
            continue
        trial, credits_ = long
        path = next((path for path, _ in formulas(rules.models[name])), ("credits",))
        said = selected(trial.picked, ())
        message = f"{said} costs {written(credits_)}, which has more than {MOST_DIGITS} digits"
        yield Finding(CODE, message, Place(path, on_key=True, file=name), "add `round:`, such as `round: {up: 0.01}`")


def _may_be_long(model: Model) -> bool:
    """Whether the digits of all parts of a price come to so many; most prices are far from it, and none of them is tried."""
    formula = model.price
    if formula is None:
        return False
    base = [each for cell in model.cells for each in (cell.credits, cell.regular) if each is not None] or [0]
    most, decimals, known = max(base), max(map(_decimals, base)), dict[str, Number]()
    for line in formula.times:
        amounts = _amounts(line)
        most, decimals = multiply(most, max(amounts)), decimals + max(map(_decimals, amounts))
    for line in formula.plus:
        amounts, count = _amounts(line), _count(model, line.per, known)
        most = add(most, multiply(max(amounts), count))
        decimals = max(decimals, max(map(_decimals, amounts)) + (_USUAL_DECIMALS if line.per else 0))
    most = multiply(most, _count(model, formula.each, known))
    decimals += _USUAL_DECIMALS if formula.each and not _is_whole(model.options[formula.each]) else 0
    decimals = decimals if formula.rounding is None else _decimals(formula.step)
    return len(str(int(most))) + decimals > MOST_DIGITS


def _amounts(line: Line) -> list[Number]:
    rows = () if line.lookup is None else line.lookup.table.values()
    cells = (one for each in rows for one in (each.values() if isinstance(each, Mapping) else (each,)))
    return [1, *(each for each in (line.amount, *cells) if each is not None and not isinstance(each, str))]


def _count(model: Model, name: str | None, known: dict[str, Number]) -> Number:
    """Return the greatest number that is tried of what is counted, or a greater one; each is worked out once."""
    option = None if name is None else model.options.get(name)
    if name is None or option is None:
        return 1
    if name not in known:
        known[name] = _greatest(model, option, known)
    return known[name]


def _greatest(model: Model, option: Option, known: dict[str, Number]) -> Number:
    if option.follows is not None:
        counted: Number = 0
        for each in option.follows.total:
            counted = add(counted, _count(model, each, known) if each != option.name else 0)
        return max(-(-_MOST_PIXELS // option.follows.unit) if option.follows.pixels else 1, counted)
    most = None if option.number is None else option.number.max
    return _UNBOUNDED if most is None else max(most, 1)


def _is_whole(option: Option) -> bool:
    return option.number is None or is_whole(option.number)


def _decimals(number: Number) -> int:
    return len(written(number).partition(".")[2])


def _long(model: Model, most: int) -> tuple[Trial, Credits] | None:
    tried = ((each, each.credits) for each in islice(trials(model, model.cells), most))
    return next(((each, cost) for each, cost in tried if cost is not None and digits(cost) > MOST_DIGITS), None)
