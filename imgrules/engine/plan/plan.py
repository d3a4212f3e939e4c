"""
A plan for each model: how a selection of it is read, and what comes of it, found once for all that the rules cannot tell apart.

Each option and each text has a slot (`readers`), which checks its value and tells what the rules ask of it. What they ask of
a whole selection is its key; what comes of a key is evaluated when it is first met, by the one interpreter of the rules, and
kept. Open values, such as a prompt, a seed or the address of a picture, are no part of a key: they are checked and handed on.

A plan reads the model's own names and values. Other names, near misses and odd kinds are brought into them first
(`canonical`), and then go the same way.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from imgrules.engine.decision import Decision, Status, keep_origin
from imgrules.engine.lazy import put
from imgrules.engine.plan.asks import asks_of
from imgrules.engine.plan.codegen import Shape, read_of
from imgrules.engine.plan.expressions import itself, length
from imgrules.engine.plan.outcome import REFUSED, Outcome, outcome_of
from imgrules.engine.plan.readers import Computed, Slot, computed_slot, field_slot, option_slot
from imgrules.engine.resolve import Picks, keeps, picks
from imgrules.table.bounded_cache import Memory
from imgrules.table.moments import datetime_of, is_datetime, moment
from imgrules.table.records import Cell, Model, Table, fields_of

_MOST = 1024  # so many outcomes of one model are kept

Found: TypeAlias = tuple[Outcome, *tuple[Any, ...]]
"""
What comes of a selection, and behind it its open values; of a model that changes with time, the moment is the last of them.

One tuple has them all, because making a second one costs a tenth of a decision.
"""

NO: Found = (REFUSED,)
"""What is known to be impossible."""


class Plan:
    """
    How selections of a model are read, as the model is in one stretch of time.

    `read` returns what comes of a selection, with its open values; None where a value may be another name or a near miss.
    `places` are those of open values.
    """

    __slots__ = ("_asked", "_bare", "_shape", "_texts", "dated", "model", "outcomes", "places", "read", "slots", "table")

    def __init__(self, table: Table, model: Model, *, dated: bool = False) -> None:
        self.table, self.model, self.dated = table, model, dated
        self.outcomes = Memory(_MOST)
        self._texts = [field_slot(each) for each in fields_of(table, model).values()]
        options = _option_slots(model)
        self._asked = sum(bool(each.ask) for each in options)
        self.slots: list[Slot | Computed] = [*options, *self._texts]
        self.places = {each.name: place for place, each in enumerate((each for each in self.slots if each.open), start=1)}
        self._shape = Shape(self.slots, bool(model.aliases), dated, usual=True)
        self.read: Callable[[Mapping[Any, Any], Any], Found | None]
        self.read = read_of(self._shape, (self.outcomes.get, self.first, NO, self._read_bare))
        self._bare: Any = None

    def _read_bare(self, selection: Mapping[Any, Any], at: Any) -> Found | None:
        """Read a selection that lacks something usual, such as the texts that it is decided without."""
        if self._bare is None:
            shape = self._shape._replace(usual=False)
            self._bare = read_of(shape, (self.outcomes.get, self.first, NO, None))
        found: Found | None = self._bare(selection, at)
        return found

    def first(self, key: tuple[Any, ...], given: Iterable[Any]) -> Outcome | None:
        """
        Evaluate what comes of a key that is met for the first time; None where a value may be another name.

        `given` are the values of which the key was made, a value or None for each slot: what is kept is made of nothing else.
        """
        picked = {}
        for slot, value in zip(self.slots, given, strict=True):
            if value is None or isinstance(slot, Computed):
                continue
            picked[slot.name] = slot.accept(value)
            if picked[slot.name] is None:
                return None if slot.unsure else REFUSED
        there = picks(self.model, {name: each for name, each in picked.items() if name in self.model.options})
        cell = None if there.open or there.misplaced else self.model.cell(there.values)
        if cell is None or not all(keeps(limit, there.values, self.model) for limit in self.model.open_limits):
            refused: Outcome = self.outcomes.keep(key, REFUSED)
            return refused
        return self.outcomes.keep(key, self._outcome(key, cell, picked, there))

    def _outcome(self, key: tuple[Any, ...], cell: Cell, picked: Mapping[str, Any], there: Picks) -> Outcome:
        opened = frozenset(each for each in there.values if self._is_open(each, picked))
        made = outcome_of(
            self.table, self.model, cell, there, picked, places=self.places, opened=opened, key=key, dated=self.dated
        )
        if opened or made.noted or self.dated:
            return made
        sold = Decision(Status.ALLOWED, self.model.id, made.select, made.credits, regular=made.regular, filled=made.filled)
        keep_origin(sold, (made, *[None] * len(self.places)))
        put(made, "sold", sold)
        return made

    def _is_open(self, name: str, picked: Mapping[str, Any]) -> bool:
        """Whether what an option holds is handed on; a value that it names, of all that it takes by a rule, is in the key."""
        option = self.model.options[name]
        if name not in self.places or (option.follows is None and name not in picked):
            return False
        return (
            option.listed or option.many is not None or option.follows is not None or not _is_named(option.values, picked[name])
        )

    def _given(self, taken: list[Any]) -> list[bool]:
        """Return what a key holds of the texts: where no usual one is lacking, nothing of those."""
        given = [(slot.usual, each is not None) for slot, each in zip(self._texts, taken, strict=True)]
        lacking = any(usual and not there for usual, there in given)
        return [there for usual, there in given if lacking or not usual]

    def again(self, origin: Found, selection: Mapping[Any, Any], at: str | None) -> Found | None:
        """Return what comes of the same options with the texts of a selection; None where it has to be read once more."""
        outcome = origin[0]
        if outcome.noted or self.model.aliases:
            # What was picked cannot be told from what is understood, nor a text by another name from an unknown one.
            return None
        many = len(self._texts)
        given = [selection.get(each.name) for each in self._texts]
        taken = [None if each is None else slot.accept(each) for slot, each in zip(self._texts, given, strict=True)]
        if taken.count(None) != given.count(None):
            return None
        key = (*outcome.key[: self._asked], *self._given(taken))
        found = self.outcomes.get(key)
        if found is None:
            known = outcome.chosen(origin)
            own = {name: each for name, each in known.items() if name not in outcome.filled}
            texts = {slot.name: each for slot, each in zip(self._texts, taken, strict=True) if each is not None}
            found = self.first(key, map({**own, **texts}.get, [each.name for each in self.slots]))
        values = (*origin[1 : 1 + len(self.places) - many], *taken, *[at] * self.dated)
        return None if found is None else (found, *values)


def _is_named(values: Mapping[str, Any], value: Any) -> bool:
    return type(value) is str and value in values


def _option_slots(model: Model) -> list[Slot | Computed]:
    """Return how the options are read, each behind what it is computed from."""
    asks, told = asks_of(model), set[str]()
    followed = {each for option in model.options.values() if option.follows for each in option.follows.names}
    made: list[Slot | Computed] = []
    for option in model.order:
        if option.follows is None:
            slot: Slot | Computed = option_slot(model, option, asks)
            if slot.ask in {itself, length}:
                told.add(option.name)
        elif told.issuperset(option.follows.names):
            # It follows from the key.
            told.add(option.name)
            if option.name not in followed:
                continue
            slot = computed_slot(model, option, asks)._replace(ask=None, open=False)
        else:
            slot = computed_slot(model, option, asks)
        made.append(slot)
    return made


class Stretches:
    """The plans of a model that changes with time, one for each stretch of it, each made when it is first asked for."""

    __slots__ = ("_datetimes", "_plans", "_starts", "_table", "_versions")

    def __init__(self, table: Table, model: Model) -> None:
        self._table, self._versions = table, model.versions
        self._starts = [each.at for each in model.changes]
        self._datetimes = list(map(datetime_of, self._starts))
        self._plans: dict[int, Plan] = {}

    def at(self, now: str) -> Plan | None:
        """Return the plan at a moment; None where nothing is sold then."""
        return self._made(bisect_right(self._starts, now))

    def all(self) -> Iterator[Plan | None]:
        """Yield the plan of each stretch, one after another."""
        return map(self._made, range(len(self._versions)))

    def _made(self, place: int) -> Plan | None:
        found = self._plans.get(place)
        if found is None and self._versions[place].gone is None:
            found = self._plans.setdefault(place, Plan(self._table, self._versions[place], dated=True))
        return found

    def read(self, selection: Mapping[Any, Any], at: object) -> Found | None:
        """Return what comes of a selection at a moment; None without one, or for one of an odd kind."""
        if is_datetime(at):
            # It is compared as it is, and written down for those who look at it: that takes longer than a whole decision.
            plan = self._made(bisect_right(self._datetimes, at))
        elif type(at) is str:
            plan = self.at(moment(at) or "")
        else:
            return None
        return NO if plan is None else plan.read(selection, at)


def planned(table: Table, name: str) -> Plan | Stretches | None:
    """Return the plan of a model, made when it is first asked for; None where there is no such model."""
    known: Plan | Stretches | None = table.ready.get(name)
    model = table.models.get(name)
    if known is not None or model is None:
        return known
    made = Stretches(table, model) if model.changes or model.gone else Plan(table, model)
    plan: Plan | Stretches = table.ready.setdefault(model.id, made)
    return plan
