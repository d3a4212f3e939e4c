"""
credits that fall as the values rise

What: a value costs less than the one before it.
Why: values are usually listed from lowest to highest, so a lower price often means that two prices were swapped.

Avoid:
    values: {low: {credits: 8}, high: {credits: 5}}
Prefer:
    values: {low: {credits: 5}, high: {credits: 8}}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, details_of
from imgrules.quoting import quoted
from imgrules.table.amounts import stated

CODE = Code("IR210", "falling-credits", Severity.WARNING, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each value that costs less than the value listed before it."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            prices = [(value, details.credits) for value, details in details_of(option).items() if details.credits is not None]
            amounts = [(value, stated(price).credits) for value, price in prices]
            known = [(value, number) for value, number in amounts if number is not None]
            for (before, more), (value, less) in pairwise(known):
                if less < more:
                    path = ("options", name, "values")
                    place = Place((*path, value, "credits"), file=model)
                    related = ((Place((*path, before, "credits"), file=model), "this costs more"),)
                    message = f"{quoted(value)} costs less than {quoted(before)}, which is listed before it"
                    yield Finding(CODE, message, place, "list values from lowest to highest, or swap the prices", related)
