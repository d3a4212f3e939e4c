"""Faults become violations: why a selection is refused, in the asked language, and what would be accepted instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from imgrules.engine.lazy import put
from imgrules.engine.reasons import Note, NoteCode, Violation, ViolationCode
from imgrules.engine.request_caps import SLIP_KEYS, TOLD
from imgrules.quoting import quoted
from imgrules.refusals.accepted import broken, lengths, takes
from imgrules.refusals.alternatives import possible_values, values_that_go
from imgrules.refusals.constraints import Fault, Question, Verdict, examine, wrong_entry
from imgrules.refusals.phrases import Said
from imgrules.refusals.suggest import models_of, nearest
from imgrules.table.measures import entries, fits_text, length
from imgrules.table.messages import filled
from imgrules.table.records import MODEL, Option, fields_of
from imgrules.table.terms import Absence, Limit, Text

_HALF = re.compile("[\ud800-\udfff]")


def _seen(asked: Question, verdict: Verdict | None, fault: Fault, violation: Violation, _: str) -> None:
    known = examine(asked) if verdict is None else verdict
    message, allowed, suggestion = _OF_CODE[fault.code](Said(asked, known), fault)
    put(violation, "message", message)
    put(violation, "allowed", allowed)
    put(violation, "suggestion", suggestion)
    # A violation that was told holds no table.
    put(violation, "_fill", ())


def violations(asked: Question, verdict: Verdict) -> tuple[Violation, ...]:
    """Return every reason against a selection, in the order of its faults."""
    return tuple([violation(asked, verdict, each) for each in verdict.faults])


def violation(asked: Question, verdict: Verdict | None, fault: Fault) -> Violation:
    """Return a fault as a violation, of which the most is told when somebody looks; the verdict is found then, too."""
    value = _picked(asked, fault) if fault.code is _NOT_TOGETHER else fault.value
    made = _new(Violation)
    put(made, "code", fault.code)
    put(made, "field", fault.field)
    put(made, "value", value)
    put(made, "_fill", (_seen, asked, verdict, fault))
    kind = type(value)
    if not (kind is str or value is None or kind is int or kind is bool or kind is float):
        # What may be another until somebody looks is looked at now.
        _ = made.message
    return made


def _picked(asked: Question, fault: Fault) -> Any:
    """Return what a caller picked of an option that goes with nothing, or what it has without being picked."""
    value, option = asked.picked.get(fault.field, fault.value), asked.model and asked.model.options.get(fault.field)
    return option.picked(value) if option else value


_new = object.__new__
_NOT_TOGETHER = ViolationCode.NOT_TOGETHER  # looked up once: Python 3.11 takes long


def notes(asked: Question, verdict: Verdict) -> tuple[Note, ...]:
    """Return what was accepted otherwise than it was given, each with its sentence."""
    said = Said(asked, verdict)
    # Of a model that is gone, nothing but its name was looked at.
    gone = asked.model is not None and asked.model.gone is not None
    known = tuple(each for each in asked.notes if each.field == MODEL) if gone else asked.notes
    replaced = tuple(_replaced(said, each) for each in known[:TOLD])
    more = len(known) - TOLD
    if more > 0:
        rest = known[TOLD]
        replaced += (Note(rest.code, rest.field, None, None, said("more_notes", count=more)),)
    return (*replaced, *(_ignored(said, name, limit) for name, limit in verdict.picks.ignored.items()))


def few(found: tuple[Violation, ...], asked: Question) -> tuple[Violation, ...]:
    """Return as many violations as are told, and one that counts the rest."""
    if len(found) <= TOLD:
        return found
    text = filled(asked.table, asked.language, "more_violations", {"count": len(found) - TOLD})
    return (*found[:TOLD], Violation(found[TOLD].code, "selection", None, text))


def _replaced(said: Said, note: Note) -> Note:
    text = said(note.code.value, field=note.field, value=quoted(note.given), taken=quoted(note.taken))
    return Note(note.code, note.field, note.given, note.taken, text)


def _ignored(said: Said, name: str, limit: Limit) -> Note:
    text = said.with_reasons(said("ignored", field=name), (limit,))
    return Note(NoteCode.IGNORED, name, said.model.options[name].picked(said.asked.picked[name]), None, text)


_Told: TypeAlias = tuple[str, tuple[str, ...], str | None]
"""The message of a violation, what is allowed, and what was probably meant."""


def _told(text: str, allowed: tuple[str, ...] = (), meant: str | None = None) -> _Told:
    return text, allowed, meant


def _unknown_model(said: Said, fault: Fault) -> _Told:
    models, meant = said.models, models_of(said.asked.table).nearest(fault.value)
    more = "did_you_mean" if meant else "choose" if models else "no_models"
    hint = said(more, meant=quoted(meant), allowed=said.list(models))
    return _told(said("unknown_model", value=quoted(fault.value), choose=hint), models, meant)


def _unknown_field(said: Said, fault: Fault) -> _Told:
    model, picked = said.model, said.asked.picked
    means = next((each.means for each in model.aliases if each.name == fault.field), None)
    if means is not None and means in picked:
        return _told(said("second_name", field=fault.field, meant=quoted(means)))
    known = (*(name for name, each in model.options.items() if each.follows is None), *fields_of(said.asked.table, model))
    meant = nearest(fault.field, [each for each in known if each not in picked]) if len(picked) <= SLIP_KEYS else None
    more = "did_you_mean" if meant else "it_has" if known else "it_has_none"
    hint = said(more, meant=quoted(meant), allowed=said.list(known))
    return _told(said("unknown_field", model=model.id, field=quoted(fault.field), choose=hint), (), meant)


def _refused_field(said: Said, fault: Fault) -> _Told:
    model = said.asked.model
    if model is not None and fault.sentence:
        rule = model.options[fault.field].follows
        return _told(said(fault.sentence, field=fault.field, allowed=said.list(rule.names if rule else (), "and")))
    kinds = said.asked.table.types
    kind = next(iter(kinds.values())) if model is None else kinds[model.type]
    return _told(said("refused_field", field=fault.field, because=said.label(kind.refused[fault.field])))


def _missing(said: Said, fault: Fault) -> _Told:
    if fault.sentence == "missing_model":
        return _told(said("missing_model", allowed=said.list(said.models) or said("no_models")), said.models)
    names = {"model": said.model.id, "field": fault.field}
    if fault.sentence == "missing_at":
        return _told(said("missing_at", moment=quoted(said.model.changes[0].at.removesuffix("T00:00:00Z")), **names))
    if fault.sentence:
        return _told(said.with_reasons(said(fault.sentence, **names), fault.limits))
    option = said.model.options[fault.field]
    if option.listed:
        possible = possible_values(said.asked, said.verdict, option)
        return _told(said("missing_field", choose=said.choose(possible), **names), possible)
    return _told(said("missing_open_field", takes=takes(said, option), **names), tuple(option.values))


def _wrong_type(said: Said, fault: Fault) -> _Told:
    model = said.asked.model
    option = None if model is None else model.options.get(fault.field)
    numeric = option is not None and option.number is not None and type(fault.value) is not str
    found = quoted(fault.value) if numeric and fault.value is not None else said.given(fault.value)
    if model is None:
        text = said("wrong_type", field=fault.field, takes=said("text"), value=found)
        return _told(_with_choice(said, text, said.models), said.models)
    if option is not None and option.many is not None:
        return _told(_wrong_list(said, option, fault))
    if type(fault.value) is str and (option is None or not (option.number or option.switch)):
        return _told(_half_character(said, fault.field, fault.value))
    wanted = said("switch" if option is not None and option.switch else "text")
    if option is not None and not option.listed:
        wanted = takes(said, option)
    text = said("wrong_type", field=fault.field, takes=wanted, value=found)
    allowed = possible_values(said.asked, said.verdict, option) if option is not None and option.listed else ()
    return _told(_with_choice(said, text, allowed), allowed)


def _wrong_list(said: Said, option: Option, fault: Fault) -> str:
    """Return what is wrong with a list, or with the first entry of it that is no text."""
    listed = entries(fault.value)
    at = None if listed is None else wrong_entry(listed)
    if listed is None or at is None:
        return said("wrong_type", field=fault.field, takes=takes(said, option), value=said.given(fault.value))
    name, entry = f"{fault.field}[{at}]", listed[at]
    if type(entry) is str:
        return _half_character(said, name, entry)
    return said("wrong_type", field=name, takes=said("text"), value=said.given(entry))


def _half_character(said: Said, field: str, text: str) -> str:
    return said("half_character", field=field, place=_HALF.search(text).start() + 1)  # type: ignore[union-attr]  # it holds one


def _with_choice(said: Said, text: str, allowed: tuple[str, ...]) -> str:
    return said("then", message=text, more=said.choose(allowed)) if allowed else text


def _not_offered(said: Said, fault: Fault) -> _Told:
    option = said.model.options[fault.field]
    possible = possible_values(said.asked, said.verdict, option)
    value = fault.value if option.many is None else next(each for each in fault.value if each not in option.values)
    meant = nearest(value, possible)
    choose = said.choose(possible, meant) if option.listed or option.many else said("choose", allowed=takes(said, option))
    text = said("not_offered", model=said.model.id, field=fault.field, value=quoted(value), choose=choose)
    return _told(text, possible, meant)


def _out_of_range(said: Said, fault: Fault) -> _Told:
    option = said.model.options[fault.field]
    if option.many is not None:
        return _told(said("text_length", field=fault.field, takes=takes(said, option), length=len(fault.value)))
    text = said("out_of_range", field=fault.field, takes=takes(said, option), value=quoted(fault.value))
    why = broken(said, option, fault.value)
    return _told(said("and_because", message=text, because=why) if why else text, tuple(option.values))


def _text_length(said: Said, fault: Fault) -> _Told:
    option = said.model.options.get(fault.field)
    rules = fields_of(said.asked.table, said.model)[fault.field].rules if option is None else (option.text or Text(),)
    texts = [fault.value] if type(fault.value) is str else fault.value
    wrong, rule = next((each, rule) for each in texts for rule in rules if not fits_text(each, rule))
    return _told(said("text_length", field=fault.field, takes=lengths(said, rule), length=length(wrong, rule)))


def _not_together(said: Said, fault: Fault) -> _Told:
    option = said.model.options[fault.field]
    value = said.asked.picked.get(fault.field, fault.value)
    together = said("not_together", field=fault.field, value=said.held(value))
    text = said("not_there", field=fault.field) if value is None else together
    possible = _in_place_of(said, option) if option.listed else ()
    return _told(_with_choice(said, said.with_reasons(text, fault.limits), possible), possible)


def _in_place_of(said: Said, option: Option) -> tuple[str, ...]:
    """Return the values that end a quarrel; where only leaving something out does, there is none."""
    return () if option.name in said.verdict.picks.misplaced else values_that_go(said.asked, said.verdict, option)


def _out_of_time(said: Said, fault: Fault) -> _Told:
    option = said.model.options.get(fault.field)
    value = fault.value
    if option is not None and option.many is not None:
        retired = fault.code is ViolationCode.RETIRED
        value = next(each for each in value if each in option.gone and option.gone[each].retired is retired)
    gone = (said.model.gone if option is None else option.gone[value]) or Absence("", retired=True)
    text = said(fault.code.value, field=fault.field, value=quoted(value), moment=gone.on.removesuffix("T00:00:00Z"))
    allowed = () if option is None else possible_values(said.asked, said.verdict, option)
    if gone.use is None:
        return _told(_with_choice(said, text, allowed), allowed)
    return _told(said("then", message=text, more=said("use", meant=quoted(gone.use))), allowed, gone.use)


_OF_CODE: Mapping[ViolationCode, Callable[[Said, Fault], _Told]] = {
    ViolationCode.UNKNOWN_MODEL: _unknown_model,
    ViolationCode.UNKNOWN_FIELD: _unknown_field,
    ViolationCode.REFUSED_FIELD: _refused_field,
    ViolationCode.MISSING_FIELD: _missing,
    ViolationCode.WRONG_TYPE: _wrong_type,
    ViolationCode.NOT_OFFERED: _not_offered,
    ViolationCode.OUT_OF_RANGE: _out_of_range,
    ViolationCode.TEXT_LENGTH: _text_length,
    ViolationCode.NOT_TOGETHER: _not_together,
    ViolationCode.NOT_YET: _out_of_time,
    ViolationCode.RETIRED: _out_of_time,
}
