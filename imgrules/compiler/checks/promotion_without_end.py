"""
a promotion without an end

What: a promotional price has no `until`.
Why: a promotion is temporary; without an end, users would see the regular price beside the lower one for ever.

Avoid:
    high: {credits: 8, promotion: {credits: 5}}
Prefer:
    high: {credits: 8, promotion: {credits: 5, until: "2027-01-01"}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.model import ValuePromotionSpec
from imgrules.compiler.spec.price import PromotionSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.walk import walk

CODE = Code("IR228", "promotion-without-end", Severity.WARNING, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each promotion without an end."""
    for model, spec in rules.models.items():
        for path, promotion in walk(spec, PromotionSpec, ValuePromotionSpec):
            if promotion.until is None:
                place = Place(path, on_key=True, file=model)
                yield Finding(
                    CODE, "this promotion never ends", place, 'add `until:` with a date, such as `until: "2027-01-01"`'
                )
