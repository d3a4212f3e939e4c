"""
a combination that the contract refuses

What: each value of a body may be sent, but the contract refuses them together, by a keyword such as `oneOf`, `not` or `if`.
Why: users can make this selection, and the request fails.

Avoid:
    limits: []
Prefer:
    limits: [{when: {quality: high}, never: {format: webp}}]
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.table.records import Table

CODE = Code("IR314", "refused-combination", Severity.ERROR, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each combination that a contract refuses."""
    if not rules.contracts:
        return
    from imgrules.compiler.contract.contract_findings import once, refused_together  # noqa: PLC0415  rules without a contract do not load it

    yield from once(rules, refused_together(rules, table, CODE))
