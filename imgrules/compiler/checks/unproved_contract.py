"""
a contract that is not proved

What: a model has so many combinations that its bodies are not all compared with the contract; or the contract seems to refuse
something, and no selection was found that sends it.
Why: nothing is claimed that is not proved. 30,000 keywords are decided for one model, and 2,000 selections tried for a refusal.

Avoid:
    steps: {number: {min: 1, max: 1000}, send: steps}
Prefer:
    steps: {number: {min: 1, max: 50}, send: steps}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.table.records import Table

CODE = Code("IR316", "unproved-contract", Severity.WARNING, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for whatever could not be proved."""
    if not rules.contracts:
        return
    from imgrules.compiler.contract.contract_findings import once, unproved  # noqa: PLC0415  rules without a contract do not load it

    yield from once(rules, unproved(rules, table, CODE))
