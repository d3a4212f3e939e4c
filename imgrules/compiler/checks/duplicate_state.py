"""
a state with two meanings

What: the same state of a creation is listed in two of `running`, `succeeded` and `failed`.
Why: for a creation in this state, it is not defined whether it still runs, has succeeded or has failed.

Avoid:
    running: [queued, ready]
    succeeded: [ready]
Prefer:
    running: [queued]
    succeeded: [ready]
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.quoting import quoted

CODE = Code("IR218", "duplicate-state", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each state that is listed a second time."""
    if rules.shared.result is None:
        return
    seen: dict[str, Place] = {}
    for meaning in ("running", "succeeded", "failed"):
        for index, state in enumerate(getattr(rules.shared.result.state, meaning)):
            place = Place(("result", "state", meaning, index), file="_shared")
            if state in seen:
                related = ((seen[state], "first listed here"),)
                yield Finding(CODE, f"the state {quoted(state)} is listed twice", place, "delete one of the two", related)
            seen.setdefault(state, place)
