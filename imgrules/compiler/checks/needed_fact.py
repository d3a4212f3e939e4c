"""
a limit that needs or ignores a fact

What: `needs` or `ignores` of a limit names a fact.
Why: both are about what callers pick, and nobody picks a fact. A fact that has to be stated is one without `default` and `optional`.

Avoid:
    limits: [{when: {quality: high}, needs: group}]
Prefer:
    limits: [{when: {quality: high}, only: {group: vip}}]
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, as_names
from imgrules.compiler.spec.with_facts import FactOptionSpec
from imgrules.quoting import quoted

CODE = Code("IR272", "needed-fact", Severity.ERROR, __doc__)

_HINTS = {
    "needs": "say with `only:` which values it must have, or leave out its `default:` and `optional:`",
    "ignores": "name options that callers pick, or say in a condition for which values of the fact a rule applies",
}


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each fact that a limit needs or ignores."""
    for model, spec in rules.models.items():
        for index, limit in enumerate(spec.limits or ()):
            for key, hint in _HINTS.items():
                for name in as_names(getattr(limit, key)):
                    if isinstance(spec.options.get(name), FactOptionSpec):
                        place = Place(("limits", index, key), file=model)
                        yield Finding(CODE, f"{quoted(name)} is a fact, which nobody picks", place, hint)
