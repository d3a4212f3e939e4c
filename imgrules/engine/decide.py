"""
Decide whether a selection may be made and what it costs, and build its request body.

`decide` is total: every selection gets a decision, and none raises. The plan of a model finds the outcome of a selection;
this module compares it with the grants and texts of the caller. The reasons of a refusal are found by
`refusals/evaluate.py`, which is loaded at its first use.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from imgrules.engine.body import line_of, words
from imgrules.engine.decision import Decision, Refused, Request, Status, origin_of, refusal
from imgrules.engine.find import Asked, find
from imgrules.engine.gates import is_kind_of_grants
from imgrules.engine.lazy import put
from imgrules.engine.plan.outcome import REFUSED, fill_rest
from imgrules.engine.plan.plan import Answer, Periods, planned
from imgrules.engine.resolve import picks
from imgrules.table.moments import is_usual
from imgrules.table.records import Table


def decide(  # noqa: PLR0913, PLR0917  what is asked, by whom, in which language, when, and what the service knows
    table: Table, selection: Any, grants: Any = (), language: str | None = None, at: object = None, facts: Any = None
) -> Decision:
    """
    Return the decision: whether the holder of these grants may make a selection at a moment, and its price in credits.

    A missing text that the request body needs does not count here; `emit` requires it.
    Never raises: a selection that is not a mapping, or that cannot be read, is impossible.
    """
    answer = find(table, selection, at, grants, facts)
    outcome = answer[0]
    if outcome.free:
        return outcome.allowed(answer)
    return decide_with_grants(table, answer, (selection, grants, language, at, facts))


def decide_with_grants(table: Table, answer: Answer, question: Asked, *, whole: bool = False) -> Decision:
    """
    Return the decision for an outcome that is not allowed for every caller.

    With `whole`, a missing text that the request body needs makes it impossible.
    """
    outcome = answer[0]
    if outcome is REFUSED or (whole and outcome.lacking):
        return impossible(table, question, whole=whole)
    closed = () if not outcome.gates else outcome.closed(question[1])
    if closed is None:
        held, unread = _caller_input().read_grants(question[1])
        if unread:
            return impossible(table, question, whole=whole)
        closed = outcome.closed(held) or ()
    decision = outcome.locked(answer, closed, question[2]) if closed else outcome.allowed(answer)
    if outcome.noted:
        put(
            decision,
            "_fill",
            (_fill_with_notes, answer, table, _copy_of(question) or _evaluate_module().evaluate(table, question)),
        )
    return decision


def _fill_with_notes(answer: Answer, table: Table, question: Any, decision: Decision, name: str) -> None:
    """Set the lazy attributes of a decision, among them its notes; called by `LazyRecord` at the first access."""
    evaluate = _evaluate_module()
    notes = evaluate.notes_of(evaluate.evaluate(table, question) if type(question) is tuple else question)
    fill_rest(answer[0], answer[0].costs(answer), answer, decision, name)
    put(decision, "notes", notes)


def body(table: Table, decision: Decision, selection: Any, language: str | None, facts: Any = None) -> dict[str, Any]:
    """
    Return the request body of a decision with the texts of a selection.

    Raises:
        Refused: the decision is not allowed, or a text is missing or invalid; its `decision` says why.

    """
    answer = None if decision.status is not Status.ALLOWED else _answer_again(table, decision, selection)
    if answer is not None and not answer[0].lacking:
        return answer[0].template.fill(answer)
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
    asked = request(table, (whole, grants, language, decision.at, facts))
    if asked.body is None:
        raise Refused(asked.decision)
    return asked.body


def _answer_again(table: Table, decision: Decision, selection: Any) -> Answer | None:
    """Return the outcome of a decision with the texts of a selection; None if the outcome has to be looked up again."""
    origin = origin_of(decision)
    if origin is None or type(selection) is not dict:
        return None
    plan = planned(table, origin[0].model.id)
    if isinstance(plan, Periods):
        plan = None if decision.at is None else plan.at(decision.at)
    try:
        return None if plan is None else plan.again(origin, selection, decision.at)
    except Exception:  # noqa: BLE001  a hostile key; `emit` reads it safely
        return None


def request_line(table: Table, decision: Decision, facts: object = None) -> str | None:
    """Return the method and the address for a decision that was made with these facts; None where the rules state none."""
    model = table.models.get(decision.model or "")
    if model is None or decision.status is Status.IMPOSSIBLE:
        return None
    origin = origin_of(decision)
    if origin is not None:
        line: str | None = origin[0].request
        return line
    model = model.at(decision.at) or model.versions[0]
    named = words(model, decision.select)
    if model.requests is None or not set(model.requests.by) & set(model.facts):
        return line_of(model, named)
    from imgrules.engine.facts.facts import read_facts  # noqa: PLC0415  only models with facts need it

    stated = {name: model.options[name].word(value) for name, value in read_facts(table, model, facts or {})[0].items()}
    picked = {name: value for name, value in named.items() if name in model.options and not model.options[name].follows}
    return line_of(model, picks(model, {**picked, **stated}).values)


def request(table: Table, question: Asked) -> Request:
    """Return the decision about a complete request, with its body where it is allowed."""
    answer = find(table, question[0], question[3], question[1], question[4])
    decision = decide_with_grants(table, answer, question, whole=True)
    return Request(decision, answer[0].template.fill(answer) if decision.status is Status.ALLOWED else None)


def impossible(table: Table, question: Asked, *, whole: bool = False) -> Decision:
    """
    Return an impossible decision; its reasons are computed at the first access.

    With `whole`, each missing text that the request body needs is a violation.
    """
    copied = _copy_of(question)
    return refusal(
        (_fill_refusal, table, copied, whole)
        if copied
        else (_evaluate_module().fill_in, _evaluate_module().evaluate(table, question, whole=whole))
    )


_UNCHANGING = frozenset({str, int, bool, float, Decimal})


def _copy_of(question: Asked) -> Asked | None:
    """
    Return a copy of a question, which stays as it is if the caller changes the selection or the grants later.

    Return None if any part is of an unusual class, whose copy might behave differently.
    """
    selection, grants, language, at, facts = question
    if type(selection) is not dict or not is_kind_of_grants(grants) or not (at is None or is_usual(at)):
        return None
    if facts is not None and not (type(facts) is dict and all(type(value) in _UNCHANGING for value in facts.values())):
        return None
    copied = selection.copy()
    try:
        for name, value in copied.items():
            if type(value) is list:
                copied[name] = value.copy()
    except Exception:  # noqa: BLE001  a hostile key
        return None
    return (
        copied,
        grants.copy() if type(grants) is set or type(grants) is list else grants,
        language,
        at,
        facts and facts.copy(),
    )


def _fill_refusal(table: Table, question: Asked, whole: bool, decision: Decision, name: str) -> Any:  # noqa: FBT001  as kept
    evaluate = _evaluate_module()
    if name == "violation":
        return evaluate.first_violation(table, question, whole=whole)
    evaluated = evaluate.evaluate(table, question, whole=whole)
    evaluate.fill_in(evaluated, decision, name)
    put(decision, "_fill", (evaluate.fill_in, evaluated))
    return None


@cache
def _evaluate_module() -> Any:
    """Return the module that evaluates a refusal in full; a program that reads no reasons and no notes never loads it."""
    from imgrules.refusals import evaluate  # noqa: PLC0415  see above

    return evaluate


@cache
def _caller_input() -> Any:
    """Return the module that reads any input of a caller; a service whose callers use canonical names never loads it."""
    from imgrules.engine import caller_input  # noqa: PLC0415  see above

    return caller_input
