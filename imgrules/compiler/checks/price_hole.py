"""
prices that are missing for some combinations

What: some values of an option have `credits` and others do not, or a table of prices or of a promotion has no entry for an
offered combination.
Why: a missing price could be taken for a free image, and a gap in a promotion may be one that was forgotten. If the provider
states no price, write `unknown`; where a promotion changes nothing, write the regular price.

Avoid:
    values: {low: {credits: 5}, high: {label: Premium}}
Prefer:
    values: {low: {credits: 5}, high: {label: Premium, credits: unknown}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from imgrules.compiler.lower.combinations import (
    amount_of,
    combinations,
    count,
    most_combinations,
    prices_of,
    skeleton,
    value_details,
)
from imgrules.compiler.lower.known_options import known_options_of_model
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
from imgrules.compiler.spec.tables import PriceTableSpec
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
            lasting = [period for period in periods(spec, rules.shared) if period.gone is None]
            holes = (look(model, spec, period) for look in (_hole, _hole_of_promotion) for period in lasting)
            # What is missing in several periods is reported once.
            yield from {(hole.message, hole.place): hole for hole in holes if hole is not None}.values()


def _is_within_caps(rules: RuleSet, model: str) -> bool:
    spec, times = rules.models[model], len(moments(rules.models[model], rules.shared)) + 1
    if most_combinations(spec) * times <= MOST_COMBINATIONS:
        return True
    size = count(known_options_of_model(rules, model))
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
    found = [*(table for _, table in _base_tables(spec)), *filter(None, [_promotion_table(spec)])]
    if any(is_transposed(spec, table) for table in found):
        return False
    return bool(found) or any(known_options_of_model(rules, model)[name].may_be_absent for name in priced)


def _is_priced(option: OptionSpec) -> bool:
    return any(details.credits is not None for details in values_of(option).values())


def _base_tables(spec: ModelSpec) -> Iterator[tuple[Path, PriceTableSpec]]:
    """Yield each table of base prices with its path; tables of surcharges may have gaps, and are left out."""
    for path, price in prices(spec):
        base = price.base if isinstance(price, FormulaSpec) else price
        if isinstance(base, PriceTableSpec) and all(_can_index_a_table(spec, name) for name in base.by):
            yield (*path, "base") if isinstance(price, FormulaSpec) else path, base


def _promotion_table(spec: ModelSpec) -> PriceTableSpec | None:
    """Return the table of the promotion of a model, if it is one by options with listed values."""
    table = None if spec.promotion is None else spec.promotion.credits
    return table if isinstance(table, PriceTableSpec) and all(_can_index_a_table(spec, name) for name in table.by) else None


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
    price_of = prices_of(period.spec)
    holes = [picked for picked in sold if price_of(picked, value_details(period.spec, picked)) is None]
    if not holes or (base is None and len(holes) == len(sold)):
        return None
    path = next((path for path, table in _base_tables(spec) if table is base), None)
    if path is not None and isinstance(base, PriceTableSpec):
        return _in_table(base, holes, Place((*path, "table"), on_key=True, file=model), "the table")
    names, hole = [name for name, option in spec.options.items() if _is_priced(option)], holes[0]
    place = Place(("options", names[0]) if names else ("options",), on_key=True, file=model)
    rest = " and ".join(f"{quoted(name)} {quoted(value)}" for name, value in hole.items()) or "everything else"
    hint = f"write the prices in a table with a row `{NONE}`, by an option that always exists, or as `base:` of a formula"
    return Finding(CODE, f"with {_description(names, hole)} there is no price, for example for {rest}", place, hint)


def _hole_of_promotion(model: str, spec: ModelSpec, period: Period) -> Finding | None:
    """Return the finding for combinations that the table of a promotion leaves out while it lasts, or None."""
    table = _promotion_table(period.spec)
    if table is None or has_open_rows(spec, table):
        return None
    holes = [picked for picked in combinations(skeleton(model, period), period.spec) if amount_of(table, picked) is None]
    place = Place(("promotion", "credits", "table"), on_key=True, file=model)
    return _in_table(table, holes, place, "the table of the promotion") if holes else None


def _in_table(table: PriceTableSpec, holes: Sequence[Mapping[str, str]], place: Place, called: str) -> Finding | None:
    """Return the finding for combinations that a table leaves out; None if another check reports them."""
    lacking = list(dict.fromkeys(_description(table.by, combination) for combination in holes))
    more = len(lacking) - _MOST_NAMED
    shown = ", nor for ".join((*lacking[:_MOST_NAMED], *((f"{more} more",) if more > 0 else ())))
    rest = "`unknown`" if called == "the table" else "the regular price if it is not reduced"
    absent = next((name for name in table.by for combination in holes if name not in combination), None)
    if absent is not None and _has_other_word_for_none(table):
        return None
    if absent is not None:
        message = f"{called} has no row `{NONE}`, so there is no price for {shown}"
        return Finding(CODE, message, place, f"add it, with the price where {quoted(absent)} has no value, or {rest}")
    hint = "add " + ("each" if len(lacking) > 1 else "it") + f", with its price or {rest}"
    return Finding(CODE, f"{called} has no price for {shown}", place, hint)


def _has_other_word_for_none(table: PriceTableSpec) -> bool:
    """Whether a table has a row such as `none`, which another check reports."""
    return any(row.lower() in NOTHING_WORDS for _, _, rows in rows_of(table) for row in rows)


def _description(names: list[str], hole: Mapping[str, str]) -> str:
    """Return a description of the combination that has no price, for a message."""
    return " and ".join(quoted(hole[name]) if name in hole else f"no {quoted(name)}" for name in names)


def _has_price(spec: ModelSpec) -> bool:
    """Whether a model has a base price of its own, so that its values need none."""
    return any(not isinstance(price, FormulaSpec) or price.base is not None for _, price in prices(spec))
