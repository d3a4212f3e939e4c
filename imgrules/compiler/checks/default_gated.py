"""
a default behind a gate

What: the default of an option is a value that has a gate.
Why: for users without a grant, the model would be locked although they picked nothing.

Avoid:
    quality: {default: high, values: {low: {}, high: {gate: member}}}
Prefer:
    quality: {default: low, values: {low: {}, high: {gate: member}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, values_of
from imgrules.quoting import either, quoted

CODE = Code("IR204", "default-gated", Severity.WARNING, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each default that is locked for callers without a grant."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            if not isinstance(option.default, str):
                continue
            values = values_of(option)
            details = values.get(option.default)
            if details is not None and details.gate is not None:
                open_values = [value for value, other in values.items() if other.gate is None]
                place = Place(("options", name, "default"), file=model)
                related = ((Place(("options", name, "values", str(option.default), "gate"), file=model), "the gate"),)
                hint = (
                    f"choose a value without a gate: {either(open_values)}"
                    if open_values
                    else "every value of this option has a gate; delete the default, or one of the gates"
                )
                yield Finding(CODE, f"the default {quoted(option.default)} is behind a gate", place, hint, related)
