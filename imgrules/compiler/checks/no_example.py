"""
a model without an example

What: the file has no `examples`.
Why: examples are the tests of a rule file: they show what it should do, and reveal mistakes in it.

Avoid:
    options: {ratio: {values: ["1:1"]}}
Prefer:
    options: {ratio: {values: ["1:1"]}}
    examples:
      - {select: {ratio: "1:1"}, expect: {status: allowed}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet

CODE = Code("IR403", "no-example", Severity.WARNING, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each model without examples."""
    for model, spec in rules.models.items():
        if not spec.examples:
            hint = "add `examples:` with a selection and its expected result"
            yield Finding(CODE, "this model has no example", Place(("name",), on_key=True, file=model), hint)
