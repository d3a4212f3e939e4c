"""
a path that the contract requires and that is not always sent

What: the contract requires a path of the body, and a selection that can be made sends nothing there.
Why: the request fails for every user who makes that selection.

Avoid:
    quality: {optional: true}
Prefer:
    quality: {default: low}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.table.records import Table

CODE = Code("IR313", "required-path", Severity.ERROR, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each path that is required and not always sent."""
    if not rules.contracts:
        return
    from imgrules.compiler.contract.contract_findings import missing, once  # noqa: PLC0415  rules without a contract do not load it

    yield from once(rules, missing(rules, table, CODE))
