"""The combinations of listed options that a model offers, and the price of each, for checks and for lowering."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import product
from math import prod

from imgrules.compiler.lower.convert import limits, lookup, options
from imgrules.compiler.lower.determined import completed, determined
from imgrules.compiler.lower.grid import Bits, Grid
from imgrules.compiler.lower.known_options import KnownOption, known_options_of_version
from imgrules.compiler.lower.periods import Period
from imgrules.compiler.spec.model import ModelSpec, ValueSpec
from imgrules.compiler.spec.rule_set import (
    base_of,
    details_of,
    has_open_rows,
    is_listed,
    stand_ins,
    table_entry,
    values_of,
    wire_tables,
)
from imgrules.compiler.spec.tables import PriceTableSpec
from imgrules.table.records import Model, named
from imgrules.table.terms import Condition

Picked = Mapping[str, str]
Price = int | Decimal | str | None
PriceOf = Callable[[Picked, list[ValueSpec]], Price]
_NEEDED = {("model",), ("request",)}
"""The tables of a model in which no offered combination may be missing."""


def skeleton(name: str, period: Period, known: Mapping[str, KnownOption] | None = None) -> Model:
    """
    Return a model with its options and limits, but without any cell.

    `known` is what is known of the options of a model with one period: its options have all values that they have at any time.
    """
    spec = period.spec
    parts = options(spec, period.values) if known is None else {name: known[name].option for name in spec.options}
    model = Model(
        name,
        spec.name or name,
        spec.type or "",
        parts,
        (),
        (),
        limits=tuple(limits(spec)),
        use=stand_ins(spec),
        description=spec.description,
        released=spec.released,
        meta=spec.meta or {},
    )
    if known is not None:
        model.memory.keep("known", known)
    return model


def most_combinations(spec: ModelSpec) -> int:
    """Return a bound that the number of combinations does not exceed, at little cost."""
    return prod(len(values_of(option)) + 1 for option in spec.options.values() if is_listed(option))


def count(options_known: Mapping[str, KnownOption]) -> int:
    """Return the number of combinations of the listed options of a model, before any limit applies."""
    computed = determined(options_known)
    return prod(len(choices(known)) for name, known in options_known.items() if known.option.bound and name not in computed)


def choices(known: KnownOption) -> tuple[str | None, ...]:
    """Return the values of a listed option, and None if it may be absent."""
    return (*known.option.values, None) if known.may_be_absent else tuple(known.option.values)


def combinations(model: Model, spec: ModelSpec) -> Iterator[dict[str, str]]:
    """Yield every combination that `sold` keeps, in the author's order, as `{option: value}`."""
    grid = grid_of(model)
    return (named(model.axes, row) for row in grid.rows_of(sold(grid, model, spec)))


def grid_of(model: Model) -> Grid:
    """Return the grid of all combinations of listed values of a model, in the author's order, before any limit applies."""
    known = known_options_of_version(model)
    computed = determined(known)
    free = [name for name in model.axes if name not in computed]
    rows = product(*(choices(known[name]) for name in free))
    return Grid(model, [whole for row in rows for whole in completed(model, computed, free, row)] if computed else list(rows))


def sold(grid: Grid, model: Model, spec: ModelSpec) -> Bits:
    """Return the rows that are offered: no limit rules them out, and every table has what is sent for them."""
    known, rows = known_options_of_version(model), grid.all
    for name in model.axes:
        # An option that always has one of its values excludes no row.
        if known[name].may_be_absent:
            rows &= _possible_rows(known[name], model, grid)
    for limit in model.limits:
        if are_axes(limit.names, model):
            rows &= ~grid.breaking(limit)
    for path, wire_table in wire_tables(spec).items():
        table = lookup(wire_table)
        if are_axes(table.by, model):
            # Every row needs a provider's model and a request.
            rows &= grid.matching(table, whole=path in _NEEDED)
    return rows


def _possible_rows(known: KnownOption, model: Model, grid: Grid) -> Bits:
    """Return the rows in which the value of an option, or its absence, is possible with the other values."""
    option, absent = known.option, grid.having(known.option.name, None)
    ignored = maybe_ignored = 0
    for limit in option.ignored:
        certain, possible = _rows_where(limit.when, model, grid)
        ignored, maybe_ignored = ignored | certain, maybe_ignored | possible
    present, maybe_present = _rows_where(option.when, model, grid)
    without = grid.all if option.optional or known.may_lack_source else (grid.all & ~present) | maybe_ignored
    return (grid.all & ~absent & maybe_present & ~ignored) | (absent & without)


def _rows_where(condition: Condition, model: Model, grid: Grid) -> tuple[Bits, Bits]:
    """Return the rows in which a condition holds in any case, and those in which it may hold, depending on numbers."""
    tests = tuple(test for test in condition if test.name in model.axes)
    rows = grid.holding(tests)
    return (rows if len(tests) == len(condition) else 0), rows


def are_axes(option_names: Iterable[str], model: Model) -> bool:
    """Whether all these options are axes of the model, so that a cell contains a value, or None, for each of them."""
    return set(model.axes).issuperset(option_names)


def value_details(spec: ModelSpec, picked: Picked) -> list[ValueSpec]:
    """Return the details of the values of a combination; values of a plain list, and words that a table alone has, have none."""
    listed = ((spec.options[name].values, value) for name, value in picked.items())
    return [values[value] for values, value in listed if isinstance(values, dict) and value in values]


def prices_of(spec: ModelSpec) -> PriceOf:
    """
    Return the function that finds the base price of a combination with the details of its values.

    It is that of the model, its price table or one of its values: in credits, `unknown`, or None where there is none.
    """
    price = base_of(spec)
    if price is not None:
        return _always_none if has_open_rows(spec, price) else lambda picked, _: amount_of(price, picked)
    return lambda _, details: next((value.credits for value in details if value.credits is not None), None)


def promotional_prices_of(spec: ModelSpec) -> PriceOf:
    """Return the function that finds the promotional base price of a combination, as `prices_of` does."""
    offered = spec.promotion.credits if spec.promotion is not None else None
    if offered is not None:
        is_open = any(has_open_rows(spec, amount) for amount in (base_of(spec), offered))
        return _always_none if is_open else lambda picked, _: amount_of(offered, picked)
    of_options = (details_of(option).values() for option in spec.options.values())
    if all(value.promotion is None for values in of_options for value in values):
        return _always_none
    return lambda _, details: next((value.promotion.credits for value in details if value.promotion is not None), None)


def _always_none(*_: object) -> None:
    return None


def amount_of(price: object, picked: Picked) -> Price:
    """Return a price, or the entry of a price table for a combination; None if the table has no such entry."""
    amount = table_entry(price, picked) if isinstance(price, PriceTableSpec) else price
    return amount if isinstance(amount, int | Decimal | str) else None
