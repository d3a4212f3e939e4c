"""
What a caller gave, whatever it is: a selection, grants and a moment are read, and brought into canonical names.

Any object may come in, and any of its methods may raise: what cannot be read is a violation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from imgrules.engine.gates import are_grants, are_texts
from imgrules.engine.normalize import canonical, model_named
from imgrules.engine.plan.outcome import REFUSED
from imgrules.engine.plan.plan import NO, Found, Plan, planned
from imgrules.engine.reasons import Note, Violation, ViolationCode
from imgrules.engine.request_caps import KEYS
from imgrules.quoting import quoted, shown
from imgrules.table.moments import NoMoment, moment
from imgrules.table.records import MODEL, Model, Table, fields_of


def find_otherwise(table: Table, selection: object, at: object, grants: object) -> Found:
    """Return what comes of a selection that is not in the model's own names, or of an odd kind, or asked of no moment."""
    picked, unread = read_selection(selection)
    now, odd = read_moment(at)
    model, note = model_named(table, picked.get(MODEL), now)
    plan = None if unread or odd or model is None else planned(table, model.id)
    if plan is None or model is None:
        return NO
    if isinstance(plan, Plan):
        return _found(plan, picked, now, noted=note is not None)[0]
    if now is None:
        found = (None if each is None else _found(each, picked, None, noted=note is not None) for each in plan.all())
        return _alike(found, read_grants(grants)[0])
    there = plan.at(now)
    return NO if there is None else _found(there, picked, now, noted=note is not None)[0]


def _found(plan: Plan, picked: Mapping[str, Any], now: str | None, *, noted: bool) -> tuple[Found, tuple[Note, ...]]:
    """Return what comes of a selection in canonical names, and what was replaced; what is not accepted then is impossible."""
    named, notes = canonical(plan.model, picked, now)
    found = plan.read({MODEL: plan.model.id, **_as_given(plan.model, named)}, now) or NO
    return (found[0].with_notes(), *found[1:]) if (noted or notes) and found[0] is not REFUSED else found, notes


def _as_given(model: Model, named: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same, with a switch as a caller picks it."""
    options = model.options
    return {name: options[name].picked(each) if name in options else each for name, each in named.items() if name != MODEL}


def _alike(stretches: Iterable[tuple[Found, tuple[Note, ...]] | None], grants: frozenset[str]) -> Found:
    """Return what comes of a selection where somebody who holds these grants learns the same in every stretch of time."""
    first, said = NO, None
    for each in stretches:
        if each is None or each[0][0] is REFUSED:
            return NO
        found, notes = each
        if first is NO:
            first, said = found, _told(found, notes, grants)
        elif _told(found, notes, grants) != said:
            return NO
    return first


def _told(found: Found, notes: Iterable[Note], grants: frozenset[str]) -> tuple[Any, ...]:
    """Return all that somebody learns of what comes of a selection."""
    outcome = found[0]
    said = (outcome.credits, outcome.regular, outcome.closed(grants), outcome.ignored, outcome.noted, outcome.lacking)
    # What was given is the same for all, and may be anything: it is not compared, which might raise.
    replaced = [(each.code, each.field, each.taken) for each in notes]
    return outcome.chosen(found), said, replaced, outcome.template.fill(found)


def texts_of(table: Table, model: Model, selection: object) -> dict[str, Any]:
    """Return what a selection holds under the canonical names of texts."""
    named, _ = canonical(model, read_selection(selection)[0], None)
    return {each: named[each] for each in fields_of(table, model) if each in named}


def read_selection(selection: object) -> tuple[dict[str, Any], tuple[Violation, ...]]:
    """Return the fields of a selection that are named by text, and what could not be read."""
    try:
        whole = dict(selection) if type(selection) is dict or isinstance(selection, Mapping) else None
    except Exception as error:  # noqa: BLE001  a hostile mapping may raise anything; it becomes a violation
        return {}, (_odd("selection", selection, f"the selection cannot be read ({type(error).__name__})"),)
    if whole is None:
        return {}, (_odd("selection", selection, f"a selection is a mapping, but {quoted(selection)} was given"),)
    if len(whole) > KEYS:
        text = f"a selection has at most {KEYS} fields, but {len(whole)} were given"
        return {}, (Violation(ViolationCode.UNKNOWN_FIELD, "selection", None, text),)
    if are_texts(whole):
        return whole, ()
    strange = ((key, each) for key, each in whole.items() if not isinstance(key, str))
    faults = tuple(_odd(str(shown(key)), each, f"a field name is text, not {quoted(key)}") for key, each in strange)
    # A text of another class, such as a member of an enumeration, counts as the text that it holds.
    return {str.__str__(key): each for key, each in whole.items() if isinstance(key, str)}, faults


def is_beyond(unread: tuple[Violation, ...]) -> bool:
    """Whether a selection has more fields than are looked at."""
    return any(each.code is ViolationCode.UNKNOWN_FIELD for each in unread)


def read_grants(grants: Any) -> tuple[frozenset[str], tuple[Violation, ...]]:
    """Return the grants that somebody holds, or none and why they could not be read."""
    if are_grants(grants):
        return frozenset(grants), ()
    # A text would be read letter by letter and a mapping without its values: mistakes of a programmer, told apart here.
    try:
        held = tuple(grants) if isinstance(grants, AbstractSet | list | tuple) else () if grants is None else (grants,)
    except Exception as error:  # noqa: BLE001  a hostile collection may raise anything; it becomes a violation
        return frozenset(), (_odd("grants", grants, f"the grants cannot be read ({type(error).__name__})"),)
    if are_grants(held) and type(grants) is not str:
        return frozenset(held), ()
    return frozenset(), (_odd("grants", grants, f"grants are a set of strings, but {quoted(grants)} was given"),)


def read_moment(at: object) -> tuple[str | None, tuple[Violation, ...]]:
    """Return the moment as the table writes it, or None and why it could not be read."""
    try:
        return moment(at), ()
    except NoMoment as error:
        return None, (_odd("at", at, str(error)),)
    except Exception as error:  # noqa: BLE001  the time zone of a datetime is anybody's code
        return None, (_odd("at", at, f"the moment cannot be read ({type(error).__name__})"),)


def _odd(field: str, value: object, message: str) -> Violation:
    return Violation(ViolationCode.WRONG_TYPE, field, value, message)
