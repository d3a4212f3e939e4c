"""
a value that the contract refuses

What: a selection that can be made sends a value that the contract does not take at this path: one that it does not list, of
another type, too long, or beyond a bound.
Why: users can pick it and pay for it, and the request fails.

Values, numbers and lengths are looked at in full. Where the contract has a pattern for a text that callers write, texts are tried.

Avoid:
    high: {as: hi}
Prefer:
    high: {as: high}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Severity
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.table.records import Table

CODE = Code("IR312", "refused-value", Severity.ERROR, __doc__)


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Yield a finding for each value that a contract refuses."""
    if not rules.contracts:
        return
    from imgrules.compiler.contract.contract_findings import once, refused_values  # noqa: PLC0415  rules without a contract do not load it

    yield from once(rules, refused_values(rules, table, CODE))
