"""An allowed decision becomes the body of `POST /creations`."""

from __future__ import annotations

import json
from typing import Any

from imgrules.engine.decide import Decision, Status
from imgrules.engine.errors import Refused
from imgrules.engine.table import Table


def emit(table: Table, decision: Decision) -> dict[str, Any]:
    """
    Answer the request body of a decision, as a new dict.

    Only declared paths appear; an optional field that was not given is left out.

    Raises:
        Refused: the decision is not allowed.

    """
    if decision.status is not Status.ALLOWED or decision.model is None:
        raise Refused(decision)
    body: dict[str, Any] = {}
    for send in table.models[decision.model].body:
        if send.name is None or send.name in decision.select:
            _place(body, send.path, send.value(decision.select))
    return body


def emit_json(table: Table, decision: Decision) -> bytes:
    """
    Answer the request body as compact JSON in UTF-8, ready to be sent.

    Raises:
        Refused: the decision is not allowed.

    """
    return json.dumps(emit(table, decision), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _place(body: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    for name in path[:-1]:
        body = body.setdefault(name, {})
    body[path[-1]] = value
