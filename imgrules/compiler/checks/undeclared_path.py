"""
a path that the contract does not declare

What: something is sent at a path of the body for which the contract has no place.
Why: the service that receives the request refuses it, or ignores what users picked; no example has to show it.

Avoid:
    quality: {send: image_generation.qualty}
Prefer:
    quality: {send: image_generation.quality}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.table.records import Table

CODE = Code("IR311", "undeclared-path", Severity.ERROR, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each path that a contract does not declare."""
    if not rules.contracts:
        return
    from imgrules.compiler.contract.contract_findings import once, undeclared  # noqa: PLC0415  rules without a contract do not load it

    yield from once(rules, undeclared(rules, table, CODE))
