"""The combinations of listed options that a model offers, and the price of each, for checks and for lowering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod

from imgrules.compiler.lower.convert import limits, lookup, options
from imgrules.compiler.lower.grid import Bits, Grid
from imgrules.compiler.lower.periods import Period
from imgrules.compiler.spec.model import FormulaSpec, ModelSpec, OptionSpec, ValueSpec
from imgrules.compiler.spec.rule_set import as_names, is_listed, loose_options, table_entry, values_of, wire_tables
from imgrules.compiler.spec.shared import TypeSpec
from imgrules.compiler.spec.types import PriceTableSpec, TableSpec
from imgrules.table.records import Model, Option, named
from imgrules.table.terms import Condition

Picked = Mapping[str, str]
Price = int | Decimal | str | None


def skeleton(name: str, period: Period, kind: TypeSpec) -> Model:
    """Return a model with its options and limits, but without any cell."""
    spec = period.spec
    return Model(name, spec.name, spec.type, options(spec, kind, period.values), (), (), limits=tuple(limits(spec)))


def count(spec: ModelSpec) -> int:
    """Return the number of combinations of the listed options, before any limit applies."""
    loose = loose_options(spec)
    ignored = {name for limit in spec.limits or () for name in as_names(limit.ignores)}
    listed = ((name, option) for name, option in spec.options.items() if is_listed(option) and name not in loose)
    return prod(len(values_of(option)) + (may_be_absent(option) or name in ignored) for name, option in listed)


def may_be_absent(spec: OptionSpec) -> bool:
    """Whether a combination may lack a value for an option."""
    by_table = isinstance(spec.default, TableSpec)
    return bool(spec.optional or spec.when is not None or spec.of is not None or by_table)


def combinations(model: Model, spec: ModelSpec) -> Iterator[dict[str, str]]:
    """Yield every combination that no limit rules out and that can be sent, in the author's order, as `{option: value}`."""
    grid = grid_of(model)
    return (named(model.axes, row) for row in grid.rows_of(sold(grid, model, spec)))


def grid_of(model: Model) -> Grid:
    """Return the grid of all combinations of listed values of a model, in the author's order, before any limit applies."""
    listed = _ListedOptions(model, frozenset(model.axes))
    return Grid(model, list(product(*(listed.choices(model.options[name]) for name in model.axes))))


def sold(grid: Grid, model: Model, spec: ModelSpec) -> Bits:
    """Return the rows that no limit rules out and that can be sent."""
    listed, rows = _ListedOptions(model, frozenset(model.axes)), grid.all
    for name in model.axes:
        option = model.options[name]
        # An option that always has one of its values excludes no row.
        if option.when or option.ignored or grid.having(name, None):
            rows &= listed.possible_rows(option, grid)
    for limit in model.limits:
        if are_axes(limit.names, model):
            rows &= ~grid.breaking(limit)
    for path, wire_table in wire_tables(spec).items():
        table = lookup(wire_table)
        if are_axes(table.by, model):
            # The provider's model has to be sent for every row.
            rows &= grid.matching(table, whole=path == ("model",))
    return rows


@dataclass(frozen=True, slots=True)
class _ListedOptions:
    """The listed options of a model, and what follows from them while nothing is known about numbers and texts."""

    model: Model
    axes: frozenset[str]

    def choices(self, option: Option) -> tuple[str | None, ...]:
        """Return the values of an option, and None if it may be absent."""
        absent = option.optional or option.when or option.ignored or option.defaults or self._source_may_lack_number(option)
        return (*option.values, None) if absent else tuple(option.values)

    def possible_rows(self, option: Option, grid: Grid) -> Bits:
        """Return the rows in which the value of an option, or its absence, is possible with the other values."""
        absent = grid.having(option.name, None)
        ignored, maybe_ignored = 0, 0
        for limit in option.ignored:
            certain, possible = self._rows_where(limit.when, grid)
            ignored, maybe_ignored = ignored | certain, maybe_ignored | possible
        present, maybe_present = self._rows_where(option.when, grid)
        may_always_be_absent = bool(option.optional or self._source_may_lack_number(option))
        without = grid.all if may_always_be_absent else (grid.all & ~present) | maybe_ignored
        return (grid.all & ~absent & maybe_present & ~ignored) | (absent & without)

    def _source_may_lack_number(self, option: Option, ancestors: tuple[str, ...] = ()) -> bool:
        """Whether an option is computed from one that may have no number; a list and a total always have one."""
        # A check reports dependency cycles; here they must only not recurse for ever.
        if option.follows is None or option.follows.total or option.name in ancestors:
            return False
        sources = [self.model.options[name] for name in option.follows.names if name in self.model.options]
        return any(source.many is None and self._may_lack_number(source, (*ancestors, option.name)) for source in sources)

    def _may_lack_number(self, option: Option, ancestors: tuple[str, ...]) -> bool:
        has_word = bool(option.size and option.values)  # a word beside sizes, such as `auto`, has no pixels
        return bool(
            option.optional or option.when or option.ignored or option.defaults or has_word
        ) or self._source_may_lack_number(option, ancestors)

    def _rows_where(self, condition: Condition, grid: Grid) -> tuple[Bits, Bits]:
        """Return the rows in which a condition certainly holds, and those in which it may hold, depending on numbers."""
        tests = tuple(test for test in condition if test.name in self.axes)
        rows = grid.holding(tests)
        return (rows if len(tests) == len(condition) else 0), rows


def are_axes(option_names: Iterable[str], model: Model) -> bool:
    """Whether all these options are axes, so that each combination decides by itself what depends on them."""
    return set(model.axes).issuperset(option_names)


def value_details(spec: ModelSpec, picked: Picked) -> list[ValueSpec]:
    """Return the details of the values of a combination; values of a plain list have none."""
    return [values[value] for name, value in picked.items() if isinstance(values := spec.options[name].values, dict)]


def price_of(spec: ModelSpec, picked: Picked, details: list[ValueSpec]) -> Price:
    """Return the base price of a combination as written: of the model, of its table, or of one of its values."""
    price = spec.credits.base if isinstance(spec.credits, FormulaSpec) else spec.credits
    if price is not None:
        return amount_of(price, picked)
    return next((value.credits for value in details if value.credits is not None), None)


def promotional_price_of(spec: ModelSpec, picked: Picked, details: list[ValueSpec]) -> Price:
    """Return the promotional base price of a combination, or None if there is none."""
    if spec.promotion is not None:
        return amount_of(spec.promotion.credits, picked)
    return next((value.promotion.credits for value in details if value.promotion is not None), None)


def amount_of(price: object, picked: Picked) -> Price:
    """Return an amount in credits as it is, or the entry of a price table for a combination."""
    amount = table_entry(price, picked) if isinstance(price, PriceTableSpec) else price
    return amount if isinstance(amount, int | Decimal | str) else None
