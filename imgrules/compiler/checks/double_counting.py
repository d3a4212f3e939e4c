"""
a number that is counted twice in one price

What: `each` multiplies the price by a number, and a surcharge `per` the same number, or a factor or a base price that grows
with it, counts the number again.
Why: three outputs would cost nine times as much as one.

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
from imgrules.compiler.spec.model import FormulaSpec, ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, details_of, formulas, gates_of, values_of
from imgrules.compiler.spec.types import TableSpec, TestSpec
from imgrules.quoting import quoted

CODE = Code("IR243", "double-counting", Severity.WARNING, __doc__)

_Number: TypeAlias = int | Decimal


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find prices for each of a number that has been counted already."""
    for model, spec in rules.models.items():
        for path, formula in formulas(spec):
            counted = _origins(spec, formula.each or "")
            for place in (*_surcharges(spec, path, formula, counted), *_growing(spec, path, formula, counted)):
                related = ((Place((*path, "each"), file=model), "the whole price is multiplied by it here"),)
                message = f"{quoted(formula.each)} is counted here, and again by `each`"
                yield Finding(CODE, message, Place(place, file=model), "count it in one place", related)


def _origins(spec: ModelSpec, name: str) -> frozenset[str]:
    """Return the numbers and lists that a number is counted from, or itself; what many are counted from is looked at once."""
    found, seen, ahead = set(), set[str](), [name]
    while ahead:
        each = ahead.pop()
        option = spec.options.get(each)
        if option is None or each in seen:
            continue
        seen.add(each)
        sources = (*gates_of(option.of), *gates_of(option.pixels), *gates_of(option.total))
        ahead += sources
        if not sources and (option.number is not None or option.many is not None):
            found.add(each)
    return frozenset(found)


def _surcharges(spec: ModelSpec, path: Path, formula: FormulaSpec, counted: frozenset[str]) -> Iterator[Path]:
    for at, line in enumerate(formula.plus or ()):
        if line.per is not None and not counted.isdisjoint(_origins(spec, line.per)):
            yield (*path, "plus", at, "per")


def _growing(spec: ModelSpec, path: Path, formula: FormulaSpec, counted: frozenset[str]) -> Iterator[Path]:
    """Yield the factors and base prices that grow as fast as what is counted."""
    for at, line in enumerate(formula.times or ()):
        where = (*path, "times", at, "factor")
        if isinstance(line.factor, TableSpec):
            if any(factor >= least for least, factor in _by_word(spec, line.factor, counted) if least > 1):
                yield where
        elif any(line.factor >= each > 1 for each in _asked(spec, line.when or {}, counted)):
            yield where
    if isinstance(formula.base, TableSpec):
        if _multiplies(_by_word(spec, formula.base, counted)):
            yield (*path, "base")
    elif formula.base is None:
        for name, option in spec.options.items():
            said = [(_least(each), each.credits) for each in details_of(option).values()]
            if not counted.isdisjoint(_origins(spec, name)) and option.of is not None and _multiplies(said):
                yield ("options", name, "values")


def _asked(spec: ModelSpec, when: Mapping[str, Any], counted: frozenset[str]) -> Iterator[_Number]:
    """Yield the least that a condition asks of what is counted."""
    for name, said in when.items():
        if counted.isdisjoint(_origins(spec, name)):
            continue
        listed = said if isinstance(said, list) else [said.min if isinstance(said, TestSpec) else said]
        words: Mapping[Any, Any] = values_of(spec.options[name])
        numbers = [_least(words[each]) if each in words else each for each in listed if each is not None]
        yield from ([] if not numbers or any(isinstance(each, str) for each in numbers) else [min(numbers)])


def _by_word(spec: ModelSpec, table: TableSpec, counted: frozenset[str]) -> Iterator[tuple[_Number, Any]]:
    """Yield what a table has for the words of what is counted, each with the least number that it is a word for."""
    for at, name in enumerate(table.by):
        if counted.isdisjoint(_origins(spec, name)) or name not in spec.options:
            continue
        words = values_of(spec.options[name])
        for row, said in getattr(table, "table", {}).items():
            cells = said.items() if isinstance(said, dict) else [(row, said)]
            found = ((row if at == 0 else other, each) for other, each in cells)
            yield from ((_least(words[word]), each) for word, each in found if word in words and not isinstance(each, str))


def _least(word: Any) -> _Number:
    least = word.is_.min if word.is_ is not None else None
    return 1 if least is None else max(least, 1)


def _multiplies(said: Any) -> bool:
    """Whether some amount is at least as many times that of the least number as its own number says."""
    known = sorted((least, each) for least, each in said if each is not None and not isinstance(each, str))
    return any(each >= least * known[0][1] > 0 for least, each in known if least > known[0][0])
