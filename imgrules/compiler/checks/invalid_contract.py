"""
a contract that is no valid schema

What: the contract is no valid JSON Schema, or has a reference that is not followed: one that leads out of the file, or back to
itself for the same value.
Why: a schema with a mistake accepts more than its author means. Nothing is fetched, so that a check needs no network.

A regular expression that may need more than 20,000,000 steps for a text of 250 characters is refused too, such as `(a|a)*b` or
`a*a*a*a*b`: a check would not end. A longer text is matched where that many steps are enough.

Avoid:
    {"properties": {"quality": {"$ref": "https://example.org/quality.json"}}}
Prefer:
    {"properties": {"quality": {"$ref": "#/$defs/quality"}}, "$defs": {"quality": {"enum": ["low", "high"]}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Severity
from imgrules.compiler.spec.rule_set import RuleSet

CODE = Code("IR315", "invalid-contract", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each contract that is no valid schema."""
    if not rules.contracts:
        return
    from imgrules.compiler.contract.contract_findings import unreadable  # noqa: PLC0415  rules without a contract do not load it

    for place, message, hint in unreadable(rules, is_json=True):
        yield Finding(CODE, message, place, hint)
