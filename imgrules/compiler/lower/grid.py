"""
Combinations as sets of bits: which of them keep a condition is found without a look at each of them.

A thousand limits over ten thousand combinations are a thousand operations on whole sets. What a test means is asked of
the one function that knows, once for each value that the test names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import TypeAlias

from imgrules.engine.resolve import holds
from imgrules.table.records import Model
from imgrules.table.terms import Condition, Limit, Lookup, Test

Row: TypeAlias = tuple[str | None, ...]
"""A value for each listed option, or None where it is not there."""
Bits: TypeAlias = int
"""A set of rows: the bit of a row is set where it is in it."""


class Grid:
    """Rows of a model, in their order, and for each listed option and value the set of those that have it."""

    def __init__(self, model: Model, rows: Sequence[Row]) -> None:
        self._model, self.rows = model, rows
        self.all: Bits = (1 << len(rows)) - 1
        self._having = {name: _sets([row[at] for row in rows]) for at, name in enumerate(model.axes)}
        self._passing: dict[Test, Bits] = {}

    def having(self, name: str, value: str | None) -> Bits:
        """Return the rows in which an option has a value; None stands for an option that is not there."""
        return self._having[name].get(value, 0)

    def holding(self, condition: Condition) -> Bits:
        """Return the rows that keep a condition, all of whose options are listed."""
        found = self.all
        for test in condition:
            found &= self._pass(test)
        return found

    def breaking(self, limit: Limit) -> Bits:
        """Return the rows that break a limit, all of whose options are listed."""
        found = self.holding(limit.when)
        if not found:
            return 0
        broken = self.holding(limit.never) if limit.never else 0
        for name in limit.needs:
            broken |= self.having(name, None)
        for test in limit.only:
            # What is not there breaks no `only`, unless it is asked whether it is.
            there = self.all if test.given is not None else self.all & ~self.having(test.name, None)
            broken |= there & ~self._pass(test)
        return found & broken

    def found_in(self, table: Lookup, *, whole: bool) -> Bits:
        """Return the rows for which a table has something, or which lack what it asks for, where it need not be `whole`."""
        found = 0
        if not whole:
            for name in table.by:
                found |= self.having(name, None)
        for value, row in table.table.items():
            having = self.having(table.by[0], value)
            if isinstance(row, dict) and len(table.by) > 1:
                for other, said in row.items():
                    found |= having & self.having(table.by[-1], other) if said is not None else 0
            elif row is not None:
                found |= having
        return found

    def of(self, bits: Bits) -> Iterator[Row]:
        """Return the rows of a set, in their order."""
        return compress(self.rows, map(int, reversed(f"{bits:b}")))

    def places(self, bits: Bits) -> Iterator[int]:
        """Return the places of the rows of a set."""
        return compress(range(len(self.rows)), map(int, reversed(f"{bits:b}")))

    def _pass(self, test: Test) -> Bits:
        found = self._passing.get(test)
        if found is None:
            found = self._passing[test] = self._passed(test)
        return found

    def _passed(self, test: Test) -> Bits:
        if test.given is None and test.none:
            return self.all & ~self._with(test, test.none, wanted=False)
        if test.given is None and test.any:
            return self._with(test, test.any, wanted=True)
        # Any other test about listed values asks only whether there is one.
        absent, some = self.having(test.name, None), next((each for each in self._having[test.name] if each is not None), None)
        found = absent if holds((test,), {}, self._model) else 0
        if some is not None and holds((test,), {test.name: some}, self._model):
            found |= self.all & ~absent
        return found

    def _with(self, test: Test, named: Iterable[object], *, wanted: bool) -> Bits:
        """Return the rows that have one of some values for which a test turns out as wanted."""
        found = 0
        for each in named:
            if isinstance(each, str) and holds((test,), {test.name: each}, self._model) is wanted:
                found |= self.having(test.name, each)
        return found


def _sets(values: Sequence[str | None]) -> dict[str | None, Bits]:
    places: dict[str | None, list[int]] = {}
    for at, value in enumerate(values):
        places.setdefault(value, []).append(at)
    return {value: _set(each, len(values)) for value, each in places.items()}


def _set(places: Iterable[int], count: int) -> Bits:
    bits = bytearray(count // 8 + 1)
    for at in places:
        bits[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(bits, "little")
