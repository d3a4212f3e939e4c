"""
a contract that cannot be read

What: `contract` of a type names a file that does not exist, lies outside of the repository, or is no JSON.
Why: nothing can be proved without it, and a proof that is left out would look like one that was made.

The path is relative to the folder of the rules. The repository is the nearest folder above them with `.git`, or else the parent
of the rules; links that lead out of it are refused.

Avoid:
    contract: schemas/creation.json
Prefer:
    contract: ../schemas/creation.schema.json
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Severity
from imgrules.compiler.spec.rule_set import RuleSet

CODE = Code("IR310", "unreadable-contract", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each contract that is not there or is no JSON."""
    if not rules.contracts:
        return
    from imgrules.compiler.contract.contract_findings import unreadable  # noqa: PLC0415  rules without a contract do not load it

    for place, message, hint in unreadable(rules, is_json=False):
        yield Finding(CODE, message, place, hint)
