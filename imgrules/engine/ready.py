"""
What is made once, so that a sound selection of most models is answered by one look-up.

A model is asked in few ways: with these option names and those texts. For each way, the picked values lead to an
answer that lies ready: the decision, the keys of its gates, and the body that waits for its texts. A way and an answer
are made when they are first asked for, and shared by all callers from then on; two threads that make one at once make
the same. Nothing here is made of what a caller sent, so there are never more of them than the rules have.

Of a plain model it is known, too, what is impossible. Of one that has other names for something, or values that come and
go, what does not lie ready takes a closer look; and so does everything about numbers, conditions and the like.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from imgrules.engine.answer import IMPOSSIBLE, Answer, answer_to
from imgrules.engine.generated import reader_of
from imgrules.engine.moments import is_moment, is_usual, moment
from imgrules.engine.parts import SOMETHING
from imgrules.engine.quantities import fits_text, is_whole_text
from imgrules.engine.table import MODEL, Cell, Model, Table, fields_of

_MOST = 64  # so many ways to ask for one model are kept

Selection: TypeAlias = dict[Any, Any]


class Way:
    """
    One way to ask for a model: with these options and texts, and no others.

    `read` answers what lies ready for a selection, or None for one that has other names, or of which no more is known.
    """

    __slots__ = ("_dated", "_model", "_names", "_picked", "_table", "_unknown", "answers", "cells", "read")

    def __init__(self, table: Table, model: Model, names: frozenset[str], *, dated: bool) -> None:
        self._table, self._model, self._names, self._dated = table, model, names, dated
        self._unknown = IMPOSSIBLE if model.plain else None
        self._picked = tuple(each for each in model.axes if each in names)
        self.answers: dict[tuple[str, ...], Answer] = {}
        whole = len(self._picked) == len(model.axes)
        self.cells = len(model.cells) if whole else sum(map(self._is_asked_for, model.cells))
        texts = {each.name: each.text for each in fields_of(table, model).values() if each.name in names}
        unmeasured = tuple(name for name, rule in texts.items() if rule == SOMETHING)
        measured = tuple(name for name, rule in texts.items() if rule != SOMETHING)
        reader = reader_of(self._picked, unmeasured, measured)
        rules = [texts[each] for each in measured]
        self.read: Callable[[Selection], Answer | None] = reader(
            self.answers, self._first, rules, is_whole_text, fits_text, self._unknown
        )

    def _is_asked_for(self, cell: Cell) -> bool:
        """Answer whether a cell has the default of every option that is not given."""
        held = zip(self._model.options.values(), cell.values, strict=True)
        return all(option.name in self._names or option.default == value for option, value in held)

    def _filled(self, picked: tuple[str, ...]) -> tuple[Any, ...]:
        """Answer a value for each option: what is picked, or else its default."""
        given = dict(zip(self._picked, picked, strict=True))
        return tuple(given.get(name, option.default) for name, option in self._model.options.items())

    def _first(self, picked: tuple[str, ...]) -> Answer | None:
        """Make the answer to picked values that are asked for the first time."""
        if len(self.answers) == self.cells:
            return self._unknown
        values = picked if len(picked) == len(self._model.axes) else self._filled(picked)
        cell = self._model.by_values.get(values)
        if cell is None:
            return self._unknown
        answer = self.answers[picked] = answer_to(self._table, self._model, cell, self._names, dated=self._dated)
        return answer


class Plan:
    """The ways to ask for one model: `latest` has those of late by the number of what is given, the model included."""

    __slots__ = ("_dated", "_known", "_model", "_needed", "_table", "_unknown", "_ways", "latest")

    def __init__(self, table: Table, model: Model, *, dated: bool = False) -> None:
        self._table, self._model, self._dated = table, model, dated
        self.latest: dict[int, Way] = {}
        self._unknown = IMPOSSIBLE if model.plain else None
        self._known = frozenset({MODEL, *model.options, *fields_of(table, model)})
        self._needed = frozenset({MODEL, *(each.name for each in model.options.values() if each.default is None)})
        self._ways: dict[frozenset[str], Way] = {}

    def otherwise(self, selection: Selection, _: object) -> Answer | None:
        """Answer a selection for which the latest way of its length is not the one."""
        if not (self._known.issuperset(selection) and self._needed <= selection.keys()):
            return self._unknown
        way = self._ways.get(frozenset(selection)) or self._opened(selection)
        self.latest[len(selection)] = way
        return way.read(selection)

    def _opened(self, selection: Selection) -> Way:
        # Of the rules' own texts, not of the caller's: this is kept.
        names = frozenset(each for each in self._known if each in selection)
        made = Way(self._table, self._model, names, dated=self._dated)
        if len(self._ways) < _MOST:
            self._ways[names] = made
        return made


class Stretches:
    """The plans of a model that changes with time, one for each stretch of it; `latest` is empty, for it hangs on that."""

    __slots__ = ("_starts", "latest", "plans")

    def __init__(self, table: Table, model: Model) -> None:
        self.latest: dict[int, Way] = {}
        self._starts = [each.at for each in model.changes]
        self.plans = [Plan(table, each, dated=True) if _lies_ready(each) else None for each in model.versions]

    def otherwise(self, selection: Selection, at: object) -> Answer | None:
        """Answer a selection at a moment; one of an odd kind, or none, takes a closer look."""
        plan = self.plans[bisect_right(self._starts, moment(at) or "")] if is_usual(at) else None
        way = None if plan is None else plan.latest.get(len(selection))
        answer = None if way is None else way.read(selection)
        return plan.otherwise(selection, at) if plan is not None and answer is None else answer


class Unready:
    """Stands for a model of which nothing lies ready: one with numbers, conditions, or gates that hang on them."""

    __slots__ = ()
    latest: Mapping[int, Way] = {}

    def otherwise(self, _: Selection, __: object) -> None:
        """Leave every selection to the closer look."""


def _lies_ready(model: Model) -> bool:
    """Answer whether the combinations of a model tell all of a selection that has its names and values."""
    one_rule = not any(each.also for each in model.fields.values())
    return model.gone is None and not model.gates and one_rule and all(each.simple for each in model.options.values())


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
        plan: _Asked | None = table.ready.get(name)
        way = None if plan is None else plan.latest.get(len(selection))
        answer = None if way is None else way.read(selection)
        if answer is not None:
            return answer
        return plan.otherwise(selection, at) if plan is not None else _at_first(table, name, selection, at)
    except Exception:  # noqa: BLE001  a hostile object may raise anything when it is compared
        return None


def _at_first(table: Table, name: str, selection: Selection, at: object) -> Answer | None:
    """Answer the same where a model is asked for the first time, or where there is none."""
    model = table.models.get(name)
    if model is None:
        return None if table.aliases else IMPOSSIBLE
    plan: _Asked = table.ready.setdefault(model.id, _plan(table, model))
    return plan.otherwise(selection, at)


def _plan(table: Table, model: Model) -> _Asked:
    if model.changes:
        return Stretches(table, model)
    return Plan(table, model) if _lies_ready(model) else _UNREADY


_UNREADY = Unready()

_Asked: TypeAlias = Plan | Stretches | Unready
