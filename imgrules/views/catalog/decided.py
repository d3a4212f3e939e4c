"""What stated facts alone decide of a model: which options they give a value or leave absent, conditions, and rows of tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imgrules.engine.resolve import computed, holds, picks
from imgrules.table.options import Option
from imgrules.table.record_base import record
from imgrules.table.records import Model
from imgrules.table.terms import OTHER, Condition, Lookup, row_for


@record
class Decided:
    """The options about which the facts alone decide, `names`, and the `values` of those that have one; facts are among them."""

    model: Model
    names: frozenset[str]
    values: Mapping[str, Any]

    def left(self, condition: Condition) -> Condition | None:
        """Return the tests of a condition that are not decided yet; None if one of the others fails."""
        known = tuple(test for test in condition if test.name in self.names)
        return tuple(test for test in condition if test.name not in self.names) if self.holds(known) else None

    def holds(self, condition: Condition) -> bool:
        """Whether a condition about decided options holds."""
        return holds(condition, self.values, self.model)

    def computed(self, option: Option) -> Any:
        """Return the value of an option that follows from decided options alone, or None."""
        table = None if option.follows is None else option.follows.table
        return computed(self.model, option, self.values) if table is None else self.table(table)

    def table(self, lookup: Lookup) -> Any:
        """Return the rows of a table that are left, as a table by the other options; an entry alone if that is decided, or None."""
        rows = self._rows(lookup.table, lookup.by)
        by = tuple(name for name in lookup.by if name not in self.names)
        return Lookup(by, rows) if isinstance(rows, Mapping) else rows

    def _rows(self, entry: Any, by: tuple[str, ...]) -> Any:
        if not isinstance(entry, Mapping):
            return entry
        name, rest = by[0], by[1:]
        if name in self.names:
            return self._rows(entry.get(row_for(entry, self.values.get(name))), rest)
        rows = {row: self._rows(cell, rest) for row, cell in entry.items()}
        # Without its row, a value would have the entry for whatever no row names.
        return {row: cell for row, cell in rows.items() if cell is not None or OTHER in rows} or None


def decided_by(model: Model, stated: Mapping[str, Any]) -> Decided:
    """Return the options about which the stated facts decide: computed from them, or absent with them."""
    values = picks(model, stated).values
    decided = Decided(model, frozenset(model.facts), {name: value for name, value in values.items() if name in model.facts})
    for option in model.order:
        if option.fact:
            continue
        if is_absent(decided, option):
            decided = Decided(model, decided.names | {option.name}, decided.values)
        elif is_there(decided, option) and is_computed(decided, option):
            value = decided.computed(option)
            more = {} if value is None else {option.name: value}
            decided = Decided(model, decided.names | {option.name}, {**decided.values, **more})
    return decided


def is_absent(decided: Decided, option: Option) -> bool:
    """Whether an option does not exist, or has no effect, whatever is picked."""
    return decided.left(option.when) is None or any(decided.left(limit.when) == () for limit in option.ignored)


def is_there(decided: Decided, option: Option) -> bool:
    """Whether an option exists whatever is picked."""
    return decided.left(option.when) == () and all(decided.left(limit.when) is None for limit in option.ignored)


def is_computed(decided: Decided, option: Option) -> bool:
    """Whether the value that an option has where it exists follows from decided options alone."""
    if option.follows is None:
        return False
    table = option.follows.table
    if table is not None:
        return not isinstance(decided.table(table), Lookup)
    return decided.names.issuperset(option.follows.names)
