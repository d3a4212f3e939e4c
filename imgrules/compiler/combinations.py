"""Which combinations a model offers, and what each costs: what checks and lowering both have to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from math import prod

from imgrules.compiler.rule_set import any_of, in_table, values_of, wire_tables
from imgrules.compiler.spec import LimitSpec, ModelSpec, PriceTableSpec

MOST = 10_000
"""So many combinations of values a model may have; more are not multiplied out."""


def count(spec: ModelSpec) -> int:
    """Answer how many combinations the values of all options multiply to, limits left aside."""
    return prod(len(values_of(each)) for each in spec.options.values())


def combinations(spec: ModelSpec) -> Iterator[dict[str, str]]:
    """Answer every combination that no limit rules out and that can be sent, in author's order."""
    tables = wire_tables(spec).values()
    for values in product(*(values_of(each) for each in spec.options.values())):
        picked = dict(zip(spec.options, values, strict=True))
        kept = all(keeps(each, picked) for each in spec.limits or ())
        if kept and all(in_table(each, picked) is not None for each in tables):
            yield picked


def keeps(limit: LimitSpec, picked: Mapping[str, str]) -> bool:
    """Answer whether a combination keeps a limit: where its `when` holds, its `only` holds and its `never` does not."""
    if limit.when is not None and not holds(limit.when, picked):
        return True
    return (limit.only is None or holds(limit.only, picked)) and (limit.never is None or not holds(limit.never, picked))


def holds(condition: Mapping[str, str | list[str]], picked: Mapping[str, str]) -> bool:
    """Answer whether a combination has one of the values of each option that a condition names."""
    return all(picked.get(option) in values for option, values in any_of(condition).items())


def price_of(spec: ModelSpec, picked: Mapping[str, str]) -> int | Decimal | str | None:
    """Answer the price of a combination as it was said: of the model, of its table, or of one of its values."""
    if isinstance(spec.credits, PriceTableSpec):
        found: int | Decimal | str | None = in_table(spec.credits, picked)
        return found
    if spec.credits is not None:
        return spec.credits
    said = (values_of(each)[picked[option]].credits for option, each in spec.options.items())
    return next((each for each in said if each is not None), None)
