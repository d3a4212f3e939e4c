"""
an entry that has ended

What: a promotion, a badge or a rule for gates ended before today.
Why: it has no effect any more, and every reader of the file has to notice that.

Avoid:
    badges: [{text: New, until: "2020-01-01"}]
Prefer:
    badges: []
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import delete
from imgrules.compiler.spec.model import BadgeSpec, GateRuleSpec, PromotionSpec, ValuePromotionSpec
from imgrules.compiler.spec.rule_set import RuleSet, dated, moment_of
from imgrules.compiler.spec.types import DatedSpec
from imgrules.quoting import quoted

CODE = Code("IR229", "expired-entry", Severity.WARNING, __doc__)

WHAT: dict[type[DatedSpec], str] = {
    PromotionSpec: "promotion",
    ValuePromotionSpec: "promotion",
    BadgeSpec: "badge",
    GateRuleSpec: "rule for gates",
}


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find what had ended by the moment of the check; without one, nothing had."""
    today = moment_of(rules.today)
    for model, spec in rules.models.items() if today is not None else ():
        for path, each in dated(spec):
            over = moment_of(each.until)
            if type(each) in WHAT and over is not None and today is not None and over <= today:
                message = f"this {WHAT[type(each)]} ended on {quoted(each.until)}"
                place = Place((*path, "until"), file=model)
                yield Finding(CODE, message, place, *delete(Place(path, file=model), "it"))
