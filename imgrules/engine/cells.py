"""The combinations of a model that agree with what is known of a selection, found by one look-up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias

from imgrules.engine.memory import Memory
from imgrules.engine.table import Cell, Model

_Index: TypeAlias = dict[tuple[Any, ...], list[Cell]]

_INDEXES = 8  # so many sets of open options are indexed at once; each index is as large as the model has combinations


def agreeing(model: Model, values: Mapping[str, Any], free: Collection[str]) -> Sequence[Cell]:
    """Return the combinations that are sold and agree with what is there; what is free may be anything."""
    known = tuple(each for each in model.axes if each not in free)
    if len(known) == len(model.axes):
        cell = model.by_values.get(tuple(map(values.get, known)))
        return () if cell is None else (cell,)
    return _index(model, known).get(tuple(map(values.get, known)), ())


def _index(model: Model, known: tuple[str, ...]) -> _Index:
    """Return the combinations by the values of some options; kept for a few sets of them."""
    kept: Memory | None = model.memory.get("agreeing")
    if kept is None:
        kept = model.memory.keep("agreeing", Memory(_INDEXES))
    found: _Index | None = kept.get(known)
    if found is None:
        places = [model.axes.index(each) for each in known]
        found = {}
        for cell in model.cells:
            found.setdefault(tuple([cell.values[each] for each in places]), []).append(cell)
        kept.keep(known, found)
    return found
