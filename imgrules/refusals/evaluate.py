"""
A closer look at a selection: every rule is evaluated, to say why something is refused, or what was taken otherwise.

Whatever is asked gets an answer here. Only what is known to be fine is allowed; whatever cannot be decided is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from imgrules.engine.body import built
from imgrules.engine.caller_input import is_beyond, read_grants, read_moment, read_selection
from imgrules.engine.decision import Decision, Understood, refusal
from imgrules.engine.find import Asked
from imgrules.engine.gates import Lock, are_grants, are_texts, gates_of, lock, opens
from imgrules.engine.lazy import put
from imgrules.engine.plan.outcome import Outcome, outcome_of
from imgrules.engine.reasons import Note, Repair, Violation, ViolationCode
from imgrules.engine.request_caps import KEYS
from imgrules.refusals.constraints import Question, Verdict, ask, examine, first_fault
from imgrules.refusals.repairs import repairs
from imgrules.refusals.violations import few, notes, violation, violations
from imgrules.table.messages import sentence
from imgrules.table.record import record, replace
from imgrules.table.records import MODEL, Cell, Gate, Table, fields_of


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
    if (asked.timeless and timeless) or is_beyond(unread):
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
    # What was given may be anything, and is the same for all: it is not compared, which might raise.
    said = tuple((each.code, each.field, each.message) for each in notes_of(look))
    outcome = _outcome(look)
    if outcome is None:
        found = tuple((each.code, each.field, each.message, each.allowed, each.suggestion) for each in _against(look))
        return _understood(look.asked, look.verdict), said, found
    model, picked = outcome.model, look.asked.picked
    texts = {name: each for name, each in picked.items() if name not in model.options}
    sold = (outcome.select, outcome.credits, outcome.regular, outcome.closed(look.asked.grants))
    return sold, said, built(model, {**texts, **look.verdict.picks.values})


def _outcome(look: Look) -> Outcome | None:
    """Return what comes of a selection that is sold."""
    asked, cell = look.asked, look.cell
    if cell is None or asked.model is None:
        return None
    return outcome_of(asked.table, asked.model, cell, look.verdict.picks, asked.picked, dated=True)


def decided(look: Look) -> Decision:
    """Return the decision that a closer look comes to."""
    outcome = None if look.lacking else _outcome(look)
    if outcome is None:
        return refusal((told, look))
    values, closed = (_dated(look.asked),), outcome.closed(look.asked.grants) or ()
    made = outcome.locked(values, closed, look.asked.language) if closed else outcome.allowed(values)
    return replace(made, notes=notes_of(look))


def notes_of(look: Look) -> tuple[Note, ...]:
    """Return what was accepted otherwise than it was given, with its sentences."""
    return notes(look.asked, look.verdict)


def told(look: Look, decision: Decision, name: str) -> Any:
    """Tell an attribute of a refusal, or answer the first violation."""
    if name == "violation":
        return decision.violations[0]
    return put(decision, name, _ATTRIBUTES[name](look))


def first(table: Table, given: Asked, *, whole: bool = False) -> Violation:
    """Return the first violation of what is known to be impossible; what is wrong with one field is found by itself."""
    picked, grants, language, at = given
    now, odd = (None, ()) if at is None else read_moment(at)
    if len(picked) <= KEYS and are_texts(picked) and are_grants(grants) and not odd:
        # Nobody else has these picks, and nobody changes them.
        asked = ask(table, picked, frozenset(grants), language, now)
        fault = None if asked.timeless else first_fault(asked)
        if fault is not None:
            return violation(asked, None, fault)
    return _against(look(table, given, whole=whole))[0]


def _against(look: Look) -> tuple[Violation, ...]:
    found = violations(look.asked, look.verdict)
    if look.whole:
        found += tuple([_required(look.asked, each) for each in look.lacking])
    found = look.unread + look.odd_grants + look.odd_moment + found
    return few(found or (_CHANGED,), look.asked)


_CHANGED = Violation(ViolationCode.WRONG_TYPE, "selection", None, "the selection changed while it was read")


def _mended(look: Look) -> tuple[Repair, ...]:
    # No change of the selection mends grants or a moment that cannot be read.
    if look.odd_grants or look.odd_moment or is_beyond(look.unread):
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


def _filled(asked: Question, select: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what was understood of options that nobody picked."""
    return tuple(each for each in select if each not in asked.picked)


def _dated(asked: Question) -> str | None:
    """Return the moment, where the model changes with time."""
    return asked.moment if asked.model is not None and asked.table.models[asked.model.id].changes else None


def _locks(look: Look, cell: Cell) -> tuple[Lock, ...]:
    return tuple(lock(look.asked.table, each, look.asked.language) for each in _closed(look, cell))


def _closed(look: Look, cell: Cell) -> Iterator[Gate]:
    asked, model = look.asked, look.asked.model
    assert model is not None  # noqa: S101  a cell belongs to a model
    before = gates_of(asked.table, model, cell, look.verdict.picks.values)
    return (each for each in before if not opens(each, asked.grants))


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


def _understood(asked: Question, verdict: Verdict) -> dict[str, Any]:
    model = asked.model
    if model is None or model.gone is not None:
        return {}
    there = verdict.picks.values
    wrong = {each.field for each in verdict.faults}
    known = (each for each in model.options.values() if each.name in there and each.name not in wrong)
    return {MODEL: model.id, **{each.name: each.picked(there[each.name]) for each in known}}
