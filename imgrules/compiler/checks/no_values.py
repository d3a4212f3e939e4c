"""
an option without values

What: the list or the mapping of values is empty.
Why: there is no value to pick, so nobody could create an image with the model.

Avoid:
    ratio: {values: []}
Prefer:
    ratio: {values: ["1:1"]}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.quoting import quoted

CODE = Code("IR206", "no-values", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each option whose list or mapping of values is empty."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            if option.values is not None and not option.values:
                place = Place(("options", name, "values"), file=model)
                yield Finding(CODE, f"{quoted(name)} has no values", place, "list what it offers, or delete the option")
