"""Compare the combinations of two versions of a model, and describe a set of combinations by a few boxes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar

from imgrules.table.record_base import record
from imgrules.table.records import Cell, Model

Values: TypeAlias = tuple[str | None, ...]
"""A value per option, or None where the option does not exist."""


_Kind = TypeVar("_Kind", bound=Hashable)


@record
class Box:
    """All combinations that have one of these values for each option in `when`; `offers` is their number."""

    when: Mapping[str, Values]
    offers: int

    def holds(self, named: Mapping[str, str | None]) -> bool:
        """Whether a combination, given by option name, lies in the box."""
        return all(named[name] in values for name, values in self.when.items())


def boxes(axes: Sequence[str], subset: Sequence[Values], whole: Sequence[Values]) -> Iterator[Box]:
    """Yield boxes that do not overlap: of the combinations in `whole`, they contain exactly those of `subset`."""
    sides = [tuple(dict.fromkeys(values[axis] for values in subset)) for axis in range(len(axes))]
    if _count(whole, dict(enumerate(sides))) == len(subset):
        yield Box({axes[axis]: side for axis, side in _needed(sides, len(subset), whole).items()}, len(subset))
        return
    # A set that is not a box can be split along at least one of its options.
    splits = (_split(subset, axis) for axis in range(len(axes)))
    parts = min((split for split in splits if len(split) > 1), key=len)
    for part in parts:
        yield from boxes(axes, part, whole)


def grouped(
    axes: Sequence[str], changes: Iterable[tuple[Values, _Kind]], whole: Sequence[Values]
) -> Iterator[tuple[_Kind, Box]]:
    """Yield each kind of change once for each box of the combinations that it affects; of two versions, here all are told."""
    by_kind: dict[_Kind, list[Values]] = {}
    for values, kind in changes:
        by_kind.setdefault(kind, []).append(values)
    for kind, affected in by_kind.items():
        yield from ((kind, box) for box in boxes(axes, affected, whole))


def _count(whole: Sequence[Values], sides: Mapping[int, Values]) -> int:
    """Return how many combinations lie in a box, given by its sides."""
    return sum(all(values[axis] in side for axis, side in sides.items()) for values in whole)


def _needed(sides: list[Values], count: int, whole: Sequence[Values]) -> dict[int, Values]:
    """Return the sides that a box needs to contain no further combination; sides with many values are left out first."""
    kept = dict(enumerate(sides))
    for candidate in sorted(kept, key=lambda axis: -len(sides[axis])):
        without = {axis: side for axis, side in kept.items() if axis != candidate}
        if _count(whole, without) == count:
            kept = without
    return kept


def _split(subset: Sequence[Values], axis: int) -> list[list[Values]]:
    """Return the combinations grouped by the value on one axis; values with the same other axes share a group."""
    by_value: dict[str | None, list[Values]] = {}
    for values in subset:
        by_value.setdefault(values[axis], []).append(values)
    by_rest: dict[frozenset[Values], list[Values]] = {}
    for with_value in by_value.values():
        rest = frozenset((*values[:axis], *values[axis + 1 :]) for values in with_value)
        by_rest.setdefault(rest, []).extend(with_value)
    return list(by_rest.values())


@record
class SharedCells:
    """
    The combinations that are sold both before and after a moment, each with its old and its new cell.

    If an option is not an axis of one version, because no rule there depends on it, any of its values matches.
    """

    axes: tuple[str, ...]
    cells: Mapping[Values, tuple[Cell, Cell]]

    @classmethod
    def of(cls, old: Model, new: Model) -> SharedCells:
        """Return the combinations that two versions of a model have in common."""
        axes = tuple(name for name in new.options if name in {*old.axes, *new.axes})
        shared = tuple(name for name in axes if name in old.axes and name in new.axes)
        old_cells: dict[Values, list[Cell]] = {}
        for cell in old.cells:
            old_cells.setdefault(_values_of(old, cell, shared), []).append(cell)
        matches = ((match, cell) for cell in new.cells for match in old_cells.get(_values_of(new, cell, shared), ()))
        pairs = (pair for pair in matches if offers_all(new, old, pair[0].values) and offers_all(old, new, pair[1].values))
        return cls(axes, {_merged(axes, (old, before), (new, after)): (before, after) for before, after in pairs})

    def only_in(self, model: Model) -> Iterator[Values]:
        """Return the combinations of one version that the other does not have."""
        indices = [self.axes.index(name) for name in model.axes]
        common = {tuple(values[index] for index in indices) for values in self.cells}
        return (values for values in model.by_values if values not in common)


def _values_of(model: Model, cell: Cell, names: tuple[str, ...]) -> Values:
    return tuple(cell.values[model.axes.index(name)] for name in names)


def _merged(axes: tuple[str, ...], *versions: tuple[Model, Cell]) -> Values:
    """Return the values on all axes, each from a version that has the axis."""
    by_name = {name: value for model, cell in versions for name, value in zip(model.axes, cell.values, strict=True)}
    return tuple(by_name[name] for name in axes)


def offers_all(other: Model, model: Model, values: Values) -> bool:
    """Whether the other version of a model offers each single value of a combination, perhaps not together."""
    named = zip(model.axes, values, strict=True)
    return all(value is None or value in other.options[name].values for name, value in named)
