"""
a number that is counted twice in one price

What: `each` multiplies the price by a number, and another part of the price counts the same number again: a surcharge `per`
this number, or a factor or a base price that grows with it.
Why: with `each` and `per` on the same number, three outputs would cost nine times as much as one.

A factor counts the number again if it is at least that number, such as 2 for two outputs; a price that falls as the number
rises is a discount, and is not reported.

Avoid:
    credits: {base: 0, plus: [{credits: 2, per: outputs}], each: outputs}
Prefer:
    credits: {base: 2, each: outputs}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.price import FormulaSpec
from imgrules.compiler.spec.rule_set import RuleSet, details_of, formulas, names_at, source_names, values_of
from imgrules.compiler.spec.tables import TableSpec
from imgrules.compiler.spec.types import TestSpec
from imgrules.quoting import quoted
from imgrules.table.exact import add, multiply, written

CODE = Code("IR243", "double-counting", Severity.WARNING, __doc__, may_be_meant=True)

_Number: TypeAlias = int | Decimal


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each part of a price that counts a number by which `each` multiplies the whole price."""
    for model, spec in rules.models.items():
        for path, formula in formulas(spec):
            seen: dict[str, Path] = {}
            for each_path, name in names_at(formula.each, (*path, "each")):
                counted = _origins(spec, name)
                again = [(seen[origin], each_path) for origin in sorted(counted & seen.keys())[:1]]
                again += [(each_path, counted_path) for counted_path in _counted_again(spec, path, formula, counted)]
                seen |= dict.fromkeys(counted, each_path)
                for first_path, counted_path in again:
                    related = ((Place(first_path, file=model), "the whole price is multiplied by it here"),)
                    numbers = _numbers(spec, formula, counted_path, counted)
                    message = f"{quoted(name)} is counted here, and again by `each`{numbers}"
                    yield Finding(CODE, message, Place(counted_path, file=model), "count it in one place only", related)


def _numbers(spec: ModelSpec, formula: FormulaSpec, path: Path, counted: frozenset[str]) -> str:
    """Return what one costs and what more cost, as the end of a sentence; "" where other parts of the price decide that."""
    if path[-3:-2] == ("times",):
        return _numbers_of_factor(spec, formula, counted)
    line = formula.plus[int(path[-2])] if formula.plus and path[-3:-2] == ("plus",) else None
    base = formula.base
    if line is None or line.when or line.beyond or formula.times or len(formula.plus or ()) > 1:
        return ""
    if not isinstance(base, int | Decimal) or not isinstance(line.credits, int | Decimal):
        return ""
    one, two = add(base, line.credits), multiply(2, add(base, multiply(2, line.credits)))
    return f": one costs {written(one)}, and two cost {written(two)}"


def _numbers_of_factor(spec: ModelSpec, formula: FormulaSpec, counted: frozenset[str]) -> str:
    base, line = formula.base, formula.times[0] if formula.times and len(formula.times) == 1 else None
    if line is None or formula.plus or not isinstance(base, int | Decimal) or isinstance(line.factor, TableSpec):
        return ""
    least = next(iter(_least_tested(spec, line.when or {}, counted)), None)
    if least is None or len(line.when or {}) > 1:
        return ""
    more = multiply(multiply(base, line.factor), least)
    return f": one costs {written(base)}, and {written(least)} cost {written(more)}"


def _counted_again(spec: ModelSpec, path: Path, formula: FormulaSpec, counted: frozenset[str]) -> Iterator[Path]:
    yield from _surcharges(spec, path, formula, counted)
    yield from _growing(spec, path, formula, counted)


def _origins(spec: ModelSpec, name: str) -> frozenset[str]:
    """Return the names of the numbers and lists that an option is computed from; the option itself if it is not computed."""
    origins, seen, queue = set(), set[str](), [name]
    while queue:
        current = queue.pop()
        option = spec.options.get(current)
        if option is None or current in seen:
            continue
        seen.add(current)
        sources = source_names(option)
        queue += sources
        if not sources and (option.number is not None or option.many is not None):
            origins.add(current)
    return frozenset(origins)


def _surcharges(spec: ModelSpec, path: Path, formula: FormulaSpec, counted: frozenset[str]) -> Iterator[Path]:
    for index, line in enumerate(formula.plus or ()):
        if line.per is not None and not counted.isdisjoint(_origins(spec, line.per)):
            yield (*path, "plus", index, "per")


def _growing(spec: ModelSpec, path: Path, formula: FormulaSpec, counted: frozenset[str]) -> Iterator[Path]:
    """Yield the paths of factors and base prices that grow at least as fast as the counted number."""
    for index, line in enumerate(formula.times or ()):
        factor_path = (*path, "times", index, "factor")
        if isinstance(line.factor, TableSpec):
            if any(factor >= least for least, factor in _entries_by_range(spec, line.factor, counted) if least > 1):
                yield factor_path
        elif any(line.factor >= least > 1 for least in _least_tested(spec, line.when or {}, counted)):
            yield factor_path
    if isinstance(formula.base, TableSpec):
        if _grows_in_proportion(_entries_by_range(spec, formula.base, counted)):
            yield (*path, "base")
    elif formula.base is None:
        for name, option in spec.options.items():
            amounts = [(_least(details), details.credits) for details in details_of(option).values()]
            if not counted.isdisjoint(_origins(spec, name)) and option.of is not None and _grows_in_proportion(amounts):
                yield ("options", name, "values")


def _least_tested(spec: ModelSpec, when: Mapping[str, Any], counted: frozenset[str]) -> Iterator[_Number]:
    """Yield, for each test of a counted option in a condition, the least number that passes it."""
    for name, test in when.items():
        if counted.isdisjoint(_origins(spec, name)):
            continue
        listed = test if isinstance(test, list) else [test.min if isinstance(test, TestSpec) else test]
        ranges: Mapping[Any, Any] = values_of(spec.options[name])
        numbers = [_least(ranges[item]) if item in ranges else item for item in listed if item is not None]
        yield from ([] if not numbers or any(isinstance(number, str) for number in numbers) else [min(numbers)])


def _entries_by_range(spec: ModelSpec, table: TableSpec, counted: frozenset[str]) -> Iterator[tuple[_Number, Any]]:
    """Yield the entries of a table by ranges of the counted number, each with the least number of its range."""
    for index, name in enumerate(table.by):
        if counted.isdisjoint(_origins(spec, name)) or name not in spec.options:
            continue
        ranges = values_of(spec.options[name])
        for key, row in getattr(table, "table", {}).items():
            cells = row.items() if isinstance(row, dict) else [(key, row)]
            entries = ((key if index == 0 else other, amount) for other, amount in cells)
            yield from (
                (_least(ranges[word]), amount) for word, amount in entries if word in ranges and not isinstance(amount, str)
            )


def _least(word: Any) -> _Number:
    return 1 if word.min is None else max(word.min, 1)


def _grows_in_proportion(amounts: Any) -> bool:
    """Whether, of pairs `(number, amount)`, some amount is at least its number times the amount of the least number."""
    stated = sorted((least, amount) for least, amount in amounts if amount is not None and not isinstance(amount, str))
    return any(amount >= least * stated[0][1] > 0 for least, amount in stated if least > stated[0][0])
