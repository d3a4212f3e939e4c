"""Turn faults into violations: why a selection is refused, in the language of the caller, and what is possible instead."""

from __future__ import annotations

from functools import cache
from typing import Any

from imgrules.engine.decision_records import Note, NoteCode, Violation, ViolationCode
from imgrules.engine.lazy import LazyRecord, put
from imgrules.engine.request_caps import MOST_REPORTED
from imgrules.quoting import quoted
from imgrules.refusals.constraints import Verdict
from imgrules.refusals.explanations import EXPLAINED, by_message
from imgrules.refusals.faults import HELD_FACT, Fault
from imgrules.refusals.phrases import Phrases
from imgrules.refusals.questions import Question
from imgrules.table.records import MODEL
from imgrules.table.terms import Limit
from imgrules.table.texts.messages import filled


def explain(question: Question, verdict: Verdict, fault: Fault, violation: Violation, _: str = "") -> None:
    """Fill in the lazy attributes of a violation."""
    of_fact = fault.fact or fault.sentence == HELD_FACT
    explained = _facts_module().explained_fact if of_fact else EXPLAINED.get(fault.code, by_message)
    message, allowed, suggestion = explained(Phrases(question, verdict), fault)
    put(violation, "message", message)
    put(violation, "allowed", allowed)
    put(violation, "suggestion", suggestion)
    # Nothing is left to fill in; this releases the reference to the table.
    put(violation, "_fill", ())


@cache
def _facts_module() -> Any:
    """Return the module about facts; a service whose rules have none never loads it."""
    from imgrules.refusals import fact_faults  # noqa: PLC0415  see above

    return fact_faults


def violations(question: Question, verdict: Verdict) -> tuple[Violation, ...]:
    """Return a violation for each fault of a verdict, in the same order."""
    return tuple([violation(_value(question, fault), fault, (explain, question, verdict, fault)) for fault in verdict.faults])


def violation(value: Any, fault: Fault, fill: tuple[Any, ...]) -> Violation:
    """Return the violation for a fault; `fill`, as in `LazyRecord`, finds its message, allowed values and suggestion."""
    made = _new(Violation)
    _put_code(made, fault.code)
    _put_field(made, fault.field)
    _put_value(made, value)
    _put_fact(made, fault.fact)
    _put_fill(made, fill)
    if not _is_plain(value):
        # The caller may change the value before the message is read.
        if type(value) is list and all(map(_is_plain, value)):
            _put_value(made, value.copy())
        else:
            _ = made.message
    return made


def _is_plain(value: Any) -> bool:
    """Whether a value is told the same whenever it is told; a mapping is told by its class alone."""
    # Comparing by identity runs no code of the caller.
    kind = type(value)
    return kind is str or value is None or kind is int or kind is bool or kind is float or kind is dict


def _value(question: Question, fault: Fault) -> Any:
    return _picked(question, fault) if fault.code is _NOT_TOGETHER else fault.value


def _picked(question: Question, fault: Fault) -> Any:
    """Return what the caller picked for an option that conflicts with others, else its default or computed value."""
    value = question.picked.get(fault.field, fault.value)
    option = question.model and question.model.options.get(fault.field)
    return option.picked(value) if option else value


_new = object.__new__
_put_code, _put_field, _put_value, _put_fact = (vars(Violation)[name].__set__ for name in ("code", "field", "value", "fact"))
_put_fill = vars(LazyRecord)["_fill"].__set__
_NOT_TOGETHER = ViolationCode.NOT_TOGETHER  # looked up once: slow in Python 3.11


def notes(question: Question, verdict: Verdict) -> tuple[Note, ...]:
    """Return the notes with their messages: on replaced values (100, then the number of the rest), and on ignored options."""
    phrases = Phrases(question, verdict)
    # If the model is not sold at the moment, only its name was read.
    gone = question.model is not None and question.model.gone is not None
    all_notes = tuple(note for note in question.notes if note.field == MODEL) if gone else question.notes
    if verdict.picks.ignored:
        # A value without effect is accepted where the option would snap it, but nothing takes its place.
        all_notes = tuple(note for note in all_notes if not _is_without_effect(note, verdict))
    replaced = tuple(_replaced(phrases, note) for note in all_notes[:MOST_REPORTED])
    omitted = len(all_notes) - MOST_REPORTED
    if omitted > 0:
        first = all_notes[MOST_REPORTED]
        replaced += (Note(first.code, first.field, None, None, phrases("more_notes", count=omitted)),)
    return (*replaced, *(_ignored(phrases, name, limit) for name, limit in verdict.picks.ignored.items()))


def _is_without_effect(note: Note, verdict: Verdict) -> bool:
    return note.code is NoteCode.SNAPPED and note.field in verdict.picks.ignored


def truncated(all_violations: tuple[Violation, ...], question: Question) -> tuple[Violation, ...]:
    """Return the first 100 violations, and one that counts the rest."""
    if len(all_violations) <= MOST_REPORTED:
        return all_violations
    text = filled(question.table, question.language, "more_violations", {"count": len(all_violations) - MOST_REPORTED})
    return (*all_violations[:MOST_REPORTED], Violation(all_violations[MOST_REPORTED].code, "selection", None, text))


def _replaced(phrases: Phrases, note: Note) -> Note:
    name = note.code.value
    if note.code is NoteCode.SNAPPED and phrases.model.options[note.field].snap != "nearest":
        name = f"{name}_{phrases.model.options[note.field].snap}"
    text = phrases(name, field=note.field, value=quoted(note.given), taken=quoted(note.taken))
    return Note(note.code, note.field, note.given, note.taken, text)


def _ignored(phrases: Phrases, name: str, limit: Limit) -> Note:
    text = phrases.with_reasons(phrases("ignored", field=name), (limit,))
    picked = phrases.model.options[name].picked(phrases.question.picked[name])
    given = (note.given for note in phrases.question.notes if note.code is NoteCode.SNAPPED and note.field == name)
    return Note(NoteCode.IGNORED, name, next(given, picked), None, text)
