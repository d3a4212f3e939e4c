"""
too many gates for one model

What: one model names more than 100 different gates: at itself, at its values and in its gate rules together.
Why: the build computes the gates of every combination, and users see each of these gates.

Avoid:
    a gate for each customer
Prefer:
    a gate for each plan, with the grants of its customers in `opens_with:`
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.file_caps import MOST_GATES_OF_MODEL
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, named_gates

CODE = Code("IR256", "too-many-gates", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each model that names more gates than the cap, at the first gate beyond it."""
    for model, spec in rules.models.items():
        named: set[str] = set()
        for path, gate in named_gates(spec):
            named.add(gate)
            if len(named) > MOST_GATES_OF_MODEL:
                message = f"this model names more than {MOST_GATES_OF_MODEL} gates"
                hint = "use one gate for many values; `opens_with:` of a gate in _shared.yaml lists all grants that open it"
                yield Finding(CODE, message, Place(path, file=model), hint)
                break
