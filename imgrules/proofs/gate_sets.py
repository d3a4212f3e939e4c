"""The sets of gates that can be open together."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from imgrules.table.records import Model, Table

MOST_GRANTS = 6
"""The most grants of one model of which every set is tried; of more, only none, each one alone and all."""


def open_sets(table: Table, model: Model) -> tuple[Mapping[frozenset[str], frozenset[str]], bool]:
    """Return the sets of gates of a model that can be open together, each with grants for it; and whether these are all."""
    names = {gate for cell in model.cells for gate in cell.gates} | {gate for rule in model.gates for gate in rule.gates}
    grants = sorted({grant for name in names for grant in table.gates[name].opens_with})
    complete = len(grants) <= MOST_GRANTS
    sizes = range(len(grants) + 1) if complete else (0, 1, len(grants))
    sets: dict[frozenset[str], frozenset[str]] = {}
    for held in (frozenset(some) for size in sizes for some in combinations(grants, size)):
        sets[frozenset(name for name in names if not held.isdisjoint(table.gates[name].opens_with))] = held
    return sets, complete
