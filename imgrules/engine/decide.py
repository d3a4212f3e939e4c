"""
Whether a selection may be made, and what it costs.

`decide` is total: any selection whatever gets an answer. What lies ready is answered at once, here; all else, and why
something is refused, is for `closer`, which is loaded when it is first needed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from imgrules.engine.answer import IMPOSSIBLE, Answer
from imgrules.engine.decision import Decision, Refused, Request, Status, form_of, refusal
from imgrules.engine.emit import emit
from imgrules.engine.ready import at_once
from imgrules.engine.table import MODEL, Table, fields_of
from imgrules.engine.unseen import put

if TYPE_CHECKING:
    from imgrules.engine.closer import Asked


def decide(table: Table, selection: Any, grants: Any = (), language: str | None = None, at: object = None) -> Decision:
    """
    Answer whether a selection may be made by somebody who holds these grants, at a moment.

    Fields that the request body needs and the selection lacks do not count here; `emit` asks for them.
    Never raises: what is no mapping, and what can not be read, is impossible.
    """
    answer = at_once(table, selection, at)
    if answer is None or answer.decision is None or (answer.gates and answer.closed(grants) != ()):
        return decide_closely(table, answer, (selection, grants, language, at))
    return answer.decision


def decide_closely(table: Table, answer: Answer | None, asked: Asked, *, whole: bool = False) -> Decision:
    """
    Answer the same where nothing lies ready, or where gates are not known to be open.

    `whole` says whether all the texts count that a request body needs.
    """
    if answer is IMPOSSIBLE or (whole and answer is not None and answer.lacking):
        return impossible(table, asked, whole=whole)
    told = None if answer is None else answer.told(table, *asked[1:])
    return _closely(table, asked, whole=whole) if told is None else told


def emit_closely(table: Table, answer: Answer | None, asked: Asked) -> dict[str, Any]:
    """
    Answer the request body of a selection for which none lies ready, or before which gates are not known to be open.

    Raises:
        Refused: the selection is not allowed.

    """
    if answer is not None and answer.lacking:
        raise Refused(impossible(table, asked, whole=True))
    told = None if answer is None or answer.form is None else answer.told(table, *asked[1:])
    if told is not None and told.gates:
        raise Refused(told)
    return _emitted(table, asked)


def body(table: Table, decision: Decision, selection: Any, language: str | None) -> dict[str, Any]:
    """
    Answer the body of a decision with the texts of a selection.

    Raises:
        Refused: the decision is not allowed, or a text is missing or unsound.

    """
    form = form_of(decision)
    try:
        if form is not None and type(selection) is dict and len(selection) == form.size and form.takes(selection):
            return form.fill(form.parts, selection)
    except Exception:  # noqa: BLE001, S110  a hostile key; a closer look is taken
        pass
    model = None if decision.model is None else table.models[decision.model]
    if decision.status is not Status.ALLOWED or model is None:
        raise Refused(decision)
    model = model.at(decision.at) or model.versions[0]
    texts = _closer().texts_of(table, model, selection)
    chosen = {name: each for name, each in decision.select.items() if name == MODEL or model.options[name].follows is None}
    every = frozenset(each for gate in table.gates.values() for each in gate.opens_with)
    asked = ({**texts, **chosen}, every, language, decision.at)
    if any(each.required and each.name not in texts for each in fields_of(table, model).values()):
        raise Refused(impossible(table, asked, whole=True))
    return _emitted(table, asked)


def request(table: Table, asked: Asked) -> Request:
    """Return the decision about a whole request, and its body where it is allowed."""
    selection, _, language, at = asked
    answer = at_once(table, selection, at)
    if answer is not None and answer.form is not None:
        decision = decide_closely(table, answer, asked, whole=True)
        allowed = decision.status is Status.ALLOWED
        return Request(decision, body(table, decision, selection, language) if allowed else None)
    decision, texts = _closer().complete(table, asked)
    return Request(decision, emit(table, decision, texts) if decision.status is Status.ALLOWED else None)


def _closely(table: Table, asked: Asked, *, whole: bool = False) -> Decision:
    closer = _closer()
    decision: Decision = closer.decided(closer.look(table, asked, whole=whole))
    return decision


def _emitted(table: Table, asked: Asked) -> dict[str, Any]:
    return emit(table, *_closer().complete(table, asked))


def impossible(table: Table, asked: Asked, *, whole: bool = False) -> Decision:
    """
    Answer the refusal of what is known to be impossible; the closer look is taken when somebody asks why.

    `whole` says whether all the texts count that a request body needs.
    """
    # What a caller does later, to the selection or the grants, changes nothing that was decided.
    selection, grants, language, at = asked
    kept = grants.copy() if type(grants) is set or type(grants) is list else grants
    return refusal((_told_later, table, (selection.copy(), kept, language, at), whole))


def _told_later(table: Table, asked: Asked, whole: bool, decision: Decision, name: str) -> Any:  # noqa: FBT001  as kept
    closer = _closer()
    if name == "violation":
        return closer.first(table, asked, whole=whole)
    found = closer.look(table, asked, whole=whole)
    closer.told(found, decision, name)
    put(decision, "_fill", (closer.told, found))
    return None


@cache
def _closer() -> Any:
    """Answer what looks closely; a service all of whose requests are sound never loads it."""
    from imgrules.engine import closer  # noqa: PLC0415  as just said

    return closer
