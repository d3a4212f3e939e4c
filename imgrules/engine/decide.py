"""
Decide whether a selection may be made and what it costs, and build its request body.

`decide` is total: every selection gets an answer. The plan of a model finds the outcome of a selection; here it is compared
with grants and texts. The reasons of a refusal are found by `refusals/evaluate.py`, which is loaded at its first use.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from imgrules.engine.decision import Decision, Refused, Request, Status, origin_of, refusal
from imgrules.engine.find import Asked, find
from imgrules.engine.gates import is_kind_of_grants
from imgrules.engine.lazy import put
from imgrules.engine.plan.outcome import REFUSED, tell
from imgrules.engine.plan.plan import Found, Stretches, planned
from imgrules.table.moments import is_usual
from imgrules.table.records import Table


def decide(table: Table, selection: Any, grants: Any = (), language: str | None = None, at: object = None) -> Decision:
    """
    Return whether a selection may be made by the holder of these grants at a moment, and its price in credits.

    Fields that the request body needs and the selection lacks do not count here; `emit` requires them.
    Never raises: a selection that is no mapping, or that cannot be read, is impossible.
    """
    found = find(table, selection, at, grants)
    outcome = found[0]
    if outcome.free:
        return outcome.allowed(found)
    return decide_otherwise(table, found, (selection, grants, language, at))


def decide_otherwise(table: Table, found: Found, asked: Asked, *, whole: bool = False) -> Decision:
    """
    Return the decision for an outcome that is not allowed to everybody.

    With `whole`, texts that a request body needs and the selection lacks make it impossible.
    """
    outcome = found[0]
    if outcome is REFUSED or (whole and outcome.lacking):
        return impossible(table, asked, whole=whole)
    closed = () if not outcome.gates else outcome.closed(asked[1])
    if closed is None:
        held, unread = _caller_input().read_grants(asked[1])
        if unread:
            return impossible(table, asked, whole=whole)
        closed = outcome.closed(held) or ()
    decision = outcome.locked(found, closed, asked[2]) if closed else outcome.allowed(found)
    if outcome.noted:
        put(decision, "_fill", (_fill_with_notes, found, table, _copy_of(asked) or _evaluate_module().look(table, asked)))
    return decision


def _fill_with_notes(found: Found, table: Table, asked: Any, decision: Decision, name: str) -> None:
    """Set the attributes that were left out at first, and the notes; called by `Unseen` at the first access."""
    evaluate = _evaluate_module()
    notes = evaluate.notes_of(evaluate.look(table, asked) if type(asked) is tuple else asked)
    tell(found[0], found, decision, name)
    put(decision, "notes", notes)


def emit(table: Table, found: Found, asked: Asked) -> dict[str, Any]:
    """
    Return the request body for an outcome.

    Raises:
        Refused: the selection is not allowed, or a text is missing that the body needs; has the decision.

    """
    decision = decide_otherwise(table, found, asked, whole=True)
    if decision.status is not Status.ALLOWED:
        raise Refused(decision)
    return found[0].template.fill(found)


def body(table: Table, decision: Decision, selection: Any, language: str | None) -> dict[str, Any]:
    """
    Return the request body of a decision with the texts of a selection.

    Raises:
        Refused: the decision is not allowed, or a text is missing or invalid.

    """
    found = None if decision.status is not Status.ALLOWED else _found_again(table, decision, selection)
    if found is not None and not found[0].lacking:
        return found[0].template.fill(found)
    model = None if decision.model is None else table.models[decision.model]
    if decision.status is not Status.ALLOWED or model is None:
        raise Refused(decision)
    model = model.at(decision.at) or model.versions[0]
    texts = _caller_input().texts_of(table, model, selection)
    chosen = {
        name: value for name, value in decision.select.items() if name not in model.options or not model.options[name].follows
    }
    grants = frozenset(grant for gate in table.gates.values() for grant in gate.opens_with)
    whole = {**texts, **chosen}
    return emit(table, find(table, whole, decision.at, grants), (whole, grants, language, decision.at))


def _found_again(table: Table, decision: Decision, selection: Any) -> Found | None:
    """Return the outcome of the options of a decision with the texts of a selection; None if it has to be found anew."""
    origin = origin_of(decision)
    if origin is None or type(selection) is not dict:
        return None
    plan = planned(table, origin[0].model.id)
    if isinstance(plan, Stretches):
        plan = None if decision.at is None else plan.at(decision.at)
    try:
        return None if plan is None else plan.again(origin, selection, decision.at)
    except Exception:  # noqa: BLE001  a hostile key; `emit` reads it safely
        return None


def request(table: Table, asked: Asked) -> Request:
    """Return the decision about a complete request, with its body where it is allowed."""
    found = find(table, asked[0], asked[3], asked[1])
    decision = decide_otherwise(table, found, asked, whole=True)
    return Request(decision, found[0].template.fill(found) if decision.status is Status.ALLOWED else None)


def impossible(table: Table, asked: Asked, *, whole: bool = False) -> Decision:
    """
    Return a refusal; its reasons are found at the first access.

    With `whole`, texts count that a request body needs and the selection lacks.
    """
    own = _copy_of(asked)
    return refusal(
        (_fill_refusal, table, own, whole)
        if own
        else (_evaluate_module().told, _evaluate_module().look(table, asked, whole=whole))
    )


def _copy_of(asked: Asked) -> Asked | None:
    """
    Return a copy of a question, so that later changes of the caller, to the selection or the grants, cannot change it.

    Return None if any part is of a class whose copy might be read differently.
    """
    selection, grants, language, at = asked
    if type(selection) is not dict or not is_kind_of_grants(grants) or not (at is None or is_usual(at)):
        return None
    own = selection.copy()
    try:
        lists = {name: value.copy() for name, value in own.items() if type(value) is list}
        if lists:
            own.update(lists)
    except Exception:  # noqa: BLE001  a hostile key
        return None
    return own, grants.copy() if type(grants) is set or type(grants) is list else grants, language, at


def _fill_refusal(table: Table, asked: Asked, whole: bool, decision: Decision, name: str) -> Any:  # noqa: FBT001  as kept
    evaluate = _evaluate_module()
    if name == "violation":
        return evaluate.first(table, asked, whole=whole)
    evaluated = evaluate.look(table, asked, whole=whole)
    evaluate.told(evaluated, decision, name)
    put(decision, "_fill", (evaluate.told, evaluated))
    return None


@cache
def _evaluate_module() -> Any:
    """Return the module that evaluates a refusal in full; a service whose requests are all valid never loads it."""
    from imgrules.refusals import evaluate  # noqa: PLC0415  see above

    return evaluate


@cache
def _caller_input() -> Any:
    """Return the module that reads any input of a caller; a service whose callers use canonical names never loads it."""
    from imgrules.engine import caller_input  # noqa: PLC0415  see above

    return caller_input
