"""Combinations of two states of a model: which both have, and some of them said in few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from imgrules.table.records import Cell, Model

Values: TypeAlias = tuple[str | None, ...]
"""A value per option, or None where the option is not there."""


@dataclass(frozen=True, slots=True)
class Box:
    """So many combinations: those that have one of these values for each option that is named."""

    when: Mapping[str, Values]
    offers: int


def boxes(axes: Sequence[str], some: Sequence[Values], whole: Sequence[Values]) -> Iterator[Box]:
    """Yield boxes that hold exactly some of all combinations, each in one of them."""
    sides = [tuple(dict.fromkeys(each[at] for each in some)) for at in range(len(axes))]
    if _count(whole, dict(enumerate(sides))) == len(some):
        yield Box({axes[at]: side for at, side in _needed(sides, len(some), whole).items()}, len(some))
        return
    # A set that is no box falls into several parts along one of its options at least.
    parts = min((each for each in (_parts(some, at) for at in range(len(axes))) if len(each) > 1), key=len)
    for part in parts:
        yield from boxes(axes, part, whole)


def _count(whole: Sequence[Values], sides: Mapping[int, Values]) -> int:
    return sum(all(each[at] in side for at, side in sides.items()) for each in whole)


def _needed(sides: list[Values], count: int, whole: Sequence[Values]) -> dict[int, Values]:
    """Return the fewest options that tell a box from the rest; one with many values goes before one with few."""
    kept = dict(enumerate(sides))
    for at in sorted(kept, key=lambda each: -len(sides[each])):
        without = {each: side for each, side in kept.items() if each != at}
        if _count(whole, without) == count:
            kept = without
    return kept


def _parts(some: Sequence[Values], at: int) -> list[list[Values]]:
    """Return the combinations apart by the value of one option; values with the same rest stay together."""
    by_value: dict[str | None, list[Values]] = {}
    for each in some:
        by_value.setdefault(each[at], []).append(each)
    by_rest: dict[frozenset[Values], list[Values]] = {}
    for with_value in by_value.values():
        by_rest.setdefault(frozenset((*each[:at], *each[at + 1 :]) for each in with_value), []).extend(with_value)
    return list(by_rest.values())


@dataclass(frozen=True, slots=True)
class Both:
    """
    The combinations that are sold on both sides of a moment, each with its cells.

    An option that no rule asks about on one side is not in its combinations: there, any value of it will do.
    """

    axes: tuple[str, ...]
    cells: Mapping[Values, tuple[Cell, Cell]]

    @classmethod
    def of(cls, old: Model, new: Model) -> Both:
        """Return what two states of a model have in common."""
        axes = tuple(each for each in new.options if each in {*old.axes, *new.axes})
        shared = tuple(each for each in axes if each in old.axes and each in new.axes)
        partners: dict[Values, list[Cell]] = {}
        for cell in old.cells:
            partners.setdefault(_part(old, cell, shared), []).append(cell)
        found = ((one, cell) for cell in new.cells for one in partners.get(_part(new, cell, shared), ()))
        pairs = (each for each in found if is_known(new, old, each[0].values) and is_known(old, new, each[1].values))
        return cls(axes, {_whole(axes, (old, one), (new, cell)): (one, cell) for one, cell in pairs})

    def alone(self, model: Model) -> Iterator[Values]:
        """Return the combinations of one side that the other has not."""
        places = [self.axes.index(each) for each in model.axes]
        common = {tuple(each[at] for at in places) for each in self.cells}
        return (each for each in model.by_values if each not in common)


def _part(model: Model, cell: Cell, names: tuple[str, ...]) -> Values:
    return tuple(cell.values[model.axes.index(each)] for each in names)


def _whole(axes: tuple[str, ...], *sides: tuple[Model, Cell]) -> Values:
    known = {name: value for model, cell in sides for name, value in zip(model.axes, cell.values, strict=True)}
    return tuple(known[each] for each in axes)


def is_known(there: Model, here: Model, values: Values) -> bool:
    """Return whether all values of a combination are offered on the other side too, so that it is missed there."""
    named = zip(here.axes, values, strict=True)
    return all(value is None or value in there.options[name].values for name, value in named)
