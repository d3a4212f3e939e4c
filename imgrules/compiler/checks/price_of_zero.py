"""
a price of 0 among other prices

What: a value, a row of a price table, a dated price or a promotion costs 0, but the amounts beside it do not.
Why: a price that nobody knows is `unknown`; 0 is free for everybody, and is often what was typed until the price is known.

A surcharge of 0 is not reported, nor what facts decide, such as an allowance that is not used up.

Avoid:
    values: {low: {credits: 0}, high: {credits: 8}}
Prefer:
    values: {low: {credits: unknown}, high: {credits: 8}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.amounts_beside import Stated, groups_of
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.table.exact import written

CODE = Code("IR321", "price-of-zero", Severity.WARNING, __doc__, may_be_meant=True)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each price of 0 beside which another amount is more than 0."""
    for model in rules.models:
        for group in groups_of(rules, model):
            above = [stated for stated in group.amounts if stated.amount > 0][:1]
            zeros = [stated for stated in group.amounts if stated.amount == 0 and not group.may_be_zero]
            yield from (_finding(model, zero, other) for other in above for zero in zeros)


def _finding(model: str, zero: Stated, other: Stated) -> Finding:
    related = ((Place(other.path, file=model), "this is more than 0"),)
    message = f"{zero.name} costs 0, but {other.name} costs {written(other.amount)}"
    return Finding(CODE, message, Place(zero.path, file=model), "write its price, or `unknown` if no price is stated", related)
