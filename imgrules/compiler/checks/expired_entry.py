"""
an entry that has ended

What: a promotion, a badge or a gate rule has ended.
Why: it has no effect any more, and makes the file harder to read.

Avoid:
    badges: [{text: New, until: "2020-01-01"}]
Prefer:
    badges: []
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.report.helps import delete
from imgrules.compiler.spec.model import BadgeSpec, GateRuleSpec, ValuePromotionSpec
from imgrules.compiler.spec.price import PromotionSpec
from imgrules.compiler.spec.rule_set import RuleSet, dated_entries, moment_of
from imgrules.compiler.spec.types import DatedSpec
from imgrules.quoting import quoted

CODE = Code("IR229", "expired-entry", Severity.WARNING, __doc__)

KINDS: dict[type[DatedSpec], str] = {
    PromotionSpec: "promotion",
    ValuePromotionSpec: "promotion",
    BadgeSpec: "badge",
    GateRuleSpec: "gate rule",
}


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each entry that ended before or at `rules.today`; nothing if `rules.today` is None."""
    today = moment_of(rules.today)
    for model, spec in rules.models.items() if today is not None else ():
        for path, entry in dated_entries(spec):
            end = moment_of(entry.until)
            if type(entry) in KINDS and end is not None and today is not None and end <= today:
                message = f"this {KINDS[type(entry)]} ended on {quoted(entry.until)}"
                place = Place((*path, "until"), file=model)
                yield Finding(CODE, message, place, *delete(Place(path, file=model), "it"))
