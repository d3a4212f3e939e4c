"""
a price for each of a number that may be below 0

What: `each` names a number without a minimum, or with one below 0.
Why: a number below 0 counts as 0, so the whole would cost nothing.

Avoid:
    outputs: {send: n, number: {max: 4}, default: 1}
Prefer:
    outputs: {send: n, number: {min: 1, max: 4}, default: 1}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.rule_set import RuleSet, as_names, formulas
from imgrules.quoting import quoted

CODE = Code("IR240", "negative-count", Severity.WARNING, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find prices that are multiplied by a number that may be below 0."""
    for model, spec in rules.models.items():
        for path, formula in formulas(spec):
            if formula.each is not None and _may_be_negative(spec, formula.each):
                message = f"{quoted(formula.each)} may be below 0, and then the whole price is 0"
                hint = "give it a minimum, such as `number: {min: 1}`"
                yield Finding(CODE, message, Place((*path, "each"), file=model), hint)


def _may_be_negative(spec: ModelSpec, name: str, ancestors: tuple[str, ...] = ()) -> bool:
    """Whether a number, or one that it is computed from, may be below 0."""
    option = spec.options.get(name)
    if option is None or name in ancestors:
        return False
    if option.number is not None:
        return option.number.min is None or option.number.min < 0
    return any(
        _may_be_negative(spec, source, (*ancestors, name)) for source in (*as_names(option.total), *as_names(option.pixels))
    )
