"""
A closer look at a selection: where nothing lies ready for it, or where somebody asks why it is refused.

Whatever is asked gets an answer here. Only what is known to be fine is allowed; whatever cannot be decided is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypeAlias

from imgrules.engine.answer import are_grants, are_texts, lock
from imgrules.engine.caps import KEYS
from imgrules.engine.decision import Decision, Lock, Status, Understood, refusal
from imgrules.engine.emit import built
from imgrules.engine.explain import Violation, few, notes, violation, violations
from imgrules.engine.faults import Question, Verdict, ViolationCode, ask, examine, first_fault
from imgrules.engine.moments import NoMoment, moment
from imgrules.engine.names import canonical
from imgrules.engine.picks import holds
from imgrules.engine.price import prices
from imgrules.engine.record import record
from imgrules.engine.repair import Repair, opens, repairs
from imgrules.engine.sentences import sentence
from imgrules.engine.table import MODEL, Cell, Gate, Model, Table, fields_of
from imgrules.engine.unseen import put
from imgrules.engine.wording import quoted, shown

Asked: TypeAlias = tuple[Any, Any, str | None, object]
"""A selection, grants, a language and a moment, as a caller gave them."""


@record(frozen=False)
class Look:
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


def look(table: Table, given: Asked, *, whole: bool = False) -> Look:
    """Look closely at what is asked."""
    selection, grants, language, at = given
    held, odd = read_grants(grants)
    now, timeless = (None, ()) if at is None else read_moment(at)
    picked, unread = read_selection(selection)
    asked = ask(table, picked, held, language, now)
    if (asked.timeless and timeless) or _is_beyond(unread):
        # A moment that cannot be read is not missing as well, and of too many fields none is looked at.
        return Look(asked, Verdict(()), unread, odd, timeless, whole)
    seen = (Look(each, examine(each), unread, odd, timeless, whole) for each in asked.versions()) if asked.timeless else ()
    return _agreed(seen) or Look(asked, examine(asked), unread, odd, timeless, whole)


def _agreed(versions: Iterable[Look]) -> Look | None:
    """Return the look at any version of a model, where no date could change the answer, or None where one could."""
    first, answer = None, None
    for each in versions:
        if first is None:
            first, answer = each, _answer(each)
        elif _answer(each) != answer:
            return None
    return first


def _answer(look: Look) -> tuple[Any, ...]:
    """Return all that somebody learns from a look, but for repairs, which follow from it."""
    asked, picks = look.asked, look.verdict.picks
    # What was given may be anything, and is the same for all: it is not compared, which might raise.
    said = tuple((each.code, each.field, each.message) for each in notes(asked, look.verdict))
    if look.cell is None:
        found = tuple((each.code, each.field, each.message, each.allowed, each.suggestion) for each in _against(look))
        return _understood(asked, look.verdict), said, found
    sold = _sold(look, look.cell)
    assert asked.model is not None  # noqa: S101  a cell belongs to a model
    texts = {name: each for name, each in asked.picked.items() if name not in asked.model.options}
    body = built(asked.model, {**texts, **picks.values})
    return sold.select, sold.credits, sold.regular, sold.gates, said, body


def decided(look: Look) -> Decision:
    """Answer the decision that a closer look comes to."""
    cell = look.cell
    return refusal((told, look)) if cell is None or look.lacking else _sold(look, cell)


def complete(table: Table, asked: Asked) -> tuple[Decision, Mapping[str, Any]]:
    """
    Answer the same decision, or impossible where a text is missing that the request body needs; and the texts by name.

    Gates that are closed stay named, so that a caller learns of everything at once.
    """
    seen = look(table, asked, whole=True)
    fields = () if seen.asked.model is None else fields_of(table, seen.asked.model)
    return decided(seen), {each: seen.asked.picked[each] for each in fields if each in seen.asked.picked}


def texts_of(table: Table, model: Model, selection: object) -> dict[str, Any]:
    """Answer what a selection holds under the canonical names of texts."""
    named, _ = canonical(model, read_selection(selection)[0], None)
    return {each: named[each] for each in fields_of(table, model) if each in named}


def told(look: Look, decision: Decision, name: str) -> Any:
    """Tell an attribute of a refusal, or answer the first violation."""
    if name == "violation":
        return decision.violations[0]
    return put(decision, name, _ATTRIBUTES[name](look))


def first(table: Table, given: Asked, *, whole: bool = False) -> Violation:
    """Answer the first violation of what is known to be impossible; what is wrong with one field is found by itself."""
    picked, grants, language, _ = given
    if len(picked) <= KEYS and are_texts(picked) and are_grants(grants):
        # Nobody else has these picks, and nobody changes them.
        asked = ask(table, picked, frozenset(grants), language)
        fault = first_fault(asked)
        if fault is not None:
            return violation(asked, None, fault)
    return _against(look(table, given, whole=whole))[0]


def _against(look: Look) -> tuple[Violation, ...]:
    found = violations(look.asked, look.verdict)
    if look.whole:
        found += tuple([_required(look.asked, each) for each in look.lacking])
    return few(look.unread + look.odd_grants + look.odd_moment + found, look.asked)


def _mended(look: Look) -> tuple[Repair, ...]:
    # No change of the selection mends grants or a moment that cannot be read, and none is needed where it is sold.
    if look.odd_grants or look.odd_moment or look.cell is not None or _is_beyond(look.unread):
        return ()
    asked = look.asked
    found = repairs(asked, look.verdict)
    if asked.moment is None and asked.model is not None and asked.table.models[asked.model.id].changes:
        # What is possible in one stretch of time has to be possible in all.
        found = tuple(each for each in found if _is_sold(asked, each))
    return found


def _is_sold(asked: Question, repair: Repair) -> bool:
    """Whether what a repair makes of a selection is possible, asked without a moment."""
    mended = {MODEL: asked.picked[MODEL], **repair.apply(asked.picked)}
    return look(asked.table, (mended, asked.grants, asked.language, None)).cell is not None


def _required(asked: Question, name: str) -> Violation:
    text = sentence(asked.table, asked.language, "missing_text", field=name)
    return Violation(ViolationCode.MISSING_FIELD, name, None, text)


def _sold(look: Look, cell: Cell) -> Decision:
    asked, verdict = look.asked, look.verdict
    model = asked.model
    assert model is not None  # noqa: S101  a cell belongs to a model
    closed = _locks(look, cell)
    credits_, regular = prices(model, cell, verdict.picks.values)
    status = Status.LOCKED if closed else Status.ALLOWED
    said = notes(asked, verdict) if asked.notes or verdict.picks.ignored else ()
    select = _understood(asked, verdict)
    return Decision(status, model.id, select, credits_, closed, (), (), regular, said, _dated(asked), _filled(asked, select))


def _filled(asked: Question, select: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what was understood of options that nobody picked."""
    return tuple(each for each in select if each not in asked.picked)


def _dated(asked: Question) -> str | None:
    """Answer the moment, where the model changes with time."""
    return asked.moment if asked.model is not None and asked.table.models[asked.model.id].changes else None


def _locks(look: Look, cell: Cell) -> tuple[Lock, ...]:
    return tuple(lock(look.asked.table, each, look.asked.language) for each in _closed(look, cell))


def _closed(look: Look, cell: Cell) -> Iterator[Gate]:
    asked, model = look.asked, look.asked.model
    assert model is not None  # noqa: S101  a cell belongs to a model
    return closed_gates(asked.table, model, cell, look.verdict.picks.values, asked.grants)


_ATTRIBUTES: Mapping[str, Callable[[Look], Any]] = {
    "model": lambda look: None if look.asked.model is None else look.asked.model.id,
    "select": lambda look: Understood(_understood(look.asked, look.verdict)),
    "credits": lambda _: None,
    "gates": lambda look: () if look.cell is None else _locks(look, look.cell),
    "violations": _against,
    "repairs": _mended,
    "regular": lambda _: None,
    "notes": lambda look: notes(look.asked, look.verdict),
    "at": lambda look: _dated(look.asked),
    "filled": lambda look: _filled(look.asked, _understood(look.asked, look.verdict)),
}
"""What a refusal says, each when somebody looks."""


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
    known = (each for each in model.options.values() if each.name in there and each.name not in wrong)
    return {MODEL: model.id, **{each.name: each.picked(there[each.name]) for each in known}}


def read_selection(selection: object) -> tuple[dict[str, Any], tuple[Violation, ...]]:
    """Answer the fields of a selection that are named by text, and what could not be read."""
    # Any object may come in, and any of its methods may raise: what cannot be read is refused with its reason.
    try:
        whole = dict(selection) if type(selection) is dict or isinstance(selection, Mapping) else None
    except Exception as error:  # noqa: BLE001  a hostile mapping may raise anything; it becomes a violation
        return {}, (_odd("selection", selection, f"the selection cannot be read ({type(error).__name__})"),)
    if whole is None:
        return {}, (_odd("selection", selection, f"a selection is a mapping, and {quoted(selection)} was given"),)
    if len(whole) > KEYS:
        text = f"a selection has at most {KEYS} fields, and {len(whole)} were given"
        return {}, (Violation(ViolationCode.UNKNOWN_FIELD, "selection", None, text),)
    if are_texts(whole):
        return whole, ()
    strange = ((key, each) for key, each in whole.items() if not isinstance(key, str))
    faults = tuple(_odd(str(shown(key)), each, f"a field is named by text, not by {quoted(key)}") for key, each in strange)
    # A text of another class, such as a member of an enumeration, counts as the text that it holds.
    return {str.__str__(key): each for key, each in whole.items() if isinstance(key, str)}, faults


def _is_beyond(unread: tuple[Violation, ...]) -> bool:
    """Whether a selection has more fields than are looked at."""
    return any(each.code is ViolationCode.UNKNOWN_FIELD for each in unread)


def read_grants(grants: Any) -> tuple[frozenset[str], tuple[Violation, ...]]:
    """Answer the grants that somebody holds, or none and why they could not be read."""
    if are_grants(grants):
        return frozenset(grants), ()
    # A text would be read letter by letter and a mapping without its values: slips of a programmer, told apart here.
    try:
        held = tuple(grants) if isinstance(grants, AbstractSet | list | tuple) else () if grants is None else (grants,)
    except Exception as error:  # noqa: BLE001  a hostile collection may raise anything; it becomes a violation
        return frozenset(), (_odd("grants", grants, f"the grants cannot be read ({type(error).__name__})"),)
    if are_grants(held) and type(grants) is not str:
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
