"""datalogic-py: one JSONLogic rule that is compiled once and answers the status, in a session that keeps its memory."""

from __future__ import annotations

from typing import Any

import datalogic_py

from bench.face import Face, Setting
from bench.facts import Model
from bench.peers.around import face
from bench.peers.hand_parts import FIELDS


def prepare(setting: Setting) -> Face:
    """Return the session with the code around it."""
    engine = datalogic_py.Engine()
    rule = engine.compile(_rule(setting.models))
    evaluate = engine.session().evaluate

    def status(selection: dict[str, Any], grants: frozenset[str]) -> str:
        if not FIELDS.issuperset(selection):
            return "impossible"
        return str(evaluate(rule, {"selection": selection, "member": "member" in grants}))

    return face({model.id: model for model in setting.models}, status, (datalogic_py.ParseError,))


def _rule(models: tuple[Model, ...]) -> dict[str, Any]:
    branches: list[Any] = []
    for model in models:
        branches += [{"===": [_field("model"), model.id]}, _status(model)]
    return {"if": [{"and": [_text("prompt"), _text("language")]}, {"if": [*branches, "impossible"]}, "impossible"]}


def _status(model: Model) -> dict[str, Any]:
    offered = {"and": [{"in": [_field("ratio"), [*model.ratios]]}, {"in": [_field("quality"), [*model.qualities]]}]}
    closed = {"and": [{"===": [_field("quality"), model.members_only]}, {"!": {"val": "member"}}]}
    return {"if": [{"!": offered}, "impossible", closed, "locked", "allowed"]}


def _text(name: str) -> dict[str, Any]:
    """Return the condition that a text is absent or not empty."""
    is_text = {"and": [{"===": [{"type": _field(name)}, "string"]}, {"!==": [_field(name), ""]}]}
    return {"or": [{"!": {"exists": ["selection", name]}}, is_text]}


def _field(name: str) -> dict[str, Any]:
    return {"val": ["selection", name]}
