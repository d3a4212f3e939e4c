"""
The selections of both sides of a comparison: every combination of listed values, and the rest at its edges.

Combinations come from the cells of both sides, in the names of the old one. What is not in cells, such as a number, is tried at
its bounds, at the numbers with which a rule of either side compares it, next to them, and between. An option with a default
is also left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, islice
from math import gcd, isqrt, prod
from operator import itemgetter
from typing import Any

from imgrules.engine.facts.tried_values import edges, lists_of, numbers, sizes_near, words_of
from imgrules.engine.resolve import holds
from imgrules.table.measures import shortest_text
from imgrules.table.options import Option
from imgrules.table.record_base import record
from imgrules.table.records import Cell, Model
from imgrules.table.terms import Condition, Number, Text
from imgrules.views.diff.completion import completed, conditions_of, meeting
from imgrules.views.diff.structure.names import names_of
from imgrules.views.diff.structure.translated import in_old_names

MOST = 4_000
"""The most selections that are decided for two versions of a model; where there are more, this many of them are sampled."""

_LONGEST_LIST = 20  # the most entries of a list that is tried
_MOST_MEETING = 500  # the most selections of a sample that are tried because they meet a condition
_MOST_EDGES = 12  # the most numbers with which rules compare an option that are tried

Row = tuple[tuple[str, Any], ...]
"""The values of listed options, and of facts in combinations, by name."""


@record
class Tried:
    """
    One selection that both sides decide: `row` are its listed options, `rest` the others; `stated` are those that are facts.

    `texts` are the values of all options outside of combinations as texts, in the order of their names; of an absent one, of None.
    """

    row: Row
    rest: Row
    stated: frozenset[str]
    texts: tuple[str, ...]

    @property
    def selection(self) -> dict[str, Any]:
        """The picks by name."""
        return {name: value for name, value in (*self.row, *self.rest) if name not in self.stated}

    @property
    def facts(self) -> dict[str, Any]:
        """What the service states, by name."""
        return {name: value for name, value in (*self.row, *self.rest) if name in self.stated}


@record
class Space:
    """
    The selections to decide, of which there are `size`; `whole` says that nothing is left between them.

    `sides` are both versions, the new one in the old names that it understands.
    """

    rows: tuple[Row, ...]
    axes: tuple[tuple[str, tuple[Any, ...]], ...]
    facts: frozenset[str]
    sides: tuple[Model, ...] = ()

    @property
    def size(self) -> int:
        """The number of all combinations."""
        return len(self.rows) * prod(len(values) for _, values in self.axes)

    @property
    def sampled(self) -> bool:
        """Whether there are too many selections to decide all of them."""
        return self.size > MOST

    @property
    def whole(self) -> bool:
        """Whether every selection that the rules distinguish is among these: no number, size or list is a sample."""
        return not self.sampled and not self.axes

    def __iter__(self) -> Iterator[Tried]:
        """Yield the selections, or an even sample of them that holds each row and each value many times."""
        if not self.sampled:
            yield from (self._tried(self.rows[row], places) for row, places in map(self._places, range(self.size)))
            return
        # Most combinations of many numbers are refused for one of them, so that each row is tried with one at a time before.
        sample = islice(dict.fromkeys(chain(islice(self._simple(), MOST // 2), islice(self._even(), MOST))), MOST)
        yield from (self._tried(self.rows[row], places) for row, places in sample)

    def _simple(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """
        Yield the places of rows with what conditions ask, then of each with as little else as possible, then with one further value.

        Each of them has what it needs.
        """
        bare = tuple(values.index(None) if None in values else 0 for _, values in self.axes)
        yield from islice(self._meeting(bare), _MOST_MEETING)
        for side in self.sides:
            yield from ((row, self._completed(side, row, bare)) for row in range(len(self.rows)))
        for axis, (_, values) in enumerate(self.axes):
            for place in range(len(values)):
                more = *bare[:axis], place, *bare[axis + 1 :]
                yield from (
                    (row, self._completed(side, row, more, bare)) for side in self.sides for row in range(len(self.rows))
                )

    def _meeting(self, bare: tuple[int, ...]) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield the places of rows with values that meet a condition of a rule, or all of its tests but one, while there is room."""
        conditions = [(side, condition) for side in self.sides for condition in dict.fromkeys(conditions_of(side))]
        met = [
            (side, condition, places)
            for side, condition in conditions
            for tests in (condition, *combinations(condition, max(len(condition) - 1, 0)))
            if (places := meeting(side, tests, self.axes, bare)) != bare
        ]
        for side, condition, places in met:
            rows = [row for row in range(len(self.rows)) if self._meets(side, condition, row)]
            step = len(rows) * len(met) // _MOST_MEETING + 1
            yield from ((row, self._completed(side, row, places, bare)) for row in rows[::step])

    def _meets(self, side: Model, condition: Condition, row: int) -> bool:
        """Whether a row passes the tests of a condition that are about its options."""
        words = {name: side.options[name].word(value) for name, value in self.rows[row] if name in side.options}
        return holds(tuple(test for test in condition if test.name in words), words, side)

    def _completed(
        self, side: Model, row: int, places: tuple[int, ...], bare: tuple[int, ...] | None = None
    ) -> tuple[int, ...]:
        """Return places with what a side needs beside what is picked; what is not as in `bare` stays."""
        both = zip(self.axes, places, bare or places, strict=True)
        kept = {name for (name, values), place, least in both if place != least and values[place] is not None}
        return completed(side, dict(self.rows[row]), self.axes, places, kept)

    def _even(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        size = self.size
        step = next(step for step in range(size * 5 // 8, size) if gcd(step, size) == 1)
        return (self._places(index * step % size) for index in range(size))

    def _places(self, index: int) -> tuple[int, tuple[int, ...]]:
        """Return the place of a row, and that of a value of each other option, by the number of the combination."""
        index, row = divmod(index, len(self.rows))
        places = []
        for _, values in self.axes:
            index, place = divmod(index, len(values))
            places.append(place)
        return row, tuple(places)

    def _tried(self, picked: Row, places: tuple[int, ...]) -> Tried:
        others = [(name, values[place]) for (name, values), place in zip(self.axes, places, strict=True)]
        rest = tuple((name, value) for name, value in others if value is not None)
        return Tried(picked, rest, self.facts, tuple(repr(value) for _, value in sorted(others, key=itemgetter(0))))


def space_of(old: Model, new: Model) -> Space:
    """Return the selections to decide for two versions of a model."""
    sides = (old, in_old_names(new, names_of(old, new).kept))
    rows = dict.fromkeys(chain.from_iterable(map(_rows, sides)))
    in_rows = {name for model in sides for name in model.axes}
    others: dict[str, list[tuple[Model, Option]]] = {}
    for model in sides:
        for name, option in model.options.items():
            if name not in in_rows and option.follows is None:
                others.setdefault(name, []).append((model, option))
    axes = ((name, _values(owners, missing=len(owners) == 1)) for name, owners in others.items())
    facts = frozenset(name for model in sides for name in model.facts)
    return Space(tuple(rows), tuple((name, values) for name, values in axes if values != (None,)), facts, sides)


def _rows(model: Model) -> Iterator[Row]:
    """Yield the picks of each combination of a model, also without those that a default fills in."""
    defaults = [
        option.name
        for option in model.options.values()
        if option.bound and (option.default is not None or option.defaults is not None) and option.follows is None
    ]
    left_out = [(), *((name,) for name in defaults)] + ([tuple(defaults)] if len(defaults) > 1 else [])
    for cell in model.cells:
        picked = _picks(model, cell)
        for without in left_out:
            yield tuple(sorted((name, value) for name, value in picked.items() if name not in without))


def _picks(model: Model, cell: Cell) -> dict[str, Any]:
    options = model.options
    return {name: options[name].picked(value) for name, value in cell.picks(model).items() if options[name].follows is None}


def _values(sides: Sequence[tuple[Model, Option]], *, missing: bool) -> tuple[Any, ...]:
    """Return the values of an option to try on both sides, None among them where it can be left out."""
    at = sorted({*chain.from_iterable(map(_edges, (model for model, _ in sides), (option for _, option in sides)))})
    values: dict[Any, Any] = {}
    for model, option in sides:
        for value in _tried(model, option, at):
            values.setdefault(repr(value), value)
        if missing or not option.required or option.conditional:
            values.setdefault("None", None)
    return tuple(values.values())


def _edges(model: Model, option: Option) -> Iterator[Number]:
    """Yield the numbers with which rules compare an option, and the ends of what it takes."""
    yield from islice(edges(model, option.name), _MOST_EDGES)
    lines = () if model.price is None else (*model.price.times, *model.price.plus)
    yield from (line.beyond for line in lines if line.per == option.name)
    bounds = option.number or option.many
    yield from () if bounds is None else (end for end in (bounds.min, bounds.max) if end is not None)


def _tried(model: Model, option: Option, at: Sequence[Number]) -> Iterator[Any]:
    """Yield values of one side to try."""
    if option.many is not None:
        entry = next(iter(option.values), None) or shortest_text(option.text or Text(1), "x")
        yield from lists_of(entry, option.many, at, _LONGEST_LIST)
        return
    yield from (option.picked(value) for value in option.values)
    yield from words_of(model, option.name) if option.text or option.size or option.ratio else ()
    if option.number is not None:
        yield from numbers(option.number, at)
        yield from () if option.default is None else (option.default,)
    if option.text is not None:
        yield shortest_text(option.text, "x")
    if option.size is not None:
        yield from sizes_near(_sizes(at), option.size)
    if option.ratio is not None:
        yield from filter(None, (option.ratio.min, "2:1", option.ratio.max))


def _sizes(at: Iterable[Number]) -> Iterator[tuple[int, int]]:
    """Yield sizes around the areas or sides with which rules compare a size."""
    yield from ((16, 16), (1024, 1024), (1536, 1024), (99_999, 99_999))
    for edge in at:
        for side in {isqrt(max(int(edge), 1)), min(int(edge), 99_999)}:
            yield from ((side, side), (side + 1, side + 1))
