"""
a model that shows everybody a lock

What: every combination of the model is behind a gate.
Why: this may be intended; often one value was gated and its last open neighbour was removed.

Avoid:
    quality: {values: {high: {gate: member}}}
Prefer:
    quality: {values: {low: {}, high: {gate: member}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.rule_set import RuleSet
from imgrules.engine.table import Table

CODE = Code("IR212", "no-open-way", Severity.WARNING, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:  # noqa: ARG001  every check of a table is called alike
    """Find models that nobody can use without a grant."""
    for model, lowered in table.models.items():
        if lowered.cells and all(cell.gates for cell in lowered.cells):
            place = Place(("options",), on_key=True, file=model)
            yield Finding(CODE, "every combination of this model is behind a gate", place, "leave one way open to everybody")
