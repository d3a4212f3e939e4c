"""
credits that fall as the values rise

What: a value costs less than the one before it.
Why: values are usually listed from lowest to highest, so a lower price often means that two prices were swapped. A dearer
value that is the default, or for which nothing is sent, may stand first: pickers show the values in this order. Words of a
computed option are not compared: more may cost less, as of what is left of an allowance.

Avoid:
    values: {low: {credits: 8}, high: {credits: 5}}
Prefer:
    values: {low: {credits: 5}, high: {credits: 8}}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.model import OptionSpec
from imgrules.compiler.spec.rule_set import RuleSet, bool_as_word, details_of
from imgrules.quoting import quoted
from imgrules.table.amounts import stated
from imgrules.table.exact import written
from imgrules.table.terms import Number

CODE = Code("IR210", "falling-credits", Severity.WARNING, __doc__, may_be_meant=True)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each value that costs less than the value listed before it."""
    for model, spec in rules.models.items():
        picked = ((name, option) for name, option in spec.options.items() if option.of is None)
        for name, option in picked:
            usual = _usual(option)
            for (before, more), (value, less) in pairwise(_prices(option)):
                if less < more and before not in usual:
                    path = ("options", name, "values")
                    place = Place((*path, value, "credits"), file=model)
                    related = ((Place((*path, before, "credits"), file=model), "this costs more"),)
                    first, second = written(more), written(less)
                    message = f"{quoted(value)} costs {second}, but {quoted(before)}, which is listed before it, costs {first}"
                    yield Finding(CODE, message, place, "list values from lowest to highest, or swap the prices", related)


def _prices(option: OptionSpec) -> list[tuple[str, Number]]:
    """Return the values with a known price, each with it."""
    prices = [(value, details.credits) for value, details in details_of(option).items() if details.credits is not None]
    amounts = [(value, stated(price).credits) for value, price in prices]
    return [(value, number) for value, number in amounts if number is not None]


def _usual(option: OptionSpec) -> set[str]:
    """Return the values that a picker shows first whatever they cost: the default, and those for which nothing is sent."""
    default = option.default if isinstance(option.default, str | bool) else None
    unsent = {value for value, details in details_of(option).items() if details.send is False}
    return unsent if default is None else {*unsent, bool_as_word(default)}
