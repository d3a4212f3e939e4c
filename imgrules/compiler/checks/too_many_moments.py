"""
a model that changes too often

What: a model changes at more than 250 moments; or the number of its combinations times the number of its periods is more than
100 000.
Why: the build computes all combinations again for each period, so that a decision is one look-up.

Avoid:
    a promotion for each day of a year
Prefer:
    only the promotions of this season; delete those that have ended
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.lower.combinations import count
from imgrules.compiler.lower.known_options import known_options_of_model
from imgrules.compiler.lower.periods import moments
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.table.caps import MOST_CHANGES, MOST_COMBINATIONS, MOST_DATED_COMBINATIONS

CODE = Code("IR255", "too-many-moments", Severity.ERROR, __doc__)

_HINT = "delete what has ended, or split it into two models"


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each model with more moments of change, or combinations in all periods, than the caps allow."""
    for model, spec in rules.models.items():
        changes = len(moments(spec, rules.shared))
        if not changes:
            continue
        place, sold = Place(("name",), on_key=True, file=model), count(known_options_of_model(rules, model))
        if changes > MOST_CHANGES:
            yield Finding(
                CODE, f"this model changes at {changes:,} moments, but at most {MOST_CHANGES:,} are allowed", place, _HINT
            )
        elif sold * (changes + 1) > MOST_DATED_COMBINATIONS and sold <= MOST_COMBINATIONS:
            message = (
                f"{sold:,} combinations in each of {changes + 1:,} periods are more than {MOST_DATED_COMBINATIONS:,} in all"
            )
            yield Finding(CODE, message, place, _HINT)
