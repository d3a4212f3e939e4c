"""
What is made once, so that a sound selection of a plain model is answered by one look-up.

A model is asked in few ways: with these option names and those texts. For each way, the picked values lead to an
answer that lies ready: the decision, the keys of its gates, and the body that waits for its texts. A way and an answer
are made when they are first asked for, and shared by all callers from then on; two threads that make one at once make
the same. Nothing here is made of what a caller sent, so there are never more of them than the rules have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from imgrules.engine.decision import Decision, Lock, Status, keep_form
from imgrules.engine.emit import Form, form
from imgrules.engine.moments import is_moment
from imgrules.engine.parts import Text
from imgrules.engine.quantities import fits_text, is_whole_text
from imgrules.engine.table import MODEL, Cell, Gate, Model, Table, fields_of, say

COLLECTIONS = frozenset({frozenset, set, tuple, list})
"""What grants usually come in."""

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
        if type(grants) not in COLLECTIONS:
            return None
        for each in grants:
            if type(each) is not str:
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


def lock(table: Table, gate: Gate, language: str | None) -> Lock:
    """Show a gate to a caller, in a language."""
    return Lock(gate.name, say(gate.label, language, table.languages), gate.icon, gate.action)


class Way:
    """
    One way to ask for a model: with these options and texts, and no others.

    `read` answers what a selection picks, the model first, and `texts` the texts that have to hold something and may be
    as long as they like; `measured` are the texts of which the rules say more.
    """

    __slots__ = ("_model", "_names", "_picked", "_table", "answers", "cells", "measured", "read", "texts")

    def __init__(self, table: Table, model: Model, names: frozenset[str]) -> None:
        self._table, self._model, self._names = table, model, names
        self._picked = tuple(each for each in model.axes if each in names)
        self.read = itemgetter(MODEL, *(self._picked or (MODEL,)))
        given = [each for each in fields_of(table, model).values() if each.name in names]
        self.texts = _reader([each.name for each in given if each.text == _SOMETHING])
        self.measured = tuple((each.name, each.text) for each in given if each.text != _SOMETHING)
        self.answers: dict[tuple[Any, ...], Answer] = {}
        self.cells = sum(map(self._is_asked_for, model.cells))

    def _is_asked_for(self, cell: Cell) -> bool:
        """Answer whether a cell has the default of every option that is not given."""
        held = zip(self._model.options.values(), cell.values, strict=True)
        return all(option.name in self._names or option.default == value for option, value in held)

    def fit(self, selection: Mapping[str, Any]) -> bool:
        """Answer whether the texts that are measured are as the rules want them."""
        texts = [(selection[name], rule) for name, rule in self.measured]
        return all(type(text) is str and is_whole_text(text) and fits_text(text, rule) for text, rule in texts)

    def _filled(self, picked: tuple[str, ...]) -> tuple[Any, ...]:
        """Answer a value for each option: what is picked, or else its default."""
        given = dict(zip(self._picked, picked[1:], strict=False))
        return tuple(given.get(name, option.default) for name, option in self._model.options.items())

    def first(self, picked: tuple[str, ...]) -> Answer:
        """Make the answer to picked values that are asked for the first time."""
        if len(self.answers) == self.cells:
            return IMPOSSIBLE
        # Where nothing is picked, the model stands there a second time.
        values = picked[1:] if len(self._picked) == len(self._model.axes) > 0 else self._filled(picked)
        cell = self._model.by_values.get(values)
        if cell is None:
            return IMPOSSIBLE
        answer = self.answers[picked] = _answer(self._table, self._model, cell, self._names)
        return answer


_SOMETHING = Text(1)


def _reader(names: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """Answer what reads these names of a selection, as a tuple."""
    if not names:
        return lambda _: ()
    # Of one name alone, `itemgetter` would answer no tuple.
    return itemgetter(*names) if len(names) > 1 else itemgetter(*names, *names)


def _answer(table: Table, model: Model, cell: Cell, names: frozenset[str]) -> Answer:
    select = {MODEL: model.id, **dict(zip(model.axes, cell.values, strict=True))}
    decision = Decision(Status.ALLOWED, model.id, select, cell.credits, regular=cell.regular if cell.promoted else None)
    fields = fields_of(table, model)
    given = [each for each in fields.values() if each.name in names]
    lacking = any(each.required and each.name not in names for each in fields.values())
    body = None if lacking else form(model, select, [each.name for each in given], len(names))
    if body is not None and all(each.text == _SOMETHING for each in given):
        keep_form(decision, body)
    return Answer(decision, tuple((each, frozenset(table.gates[each].opens_with)) for each in cell.gates), body, lacking)


class Plan(dict[int, Way]):
    """The ways to ask for one model: the latest of them by the number of what is given, the model included."""

    __slots__ = ("_known", "_model", "_needed", "_table", "_ways")

    def __init__(self, table: Table, model: Model) -> None:
        super().__init__()
        self._table, self._model = table, model
        self._known = frozenset({MODEL, *model.options, *fields_of(table, model)})
        self._needed = frozenset({MODEL, *(each.name for each in model.options.values() if each.default is None)})
        self._ways: dict[frozenset[str], Way] = {}

    def opens(self, selection: Mapping[str, Any]) -> bool:
        """Answer whether there is a way for a selection; it is the one of its length from now on."""
        if len(selection) > len(self._known) or not selection.keys() >= self._needed:
            return False
        # Of the rules' own texts, not of the caller's: this is kept.
        names = frozenset(each for each in self._known if each in selection)
        if len(names) < len(selection):
            return False
        found = self._ways.get(names) or Way(self._table, self._model, names)
        if len(self._ways) < _MOST:
            self._ways[names] = found
        self[len(names)] = found
        return True


def at_once(table: Table, selection: Any, at: object, *, again: bool = False) -> Answer | None:  # noqa: PLR0911  see below
    """
    Answer what lies ready for a selection, `IMPOSSIBLE` where it is known to be, or None where it takes a closer look.

    Whether gates are open is asked of the answer: where there is none, grants are never looked at.
    A key counts as the name that it equals; one that changes its mind when it is looked at `again` takes a closer look.
    Every request comes by here, and calling a function costs as much as what is done between two: this one is long.
    """
    if type(selection) is not dict or not (at is None or is_moment(at)):
        return None
    try:
        plan = table.ready.get(selection.get(MODEL))
        way = None if plan is None else plan.get(len(selection))
        if way is None:
            return None if again else _at_first(table, selection, at)
        picked, texts, fit = way.read(selection), way.texts(selection), not way.measured or way.fit(selection)
    except KeyError:
        return None if again else _at_first(table, selection, at)
    except Exception:  # noqa: BLE001  a hostile object may raise anything when it is compared
        return None
    for each in picked:
        if type(each) is not str:
            return IMPOSSIBLE
    for each in texts:
        if type(each) is not str or not each or not (each.isascii() or is_whole_text(each)):
            return IMPOSSIBLE
    return (way.answers.get(picked) or way.first(picked)) if fit else IMPOSSIBLE


def _at_first(table: Table, selection: dict[Any, Any], at: object) -> Answer | None:
    """Answer the same where a model, or this way to ask for it, is asked for the first time, or where there is none."""
    try:
        name = selection.get(MODEL)
        plan = table.ready.get(name) or _plan(table, name)
        opened = plan is not None and plan.opens(selection)
    except Exception:  # noqa: BLE001  as above
        return None
    if plan is None:
        return None if type(name) is str and (name in table.models or table.aliases) else IMPOSSIBLE
    return at_once(table, selection, at, again=True) if opened else IMPOSSIBLE


def _plan(table: Table, name: object) -> Plan | None:
    model = table.models.get(name) if type(name) is str else None
    return table.ready.setdefault(model.id, Plan(table, model)) if model is not None and model.plain else None
