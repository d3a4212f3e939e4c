"""What lies ready for one combination of a model, and what of it is told to somebody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from imgrules.engine.decision import Decision, Lock, Status, at_moment, keep_form
from imgrules.engine.emit import form
from imgrules.engine.moments import moment
from imgrules.engine.parts import SOMETHING
from imgrules.engine.record import field, record
from imgrules.engine.table import MODEL, Cell, Gate, Model, Table, fields_of, say
from imgrules.engine.template import Form

_MOST = 64  # so many languages of one lock are kept
_LONGEST = 35  # no tag of a language that is in use is longer


@record
class Answer:
    """
    What is ready for one combination, asked in one way.

    `sold` is what is told to those to whom its gates are open; `gates` have the grants that open each by its name.
    `decision` is the same where it is told as it is, and None where the moment has to be added.
    `form` is the body; there is none where a text is `lacking` that it needs, or where it is made in another way.
    """

    sold: Decision | None = None
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

    def told(self, table: Table, grants: Any, language: str | None, at: Any) -> Decision | None:
        """
        Return the decision for somebody: the one that is ready, or a lock, or the same with a moment added.

        None where nothing is sold, or where grants take a closer look.
        """
        sold, closed = self.sold, self.closed(grants) if self.gates else ()
        if sold is None or closed is None:
            return None
        now = None if self.decision is not None else moment(at)
        return self._lock(table, sold, closed, language, now) if closed else self.decision or at_moment(sold, now)

    def _lock(self, table: Table, sold: Decision, gates: tuple[str, ...], language: str | None, at: str | None) -> Decision:
        # A caller may name any language, and anything else in place of one.
        usual = at is None and (language is None or (type(language) is str and len(language) <= _LONGEST))
        found = self._locked.get((language, gates)) if usual else None
        if found is None:
            locks = tuple(lock(table, table.gates[each], language) for each in gates)
            found = Decision(
                Status.LOCKED, sold.model, sold.select, sold.credits, locks, regular=sold.regular, at=at, filled=sold.filled
            )
            if usual and len(self._locked) < _MOST:
                self._locked[language, gates] = found
        return found


IMPOSSIBLE = Answer()
"""Stands for every selection of which it is known already that it is impossible."""


def answer_to(table: Table, model: Model, cell: Cell, names: frozenset[str], *, dated: bool) -> Answer:
    """Answer what is ready for a combination, for selections of these names; what is dated is told with a moment."""
    select = {MODEL: model.id, **dict(zip(model.axes, cell.values, strict=True))}
    credits_, regular = cell.credits, cell.regular if cell.promoted else None
    if model.price is not None:
        from imgrules.engine.price import prices  # noqa: PLC0415  most models have a price that has to be looked up only

        credits_, regular = prices(model, cell, select)
    filled = tuple(each for each in model.axes if each not in names)
    sold = Decision(Status.ALLOWED, model.id, select, credits_, regular=regular, filled=filled)
    fields = fields_of(table, model)
    given = [each for each in fields.values() if each.name in names]
    lacking = any(each.required and each.name not in names for each in fields.values())
    body = None if lacking else form(model, select, [each.name for each in given], len(names))
    if body is not None and all(each.rules == (SOMETHING,) for each in given):
        keep_form(sold, body)
    gates = tuple((each, frozenset(table.gates[each].opens_with)) for each in cell.gates)
    return Answer(sold, None if dated else sold, gates, body, lacking)


def lock(table: Table, gate: Gate, language: str | None) -> Lock:
    """Show a gate to a caller, in a language."""
    return Lock(gate.name, say(gate.label, language, table.languages), gate.icon, gate.action)


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
