"""
prices in two places

What: the model has credits and its values have some too, or the values of more than one option have.
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
from imgrules.compiler.spec.model import FormulaSpec, ValueSpec
from imgrules.compiler.spec.rule_set import RuleSet, is_listed, prices, values_of
from imgrules.quoting import quoted

CODE = Code("IR209", "duplicate-price", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find the second and further places that have prices."""
    for model, spec in rules.models.items():
        said = [(option, _priced(values_of(each)) if is_listed(each) else None) for option, each in spec.options.items()]
        whole = (path for path, each in prices(spec) if path[0] == "credits" and not _is_open(each))
        places: list[tuple[str, Path]] = [("the model", path) for path in whole][:1]
        places += [(option, ("options", option, "values", value, "credits")) for option, value in said if value is not None]
        for name, path in places[1:]:
            message = f"both {quoted(places[0][0])} and {quoted(name)} have prices"
            related = ((Place(places[0][1], file=model), "the first price"),)
            yield Finding(CODE, message, Place(path, file=model), "write all prices in one place", related)


def _priced(values: Mapping[str, ValueSpec]) -> str | None:
    return next((value for value, said in values.items() if said.credits is not None), None)


def _is_open(price: object) -> bool:
    """Return whether a price leaves its base to the values."""
    return isinstance(price, FormulaSpec) and price.base is None
