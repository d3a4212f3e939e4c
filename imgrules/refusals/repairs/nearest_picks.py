"""
Find the nearest picks that have no fault together: a best-first search, guided by the faults.

A fault disappears only if one of the options changes on which it depends. So each step takes one fault and tries every
candidate of those options. Picks with the fewest changes are tried first, so that the first without a fault are the nearest.
The number of steps is capped, and the cost of a step grows with the number of options and limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import heappop, heappush, nsmallest
from itertools import count
from typing import Any, NamedTuple, TypeAlias

from imgrules.engine.decision_records import ViolationCode
from imgrules.engine.pricing import is_above, prices
from imgrules.engine.request_caps import STEPS
from imgrules.engine.resolve import Picks
from imgrules.refusals.constraints import Verdict, examine_together
from imgrules.refusals.faults import Fault
from imgrules.refusals.joint_faults import source_options
from imgrules.refusals.repairs.boundaries import Boundaries
from imgrules.refusals.repairs.candidates import CHANGED, DROPPED, NOTHING, Candidate, may_be_absent, plain_key, replacements
from imgrules.table.options import Option
from imgrules.table.record_base import field, record
from imgrules.table.records import Cell, Model
from imgrules.table.terms import Credits, Limit, Number

Moves: TypeAlias = dict[str, Candidate]
"""The candidate to which each changed option moves, by the name of the option."""

_CELLS = 64  # nearest combinations that are tried for one fault
_PER_STEP = 100  # combinations or moves that cost as much as one step of the search


@record
class Start:
    """
    The start of a search: the valid picks by option, and the candidates for each pick that is invalid alone.

    `closed` are the gates that are closed to the caller; `filler` allows texts that no caller wrote, and facts that no service
    stated. A `deep` search
    tries the picks with the most changes first: it finds some possible selection quickly, not the nearest. `most` is the most
    that the picks may cost.
    """

    picked: Mapping[str, Any]
    wrong: Mapping[str, list[Candidate]] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    filler: bool = False
    deep: bool = False
    most: Number | None = None


class Node(NamedTuple):
    """
    Picks to try. Nodes are ordered by number of changed options, sum of ranks, open gates first, and age (`turn`).

    `moves` are the changes since the start; `closed` is whether a gate of the picks is closed to the caller.
    """

    changes: int
    rank: int
    closed: bool
    turn: int
    moves: Moves


def nearest_picks(model: Model, start: Start, most: int) -> list[Moves]:
    """
    Return the moves to at most `most` picks without a fault, those nearest to the caller's picks first.

    All have the least number of changes; among equals, those whose gates are open come first. The list is empty if nothing
    is possible, or nothing was found within the capped number of steps.
    """
    solutions: dict[tuple[Any, ...], tuple[int, bool, int, Moves, Picks]] = {}
    search = _Search(model, start)
    least = None
    for node in search.nodes():
        if least is not None and node.changes > least:
            break
        verdict = search.verdict(node)
        if verdict.faults:
            search.push(node, _moves_against(search, node, verdict))
            continue
        if start.most is not None and is_above(price_of(model, verdict), start.most):
            search.push(node, _moves_to_other_prices(search, node, verdict.picks))
            continue
        least = node.changes
        cell = verdict.cell
        closed = cell is not None and not start.closed.isdisjoint(cell.gates)
        # Another listed value deserves a repair of its own; a number that is one step further does not.
        solutions.setdefault(_solution_key(model, node.moves), (node.rank, closed, node.turn, node.moves, verdict.picks))
        if len(solutions) == 3 * most:
            break
        # Other candidates for picks that are invalid alone are equally near.
        search.push(node, search.others(node))
    ordered = sorted(solutions.values(), key=lambda solution: solution[:3])
    # To leave out a pick and to pick its default come to the same: the nearer of the two is enough.
    distinct: dict[frozenset[tuple[str, Any]], Moves] = {}
    for _, _, _, moves, picks in ordered:
        distinct.setdefault(frozenset((name, plain_key(value)) for name, value in picks.values.items()), moves)
    return list(distinct.values())[:most]


def price_of(model: Model, verdict: Verdict) -> Credits | None:
    """Return the current price of picks without a fault."""
    return None if verdict.cell is None else prices(model, verdict.cell, verdict.picks.values).credits


def _solution_key(model: Model, moves: Moves) -> tuple[Any, ...]:
    """Return a key of moves: equal keys differ only in numbers, texts or lists, and one of them is enough to offer."""
    parts = (
        (name, candidate.value if model.options[name].listed else candidate.value is NOTHING)
        for name, candidate in moves.items()
    )
    return tuple(sorted(parts, key=lambda part: part[0]))


class _Search:
    """The state of a search: the picks still to try, and how many steps are left."""

    def __init__(self, model: Model, start: Start) -> None:
        self.model, self.start = model, start
        self.left = STEPS
        self.first = {name: candidates[0] for name, candidates in start.wrong.items()}
        # Reversed, so that the first of equal candidates is kept.
        self._known = {
            name: {plain_key(candidate.value): candidate for candidate in reversed(candidates)}
            for name, candidates in start.wrong.items()
        }
        self._replacements: dict[tuple[str, Any, Any], list[Candidate]] = {}
        self._turns = count()
        rank = sum(candidate.rank for candidate in self.first.values())
        self._heap = [Node(len(self.first), rank, False, next(self._turns), {})]  # noqa: FBT003  a record, not a call
        self._seen: set[frozenset[tuple[str, Any]]] = set()

    def nodes(self) -> Iterator[Node]:
        """Yield picks to try, nearest first, until none or no step is left."""
        while self._heap and self.left > 0:
            self.left -= 1
            yield heappop(self._heap)

    def picks(self, node: Node) -> dict[str, Any]:
        """Return the picks of a node: those of the start after its moves."""
        changed = {name: candidate.value for name, candidate in {**self.first, **node.moves}.items()}
        return {name: value for name, value in {**self.start.picked, **changed}.items() if value is not NOTHING}

    def verdict(self, node: Node) -> Verdict:
        """Return the verdict on the picks of a node."""
        return examine_together(self.model, self.picks(node))

    def push(self, node: Node, steps: Iterable[tuple[Moves, bool]]) -> None:
        """Add a node for each set of further moves that is new; each has a flag for whether one of its gates is closed."""
        evaluated = 0
        for more, closed in steps:
            evaluated += 1
            moves = {**node.moves, **more}
            key = frozenset((name, plain_key(candidate.value)) for name, candidate in moves.items())
            if key not in self._seen:
                self._seen.add(key)
                before = [node.moves.get(name) or self.first.get(name) for name in more]
                changes = node.changes + before.count(None) * (-1 if self.start.deep else 1)
                added = sum(candidate.rank for candidate in more.values())
                rank = node.rank + added - sum(candidate.rank for candidate in before if candidate)
                heappush(self._heap, Node(changes, rank, closed, next(self._turns), moves))
        self.left -= evaluated // _PER_STEP

    def replacements(self, option: Option, picked: Any, boundaries: Boundaries) -> list[Candidate]:
        """Return the candidates for an option; cached where they do not depend on the other picks."""
        if not boundaries.is_constant(option.name):
            return self._find_replacements(option, picked, boundaries)
        key = option.name, plain_key(picked), plain_key(boundaries.values.get(option.name))
        if key not in self._replacements:
            self._replacements[key] = self._find_replacements(option, picked, boundaries)
        return self._replacements[key]

    def _find_replacements(self, option: Option, picked: Any, boundaries: Boundaries) -> list[Candidate]:
        candidates = replacements(boundaries, option, picked, filler=self.start.filler)
        # If the pick is invalid alone, its own candidates have the better rank: they say what was meant.
        return [self.known(option.name, candidate.value) or candidate for candidate in candidates]

    def may_move(self, option: Option) -> bool:
        """Whether an option can be picked; a fact cannot, but a search for any possible selection tries its values."""
        return option.follows is None and (not option.fact or self.start.filler)

    def known(self, name: str, value: Any) -> Candidate | None:
        """Return the candidate with this value for a pick that is invalid alone, or None."""
        return self._known[name].get(plain_key(value)) if name in self._known else None

    def others(self, node: Node) -> Iterator[tuple[Moves, bool]]:
        """Yield a move to each further candidate of the listed options whose picks are invalid alone."""
        for name, candidates in self.start.wrong.items():
            if name not in node.moves and self.model.options[name].listed:
                yield from (({name: candidate}, False) for candidate in candidates[1:] if candidate.value is not NOTHING)


def _moves_against(search: _Search, node: Node, verdict: Verdict) -> Iterator[tuple[Moves, bool]]:
    """Yield moves against one fault: a missing field, else a combination that is not sold, else the first broken limit.

    Each has whether it leads to a combination behind a closed gate.
    """
    model, resolved = search.model, verdict.picks
    missing = [fault.field for fault in verdict.faults if fault.code is ViolationCode.MISSING_FIELD and not fault.limits]
    if missing:
        names = _with_dependencies(search, missing[:1])
        yield from _moves_of_options(search, node, resolved, names, frozenset(missing[:1]))
    elif model.cell(resolved.values) is None:
        yield from _moves_to_cells(search, node, resolved)
        others = [name for name in _with_dependencies(search, model.axes) if name not in model.axes]
        yield from _moves_of_options(search, node, resolved, others, frozenset())
    else:
        limit = _first_limit(verdict.faults)
        names = _with_dependencies(search, limit.names)
        yield from _moves_of_options(search, node, resolved, names, frozenset(source_options(model, limit.names)))


def _moves_to_other_prices(search: _Search, node: Node, resolved: Picks) -> Iterator[tuple[Moves, bool]]:
    """Yield the moves of what the price depends on: to other combinations, and of the options that a formula names."""
    model = search.model
    yield from _moves_to_cells(search, node, resolved)
    named = _with_dependencies(search, dict.fromkeys(() if model.price is None else model.price.names))
    yield from _moves_of_options(search, node, resolved, [name for name in named if name not in model.axes], frozenset())


def _first_limit(faults: Iterable[Fault]) -> Limit:
    return next(limit for fault in faults for limit in fault.limits)


def _with_dependencies(search: _Search, names: Iterable[str]) -> list[str]:
    """Return the named options, then those on which they depend, directly or not; without those that cannot be picked."""
    model = search.model
    reached: dict[str, None] = dict.fromkeys(names)
    left = list(reached)
    while left:
        new = [name for name in model.options[left.pop(0)].depends_on if name not in reached]
        reached.update(dict.fromkeys(new))
        left += new
    return [name for name in reached if search.may_move(model.options[name])]


def _moves_of_options(
    search: _Search, node: Node, resolved: Picks, names: Iterable[str], wanted: frozenset[str]
) -> Iterator[tuple[Moves, bool]]:
    """Yield each move of one of the named options; an optional one that is not picked is added only if it is `wanted`."""
    picked, boundaries = search.picks(node), Boundaries(search.model, resolved.values)
    for name in names:
        option = search.model.options[name]
        value = picked.get(name, NOTHING)
        if name in node.moves or (value is NOTHING and option.optional and name not in wanted):
            continue
        candidates = search.replacements(option, value, boundaries)
        yield from (({name: candidate}, node.closed) for candidate in candidates)


def _moves_to_cells(search: _Search, node: Node, resolved: Picks) -> Iterator[tuple[Moves, bool]]:
    """Yield the moves to each of the nearest combinations, and whether one of its gates is closed."""
    model, closed = search.model, search.start.closed
    search.left -= len(model.cells) // _PER_STEP
    picked = search.picks(node)
    options = [(axis, model.options[name]) for axis, name in enumerate(model.axes)]
    axes = [(axis, option) for axis, option in options if search.may_move(option)]
    fixed = [
        (axis, resolved.values.get(option.name)) for axis, option in options if option.fact and not search.may_move(option)
    ]
    cells = model.cells if not fixed else [cell for cell in model.cells if all(cell.values[axis] == v for axis, v in fixed)]
    all_moves = ((_moves_to_cell(search, node, resolved, picked, axes, cell), cell) for cell in cells)
    steps = ((moves, not closed.isdisjoint(cell.gates)) for moves, cell in all_moves if moves)
    yield from nsmallest(_CELLS, steps, key=lambda step: (_distance(search, step[0]), step[1]))


def _distance(search: _Search, moves: Moves) -> tuple[int, int]:
    changed = [name for name in moves if name not in search.first]
    return len(changed), sum(candidate.rank for candidate in moves.values())


def _moves_to_cell(  # noqa: PLR0913, PLR0917  what is picked, and where to
    search: _Search, node: Node, resolved: Picks, picked: Mapping[str, Any], axes: list[tuple[int, Option]], cell: Cell
) -> Moves | None:
    """Return the moves to a combination; None where it would change an option again, or add an optional one."""
    moves: Moves = {}
    for axis, option in axes:
        name, value = option.name, cell.values[axis]
        if resolved.values.get(name) == value:
            continue
        if value is None:
            if name in picked and name not in node.moves and may_be_absent(option):
                moves[name] = Candidate(NOTHING, DROPPED)
        elif name in node.moves or (name not in picked and option.optional):
            return None
        else:
            moves[name] = search.known(name, value) or Candidate(value, CHANGED)
    return moves
