"""
values with a price beside values without

What: some values of an option have credits, and others say nothing.
Why: a forgotten price looks like a free image. What nobody has stated is written as `unknown`.

Avoid:
    values: {low: {credits: 5}, high: {label: Premium}}
Prefer:
    values: {low: {credits: 5}, high: {label: Premium, credits: unknown}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec import RuleSet, values_of
from imgrules.engine.wording import quoted

CODE = Code("IR208", "price-hole", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find values that say no price while others of their option do."""
    for model, spec in rules.models.items():
        for option, each in spec.options.items():
            values = values_of(each)
            if all(said.credits is None for said in values.values()):
                continue
            for value, said in values.items():
                if said.credits is None:
                    place = Place(("options", option, "values", value), on_key=True, file=model)
                    hint = "add `credits:` with its price, or `credits: unknown`"
                    yield Finding(CODE, f"{quoted(value)} has no price, and others have", place, hint)
