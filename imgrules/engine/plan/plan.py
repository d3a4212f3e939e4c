"""
The plan of a model: reads a selection, and finds its outcome in a cache, by what the rules ask of the selection.

Each option and each text has a slot (`readers`), which tests its value and computes what the rules ask of it. The answers
of all slots are the key of a selection. The outcome of a new key is evaluated by `engine/resolve.py`, and cached. Open
values, such as a prompt, a seed or the URL of a picture, are no part of a key: they are tested and passed on. Nor is a number
without a small range that the price alone counts: `engine/pricing.py` then computes the price for each selection.

A plan reads the model's own names and values. Aliases, near misses and values of unusual classes are replaced first, by
`canonical`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from imgrules.engine.decision import Decision, Status, keep_origin
from imgrules.engine.lazy import put
from imgrules.engine.plan.accepts import accepts_shared
from imgrules.engine.plan.asks import asks_of
from imgrules.engine.plan.codegen import Shape, read_of
from imgrules.engine.plan.expressions import itself, length
from imgrules.engine.plan.outcome import REFUSED, Outcome, outcome_of
from imgrules.engine.plan.readers import Computed, Slot, computed_slot, field_slot, option_slot
from imgrules.engine.resolve import Picks, keeps, picks
from imgrules.table.bounded_cache import Memory
from imgrules.table.moments import datetime_of, is_datetime, moment
from imgrules.table.records import Cell, Model, Table, cap_of, fields_of

_MOST = 1024  # cached outcomes of one model

Answer: TypeAlias = tuple[Outcome, *tuple[Any, ...]]
"""
An outcome, followed by the open values of the selection; for a model that changes with time, the last one is the moment.

One tuple holds them all, because making a second one costs a tenth of a decision.
"""

NO: Answer = (REFUSED,)
"""The answer for an impossible selection."""


class Plan:
    """
    The precompiled reader of selections of a model in one period of time, with a cache of their outcomes.

    `read` returns the outcome of a selection, with its open values; None if a value may be an alias or a near miss.
    `places` are the indexes of open values in that tuple, by name.
    """

    __slots__ = (
        "_asked",
        "_bare",
        "_cap",
        "_counted",
        "_shape",
        "_texts",
        "dated",
        "model",
        "outcomes",
        "places",
        "read",
        "slots",
        "table",
    )

    def __init__(self, table: Table, model: Model, *, dated: bool = False) -> None:
        self.table, self.model, self.dated = table, model, dated
        self.outcomes = Memory(_MOST)
        self._texts = _text_slots(table, model)
        option_slots = _option_slots(model)
        self._asked = sum(bool(slot.ask) for slot in option_slots)
        self.slots: list[Slot | Computed] = [*option_slots, *self._texts]
        self.places = {slot.name: place for place, slot in enumerate((slot for slot in self.slots if slot.open), start=1)}
        in_key = {slot.name for slot in option_slots if slot.ask in {itself, length}}
        self._counted = frozenset(model.price.counted if model.price is not None else ()) - in_key
        cap = cap_of(table, model)
        self._cap = None if cap is None else cap.name
        self._shape = Shape(self.slots, bool(model.aliases), dated, usual=True, factual=bool(model.facts), cap=self._cap)
        self.read: Callable[..., Answer | None]
        self.read = read_of(self._shape, (self.outcomes.get, self.first, NO, self._read_bare))
        self._bare: Any = None

    def _read_bare(self, selection: Mapping[Any, Any], at: Any, *facts: Mapping[str, Any]) -> Answer | None:
        """Read a selection without a text that is usual, such as one that is decided before a prompt is written."""
        if self._bare is None:
            shape = self._shape._replace(usual=False)
            self._bare = read_of(shape, (self.outcomes.get, self.first, NO, None))
        answer: Answer | None = self._bare(selection, at, *facts)
        return answer

    def given(self, selection: Mapping[Any, Any], at: Any, facts: Any) -> Answer | None:
        """
        Return the outcome of a selection with stated facts; None where these, or the selection, have to be read with care.

        A fact that is shared by the models and has no effect on this one is tested here.
        """
        own, known = {}, self.model.facts
        for name, value in facts.items() if type(facts) is dict else (("", None),):
            if value is None or type(value) is dict:
                return None
            if name in known:
                own[name] = value
            elif name not in self.table.facts or accepts_shared(self.table, name)(value) is None:
                return None
        return self.read(selection, at, own) if known else self.read(selection, at)

    def first(self, key: tuple[Any, ...], given: Iterable[Any]) -> Outcome | None:
        """
        Evaluate the outcome of a new key; return None where a value may be an alias or a near miss.

        `given` are the values from which the key was made, one for each slot, or None. The outcome depends on them alone.
        """
        picked = {}
        for slot, value in zip(self.slots, given, strict=True):
            if value is None or isinstance(slot, Computed):
                continue
            picked[slot.name] = slot.accept(value)
            if picked[slot.name] is None:
                return None if slot.unsure else REFUSED
        resolved = picks(self.model, {name: value for name, value in picked.items() if name in self.model.options})
        cell = None if resolved.open or resolved.misplaced else self.model.cell(resolved.values)
        if cell is None or not all(keeps(limit, resolved.values, self.model) for limit in self.model.open_limits):
            refused: Outcome = self.outcomes.keep(key, REFUSED)
            return refused
        return self.outcomes.keep(key, self._outcome(key, cell, picked, resolved))

    def _outcome(self, key: tuple[Any, ...], cell: Cell, picked: Mapping[str, Any], resolved: Picks) -> Outcome:
        opened = frozenset(name for name in resolved.values if self._is_open(name, picked))
        outcome = outcome_of(
            self.table,
            self.model,
            cell,
            resolved,
            picked,
            places=self.places,
            opened=opened,
            key=key,
            dated=self.dated,
            counts=not self._counted.isdisjoint(opened),
        )
        if opened or outcome.noted or self.dated:
            return outcome
        price = outcome.costs(())
        sold = Decision(
            Status.ALLOWED,
            self.model.id,
            outcome.shown(()),
            price.credits,
            regular=price.regular,
            filled=outcome.filled,
            currency=self.table.currency,
            estimate=price.estimate,
            regular_estimate=price.regular_estimate,
        )
        keep_origin(sold, (outcome, *[None] * len(self.places)))
        put(outcome, "sold", sold)
        return outcome

    def _is_open(self, name: str, picked: Mapping[str, Any]) -> bool:
        """Whether the value of an option is passed on; a listed value of an option with a rule is in the key instead."""
        option = self.model.options[name]
        if name not in self.places or (option.follows is None and name not in picked):
            return False
        return (
            option.listed or option.many is not None or option.follows is not None or not _is_named(option.values, picked[name])
        )

    def _given(self, accepted: list[Any]) -> list[bool]:
        """Return the part of a key about texts: which of them are given; `usual` texts are listed only if one is missing."""
        given = [(slot.usual, text is not None) for slot, text in zip(self._texts, accepted, strict=True)]
        lacking = any(usual and not is_given for usual, is_given in given)
        return [is_given for usual, is_given in given if lacking or not usual]

    def again(self, origin: Answer, selection: Mapping[Any, Any], at: str | None) -> Answer | None:
        """Return the outcome of the same options with the texts of a selection; None if it has to be looked up again."""
        outcome = origin[0]
        if outcome.noted or self.model.aliases:
            # Neither the picked values nor an alias of a text can be recovered from the resolved selection.
            return None
        text_count = len(self._texts)
        given = [selection.get(slot.name) for slot in self._texts]
        accepted = [None if text is None else slot.accept(text) for slot, text in zip(self._texts, given, strict=True)]
        if accepted.count(None) != given.count(None):
            return None
        key = (*outcome.key[: self._asked], *self._given(accepted))
        next_outcome = self.outcomes.get(key)
        if next_outcome is None:
            resolved = outcome.chosen(origin)
            picked = {name: value for name, value in resolved.items() if name not in outcome.filled}
            texts = {slot.name: text for slot, text in zip(self._texts, accepted, strict=True) if text is not None}
            next_outcome = self.first(key, map({**picked, **texts}.get, [slot.name for slot in self.slots]))
        if next_outcome is None:
            return None
        values = (*origin[1 : 1 + len(self.places) - text_count], *accepted, *[at] * self.dated)
        most = selection.get(self._cap) if self._cap is not None else None
        answer: Answer = (next_outcome, *values)
        return None if most is not None and next_outcome.costs_more(answer, most) else answer


def _is_named(values: Mapping[str, Any], value: Any) -> bool:
    return type(value) is str and value in values


def _text_slots(table: Table, model: Model) -> list[Slot]:
    """Return the slots of the texts; those of a type are made once for all models that have no others."""
    if model.fields:
        return [field_slot(text) for text in model.fields.values()]
    cached: list[Slot] | None = table.memory.get(("texts", model.type))
    if cached is None:
        cached = table.memory.keep(("texts", model.type), [field_slot(text) for text in fields_of(table, model).values()])
    return cached


def _option_slots(model: Model) -> list[Slot | Computed]:
    """Return the slots of the options, each after those that it is computed from."""
    asks, in_key = asks_of(model), set[str]()
    followed = {name for option in model.options.values() if option.follows for name in option.follows.names}
    slots: list[Slot | Computed] = []
    for option in model.order:
        if option.follows is None:
            slot: Slot | Computed = option_slot(model, option, asks)
            if slot.ask in {itself, length}:
                in_key.add(option.name)
        elif in_key.issuperset(option.follows.names):
            # It follows from options whose whole value is in the key.
            in_key.add(option.name)
            if option.name not in followed:
                continue
            slot = computed_slot(model, option, asks)._replace(ask=None, open=False)
        else:
            slot = computed_slot(model, option, asks)
        slots.append(slot)
    return slots


class Periods:
    """The plans of a model that changes with time, one for each period between changes, each made at its first use."""

    __slots__ = ("_datetimes", "_plans", "_starts", "_table", "_versions")

    def __init__(self, table: Table, model: Model) -> None:
        self._table, self._versions = table, model.versions
        self._starts = [change.at for change in model.changes]
        self._datetimes = list(map(datetime_of, self._starts))
        self._plans: dict[int, Plan] = {}

    def at(self, now: str) -> Plan | None:
        """Return the plan at a moment in UTC; None where the model is not available."""
        return self._made(bisect_right(self._starts, now))

    def all(self) -> Iterator[Plan | None]:
        """Return an iterator over the plans of all periods, in order of time; None where the model is not available."""
        return map(self._made, range(len(self._versions)))

    def _made(self, place: int) -> Plan | None:
        plan = self._plans.get(place)
        if plan is None and self._versions[place].gone is None:
            plan = self._plans.setdefault(place, Plan(self._table, self._versions[place], dated=True))
        return plan

    def read(self, selection: Mapping[Any, Any], at: object) -> Answer | None:
        """Return the outcome of a selection at a moment; None without a moment, or for one of an unusual class."""
        if is_datetime(at):
            # Compared as it is: converting it to text, which `Decision.at` does later, takes longer than a decision.
            plan = self._made(bisect_right(self._datetimes, at))
        elif type(at) is str:
            plan = self.at(moment(at) or "")
        else:
            return None
        return NO if plan is None else plan.read(selection, at)

    def given(self, selection: Mapping[Any, Any], at: object, facts: Any) -> Answer | None:
        """Return the outcome of a selection with stated facts, as `Plan.given` does, at a moment."""
        now = moment(at) if is_datetime(at) or type(at) is str else None
        plan = None if now is None else self.at(now)
        return None if plan is None else plan.given(selection, at, facts)


def planned(table: Table, name: str) -> Plan | Periods | None:
    """Return the plan of a model, made at its first use and cached; None where there is no such model."""
    cached: Plan | Periods | None = table.ready.get(name)
    model = table.models.get(name)
    if cached is not None or model is None:
        return cached
    new_plan = Periods(table, model) if model.changes or model.gone else Plan(table, model)
    plan: Plan | Periods = table.ready.setdefault(model.id, new_plan)
    return plan
