"""
an order with an unknown model

What: `order` in `_shared.yaml` lists a model, but there is no model of that id.
Why: usually the model was renamed or deleted, and its old name is still in the list.

Avoid:
    order: [nano-banana, gpt-image-2]
Prefer:
    order: [nano-banana-2, gpt-image-2]
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity, up_to_the_cap
from imgrules.compiler.report.helps import delete, did_you_mean
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.quoting import quoted
from imgrules.refusals.suggest import nearest

CODE = Code("IR302", "unknown-order", Severity.WARNING, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each name in `order` that is no model."""
    return up_to_the_cap(_unknown(rules, rules.shared.order or []))


def _unknown(rules: RuleSet, listed: list[str]) -> Iterator[Finding]:
    others = sorted(rules.files.difference(listed))
    for index, model in enumerate(listed):
        if model not in rules.files:
            place = Place(("order", index), file="_shared")
            suggestion = nearest(model, others)
            help_ = did_you_mean(suggestion, "") if suggestion else delete(place, "it", " from the list")
            yield Finding(CODE, f"there is no model {quoted(model)}", place, *help_)
