"""
Whether a selection may be made, what it costs, and the request body that it becomes.

`decide` is total: any selection whatever gets an answer. What comes of a selection is found by the plan of its model, and
here grants and texts are held against it. Why something is refused is for `evaluate`, which is loaded when it is first needed.
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
    Return whether a selection may be made by somebody who holds these grants, at a moment.

    Fields that the request body needs and the selection lacks do not count here; `emit` asks for them.
    Never raises: what is no mapping, and what cannot be read, is impossible.
    """
    found = find(table, selection, at, grants)
    outcome = found[0]
    if outcome.free:
        return outcome.allowed(found)
    return decide_otherwise(table, found, (selection, grants, language, at))


def decide_otherwise(table: Table, found: Found, asked: Asked, *, whole: bool = False) -> Decision:
    """
    Return the decision where it is not known that everybody may make the selection.

    `whole` says whether all the texts count that a request body needs.
    """
    outcome = found[0]
    if outcome is REFUSED or (whole and outcome.lacking):
        return impossible(table, asked, whole=whole)
    closed = () if not outcome.gates else outcome.closed(asked[1])
    if closed is None:
        held, odd = _given().read_grants(asked[1])
        if odd:
            return impossible(table, asked, whole=whole)
        closed = outcome.closed(held) or ()
    made = outcome.locked(found, closed, asked[2]) if closed else outcome.allowed(found)
    if outcome.noted:
        put(made, "_fill", (_tell_with_notes, found, table, _own(asked) or _full_evaluation().evaluate(table, asked)))
    return made


def _tell_with_notes(found: Found, table: Table, asked: Any, decision: Decision, name: str) -> None:
    """Fill in what was not put at once, and what was accepted otherwise than it was given."""
    evaluate = _full_evaluation()
    said = evaluate.notes_of(evaluate.evaluate(table, asked) if type(asked) is tuple else asked)
    tell(found[0], found, decision, name)
    put(decision, "notes", said)


def emit(table: Table, found: Found, asked: Asked) -> dict[str, Any]:
    """
    Return the request body of what comes of a selection.

    Raises:
        Refused: the selection is not allowed, or a text is missing that the body needs; carries the decision.

    """
    decision = decide_otherwise(table, found, asked, whole=True)
    if decision.status is not Status.ALLOWED:
        raise Refused(decision)
    return found[0].template.fill(found)


def body(table: Table, decision: Decision, selection: Any, language: str | None) -> dict[str, Any]:
    """
    Return the body of a decision with the texts of a selection.

    Raises:
        Refused: the decision is not allowed, or a text is missing or unsound.

    """
    found = None if decision.status is not Status.ALLOWED else _again(table, decision, selection)
    if found is not None and not found[0].lacking:
        return found[0].template.fill(found)
    model = None if decision.model is None else table.models[decision.model]
    if decision.status is not Status.ALLOWED or model is None:
        raise Refused(decision)
    model = model.at(decision.at) or model.versions[0]
    texts = _given().texts_of(table, model, selection)
    chosen = {
        name: each for name, each in decision.select.items() if name not in model.options or not model.options[name].follows
    }
    every = frozenset(each for gate in table.gates.values() for each in gate.opens_with)
    whole = {**texts, **chosen}
    return emit(table, find(table, whole, decision.at, every), (whole, every, language, decision.at))


def _again(table: Table, decision: Decision, selection: Any) -> Found | None:
    """Return what comes of the options of a decision with the texts of a selection; None where it has to be read once more."""
    origin = origin_of(decision)
    if origin is None or type(selection) is not dict:
        return None
    plan = planned(table, origin[0].model.id)
    if isinstance(plan, Stretches):
        plan = None if decision.at is None else plan.at(decision.at)
    try:
        return None if plan is None else plan.again(origin, selection, decision.at)
    except Exception:  # noqa: BLE001  a hostile key; it is read once more as such
        return None


def request(table: Table, asked: Asked) -> Request:
    """Return the decision about a whole request, and its body where it is allowed."""
    found = find(table, asked[0], asked[3], asked[1])
    decision = decide_otherwise(table, found, asked, whole=True)
    return Request(decision, found[0].template.fill(found) if decision.status is Status.ALLOWED else None)


def impossible(table: Table, asked: Asked, *, whole: bool = False) -> Decision:
    """
    Return the refusal of what is known to be impossible; why it is, is found when somebody asks.

    `whole` says whether all the texts count that a request body needs.
    """
    own = _own(asked)
    if own:
        return refusal((_told_later, table, own, whole))
    evaluate = _full_evaluation()
    return refusal((evaluate.fill_in, evaluate.evaluate(table, asked, whole=whole)))


def _own(asked: Asked) -> Asked | None:
    """
    Return the same question as our own: what a caller does later, to the selection or the grants, changes nothing of it.

    None where anything is of a kind that may be read differently the next time.
    """
    selection, grants, language, at = asked
    if type(selection) is not dict or not is_kind_of_grants(grants) or not (at is None or is_usual(at)):
        return None
    own = selection.copy()
    try:
        lists = {name: each.copy() for name, each in own.items() if type(each) is list}
        if lists:
            own.update(lists)
    except Exception:  # noqa: BLE001  a hostile key
        return None
    return own, grants.copy() if type(grants) is set or type(grants) is list else grants, language, at


def _told_later(table: Table, asked: Asked, whole: bool, decision: Decision, name: str) -> Any:  # noqa: FBT001  as kept
    evaluate = _full_evaluation()
    if name == "violation":
        return evaluate.first_violation(table, asked, whole=whole)
    evaluation = evaluate.evaluate(table, asked, whole=whole)
    evaluate.fill_in(evaluation, decision, name)
    put(decision, "_fill", (evaluate.fill_in, evaluation))
    return None


@cache
def _full_evaluation() -> Any:
    """Return the module that evaluates in full; a service all of whose requests are sound never loads it."""
    from imgrules.refusals import evaluate  # noqa: PLC0415  as just said

    return evaluate


@cache
def _given() -> Any:
    """Return what reads whatever a caller may give; a service whose callers use our names never loads it."""
    from imgrules.engine import caller_input as given  # noqa: PLC0415  as just said

    return given
