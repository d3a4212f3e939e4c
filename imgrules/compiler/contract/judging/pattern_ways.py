"""
The places of a regular expression that read a character, and in how many ways a text can lead through them.

Python tries one way to match after another. Counted are the beginnings of ways. Inside a loop, two ways for one text mean that
each round doubles them; otherwise a loop that can be left where it could also go on multiplies what follows by its rounds.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from re import _compiler, _parser  # type: ignore[attr-defined]  # there is no public parser of regular expressions
from typing import Any, NamedTuple

_MOST_PLACES = 2_000
_MOST_LINKS = 50_000  # pairs of places that follow each other
_MOST_COUNTED = 4_000  # links along which ways are counted for each length
_MOST_PAIRS = 500_000  # pairs of places that follow a pair of places in a loop
_MOST_COPIED = 64  # places of a counted repetition that is written out; a longer one is a loop
_LOOKING = {"ASSERT", "ASSERT_NOT"}
_REPEATED = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}


class TooManyError(Exception):
    """The expression has too many places, once its counted repetitions are written out, or too many ways between them."""


class _Part(NamedTuple):
    """A part of an expression: the places with which a match of it begins and ends, and in how many ways it matches nothing."""

    first: Counter[int]
    last: Counter[int]
    empty: int


_NOTHING = _Part(Counter(), Counter(), 1)


class Graph:
    """The places of an expression that read a character, which characters each reads, and which places may follow it."""

    def __init__(self, state: Any, characters: frozenset[str]) -> None:
        self._state, self._characters = state, characters
        self.reads: list[frozenset[str]] = []
        self.follows: list[Counter[int]] = []
        self.most: dict[int, int] = {}
        """How often a place that is repeated is read at most, where that is known."""
        self.looking: list[list[Any]] = []
        self._links = 0
        self._known: dict[str, frozenset[str]] = {}
        self.sure: set[int] = set()
        """The places from which on a text matches whatever is tried; known once ways were counted."""
        self.is_sure = True
        """Whether a text matches as soon as a last place was read: nothing else is tried after that."""

    def sequence(self, nodes: Iterable[Any]) -> _Part:
        """Add the places of some nodes one after another."""
        whole = _NOTHING
        for node in nodes:
            whole = self._then(whole, self._part(*node))
        return whole

    def _then(self, one: _Part, other: _Part) -> _Part:
        self._link(one.last, other.first)
        first = one.first + _times(other.first, one.empty)
        return _Part(first, other.last + _times(one.last, other.empty), one.empty * other.empty)

    def _link(self, last: Counter[int], first: Counter[int]) -> None:
        self._links += len(last) * len(first)
        if self._links > _MOST_LINKS:
            raise TooManyError
        for place, count in last.items():
            self.follows[place] += _times(first, count)

    def _part(self, op: Any, value: Any) -> _Part:
        """Add the places of one node."""
        name = str(op)
        if name in _REPEATED:
            return self._repeated(*value)
        if name in {"SUBPATTERN", "ATOMIC_GROUP"}:
            return self.sequence(value[-1] if name == "SUBPATTERN" else value)
        if name in {"BRANCH", "GROUPREF_EXISTS"}:
            return self._one_of(value[1] if name == "BRANCH" else [value[1], value[2] or ()])
        if name in _LOOKING or name == "AT":
            self.is_sure = False
            self.looking += [list(value[1])] if name in _LOOKING else []
            return _NOTHING
        if name == "GROUPREF":
            self.is_sure = False
            return self._loop(self._place(self._characters), 0)
        return self._place(self._read_by(op, value))

    def _read_by(self, op: Any, value: Any) -> frozenset[str]:
        """Return the characters that a node reads, as Python matches them."""
        key = f"{op} {value}"
        if key not in self._known:
            alone = _compiler.compile(_parser.SubPattern(self._state, [(op, value)]), self._state.flags & ~re.DEBUG)
            self._known[key] = frozenset(filter(alone.match, self._characters))
        return self._known[key]

    def _one_of(self, branches: Iterable[Any]) -> _Part:
        parts = [self.sequence(branch) for branch in branches]
        first, last = Counter[int](), Counter[int]()
        for part in parts:
            first.update(part.first)
            last.update(part.last)
        return _Part(first, last, sum(part.empty for part in parts))

    def _place(self, characters: frozenset[str]) -> _Part:
        if len(self.reads) >= _MOST_PLACES:
            raise TooManyError
        self.reads.append(characters)
        self.follows.append(Counter())
        own = Counter([len(self.reads) - 1])
        return _Part(own, own, 0)

    def _repeated(self, least: int, most: Any, nodes: Any) -> _Part:
        before = len(self.reads)
        if most == 0:
            return _NOTHING
        part = self.sequence(nodes)
        added = len(self.reads) - before
        if most == 1 or added == 0:
            return _optional(part) if least == 0 else part
        if most is _parser.MAXREPEAT or added * int(most) > _MOST_COPIED:
            if added == 1 and most is not _parser.MAXREPEAT:
                self.most[before] = int(most)
            return self._loop(part, least)
        copies = [part, *(self.sequence(nodes) for _ in range(int(most) - 1))]
        whole = _NOTHING
        for at, copy in reversed(list(enumerate(copies))):
            whole = self._then(copy, whole)
            whole = whole if at < least else _optional(whole)
        return whole

    def _loop(self, part: _Part, least: int) -> _Part:
        self._link(part.last, part.first)
        return _optional(part) if least == 0 else part

    def ways(self, whole: _Part, length: int) -> int | None:
        """Return how many beginnings of ways there are from one place of a text on, or None if each round of a loop doubles them."""
        sure = self.sure
        weights: dict[int, int] = {}
        for loop in _components(len(self.reads), lambda place: self.follows[place]):
            inner = frozenset(loop)
            is_loop = len(loop) > 1 or loop[0] in self.follows[loop[0]]
            if is_loop and self._doubles(loop):
                return None
            leaving = max(self._most_on(_without(self.follows[place], inner), weights) for place in loop)
            ways = self._of_loop(loop, inner, leaving, length) if is_loop else 1 + leaving
            if self.is_sure and all(place in whole.last and {*self.follows[place]} <= sure | inner for place in loop):
                # Whatever is tried from here on, the text matches: no other way is tried after that.
                sure |= inner
                ways = 1
            weights.update(dict.fromkeys(loop, ways))
        return 1 + self._most_on(whole.first, weights)

    def ways_of_search(self, whole: _Part, length: int, *, anywhere: bool, most: int) -> int | None:
        """
        Return how many beginnings of ways there are in a text, from its start or from anywhere on; None if more than `most`.

        The ways from a place are counted for each number of characters that are left, so that loops beside each other share
        the text: for a short text this is closer than `ways`, which has to be asked first.
        """
        following = [self._by_character(places) for places in (whole.first, *self.follows)]
        if sum(len(group) for groups in following for group in groups) > _MOST_COUNTED:
            return None
        left = [1] * len(following)  # the ways from the start, then from each place, with no character left
        total = 1
        for _ in range(length):
            on = [
                1 + max((sum(count * left[place + 1] for place, count in group) for group in groups), default=0)
                for groups in following
            ]
            left = [1 if place - 1 in self.sure else ways for place, ways in enumerate(on)]
            total = total + left[0] if anywhere else left[0]
            if total > most:
                return None
        return total

    def _by_character(self, places: Counter[int]) -> list[list[tuple[int, int]]]:
        """Return which of some places read one character, with their counts, for each character that tells them apart."""
        groups = (
            tuple((place, count) for place, count in places.items() if one in self.reads[place]) for one in self._characters
        )
        return [list(group) for group in dict.fromkeys(groups) if group]

    def _of_loop(self, loop: list[int], inner: frozenset[int], leaving: int, length: int) -> int:
        rounds = min(length, self.most.get(loop[0], length)) if len(loop) == 1 else length
        stays = frozenset[str]().union(*(self.reads[place] for place in loop))
        exits = {place for each in loop for place in _without(self.follows[each], inner)}
        at_once = 1 if sum(map(len, (self.reads[place] for place in loop))) == len(stays) else len(loop)
        leaves_anywhere = any(not stays.isdisjoint(self.reads[place]) for place in exits)
        return at_once * (rounds * (1 + leaving) if leaves_anywhere else rounds + leaving)

    def _most_on(self, places: Counter[int], weights: dict[int, int]) -> int:
        """Return the most ways on from some places, whatever the next character is."""
        sums = Counter[str]()
        for place, count in places.items():
            for character in self.reads[place]:
                sums[character] += count * weights[place]
        return max(sums.values(), default=0)

    def _doubles(self, loop: list[int]) -> bool:
        """Whether two ways through a loop read the same text and come back to the same place."""
        inside = {place: [at for at in self.follows[place] if at in loop] for place in loop}
        if any(self.follows[place][at] > 1 for place in loop for at in inside[place]):
            return True
        pairs = [(one, other) for one in loop for other in loop if not self.reads[one].isdisjoint(self.reads[other])]
        at = {pair: index for index, pair in enumerate(pairs)}
        if sum(len(inside[one]) * len(inside[other]) for one, other in pairs) > _MOST_PAIRS:
            raise TooManyError

        def after(index: int) -> Iterator[int]:
            one, other = pairs[index]
            following = ((first, second) for first in inside[one] for second in inside[other])
            return (at[pair] for pair in following if pair in at)

        kinds = ({pairs[index][0] == pairs[index][1] for index in part} for part in _components(len(pairs), after))
        return any(len(kind) > 1 for kind in kinds)


def _times(places: Counter[int], count: int) -> Counter[int]:
    return Counter({place: many * count for place, many in places.items() if count})


def _without(places: Counter[int], inner: frozenset[int]) -> Counter[int]:
    return Counter({place: count for place, count in places.items() if place not in inner})


def _optional(part: _Part) -> _Part:
    return part._replace(empty=part.empty + 1)


def _components(size: int, after: Callable[[int], Iterable[int]]) -> Iterator[list[int]]:
    """Yield the strongly connected components of a graph, each behind those that it leads to."""
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    open_ones = deque[int]()
    done: set[int] = set()
    for start in range(size):
        path = [(start, iter(after(start)))] if start not in number else []
        while path:
            node, following = path[-1]
            if node not in number:
                number[node] = low[node] = len(number)
                open_ones.append(node)
            child = next(following, None)
            if child is not None:
                if child not in number:
                    path.append((child, iter(after(child))))
                elif child not in done:
                    low[node] = min(low[node], number[child])
                continue
            path.pop()
            if path:
                low[path[-1][0]] = min(low[path[-1][0]], low[node])
            if low[node] == number[node]:
                at = next(place for place, other in enumerate(reversed(open_ones)) if other == node)
                component = [open_ones.pop() for _ in range(at + 1)]
                done.update(component)
                yield component
