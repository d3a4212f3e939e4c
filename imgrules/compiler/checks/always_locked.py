"""
a model that is locked for everybody

What: every combination of the model is behind a gate, but the model itself has no `gate:`.
Why: often this happens by accident, when the last value without a gate is removed. Without a grant, nobody can use the model.

Avoid:
    quality: {values: {high: {gate: member}}}
Prefer:
    quality: {values: {low: {}, high: {gate: member}}}
or, for a model that only members may use:
    gate: member
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.table.records import Table

CODE = Code("IR212", "always-locked", Severity.WARNING, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each model that nobody can use without a grant, although the model itself has no gate."""
    for model, lowered in table.models.items():
        # A gate at the model itself is no mistake: the model is for members on purpose.
        gated = rules.models[model].gate is not None
        if not gated and lowered.cells and all(cell.gates for cell in lowered.cells):
            place = Place(("options",), on_key=True, file=model)
            yield Finding(
                CODE,
                "every combination of this model is behind a gate",
                place,
                "leave one combination without a gate, or move the gate to the model, which is then for members only",
            )
