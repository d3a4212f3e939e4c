"""
Whether a selection may be made, and what it costs.

`decide` is total: any selection whatever gets an answer. Only what is known to be fine is allowed;
whatever cannot be decided is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from imgrules.engine.decision import Decision, Lock, Status, form_of, refusal
from imgrules.engine.emit import emit
from imgrules.engine.errors import Refused
from imgrules.engine.explain import Violation, notes, violations
from imgrules.engine.faults import Question, Verdict, ViolationCode, ask, examine
from imgrules.engine.moments import NoMoment, moment
from imgrules.engine.names import MODEL, canonical
from imgrules.engine.parts import Credits
from imgrules.engine.picks import holds
from imgrules.engine.price import price
from imgrules.engine.ready import COLLECTIONS, Answer, at_once, lock
from imgrules.engine.repair import Repair, opens, repairs
from imgrules.engine.sentences import sentence
from imgrules.engine.table import Cell, Gate, Model, Table, fields_of
from imgrules.engine.wording import quoted, shown


def decide(table: Table, selection: Any, grants: Any = (), language: str | None = None, at: object = None) -> Decision:
    """
    Answer whether a selection may be made by somebody who holds these grants, at a moment.

    Fields that the request body needs and the selection lacks do not count here; `complete` asks for them.
    Never raises: what is no mapping, and what can not be read, is impossible.
    """
    answer = at_once(table, selection, at)
    if answer is None:
        return _decided(_look(table, (selection, grants, language, at)))
    if answer.decision is None:
        return _later(table, (selection, grants, language, at))
    if answer.gates:
        return _at_gates(table, answer, answer.decision, (selection, grants, language, at))
    return answer.decision


Asked: TypeAlias = tuple[Any, Any, str | None, object]
"""A selection, grants, a language and a moment, as a caller gave them."""


def _at_gates(table: Table, answer: Answer, sold: Decision, asked: Asked) -> Decision:
    _, grants, language, _ = asked
    closed = answer.closed(grants)
    if closed is None:
        held, odd = read_grants(grants)
        if odd:
            return _decided(_look(table, asked))
        closed = answer.closed(held)
    return answer.locked(table, sold, closed, language) if closed else sold


def complete(table: Table, asked: Asked) -> tuple[Decision, Mapping[str, Any]]:
    """
    Answer the same decision, or impossible where a text is missing that the request body needs; and the texts by name.

    Gates that are closed stay named, so that a caller learns of everything at once.
    """
    look = _look(table, asked, whole=True)
    fields = () if look.asked.model is None else fields_of(table, look.asked.model)
    return _decided(look), {each: look.asked.picked[each] for each in fields if each in look.asked.picked}


def emit_closely(table: Table, answer: Answer | None, asked: Asked) -> dict[str, Any]:
    """
    Answer the request body of a selection for which none lies ready, or before which there are gates.

    Raises:
        Refused: the selection is not allowed.

    """
    if answer is None or answer.decision is None or answer.form is None:
        if answer is not None and (answer.decision is None or answer.lacking):
            raise Refused(_later(table, asked, whole=True))
        return emit(table, *complete(table, asked))
    decision = _at_gates(table, answer, answer.decision, asked)
    if decision is answer.decision:
        return answer.form.filled(asked[0])
    raise Refused(decision)


def body(table: Table, decision: Decision, selection: Any, language: str | None) -> dict[str, Any]:
    """
    Answer the body of a decision with the texts of a selection.

    Raises:
        Refused: the decision is not allowed, or a text is missing or unsound.

    """
    form = form_of(decision)
    if form is not None and form.takes(selection):
        return form.filled(selection)
    model = None if decision.model is None else table.models[decision.model].at(decision.at)
    if decision.status is not Status.ALLOWED or model is None:
        raise Refused(decision)
    texts = texts_of(table, model, selection)
    chosen = {name: each for name, each in decision.select.items() if name == MODEL or model.options[name].follows is None}
    every = frozenset(each for gate in table.gates.values() for each in gate.opens_with)
    return emit(table, *complete(table, ({**texts, **chosen}, every, language, decision.at)))


def texts_of(table: Table, model: Model, selection: object) -> dict[str, Any]:
    """Answer what a selection holds under the canonical names of texts."""
    named, _ = canonical(model, read_selection(selection)[0], None)
    return {each: named[each] for each in fields_of(table, model) if each in named}


@dataclass(slots=True)
class _Look:
    """
    A closer look at a selection: what is asked, what comes of it, and what could not be read.

    `whole` says whether all the texts count that a request body needs.
    """

    asked: Question
    verdict: Verdict
    unread: tuple[Violation, ...]
    odd_grants: tuple[Violation, ...]
    odd_moment: tuple[Violation, ...]
    whole: bool

    @property
    def cell(self) -> Cell | None:
        """The combination that is sold; grants that cannot be read matter only where a gate asks for some."""
        cell = None if self.unread or self.odd_moment else self.verdict.cell
        return None if cell is not None and self.odd_grants and any(_closed(self, cell)) else cell

    @property
    def lacking(self) -> tuple[str, ...]:
        """The texts that a request body needs and nobody gave."""
        asked = self.asked
        if not self.whole or asked.model is None or asked.timeless:
            return ()
        fields = fields_of(asked.table, asked.model).values()
        return tuple(each.name for each in fields if each.required and each.name not in asked.picked)


def _look(table: Table, given: Asked, *, whole: bool = False) -> _Look:
    selection, grants, language, at = given
    held, odd = read_grants(grants)
    now, timeless = (None, ()) if at is None else read_moment(at)
    picked, unread = read_selection(selection)
    asked = ask(table, picked, held, language, now)
    # A moment that cannot be read is not missing as well.
    verdict = Verdict(()) if asked.timeless and timeless else examine(asked)
    return _Look(asked, verdict, unread, odd, timeless, whole)


def _decided(look: _Look) -> Decision:
    cell = look.cell
    return refusal(_looked_up, look) if cell is None or look.lacking else _sold(look, cell)


def _later(table: Table, asked: Asked, *, whole: bool = False) -> Decision:
    """Answer the refusal of what is known to be impossible; the closer look is taken when somebody asks why."""
    # What a caller does later, to the selection or the grants, changes nothing that was decided.
    selection, grants, language, at = asked
    kept = tuple(grants) if type(grants) in _CHANGING else grants
    return refusal(_looked_up_later, table, (selection.copy(), kept, language, at), whole)


_CHANGING = frozenset({set, list})


def _looked_up_later(table: Table, asked: Asked, whole: bool, name: str) -> dict[str, Any]:  # noqa: FBT001  as it was kept
    look = _look(table, asked, whole=whole)
    return {**_looked_up(look, name), "_fill": (_looked_up, look)}


def _looked_up(look: _Look, name: str) -> dict[str, Any]:
    """Answer an attribute of a refusal by its name."""
    return {name: _ATTRIBUTES[name](look)}


def _against(look: _Look) -> tuple[Violation, ...]:
    lacking = tuple([_required(look.asked, each) for each in look.lacking])
    return (*look.unread, *look.odd_grants, *look.odd_moment, *violations(look.asked, look.verdict), *lacking)


def _mended(look: _Look) -> tuple[Repair, ...]:
    # No change of the selection mends grants or a moment that cannot be read, and none is needed where it is sold.
    if look.odd_grants or look.odd_moment or look.cell is not None:
        return ()
    asked, verdict = look.asked, look.verdict
    found = repairs(asked, verdict)
    if not look.whole or asked.model is None:
        return found
    # Leaving out what a creation needs would mend nothing.
    required = {each.name for each in fields_of(asked.table, asked.model).values() if each.required}
    return tuple(each for each in found if required.isdisjoint(each.remove))


def _required(asked: Question, name: str) -> Violation:
    text = sentence(asked.table, asked.language, "missing_text", field=name)
    return Violation(ViolationCode.MISSING_FIELD, name, None, text)


def _sold(look: _Look, cell: Cell) -> Decision:
    asked, verdict = look.asked, look.verdict
    model = asked.model
    assert model is not None  # noqa: S101  a cell belongs to a model
    closed = _locks(look, cell)
    credits_, regular = prices(model, cell, verdict.picks.values)
    status = Status.LOCKED if closed else Status.ALLOWED
    said = notes(asked, verdict) if asked.notes or verdict.picks.ignored else ()
    select = _understood(asked, verdict)
    return Decision(status, model.id, select, credits_, closed, (), (), regular, said, _dated(asked))


def _dated(asked: Question) -> str | None:
    """Answer the moment, where the model changes with time."""
    return asked.moment if asked.model is not None and asked.table.models[asked.model.id].changes else None


def _locks(look: _Look, cell: Cell) -> tuple[Lock, ...]:
    return tuple(lock(look.asked.table, each, look.asked.language) for each in _closed(look, cell))


def _closed(look: _Look, cell: Cell) -> Iterator[Gate]:
    asked, model = look.asked, look.asked.model
    assert model is not None  # noqa: S101  a cell belongs to a model
    return closed_gates(asked.table, model, cell, look.verdict.picks.values, asked.grants)


_ATTRIBUTES: Mapping[str, Callable[[_Look], Any]] = {
    "model": lambda look: None if look.asked.model is None else look.asked.model.id,
    "select": lambda look: MappingProxyType(_understood(look.asked, look.verdict)),
    "credits": lambda _: None,
    "gates": lambda look: () if look.cell is None else _locks(look, look.cell),
    "violations": _against,
    "repairs": _mended,
    "regular": lambda _: None,
    "notes": lambda look: notes(look.asked, look.verdict),
    "at": lambda look: _dated(look.asked),
}
"""What a refusal says, each when somebody looks."""


def prices(model: Model, cell: Cell, values: Mapping[str, Any]) -> tuple[Credits | None, Credits | None]:
    """Answer the price in credits of what is there, and the regular one while a promotion lasts."""
    regular = cell.regular if cell.promoted else None
    if model.price is None:
        return cell.credits, regular
    return price(model, model.price, cell.credits, values), price(
        model, model.price, regular, values
    ) if cell.promoted else None


def closed_gates(table: Table, model: Model, cell: Cell, values: Mapping[str, Any], grants: frozenset[str]) -> Iterator[Gate]:
    """Answer the gates before what is there that are closed to somebody, each once."""
    ruled = (gate for rule in model.gates if holds(rule.when, values, model) for gate in rule.gates)
    named = cell.gates if not model.gates else dict.fromkeys((*cell.gates, *ruled))
    return (table.gates[each] for each in named if not opens(table.gates[each], grants))


def _understood(asked: Question, verdict: Verdict) -> dict[str, Any]:
    model = asked.model
    if model is None or model.gone is not None:
        return {}
    # Of a model whose time is not known, nothing else was looked at.
    there = {} if asked.timeless else verdict.picks.values
    wrong = {each.field for each in verdict.faults}
    return {MODEL: model.id, **{each: there[each] for each in model.options if each in there and each not in wrong}}


def read_selection(selection: object) -> tuple[dict[str, Any], tuple[Violation, ...]]:
    """Answer the fields of a selection that are named by text, and what could not be read."""
    # Any object may come in, and any of its methods may raise: what cannot be read is refused with its reason.
    try:
        whole = dict(selection) if isinstance(selection, Mapping) else None
    except Exception as error:  # noqa: BLE001  a hostile mapping may raise anything; it becomes a violation
        return {}, (_odd("selection", selection, f"the selection cannot be read ({type(error).__name__})"),)
    if whole is None:
        return {}, (_odd("selection", selection, f"a selection is a mapping, and {quoted(selection)} was given"),)
    if set(map(type, whole)) <= _TEXT:
        return whole, ()
    strange = ((key, each) for key, each in whole.items() if not isinstance(key, str))
    faults = tuple(_odd(str(shown(key)), each, f"a field is named by text, not by {quoted(key)}") for key, each in strange)
    # A text of another class, such as a member of an enumeration, counts as the text that it holds.
    return {str.__str__(key): each for key, each in whole.items() if isinstance(key, str)}, faults


_TEXT = frozenset({str})


def read_grants(grants: Any) -> tuple[frozenset[str], tuple[Violation, ...]]:
    """Answer the grants that somebody holds, or none and why they could not be read."""
    # A text would be read letter by letter and a mapping without its values: slips of a programmer, told apart here.
    try:
        many = type(grants) in COLLECTIONS or isinstance(grants, AbstractSet | list | tuple)
        held = tuple(grants) if many else (() if grants is None else (grants,))
        sound = set(map(type, held)) <= _TEXT and type(grants) is not str
    except Exception as error:  # noqa: BLE001  a hostile collection may raise anything; it becomes a violation
        return frozenset(), (_odd("grants", grants, f"the grants cannot be read ({type(error).__name__})"),)
    if sound:
        return frozenset(held), ()
    return frozenset(), (_odd("grants", grants, f"grants are a set of texts, and {quoted(grants)} was given"),)


def read_moment(at: object) -> tuple[str | None, tuple[Violation, ...]]:
    """Answer the moment as the table writes it, or None and why it could not be read."""
    try:
        return moment(at), ()
    except NoMoment as error:
        return None, (_odd("at", at, str(error)),)
    except Exception as error:  # noqa: BLE001  the time zone of a datetime is anybody's code
        return None, (_odd("at", at, f"the moment cannot be read ({type(error).__name__})"),)


def _odd(field: str, value: object, message: str) -> Violation:
    return Violation(ViolationCode.WRONG_TYPE, field, value, message)
