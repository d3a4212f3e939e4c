"""
a default behind a gate

What: the default of an option is a value that not everybody may choose.
Why: users who pick nothing would find the model locked.

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
    """Find defaults that are locked for some."""
    for model, spec in rules.models.items():
        for option, each in spec.options.items():
            if not isinstance(each.default, str):
                continue
            values = values_of(each)
            said = values.get(each.default)
            if said is not None and said.gate is not None:
                free = [value for value, one in values.items() if one.gate is None]
                place = Place(("options", option, "default"), file=model)
                related = ((Place(("options", option, "values", str(each.default), "gate"), file=model), "the gate"),)
                hint = f"open to everybody: {either(free)}" if free else "no value of this option is open to everybody"
                yield Finding(CODE, f"the default {quoted(each.default)} is behind a gate", place, hint, related)
