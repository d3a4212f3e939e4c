"""
two options that both carry prices

What: the values of more than one option have credits.
Why: nothing says whether the two are added or which one counts, so no combination has a certain price.

Avoid:
    ratio: {values: {"1:1": {credits: 1}}}
    quality: {values: {low: {credits: 5}}}
Prefer:
    ratio: {values: ["1:1"]}
    quality: {values: {low: {credits: 5}}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec import RuleSet, ValueSpec, values_of
from imgrules.engine.wording import quoted

CODE = Code("IR209", "price-twice", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find the second and further options that carry prices."""
    for model, spec in rules.models.items():
        said = [(option, _priced(values_of(each))) for option, each in spec.options.items()]
        priced = [(option, value) for option, value in said if value is not None]
        for option, value in priced[1:]:
            path = ("options", option, "values", value, "credits")
            first = Place(("options", priced[0][0], "values", priced[0][1], "credits"), file=model)
            message = f"both {quoted(priced[0][0])} and {quoted(option)} carry prices"
            hint = "write all prices at the values of one option"
            yield Finding(CODE, message, Place(path, file=model), hint, ((first, "the first price"),))


def _priced(values: Mapping[str, ValueSpec]) -> str | None:
    return next((value for value, said in values.items() if said.credits is not None), None)
