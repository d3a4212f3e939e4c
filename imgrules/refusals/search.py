"""
The nearest picks that are sound together: a best-first search, led by what does not go together.

What is wrong with picks is only mended by changing one of the options on which it hangs. So each step takes one fault and
tries each value of those options that may end it; the picks with the fewest changes come first. The first that have no
fault are therefore nearest. The work is capped, and each step costs as much as the rules have options and limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import heappop, heappush, nsmallest
from itertools import count
from typing import Any, NamedTuple, TypeAlias

from imgrules.engine.reasons import ViolationCode
from imgrules.engine.request_caps import STEPS
from imgrules.engine.resolve import Picks
from imgrules.refusals.boundaries import Marks
from imgrules.refusals.candidates import CHANGED, DROPPED, NOTHING, Candidate, instead, may_be_absent, plain_key
from imgrules.refusals.constraints import Fault, Verdict, joined, origins
from imgrules.table.record import field, record
from imgrules.table.records import Cell, Model, Option
from imgrules.table.terms import Limit

Moves: TypeAlias = dict[str, Candidate]
"""What options are changed to, by their names."""

_CELLS = 64  # so many of the nearest combinations are tried for one fault
_PER_STEP = 100  # so many combinations or changes that are looked at cost as much as one selection that is tried


@record
class Start:
    """
    Where a search begins: sound picks by option, and for those that were wrong by themselves, what else each might be.

    `shut` are the gates that are closed to the caller; `filler` lets texts be stood for that nobody has written. A search
    that goes `deep` tries the picks with the most changes first: it finds some selection, not the nearest.
    """

    picked: Mapping[str, Any]
    wrong: Mapping[str, list[Candidate]] = field(default_factory=dict)
    shut: frozenset[str] = frozenset()
    filler: bool = False
    deep: bool = False


class Node(NamedTuple):
    """Picks to try: how many options are changed, how much that takes from the caller, and which are changed to what."""

    changes: int
    rank: int
    shut: bool
    turn: int
    moves: Moves


def nearest_picks(model: Model, start: Start, most: int) -> list[Moves]:
    """
    Return the changes that make picks sound together, those first that take the least from the caller.

    All of them have the fewest changes that were found, and of equals those stand first whose gates are open. There is
    none where nothing fits, or where nothing was found within the capped work.
    """
    found: dict[tuple[Any, ...], tuple[int, bool, int, Moves]] = {}
    search = _Search(model, start)
    least = None
    for node in search.nodes():
        if least is not None and node.changes > least:
            break
        verdict = search.verdict(node)
        if verdict.faults:
            search.push(node, _moves_against(search, node, verdict))
            continue
        least = node.changes
        cell = verdict.cell
        shut = cell is not None and not start.shut.isdisjoint(cell.gates)
        # A number that is a step further away is no other way out; another listed value is.
        found.setdefault(_way(model, node.moves), (node.rank, shut, node.turn, node.moves))
        if len(found) == 3 * most:
            break
        # What else the wrong ones might be is as near.
        search.push(node, search.others(node))
    ordered = sorted(found.values(), key=lambda each: each[:3])
    return [moves for _, _, _, moves in ordered[:most]]


def _way(model: Model, moves: Moves) -> tuple[Any, ...]:
    """Return what tells changes apart that are worth offering beside each other."""
    listed = ((name, each.value if model.options[name].listed else each.value is NOTHING) for name, each in moves.items())
    return tuple(sorted(listed, key=lambda each: each[0]))


class _Search:
    """The picks that are still to be tried, and the work that is left."""

    def __init__(self, model: Model, start: Start) -> None:
        self.model, self.start = model, start
        self.left = STEPS
        self.first = {name: choices[0] for name, choices in start.wrong.items()}
        # Of equal candidates the first one counts.
        self._known = {
            name: {plain_key(each.value): each for each in reversed(choices)} for name, choices in start.wrong.items()
        }
        self._instead: dict[tuple[str, Any, Any], list[Candidate]] = {}
        self._turns = count()
        rank = sum(each.rank for each in self.first.values())
        self._heap = [Node(len(self.first), rank, False, next(self._turns), {})]  # noqa: FBT003  a record, not a call
        self._seen: set[frozenset[tuple[str, Any]]] = set()

    def nodes(self) -> Iterator[Node]:
        """Yield picks to try, nearest first, until the work is done."""
        while self._heap and self.left > 0:
            self.left -= 1
            yield heappop(self._heap)

    def picks(self, node: Node) -> dict[str, Any]:
        """Return what is picked after some changes."""
        changed = {name: each.value for name, each in {**self.first, **node.moves}.items()}
        return {name: each for name, each in {**self.start.picked, **changed}.items() if each is not NOTHING}

    def verdict(self, node: Node) -> Verdict:
        """Return what picks come to together."""
        return joined(self.model, self.picks(node))

    def push(self, node: Node, steps: Iterable[tuple[Moves, bool]]) -> None:
        """Keep what follows from picks by some more changes, to be tried in its turn."""
        looked_at = 0
        for more, shut in steps:
            looked_at += 1
            moves = {**node.moves, **more}
            known = frozenset((name, plain_key(each.value)) for name, each in moves.items())
            if known not in self._seen:
                self._seen.add(known)
                before = [node.moves.get(name) or self.first.get(name) for name in more]
                changes = node.changes + before.count(None) * (-1 if self.start.deep else 1)
                rank = node.rank + sum(each.rank for each in more.values()) - sum(each.rank for each in before if each)
                heappush(self._heap, Node(changes, rank, shut, next(self._turns), moves))
        self.left -= looked_at // _PER_STEP

    def instead(self, option: Option, picked: Any, marks: Marks) -> list[Candidate]:
        """Return what else an option might be; found once where it does not hang on what else is there."""
        if not marks.stay(option.name):
            return self._found_instead(option, picked, marks)
        question = option.name, plain_key(picked), plain_key(marks.values.get(option.name))
        if question not in self._instead:
            self._instead[question] = self._found_instead(option, picked, marks)
        return self._instead[question]

    def _found_instead(self, option: Option, picked: Any, marks: Marks) -> list[Candidate]:
        found = instead(marks, option, picked, filler=self.start.filler)
        # Of what was wrong by itself, its own list knows what was meant.
        return [self.known(option.name, each.value) or each for each in found]

    def known(self, name: str, value: Any) -> Candidate | None:
        """Return what is known of a value as a mend of what was wrong by itself."""
        return self._known[name].get(plain_key(value)) if name in self._known else None

    def others(self, node: Node) -> Iterator[tuple[Moves, bool]]:
        """Yield each other thing that an option might be that was wrong by itself."""
        for name, choices in self.start.wrong.items():
            if name not in node.moves and self.model.options[name].listed:
                yield from (({name: each}, False) for each in choices[1:] if each.value is not NOTHING)


def _moves_against(search: _Search, node: Node, verdict: Verdict) -> Iterator[tuple[Moves, bool]]:
    """Yield changes of which any sound picks beyond these need one, as far as the fault is concerned that is taken first."""
    model, there = search.model, verdict.picks
    lacking = [each.field for each in verdict.faults if each.code is ViolationCode.MISSING_FIELD and not each.limits]
    if lacking:
        names = _hung_on(model, lacking[:1])
        yield from _each_instead(search, node, there, names, frozenset(lacking[:1]))
    elif model.cell(there.values) is None:
        yield from _cells_instead(search, node, there)
        loose = [each for each in _hung_on(model, model.axes) if each not in model.axes]
        yield from _each_instead(search, node, there, loose, frozenset())
    else:
        limit = _first_limit(verdict.faults)
        yield from _each_instead(search, node, there, _hung_on(model, limit.names), frozenset(origins(model, limit.names)))


def _first_limit(faults: Iterable[Fault]) -> Limit:
    return next(limit for each in faults for limit in each.limits)


def _hung_on(model: Model, names: Iterable[str]) -> list[str]:
    """Return the options that a caller picks and on which some others hang, those first that are named."""
    found: dict[str, None] = dict.fromkeys(names)
    left = list(found)
    while left:
        new = [each for each in model.options[left.pop(0)].depends_on if each not in found]
        found.update(dict.fromkeys(new))
        left += new
    return [each for each in found if model.options[each].follows is None]


def _each_instead(
    search: _Search, node: Node, there: Picks, names: Iterable[str], named: frozenset[str]
) -> Iterator[tuple[Moves, bool]]:
    """Yield each change of one option; what is optional and nobody picked is added only where it is named."""
    picked, marks = search.picks(node), Marks(search.model, there.values)
    for name in names:
        option = search.model.options[name]
        has = picked.get(name, NOTHING)
        if name in node.moves or (has is NOTHING and option.optional and name not in named):
            continue
        yield from (({name: each}, node.shut) for each in search.instead(option, has, marks))


def _cells_instead(search: _Search, node: Node, there: Picks) -> Iterator[tuple[Moves, bool]]:
    """Yield the changes to each of the nearest combinations that are sold."""
    model, shut = search.model, search.start.shut
    search.left -= len(model.cells) // _PER_STEP
    picked = search.picks(node)
    axes = [(at, model.options[name]) for at, name in enumerate(model.axes) if model.options[name].follows is None]
    moves = ((_to_cell(search, node, there, picked, axes, cell), cell) for cell in model.cells)
    ways = ((each, not shut.isdisjoint(cell.gates)) for each, cell in moves if each)
    yield from nsmallest(_CELLS, ways, key=lambda way: (_distance(search, way[0]), way[1]))


def _distance(search: _Search, moves: Moves) -> tuple[int, int]:
    new = [name for name in moves if name not in search.first]
    return len(new), sum(each.rank for each in moves.values())


def _to_cell(  # noqa: PLR0913, PLR0917  what is picked, and where to
    search: _Search, node: Node, there: Picks, picked: Mapping[str, Any], axes: list[tuple[int, Option]], cell: Cell
) -> Moves | None:
    """Return the changes to a combination; None where it needs what was changed already, or what nobody picked."""
    moves: Moves = {}
    for at, option in axes:
        name, value = option.name, cell.values[at]
        if there.values.get(name) == value:
            continue
        if value is None:
            if name in picked and name not in node.moves and may_be_absent(option):
                moves[name] = Candidate(NOTHING, DROPPED)
        elif name in node.moves or (name not in picked and option.optional):
            return None
        else:
            moves[name] = search.known(name, value) or Candidate(value, CHANGED)
    return moves
