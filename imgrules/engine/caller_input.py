"""
Read a selection, grants and a moment of any class, and put the selection into canonical names.

Any method of these objects may raise: input that cannot be read becomes a violation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

from imgrules.engine.decision_records import Note, Violation, ViolationCode
from imgrules.engine.gates import are_grants, are_texts
from imgrules.engine.normalize import canonical, model_of
from imgrules.engine.plan.outcome import REFUSED
from imgrules.engine.plan.plan import NO, Answer, Plan, planned
from imgrules.engine.request_caps import KEYS
from imgrules.quoting import quoted, shown
from imgrules.table.moments import NoMoment, moment
from imgrules.table.records import MODEL, Model, Table, fields_of


def find_by_other_names(table: Table, selection: object, at: object, grants: object, facts: object = None) -> Answer:
    """Return the outcome of a selection that `find` cannot look up: other names or classes than usual, no moment, or no facts."""
    picked, unread = read_selection(selection)
    now, invalid = read_moment(at)
    model, note = model_of(table, picked, now)
    stated, wrong = ({}, ()) if facts is None else facts_module().read_facts(table, model, facts)
    plan = None if unread or invalid or wrong or model is None else planned(table, model.id)
    if plan is None or any(value is None for value in stated.values()):
        return NO
    plans = (plan,) if isinstance(plan, Plan) else plan.all() if now is None else (plan.at(now),)
    answers = (answer for version in plans for answer in _answers_of(version, picked, now, stated, noted=note is not None))
    return _same_in_all(answers, grants)


def _answers_of(
    plan: Plan | None, picked: Mapping[str, Any], now: str | None, stated: Mapping[str, Any], *, noted: bool
) -> Iterable[tuple[Answer, tuple[Note, ...]] | None]:
    """Return the outcomes of a selection, one for each value to try of a missing fact; None where none can be found."""
    if plan is not None and not plan.model.facts:
        return (_answer_of(plan, picked, now, {}, noted=noted),)
    whole = None if plan is None else facts_module().completions(plan.model, stated)
    if plan is None or whole is None:
        return (None,)
    return (_answer_of(plan, picked, now, facts, noted=noted) for facts in whole)


@cache
def facts_module() -> Any:
    """Return the module that reads facts; a service whose rules have none never loads it."""
    from imgrules.engine.facts import facts  # noqa: PLC0415  see above

    return facts


def _answer_of(
    plan: Plan, picked: Mapping[str, Any], now: str | None, facts: Mapping[str, Any], *, noted: bool
) -> tuple[Answer, tuple[Note, ...]]:
    """Return the outcome of a selection in canonical names, with its open values, and notes on replaced values."""
    named, notes = canonical(plan.model, picked, now)
    selection = {MODEL: plan.model.id, **_as_given(plan.model, named)}
    answer = (plan.read(selection, now, facts) if plan.model.facts else plan.read(selection, now)) or NO
    return (answer[0].with_notes(), *answer[1:]) if (noted or notes) and answer[0] is not REFUSED else answer, notes


def _as_given(model: Model, named: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same values, with those of a switch as a caller picks them: true and false."""
    options = model.options
    return {name: options[name].picked(value) if name in options else value for name, value in named.items() if name != MODEL}


def _same_in_all(answers: Iterable[tuple[Answer, tuple[Note, ...]] | None], grants: object) -> Answer:
    """Return the first outcome, if the holder of these grants sees the same in every one: in each period, with each fact."""
    first: tuple[Answer, tuple[Note, ...]] | None = None
    first_view: tuple[Any, ...] | None = None
    held = frozenset[str]()
    for answer in answers:
        if answer is None or answer[0][0] is REFUSED:
            return NO
        if first is None:
            first = answer
            continue
        if first_view is None:
            held = read_grants(grants)[0]
            first_view = _view(*first, held)
        if _view(*answer, held) != first_view:
            return NO
    return NO if first is None else first[0]


def _view(answer: Answer, notes: Iterable[Note], grants: frozenset[str]) -> tuple[Any, ...]:
    """Return all that the holder of these grants can see of an outcome, to be compared."""
    outcome = answer[0]
    closed = outcome.closed(grants)
    facts = (*outcome.costs(answer), closed, outcome.ignored, outcome.noted, outcome.lacking)
    # The given values are the same in all periods, and comparing them might raise.
    replaced = [(note.code, note.field, note.taken) for note in notes]
    # Nothing is sent while a gate is closed.
    sent = None if closed else (outcome.request, outcome.template.fill(answer))
    return outcome.shown(answer), facts, replaced, sent


def texts_of(table: Table, model: Model, selection: object) -> dict[str, Any]:
    """Return the values of a selection for the text fields of a model, by canonical name."""
    named, _ = canonical(model, read_selection(selection)[0], None)
    return {name: named[name] for name in fields_of(table, model) if name in named}


def read_selection(selection: object) -> tuple[dict[str, Any], tuple[Violation, ...]]:
    """Return the fields of a selection whose keys are text, and a violation for each part that cannot be read."""
    try:
        whole = dict(selection) if type(selection) is dict or isinstance(selection, Mapping) else None
    except Exception as error:  # noqa: BLE001  a hostile mapping may raise anything; it becomes a violation
        return {}, (_wrong_type("selection", selection, f"the selection cannot be read ({type(error).__name__})"),)
    if whole is None:
        text = f"the selection {quoted(selection)} is not a mapping of names to values"
        return {}, (_wrong_type("selection", selection, text),)
    if len(whole) > KEYS:
        text = f"the selection has {len(whole)} fields, but at most {KEYS} are read"
        return {}, (Violation(ViolationCode.UNKNOWN_FIELD, "selection", None, text),)
    if are_texts(whole):
        return whole, ()
    misnamed = ((key, value) for key, value in whole.items() if not isinstance(key, str))
    message = "the field name {} is not a string".format
    unread = tuple(_wrong_type(str(shown(key)), value, message(quoted(key))) for key, value in misnamed)
    # A key of a subclass of `str`, such as a member of an enumeration, counts as its text.
    return {str.__str__(key): value for key, value in whole.items() if isinstance(key, str)}, unread


def is_beyond(unread: tuple[Violation, ...]) -> bool:
    """Whether a selection has more fields than `KEYS`, so that none was read."""
    return any(violation.code is ViolationCode.UNKNOWN_FIELD for violation in unread)


def read_grants(grants: Any) -> tuple[frozenset[str], tuple[Violation, ...]]:
    """Return the grants of a caller, and no violation; if they cannot be read, no grants, and the violation that says why."""
    if are_grants(grants):
        return frozenset(grants), ()
    # Iterating over a text gives letters, and over a mapping only its keys: both are mistakes of a programmer.
    try:
        held = tuple(grants) if isinstance(grants, AbstractSet | list | tuple) else () if grants is None else (grants,)
    except Exception as error:  # noqa: BLE001  a hostile collection may raise anything; it becomes a violation
        return frozenset(), (_wrong_type("grants", grants, f"the grants cannot be read ({type(error).__name__})"),)
    if are_grants(held) and type(grants) is not str:
        return frozenset(held), ()
    wrong = next((grant for grant in held if type(grant) is not str), grants)
    return frozenset(), (_wrong_type("grants", grants, f"grants are a set of strings, but {quoted(wrong)} was given"),)


def read_moment(at: object) -> tuple[str | None, tuple[Violation, ...]]:
    """Return a moment as text in UTC, and no violation; if it cannot be read, None, and the violation that says why."""
    try:
        return moment(at), ()
    except NoMoment as error:
        return None, (_wrong_type("at", at, str(error)),)
    except Exception as error:  # noqa: BLE001  the time zone of a datetime may be any code
        return None, (_wrong_type("at", at, f"the moment cannot be read ({type(error).__name__})"),)


def _wrong_type(field: str, value: object, message: str) -> Violation:
    return Violation(ViolationCode.WRONG_TYPE, field, value, message)
