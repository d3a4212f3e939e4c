"""
prices in two places

What: the model has `credits` and some of its values have `credits` too, or the values of two or more options have.
Why: it is not defined whether the two are added or which one applies, so no combination has a definite price.

Avoid:
    ratio: {values: {"1:1": {credits: 1}}}
    quality: {values: {low: {credits: 5}}}
Prefer:
    ratio: {values: ["1:1"]}
    quality: {values: {low: {credits: 5}}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import ValueSpec
from imgrules.compiler.spec.price import FormulaSpec
from imgrules.compiler.spec.rule_set import RuleSet, is_listed, prices, values_of
from imgrules.quoting import quoted

CODE = Code("IR209", "duplicate-price", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for the second and each further place of a model that has prices."""
    for model, spec in rules.models.items():
        priced = [
            (name, _first_priced(values_of(option)) if is_listed(option) else None) for name, option in spec.options.items()
        ]
        whole = (path for path, price in prices(spec) if not _is_open(price))
        places: list[tuple[str, Path]] = [("the model", path) for path in whole][:1]
        places += [(quoted(name), ("options", name, "values", value, "credits")) for name, value in priced if value is not None]
        for owner, path in places[1:]:
            message = f"both {places[0][0]} and {owner} have prices"
            related = ((Place(places[0][1], file=model), "the first price"),)
            yield Finding(CODE, message, Place(path, file=model), "write all prices in one place", related)


def _first_priced(values: Mapping[str, ValueSpec]) -> str | None:
    return next((value for value, details in values.items() if details.credits is not None), None)


def _is_open(price: object) -> bool:
    """Whether a price is a formula without a base, so that the values of an option give the base."""
    return isinstance(price, FormulaSpec) and price.base is None
