"""
combinations with a price beside combinations without

What: some values of an option have credits and others say nothing, or a table of prices lacks a combination that is sold.
Why: a forgotten price looks like a free image. What nobody has stated is written as `unknown`.

Avoid:
    values: {low: {credits: 5}, high: {label: Premium}}
Prefer:
    values: {low: {credits: 5}, high: {label: Premium, credits: unknown}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.combinations import MOST, combinations, count, price_of
from imgrules.compiler.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.rule_set import RuleSet, values_of
from imgrules.compiler.spec import PriceTableSpec
from imgrules.engine.wording import quoted

CODE = Code("IR208", "price-hole", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find what has no price while others have."""
    yield from _of_tables(rules)
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


def _of_tables(rules: RuleSet) -> Iterator[Finding]:
    for model, spec in rules.models.items():
        table = spec.credits if isinstance(spec.credits, PriceTableSpec) else None
        if table is None or count(spec) > MOST or any(option not in spec.options for option in table.by):
            continue
        hole = next((each for each in combinations(spec) if price_of(spec, each) is None), None)
        if hole is not None:
            what = " and ".join(quoted(hole[option]) for option in table.by)
            place = Place(("credits", "table"), on_key=True, file=model)
            yield Finding(CODE, f"the table has no price for {what}", place, "add it, with its price or `unknown`")
