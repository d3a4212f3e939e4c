"""
an incomplete price formula

What: a price formula lacks a base, rounds in two directions, has a factor of 0 or less, or has `beyond` without `per`.
Why: the price would not be defined: two programs could calculate two different prices.

Avoid:
    credits: {times: [{factor: 1.5}], round: {up: 1, down: 1}}
Prefer:
    credits: {base: 3, times: [{factor: 1.5}], round: {up: 1}}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.price import FormulaSpec, RoundSpec
from imgrules.compiler.spec.rule_set import RuleSet, formulas, is_listed, prices, values_of
from imgrules.compiler.spec.tables import NumberTableSpec
from imgrules.quoting import either, quoted

CODE = Code("IR232", "invalid-formula", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each part of a formula that is missing or has no defined result."""
    for model, spec in rules.models.items():
        for path, formula in formulas(spec):
            yield from _rounding(model, path, formula)
            yield from _lines(model, path, formula)
            if formula.base is None and not _values_have_prices(spec):
                hint = "add `base:` with a price, or `credits:` at the values of an option"
                yield Finding(CODE, "the price formula has no base", Place(path, file=model), hint)
        if spec.promotion is not None and not _values_have_prices(spec) and not any(prices(spec)):
            place = Place(("promotion",), on_key=True, file=model)
            hint = "add `credits:` with the regular price, or `credits: unknown`"
            yield Finding(CODE, "this promotion has no regular price", place, hint)


def _values_have_prices(spec: ModelSpec) -> bool:
    listed = (values_of(option) for option in spec.options.values() if is_listed(option))
    return any(details.credits is not None for values in listed for details in values.values())


def _rounding(model: str, path: Path, formula: FormulaSpec) -> Iterator[Finding]:
    if isinstance(formula.round, RoundSpec) and len(formula.round.model_fields_set) != 1:
        modes = either(RoundSpec.model_fields)
        problem = "more than one direction" if formula.round.model_fields_set else "no direction"
        message = f"`round:` has {problem}"
        hint = f"give it one of {modes}, with its step"
        yield Finding(CODE, message, Place((*path, "round"), file=model), hint)


def _factors(path: Path, formula: FormulaSpec) -> Iterator[tuple[Path, int | Decimal]]:
    """Yield every factor of a formula with its path; for a table of factors, each of its entries."""
    for index, line in enumerate(formula.times or ()):
        factor_path: Path = (*path, "times", index, "factor")
        if not isinstance(line.factor, NumberTableSpec):
            yield factor_path, line.factor
            continue
        for value, row in line.factor.table.items():
            if isinstance(row, dict):
                yield from (((*factor_path, "table", value, other), factor) for other, factor in row.items())
            else:
                yield (*factor_path, "table", value), row


def _lines(model: str, path: Path, formula: FormulaSpec) -> Iterator[Finding]:
    for factor_path, factor in _factors(path, formula):
        if factor <= 0:
            message = f"the factor {quoted(factor)} is not above 0"
            yield Finding(
                CODE, message, Place(factor_path, file=model), "write a number above 0; for a free image, the price is 0"
            )
    for index, line in enumerate(formula.plus or ()):
        place = Place((*path, "plus", index, "beyond"), file=model)
        if line.beyond is not None and line.per is None:
            yield Finding(
                CODE, "`beyond` has no `per`, so there is nothing to count", place, "add `per:` with a number or a list"
            )
        if line.beyond is not None and line.beyond < 0:
            yield Finding(CODE, f"`beyond` cannot be {line.beyond}", place, "0 is the minimum; delete `beyond:` to count all")
