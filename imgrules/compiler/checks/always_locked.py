"""
a model that is locked for everybody

What: every combination of the model is behind a gate, and no gate stands at the model itself.
Why: this may be intended, but often one value got a gate and the last value without one was removed.

Avoid:
    quality: {values: {high: {gate: member}}}
Prefer:
    quality: {values: {low: {}, high: {gate: member}}}
or, for a model that is for members alone:
    gate: member
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.table.records import Table

CODE = Code("IR212", "always-locked", Severity.WARNING, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Find models that nobody can use without a grant, although no gate is written at the model."""
    for model, lowered in table.models.items():
        # A gate at the model itself is no mistake: the model is for members on purpose.
        gated = rules.models[model].gate is not None
        if not gated and lowered.cells and all(cell.gates for cell in lowered.cells):
            place = Place(("options",), on_key=True, file=model)
            yield Finding(
                CODE,
                "every combination of this model is behind a gate",
                place,
                "leave one combination open to everybody, or put the gate at the model",
            )
