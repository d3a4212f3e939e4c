"""
Sets of combinations as bit sets, so that the rows that satisfy a condition are found without a loop over the rows.

A thousand limits on ten thousand combinations need a thousand operations on whole sets. `holds` of the engine evaluates a
test; it is called once for each value that the test names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress
from typing import Any, TypeAlias

from imgrules.engine.resolve import holds
from imgrules.table.records import Model
from imgrules.table.terms import NONE, Condition, Limit, Lookup, Test

Row: TypeAlias = tuple[str | None, ...]
"""A value for each listed option, or None where the option is absent."""
Bits: TypeAlias = int
"""A set of rows as an integer: bit `n` is set if row `n` belongs to the set."""


class Grid:
    """The rows of a model, in order, with an index: for each value of each listed option, the set of rows that have it."""

    def __init__(self, model: Model, rows: Sequence[Row]) -> None:
        self._model, self.rows = model, rows
        self.all: Bits = (1 << len(rows)) - 1
        self._index: dict[str, dict[str | None, Bits]] = {}
        self._cache: dict[Test, Bits] = {}

    def having(self, name: str, value: str | None) -> Bits:
        """Return the rows in which an option has a value; with None, those in which it is absent."""
        return self._by_value(name).get(value, 0)

    def _by_value(self, name: str) -> Mapping[str | None, Bits]:
        """Return the rows of each value of an option, which are found at its first use: most models have no limit."""
        if name not in self._index:
            place = self._model.axes.index(name)
            self._index[name] = _bits_by_value([row[place] for row in self.rows])
        return self._index[name]

    def holding(self, condition: Condition) -> Bits:
        """Return the rows that satisfy a condition; all of its options have to be listed."""
        rows = self.all
        for test in condition:
            rows &= self._passing_rows(test)
        return rows

    def breaking(self, limit: Limit) -> Bits:
        """Return the rows that break a limit; all of its options have to be listed."""
        applicable = self.holding(limit.when)
        if not applicable:
            return 0
        broken = self.holding(limit.never) if limit.never else 0
        for name in limit.needs:
            broken |= self.having(name, None)
        for test in limit.only:
            # An absent option breaks no `only`.
            broken |= self.all & ~self.having(test.name, None) & ~self._passing_rows(test)
        return applicable & broken

    def matching(self, table: Lookup, *, whole: bool) -> Bits:
        """Return the rows with an entry in a table; unless `whole` is true, also those without one of its options."""
        rows = self._named(table.table, table.by, whole=whole)
        for name, names in zip(table.by, table.levels, strict=True):
            if not whole and NONE not in names:
                rows |= self.having(name, None)
        return rows

    def _named(self, entry: Any, by: Sequence[str], *, whole: bool) -> Bits:
        """Return the rows for which an entry has an entry: all of them, unless it has rows for an option itself."""
        if not by or not isinstance(entry, Mapping):
            return self.all
        name, *others = by
        rows = 0 if whole or NONE in entry else self.having(name, None)
        for value, inner in entry.items():
            rows |= self.having(name, None if value == NONE else value) & self._named(inner, others, whole=whole)
        return rows

    def rows_of(self, bits: Bits) -> Iterator[Row]:
        """Yield the rows of a set, in order."""
        return compress(self.rows, map(int, reversed(f"{bits:b}")))

    def indexes_of(self, bits: Bits) -> Iterator[int]:
        """Yield the indexes of the rows of a set, in order."""
        return compress(range(len(self.rows)), map(int, reversed(f"{bits:b}")))

    def _passing_rows(self, test: Test) -> Bits:
        rows = self._cache.get(test)
        if rows is None:
            rows = self._cache[test] = self._find_rows(test)
        return rows

    def _find_rows(self, test: Test) -> Bits:
        if test.none:
            return self.all & ~self._rows_where(test, test.none, wanted=False)
        if test.any:
            return self._rows_where(test, test.any, wanted=True)
        # Every other test of a listed option asks only whether it is present.
        absent = self.having(test.name, None)
        value = next((word for word in self._by_value(test.name) if word is not None), None)
        rows = absent if holds((test,), {}, self._model) else 0
        if value is not None and holds((test,), {test.name: value}, self._model):
            rows |= self.all & ~absent
        return rows

    def _rows_where(self, test: Test, values: Iterable[object], *, wanted: bool) -> Bits:
        """Return the rows whose value is one of `values` and for whose value the result of the test is `wanted`."""
        rows = 0
        for value in values:
            if (value is None or isinstance(value, str)) and holds((test,), {test.name: value}, self._model) is wanted:
                rows |= self.having(test.name, value)
        return rows


def _bits_by_value(values: Sequence[str | None]) -> dict[str | None, Bits]:
    by_value: dict[str | None, list[int]] = {}
    for index, value in enumerate(values):
        by_value.setdefault(value, []).append(index)
    return {value: _bits_of(indexes, len(values)) for value, indexes in by_value.items()}


def _bits_of(indexes: Iterable[int], count: int) -> Bits:
    bits = bytearray(count // 8 + 1)
    for index in indexes:
        bits[index >> 3] |= 1 << (index & 7)
    return int.from_bytes(bits, "little")
