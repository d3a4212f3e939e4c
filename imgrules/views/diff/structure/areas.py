"""The parts of the rules whose differences are left to the behavioural layer, which names their effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from imgrules.table.records import Cell, Model

AREAS: Mapping[str, str] = {
    "cells": "combinations that are sold",
    "cells.prices": "prices of combinations",
    "cells.gates": "gates of combinations",
    "price": "the parts of the price",
    "limits": "limits",
    "body": "the parts of the body",
    "gates": "gates",
    "request": "the parts of the address",
    "requests": "the parts of the address",
    "gone": "the dates of the model",
    "options.*.when": "conditions of options",
    "options.*.ignored": "options that limits ignore",
    "options.*.values.*.min": "ranges of computed values",
    "options.*.values.*.max": "ranges of computed values",
}
"""What is left to the behavioural layer, with what a message calls it."""

_OF_CELLS: tuple[Callable[[Cell], Any], ...] = (attrgetter("price"), attrgetter("gates"))


def areas_of_cells(old: Model, new: Model) -> frozenset[str]:
    """Return what differs of the cells of two versions, compared by the options that both have in them."""
    names = [name for name in old.axes if name in new.axes]
    prices, gates = ([_by_picks(model, names, part) for model in (old, new)] for part in _OF_CELLS)
    parts = {"cells.prices": _differ(*prices), "cells.gates": _differ(*gates), "cells": prices[0].keys() != prices[1].keys()}
    return frozenset(area for area, differs in parts.items() if differs) or frozenset({"cells"})


def _by_picks(model: Model, names: Sequence[str], part: Callable[[Cell], Any]) -> dict[tuple[str | None, ...], set[Any]]:
    """Return a part of all cells of a model, by their values of some options."""
    parts: dict[tuple[str | None, ...], set[Any]] = {}
    for cell in model.cells:
        parts.setdefault(tuple(map(cell.picks(model).get, names)), set()).add(part(cell))
    return parts


def _differ(old: Mapping[tuple[str | None, ...], Any], new: Mapping[tuple[str | None, ...], Any]) -> bool:
    return any(parts != new.get(key, parts) for key, parts in old.items())
