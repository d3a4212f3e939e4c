"""
a price multiplied by a number that may be below 0

What: `each` names a number whose minimum is below 0, or that has no minimum.
Why: a number below 0 counts as 0, so the creation would cost nothing.

Avoid:
    outputs: {send: n, number: {max: 4}, default: 1}
Prefer:
    outputs: {send: n, number: {min: 1, max: 4}, default: 1}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.lower.known_options import known_options_of_model
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, formulas, names_at
from imgrules.quoting import quoted

CODE = Code("IR240", "negative-count", Severity.WARNING, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each price that `each` multiplies by a number that may be below 0."""
    for model, spec in rules.models.items():
        for path, formula in formulas(spec):
            for each_path, name in names_at(formula.each, (*path, "each")):
                known = known_options_of_model(rules, model).get(name)
                if known is not None and known.numbers is not None and known.numbers.least < 0:
                    message = f"{quoted(name)} may be below 0, and then the whole price is 0"
                    hint = "give it a minimum, such as `number: {min: 1}`"
                    yield Finding(CODE, message, Place(each_path, file=model), hint)
