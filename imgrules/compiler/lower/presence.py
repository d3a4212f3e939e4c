"""
Which options may be present together: proven over all combinations of a model at once.

Each question is about rows of a grid, one for each combination that is sold, as a bit set. Of an option that no row has a
value for, such as a size or a list, only its presence is followed: in which rows it may be there, and in which it has to be.
A test of its value may hold or not. So what is refuted is refuted for every selection; what is not may still be impossible.
Conditions take a list without entries for nothing, so that a list is followed as there only where it has entries.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from operator import and_

from imgrules.compiler.lower.grid import Bits, Grid
from imgrules.engine.resolve import holds
from imgrules.table.measures import MOST, limits
from imgrules.table.options import Option
from imgrules.table.records import Model
from imgrules.table.terms import Condition, Limit, Number, Test

_LONGEST = 20  # entries of a list; a longer one passes the tests that one of these lengths passes
_MOST_ROUNDS = 50  # how often all limits are applied again; fewer rounds prove less, and nothing wrong
_MOST_STEPS = 40_000  # limits and conditions that are applied for one model; beyond them nothing more is proven
_MOST_ASSUMED = 500  # options and names in limits that are looked at to see whether options can be there one by one
_MOST_CASES = 6  # how many options are assumed to be there, and then not to be there, one inside the other


class State:
    """
    What is known in one case: the rows that are left, and for each option in which rows it may, and has to, be there.

    `picked` are options that exist in all rows, among them lists that may have no entries.
    """

    def __init__(self, rows: Bits, may: dict[str, Bits], must: dict[str, Bits], picked: frozenset[str]) -> None:
        self.rows, self.may, self.must, self.picked = rows, may, must, picked

    def copy(self) -> State:
        """Return a copy that can be narrowed."""
        return State(self.rows, dict(self.may), dict(self.must), self.picked)

    def narrow(self) -> None:
        """Drop the rows in which an option has to be there and cannot be."""
        for name, must in self.must.items():
            self.rows &= ~(must & ~self.may[name])

    @property
    def size(self) -> int:
        """A number that shrinks whenever more is known."""
        rows = self.rows
        return rows.bit_count() + sum(
            (self.may[name] & rows).bit_count() + (~self.must[name] & rows).bit_count() for name in self.may
        )


def _may_be_empty(option: Option) -> bool:
    return option.many is not None and not option.many.min


class Presence:
    """What the limits and conditions of a model say about the presence of its options, in one period."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.grid = Grid(model, [cell.values for cell in model.cells])
        self.unbound = {name: option for name, option in model.options.items() if name not in model.axes}
        self.limits = [limit for limit in model.limits if not self.unbound.keys().isdisjoint(limit.names)]
        self.conditional = [option for option in model.options.values() if self._is_conditional(option)]
        self.steps = 0
        """How many limits and conditions were applied until now, as a measure of the work."""

    def _is_conditional(self, option: Option) -> bool:
        """Whether something follows from an option alone: it has a condition, or has to be there, and no row says so."""
        if option.name in self.unbound:
            return option.conditional or not option.optional
        tests = (*option.when, *(test for limit in option.ignored for test in limit.when))
        return not self.unbound.keys().isdisjoint(test.name for test in tests)

    def together(self, rows: Bits, present: Iterable[str]) -> State | None:
        """Return what is left if these options without rows are there in some of these rows; None if that is never so."""
        state = self._assumed(rows, frozenset(present))
        return None if state is None else self._possible(state, _MOST_CASES)

    def alone(self, rows: Bits, present: Iterable[str]) -> State | None:
        """Return what certainly follows if these options without rows are there in some of these rows; None if that is never so."""
        state = self._assumed(rows, frozenset(present))
        if state is not None:
            self._propagate(state)
        return state if state is not None and state.rows else None

    def never_picked(self, state: State) -> list[str]:
        """Return the options without rows that exist, and that limits never let anybody pick, in the author's order."""
        weight = len(self.unbound) + sum(len(limit.names) for limit in self.limits)
        assumed = self._asked[: _MOST_ASSUMED // weight]
        return [
            option.name
            for option in self.unbound.values()
            if not option.fact
            and option.follows is None
            and state.rows & self._existing(state, option)[1]
            and (
                not state.rows & state.may[option.name]
                or (option.name in assumed and self.alone(state.rows, (option.name,)) is None)
            )
        ]

    def excludes(self, state: State, present: Iterable[str], rows: Bits) -> bool:
        """Whether one of these options without rows cannot be there in any of these rows; a list may be there without entries."""
        return any(not rows & state.may[name] for name in present if not _may_be_empty(self.unbound[name]))

    def _assumed(self, rows: Bits, picked: frozenset[str]) -> State | None:
        if not self._have_numbers(picked):
            return None
        may = dict.fromkeys(self.unbound, self.grid.all)
        must = {
            name: self.grid.all if name in picked and not _may_be_empty(option) else 0 for name, option in self.unbound.items()
        }
        return State(rows, may, must, picked)

    def _have_numbers(self, picked: frozenset[str]) -> bool:
        """Whether there is a number, or a length, in all of the ranges that the conditions of some options ask of one option."""
        ranges: dict[str, tuple[Number, Number]] = {}
        for test in (test for name in picked for test in self.unbound[name].when):
            least, most = ranges.get(test.name, (-MOST, MOST))
            least, most = max(least, -MOST if test.min is None else test.min), min(most, MOST if test.max is None else test.max)
            ranges[test.name] = least, most
        return all(least <= most for least, most in ranges.values())

    def _possible(self, state: State, cases: int) -> State | None:
        """Return the first case that is not refuted, in which as many options as can be are there, or not there, or None."""
        self._propagate(state)
        if not state.rows:
            return None
        undecided = (name for name in self._asked if state.rows & state.may[name] & ~state.must[name])
        name = next(undecided, None) if cases and self.steps < _MOST_STEPS else None
        if name is None:
            return state
        absent, there = state.copy(), state
        absent.may[name] = 0
        there.must[name] = self.grid.all
        return self._possible(absent, cases - 1) or self._possible(there, cases - 1)

    @cached_property
    def _asked(self) -> tuple[str, ...]:
        """The options without rows whose presence limits and conditions ask for, in the author's order."""
        names = {name for limit in self.limits for name in limit.names}
        names |= {name for option in self.conditional for name in option.depends_on}
        return tuple(name for name in self.unbound if name in names)

    def _propagate(self, state: State) -> None:
        """Apply every limit and condition until nothing more follows."""
        size = -1
        for _ in range(_MOST_ROUNDS):
            state.narrow()
            if not state.rows or size == state.size or self.steps >= _MOST_STEPS:
                return
            size = state.size
            for option in self.conditional:
                self._apply_conditions(state, option)
            for limit in self.limits:
                self._apply(state, limit)
            self.steps += len(self.conditional) + len(self.limits)

    def _apply_conditions(self, state: State, option: Option) -> None:
        """Apply `when` of an option, the limits that ignore it, and that it has to be there without them."""
        ignoring = [limit.when for limit in option.ignored]
        there = self.grid.all if option.name in state.picked else self._there(state, option.name)
        for condition in ignoring:
            self._deny(state, condition, state.rows & there)
        self._assert(state, option.when, state.rows & there)
        certain, possible = self._existing(state, option)
        # A fact that changes nothing need not be known.
        needed = option.required or option.default is not None
        if not needed or option.optional or option.follows or option.fact or _may_be_empty(option):
            certain = 0
        self._allow(state, option.name, certain, absent=False, present=True)
        self._allow(state, option.name, self.grid.all & ~possible, absent=True, present=False)

    def _existing(self, state: State, option: Option) -> tuple[Bits, Bits]:
        """Return the rows in which an option exists by its own conditions, and those in which it may exist."""
        certain, possible = self._known(state, option.when)
        for limit in option.ignored:
            ignored, maybe_ignored = self._known(state, limit.when)
            certain, possible = certain & ~maybe_ignored, possible & ~ignored
        return certain, possible

    def _there(self, state: State, name: str) -> Bits:
        return state.must[name] if name in self.unbound else self.grid.all & ~self.grid.having(name, None)

    def _apply(self, state: State, limit: Limit) -> None:
        """Apply a limit: what it demands where `when` holds, and that `when` does not hold where that is broken."""
        certain, _ = self._known(state, limit.when)
        rows = state.rows & certain
        for test in limit.only:
            self._assert_test(state, test, rows, only=True)
        if limit.never:
            self._deny(state, limit.never, rows)
        for name in limit.needs:
            self._assert_test(state, Test(name, none=(None,)), rows)
        self._deny(state, limit.when, state.rows & self._broken(state, limit))

    def _broken(self, state: State, limit: Limit) -> Bits:
        """Return the rows in which what a limit demands cannot be."""
        broken = self._known(state, limit.never)[0] if limit.never else 0
        for name in limit.needs:
            broken |= ~self._outcomes(state, Test(name, none=(None,)))[1]
        for test in limit.only:
            broken |= ~self._outcomes(state, test, only=True)[1]
        return broken & self.grid.all

    def _known(self, state: State, condition: Condition) -> tuple[Bits, Bits]:
        """Return the rows in which a condition holds, and those in which it may hold."""
        certain = possible = self.grid.all
        for test in condition:
            holding, perhaps = self._outcomes(state, test)
            certain, possible = certain & holding, possible & perhaps
        return certain, possible

    def _outcomes(self, state: State, test: Test, *, only: bool = False) -> tuple[Bits, Bits]:
        """Return the rows in which a test passes, and those in which it may; with `only`, it passes for what is not there."""
        if test.name not in self.unbound:
            rows = self.grid.holding((test,)) | (self.grid.having(test.name, None) if only else 0)
            return rows, rows
        absent, present = self._results(test, only=only)
        may, must = state.may[test.name], state.must[test.name]
        possible = (may if True in present else 0) | (self.grid.all & ~must if absent else 0)
        certain = (self.grid.all & ~may if False in present else self.grid.all) & (self.grid.all if absent else must)
        return certain, possible

    def _results(self, test: Test, *, only: bool) -> tuple[bool, frozenset[bool]]:
        """Return the result of a test if its option is not there, and the results that it may have if it is."""
        option = self.unbound[test.name]
        absent = holds((test,), {}, self.model) or (only and option.many is None)
        if option.many is not None:
            least, most = limits(option.many)
            lengths = range(max(1, int(least)), min(int(most), _LONGEST) + 1)
            return absent, frozenset(holds((test,), {test.name: ["x"] * length}, self.model) for length in lengths)
        listed = test.any or test.none
        others = any(value is not None for value in listed)
        return absent, frozenset({True, False} if others or not listed else {not test.any})

    def _assert(self, state: State, condition: Condition, rows: Bits) -> None:
        for test in condition:
            self._assert_test(state, test, rows)

    def _assert_test(self, state: State, test: Test, rows: Bits, *, only: bool = False) -> None:
        """Drop what would fail a test in some rows."""
        if test.name not in self.unbound:
            state.rows &= ~(rows & ~self._outcomes(state, test, only=only)[0])
            return
        absent, present = self._results(test, only=only)
        self._allow(state, test.name, rows, absent=absent, present=True in present)

    def _deny(self, state: State, condition: Condition, rows: Bits) -> None:
        """Drop what would make a condition hold in some rows: where all other tests pass, a test has to fail."""
        if not condition:
            state.rows &= ~rows
            return
        certain = [self._outcomes(state, test)[0] for test in condition]
        before = [self.grid.all, *accumulate(certain, and_)]
        after = [self.grid.all, *accumulate(reversed(certain), and_)][::-1]
        for test, others in zip(condition, map(and_, before[:-1], after[1:]), strict=True):
            if test.name not in self.unbound:
                state.rows &= ~(rows & others & self._outcomes(state, test)[0])
                continue
            absent, present = self._results(test, only=False)
            self._allow(state, test.name, rows & others, absent=not absent, present=False in present)

    def _allow(self, state: State, name: str, rows: Bits, *, absent: bool, present: bool) -> None:
        """Note for some rows whether an option may be absent, and whether it may be there."""
        if name not in self.unbound:
            missing = self.grid.having(name, None)
            state.rows &= ~rows | (missing if absent else 0) | (self.grid.all & ~missing if present else 0)
            return
        if not present:
            state.may[name] &= ~rows
        if not absent:
            state.must[name] |= rows
