"""
a bound with decimals, and no step

What: a number has a bound with decimals, or goes from 0 to 1, and has no `step`.
Why: without `step`, a number is counted from `min` in steps of 1: from 1.5, only 1.5, 2.5, 3.5 and so on are taken, and from
0 to 1 nothing between the two.

Avoid:
    guidance: {number: {min: 1.5, max: 10}}
    strength: {number: {min: 0, max: 1}}
Prefer:
    guidance: {number: {min: 1.5, max: 10, step: any}}
    strength: {number: {min: 0, max: 1, step: any}}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.bounds import NumberSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.walk import walk
from imgrules.quoting import quoted

CODE = Code("IR326", "decimal-bounds", Severity.WARNING, __doc__)

_HINT = "add `step: any` if any number between the bounds is taken, or `step: 1` if these steps are meant"


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each number that says nothing about its step, and whose bounds are probably those of decimals."""
    for file, spec in {"_shared": rules.shared, **rules.models}.items():
        for path, number in walk(spec, NumberSpec):
            message = _message(number) if number.step is None else None
            if message is not None:
                yield Finding(CODE, message, Place(path, file=file), _HINT)


def _message(number: NumberSpec) -> str | None:
    for name, bound in (("min", number.min), ("max", number.max)):
        if isinstance(bound, Decimal):
            return f"{quoted(name)} is {bound}, but the step is 1"
    return "from 0 to 1 in steps of 1, only 0 and 1 are taken" if (number.min, number.max) == (0, 1) else None
