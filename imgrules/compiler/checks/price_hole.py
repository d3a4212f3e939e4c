"""
prices that are missing for some combinations

What: some values of an option have `credits` and others do not, or a price table has no entry for an offered combination.
Why: a missing price could be taken for a free image. If the provider states no price, write `unknown`.

Avoid:
    values: {low: {credits: 5}, high: {label: Premium}}
Prefer:
    values: {low: {credits: 5}, high: {label: Premium, credits: unknown}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imgrules.compiler.lower.combinations import combinations, count, most_combinations, price_of, skeleton, value_details
from imgrules.compiler.lower.facts import facts_of_model
from imgrules.compiler.lower.periods import Period, moments, periods
from imgrules.compiler.lower.ranges import is_transposed
from imgrules.compiler.read.scalars import NOTHING_WORDS
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import ModelSpec, OptionSpec
from imgrules.compiler.spec.price import FormulaSpec
from imgrules.compiler.spec.rule_set import (
    RuleSet,
    base_of,
    can_measure,
    has_open_rows,
    is_listed,
    prices,
    rows_of,
    source_names,
    values_of,
)
from imgrules.compiler.spec.types import PriceTableSpec
from imgrules.quoting import quoted
from imgrules.table.caps import MOST_COMBINATIONS, MOST_DATED_COMBINATIONS
from imgrules.table.terms import NONE

CODE = Code("IR208", "price-hole", Severity.ERROR, __doc__)

_MOST_NAMED = 3
"""How many missing entries of a table a message names; it gives only the number of the others."""


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each value and each table without a price, where other values or combinations have one."""
    for model, spec in rules.models.items():
        # If the model has a price too, another check reports that the values should have none.
        forgotten = [] if _has_price(spec) else list(_values_without_price(model, spec))
        yield from forgotten
        if not forgotten and _may_lack_a_price(rules, model) and _is_within_caps(rules, model):
            holes = (_hole(model, spec, period) for period in periods(spec, rules.shared) if period.gone is None)
            # What is missing in several periods is reported once.
            yield from {(hole.message, hole.place): hole for hole in holes if hole is not None}.values()


def _is_within_caps(rules: RuleSet, model: str) -> bool:
    spec, times = rules.models[model], len(moments(rules.models[model], rules.shared)) + 1
    if most_combinations(spec) * times <= MOST_COMBINATIONS:
        return True
    size = count(facts_of_model(rules, model))
    return size <= MOST_COMBINATIONS and size * times <= MOST_DATED_COMBINATIONS


def _values_without_price(model: str, spec: ModelSpec) -> Iterator[Finding]:
    for name, option in spec.options.items():
        values = values_of(option) if isinstance(option.values, dict) and is_listed(option) else {}
        if all(other.credits is None for other in values.values()):
            continue
        for value, details in values.items():
            if details.credits is None:
                place = Place(("options", name, "values", value), on_key=True, file=model)
                hint = "add `credits:` with its price, or `credits: unknown`"
                yield Finding(CODE, f"{quoted(value)} has no price, but other values have one", place, hint)


def _may_lack_a_price(rules: RuleSet, model: str) -> bool:
    """Whether a combination may be without a price although each value has one, so that all combinations have to be checked."""
    spec = rules.models[model]
    priced = (name for name, option in spec.options.items() if is_listed(option) and _is_priced(option))
    bases = [table for _, table in _base_tables(spec)]
    if any(is_transposed(spec, table) for table in bases):
        return False
    return bool(bases) or any(facts_of_model(rules, model)[name].may_be_absent for name in priced)


def _is_priced(option: OptionSpec) -> bool:
    return any(details.credits is not None for details in values_of(option).values())


def _base_tables(spec: ModelSpec) -> Iterator[tuple[Path, PriceTableSpec]]:
    """Yield each table of base prices with its path; tables of surcharges and promotions may have gaps, and are left out."""
    for path, price in prices(spec):
        base = price.base if isinstance(price, FormulaSpec) else price
        if isinstance(base, PriceTableSpec) and all(_can_index_a_table(spec, name) for name in base.by):
            yield (*path, "base") if isinstance(price, FormulaSpec) else path, base


def _can_index_a_table(spec: ModelSpec, name: str) -> bool:
    """Whether a table can have rows for an option: only for listed values; other checks report the rest."""
    option = spec.options.get(name)
    if option is None or not is_listed(option):
        return False
    names = source_names(option)
    sources = [spec.options[source] for source in names if source in spec.options]
    return option.of is None or (len(sources) == len(names) and can_measure(option, sources))


def _hole(model: str, spec: ModelSpec, period: Period) -> Finding | None:
    """Return the finding for combinations that are sold without a price, or None if there are none."""
    base = base_of(period.spec)
    if base is not None and (not isinstance(base, PriceTableSpec) or has_open_rows(spec, base)):
        return None  # another check reports what a table by an option with a rule lacks
    sold = list(combinations(skeleton(model, period), period.spec))
    holes = [picked for picked in sold if price_of(period.spec, picked, value_details(period.spec, picked)) is None]
    if not holes or (base is None and len(holes) == len(sold)):
        return None
    hole = holes[0]
    path = next((path for path, table in _base_tables(spec) if table is base), None)
    names = (
        base.by if isinstance(base, PriceTableSpec) else [name for name, option in spec.options.items() if _is_priced(option)]
    )
    all_lacking = list(dict.fromkeys(_description(names, combination) for combination in holes))
    lacking = all_lacking[0]
    if path is not None:
        place = Place((*path, "table"), on_key=True, file=model)
        more = len(all_lacking) - _MOST_NAMED
        shown = ", nor for ".join((*all_lacking[:_MOST_NAMED], *((f"{more} more",) if more > 0 else ())))
        hint = "add " + ("each" if len(all_lacking) > 1 else "it") + ", with its price or `unknown`"
        absent = next((name for name in names for combination in holes if name not in combination), None)
        if absent is not None and _has_other_word_for_none(base):
            return None
        if absent is not None:
            message = f"the table has no row `{NONE}`, so there is no price for {shown}"
            return Finding(CODE, message, place, f"add it, with the price where {quoted(absent)} has no value, or `unknown`")
        return Finding(CODE, f"the table has no price for {shown}", place, hint)
    place = Place(("options", names[0]) if names else ("options",), on_key=True, file=model)
    rest = " and ".join(f"{quoted(name)} {quoted(value)}" for name, value in hole.items()) or "everything else"
    hint = f"write the prices in a table with a row `{NONE}`, by an option that always exists, or as `base:` of a formula"
    return Finding(CODE, f"with {lacking} there is no price, for example for {rest}", place, hint)


def _has_other_word_for_none(table: PriceTableSpec | None) -> bool:
    """Whether a table has a row such as `none`, which another check reports."""
    return table is not None and any(row.lower() in NOTHING_WORDS for _, _, rows in rows_of(table) for row in rows)


def _description(names: list[str], hole: Mapping[str, str]) -> str:
    """Return a description of the combination that has no price, for a message."""
    return " and ".join(quoted(hole[name]) if name in hole else f"no {quoted(name)}" for name in names)


def _has_price(spec: ModelSpec) -> bool:
    """Whether a model has a base price of its own, so that its values need none."""
    return any(not isinstance(price, FormulaSpec) or price.base is not None for _, price in prices(spec))
