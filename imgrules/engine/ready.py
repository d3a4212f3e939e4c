"""
What is made once, so that a sound selection of a plain model is answered by one look-up.

A model is asked in few ways: with these option names and those texts. For each way, the picked values lead to an
answer that lies ready: the decision, the keys of its gates, and the body that waits for its texts. A way and an answer
are made when they are first asked for, and shared by all callers from then on; two threads that make one at once make
the same. Nothing here is made of what a caller sent, so there are never more of them than the rules have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from imgrules.engine.decision import Decision, Lock, Status, keep_form
from imgrules.engine.emit import Form, form
from imgrules.engine.generated import reader_of
from imgrules.engine.moments import is_moment
from imgrules.engine.parts import SOMETHING
from imgrules.engine.quantities import fits_text, is_whole_text
from imgrules.engine.table import MODEL, Cell, Gate, Model, Table, fields_of, say


def are_grants(grants: Any) -> bool:
    """Answer whether these are texts, in what grants usually come in."""
    # A class may raise when it is looked up or compared, and not when it is looked at.
    kind = type(grants)
    return (kind is frozenset or kind is set or kind is tuple or kind is list) and are_texts(grants)


def are_texts(each: Iterable[object]) -> bool:
    """Answer whether all of these are texts, and of no other class."""
    for one in each:  # noqa: SIM110  most requests come by here, and `all` takes twice as long
        if type(one) is not str:
            return False
    return True


_MOST = 64  # so many ways to ask for one model, and languages of one lock, are kept
_LONGEST = 35  # no tag of a language that is in use is longer


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What is ready for one combination, asked in one way.

    `decision` is what is answered to those to whom its gates are open; `gates` have the grants that open each by its name.
    `form` is the body; there is none where a text is `lacking` that it needs, or where it is made in another way.
    """

    decision: Decision | None = None
    gates: tuple[tuple[str, frozenset[str]], ...] = ()
    form: Form | None = None
    lacking: bool = False
    _locked: dict[tuple[Any, ...], Decision] = field(default_factory=dict, repr=False, compare=False)

    def closed(self, grants: Any) -> tuple[str, ...] | None:
        """Answer the gates that are closed to somebody; None for grants of an odd kind, which take a closer look."""
        if not are_grants(grants):
            return None
        found: tuple[str, ...] = ()
        for name, key in self.gates:
            if key.isdisjoint(grants):
                found = (*found, name)
        return found

    def locked(self, table: Table, sold: Decision, gates: tuple[str, ...], language: str | None) -> Decision:
        """Answer the decision for somebody to whom gates are closed, in place of the one if they were open."""
        # A caller may name any language, and anything else in place of one.
        usual = language is None or (type(language) is str and len(language) <= _LONGEST)
        found = self._locked.get((language, gates)) if usual else None
        if found is None:
            locks = tuple(lock(table, table.gates[each], language) for each in gates)
            found = Decision(Status.LOCKED, sold.model, sold.select, sold.credits, locks, regular=sold.regular)
            if usual and len(self._locked) < _MOST:
                self._locked[language, gates] = found
        return found


IMPOSSIBLE = Answer()
"""Stands for every selection of which it is known already that it is impossible."""

Reader: TypeAlias = Callable[[dict[Any, Any]], Answer | None]


def lock(table: Table, gate: Gate, language: str | None) -> Lock:
    """Show a gate to a caller, in a language."""
    return Lock(gate.name, say(gate.label, language, table.languages), gate.icon, gate.action)


class Way:
    """
    One way to ask for a model: with these options and texts, and no others.

    `read` answers what lies ready for a selection, or None for one that has other names.
    """

    __slots__ = ("_model", "_names", "_picked", "_table", "answers", "cells", "read")

    def __init__(self, table: Table, model: Model, names: frozenset[str]) -> None:
        self._table, self._model, self._names = table, model, names
        self._picked = tuple(each for each in model.axes if each in names)
        self.answers: dict[tuple[str, ...], Answer] = {}
        whole = len(self._picked) == len(model.axes)
        self.cells = len(model.cells) if whole else sum(map(self._is_asked_for, model.cells))
        texts = {each.name: each.text for each in fields_of(table, model).values() if each.name in names}
        unmeasured = tuple(name for name, rule in texts.items() if rule == SOMETHING)
        measured = tuple(name for name, rule in texts.items() if rule != SOMETHING)
        reader = reader_of(self._picked, unmeasured, measured)
        rules = [texts[each] for each in measured]
        self.read: Reader = reader(self.answers, self._first, rules, is_whole_text, fits_text, IMPOSSIBLE)

    def _is_asked_for(self, cell: Cell) -> bool:
        """Answer whether a cell has the default of every option that is not given."""
        held = zip(self._model.options.values(), cell.values, strict=True)
        return all(option.name in self._names or option.default == value for option, value in held)

    def _filled(self, picked: tuple[str, ...]) -> tuple[Any, ...]:
        """Answer a value for each option: what is picked, or else its default."""
        given = dict(zip(self._picked, picked, strict=True))
        return tuple(given.get(name, option.default) for name, option in self._model.options.items())

    def _first(self, picked: tuple[str, ...]) -> Answer:
        """Make the answer to picked values that are asked for the first time."""
        if len(self.answers) == self.cells:
            return IMPOSSIBLE
        values = picked if len(picked) == len(self._model.axes) else self._filled(picked)
        cell = self._model.by_values.get(values)
        if cell is None:
            return IMPOSSIBLE
        answer = self.answers[picked] = _answer(self._table, self._model, cell, self._names)
        return answer


def _answer(table: Table, model: Model, cell: Cell, names: frozenset[str]) -> Answer:
    select = {MODEL: model.id, **dict(zip(model.axes, cell.values, strict=True))}
    decision = Decision(Status.ALLOWED, model.id, select, cell.credits, regular=cell.regular if cell.promoted else None)
    fields = fields_of(table, model)
    given = [each for each in fields.values() if each.name in names]
    lacking = any(each.required and each.name not in names for each in fields.values())
    body = None if lacking else form(model, select, [each.name for each in given], len(names))
    if body is not None and all(each.text == SOMETHING for each in given):
        keep_form(decision, body)
    return Answer(decision, tuple((each, frozenset(table.gates[each].opens_with)) for each in cell.gates), body, lacking)


class Plan:
    """The ways to ask for one model: `latest` has those of late by the number of what is given, the model included."""

    __slots__ = ("_known", "_model", "_needed", "_table", "_ways", "latest")

    def __init__(self, table: Table, model: Model) -> None:
        self._table, self._model = table, model
        self.latest: dict[int, Way] = {}
        self._known = frozenset({MODEL, *model.options, *fields_of(table, model)})
        self._needed = frozenset({MODEL, *(each.name for each in model.options.values() if each.default is None)})
        self._ways: dict[frozenset[str], Way] = {}

    def otherwise(self, selection: dict[Any, Any]) -> Answer | None:
        """Answer a selection for which the latest way of its length is not the one."""
        if not (self._known.issuperset(selection) and self._needed <= selection.keys()):
            return IMPOSSIBLE
        way = self._ways.get(frozenset(selection)) or self._opened(selection)
        self.latest[len(selection)] = way
        return way.read(selection)

    def _opened(self, selection: dict[Any, Any]) -> Way:
        # Of the rules' own texts, not of the caller's: this is kept.
        names = frozenset(each for each in self._known if each in selection)
        made = Way(self._table, self._model, names)
        if len(self._ways) < _MOST:
            self._ways[names] = made
        return made


def at_once(table: Table, selection: Any, at: object) -> Answer | None:
    """
    Answer what lies ready for a selection, `IMPOSSIBLE` where it is known to be, or None where it takes a closer look.

    Whether gates are open is asked of the answer: where there is none, grants are never looked at.
    A key counts as the name that it equals; one that changes its mind takes a closer look.
    """
    if type(selection) is not dict or not (at is None or is_moment(at)):
        return None
    try:
        name = selection.get(MODEL)
        if type(name) is not str:
            return IMPOSSIBLE
        plan = table.ready.get(name)
        way = None if plan is None else plan.latest.get(len(selection))
        answer = None if way is None else way.read(selection)
        return _otherwise(table, plan, name, selection) if answer is None else answer
    except Exception:  # noqa: BLE001  a hostile object may raise anything when it is compared
        return None


def _otherwise(table: Table, plan: Plan | None, name: str, selection: dict[Any, Any]) -> Answer | None:
    """Answer the same where a model, or this way to ask for it, is asked for the first time, or where there is none."""
    if plan is not None:
        return plan.otherwise(selection)
    model = table.models.get(name)
    if model is None:
        return None if table.aliases else IMPOSSIBLE
    return table.ready.setdefault(model.id, Plan(table, model)).otherwise(selection) if model.plain else None
