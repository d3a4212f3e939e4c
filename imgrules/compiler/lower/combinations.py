"""Which combinations of listed options a model offers, and what each costs: what checks and lowering both have to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod

from imgrules.compiler.lower.grid import Bits, Grid
from imgrules.compiler.lower.periods import Era
from imgrules.compiler.lower.terms import limits, lookup, names, options
from imgrules.compiler.spec.model import FormulaSpec, ModelSpec, OptionSpec, ValueSpec
from imgrules.compiler.spec.rule_set import is_listed, loose_options, table_entry, values_of, wire_tables
from imgrules.compiler.spec.shared import TypeSpec
from imgrules.compiler.spec.types import PriceTableSpec, TableSpec
from imgrules.table.records import Model, Option, named
from imgrules.table.terms import Condition

Picked = Mapping[str, str]
Price = int | Decimal | str | None


def skeleton(name: str, era: Era, kind: TypeSpec) -> Model:
    """Return a model with its options and limits, and no combination yet."""
    spec = era.spec
    return Model(name, spec.name, spec.type, options(spec, kind, era.values), (), (), limits=tuple(limits(spec)))


def count(spec: ModelSpec) -> int:
    """Return how many combinations the listed options multiply to, limits left aside."""
    loose = loose_options(spec)
    ignored = {name for each in spec.limits or () for name in names(each.ignores)}
    bound = ((name, each) for name, each in spec.options.items() if is_listed(each) and name not in loose)
    return prod(len(values_of(each)) + (may_lack(each) or name in ignored) for name, each in bound)


def may_lack(spec: OptionSpec) -> bool:
    """Return whether a combination may have no value of an option."""
    by_table = isinstance(spec.default, TableSpec)
    return bool(spec.optional or spec.when is not None or spec.of is not None or by_table)


def combinations(model: Model, spec: ModelSpec) -> Iterator[dict[str, str]]:
    """Return every combination that no limit rules out and that can be sent, in author's order."""
    grid = grid_of(model)
    return (named(model.axes, row) for row in grid.of(sold(grid, model, spec)))


def grid_of(model: Model) -> Grid:
    """Return all combinations of the values of a model, in author's order, limits left aside."""
    finite = _Finite(model, frozenset(model.axes))
    return Grid(model, list(product(*(finite.choices(model.options[name]) for name in model.axes))))


def sold(grid: Grid, model: Model, spec: ModelSpec) -> Bits:
    """Return which combinations no limit rules out, and can be sent."""
    finite, left = _Finite(model, frozenset(model.axes)), grid.all
    for name in model.axes:
        option = model.options[name]
        # An option that always has one of its values is no question.
        if option.when or option.ignored or grid.having(name, None):
            left &= finite.may_be(option, grid)
    for limit in model.limits:
        if are_held(limit.names, model):
            left &= ~grid.breaking(limit)
    for path, said in wire_tables(spec).items():
        table = lookup(said)
        if are_held(table.by, model):
            # The model has to be sent always.
            left &= grid.found_in(table, whole=path == ("model",))
    return left


@dataclass(frozen=True, slots=True)
class _Finite:
    """What can be told of a model from its listed options alone."""

    model: Model
    axes: frozenset[str]

    def choices(self, each: Option) -> tuple[str | None, ...]:
        """Return the values of an option, and None where it may not be there."""
        absent = each.optional or each.when or each.ignored or each.defaults or self._may_lack_source(each)
        return (*each.values, None) if absent else tuple(each.values)

    def may_be(self, each: Option, grid: Grid) -> Bits:
        """Return the combinations in which an option may have its value, or may not be there, with the rest."""
        absent = grid.having(each.name, None)
        idle, maybe_idle = 0, 0
        for limit in each.ignored:
            certain, possible = self._holding(limit.when, grid)
            idle, maybe_idle = idle | certain, maybe_idle | possible
        there, maybe_there = self._holding(each.when, grid)
        always = bool(each.optional or self._may_lack_source(each))
        may_lack = grid.all if always else (grid.all & ~there) | maybe_idle
        return (grid.all & ~absent & maybe_there & ~idle) | (absent & may_lack)

    def _may_lack_source(self, each: Option, above: tuple[str, ...] = ()) -> bool:
        """Return whether what an option is computed from may have no number; a list and a total always have one."""
        # Options in a circle are told by a check; here they only must not be followed for ever.
        if each.follows is None or each.follows.total or each.name in above:
            return False
        found = [self.model.options[name] for name in each.follows.names if name in self.model.options]
        return any(one.many is None and self._may_be_no_number(one, (*above, each.name)) for one in found)

    def _may_be_no_number(self, one: Option, above: tuple[str, ...]) -> bool:
        named = bool(one.size and one.values)  # a word beside sizes, such as `auto`, has no pixels
        return bool(one.optional or one.when or one.ignored or one.defaults or named) or self._may_lack_source(one, above)

    def _holding(self, condition: Condition, grid: Grid) -> tuple[Bits, Bits]:
        """Return where a condition holds for certain, and where it may, because numbers tell."""
        known = tuple(each for each in condition if each.name in self.axes)
        found = grid.holding(known)
        return (found if len(known) == len(condition) else 0), found


def are_held(names: Iterable[str], model: Model) -> bool:
    """Return whether combinations hold all these options, so that each tells of itself what hangs on them."""
    return set(model.axes).issuperset(names)


def details_of(spec: ModelSpec, picked: Picked) -> list[ValueSpec]:
    """Return what is said about the values of a combination; a plain list says nothing about its own."""
    return [values[value] for name, value in picked.items() if isinstance(values := spec.options[name].values, dict)]


def price_of(spec: ModelSpec, picked: Picked, details: list[ValueSpec]) -> Price:
    """Return the base price of a combination as it was said: of the model, of its table, or of one of its values."""
    said = spec.credits.base if isinstance(spec.credits, FormulaSpec) else spec.credits
    if said is not None:
        return amount_of(said, picked)
    return next((each.credits for each in details if each.credits is not None), None)


def promoted_of(spec: ModelSpec, picked: Picked, details: list[ValueSpec]) -> Price:
    """Return the promotional base price of a combination, or None where there is none."""
    if spec.promotion is not None:
        return amount_of(spec.promotion.credits, picked)
    return next((each.promotion.credits for each in details if each.promotion is not None), None)


def amount_of(said: object, picked: Picked) -> Price:
    """Return an amount, or what a table has for a combination."""
    found = table_entry(said, picked) if isinstance(said, PriceTableSpec) else said
    return found if isinstance(found, int | Decimal | str) else None
