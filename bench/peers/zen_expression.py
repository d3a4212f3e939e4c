"""The expression language of GoRules ZEN by itself: one expression that is compiled once, without tables or graphs."""

from __future__ import annotations

import json
from typing import Any

import zen

from bench.face import Face, Setting
from bench.facts import Model
from bench.peers.around import face, plain


def prepare(setting: Setting) -> Face:
    """Return the expression with the code around it."""
    evaluate = zen.compile_expression(_expression(setting.models)).evaluate

    def status(selection: dict[str, Any], grants: frozenset[str]) -> str:
        if not (plain(selection) and "model" in selection and "ratio" in selection and "quality" in selection):
            return "impossible"
        return str(evaluate({**selection, "member": "member" in grants}))

    return face({model.id: model for model in setting.models}, status)


def _expression(models: tuple[Model, ...]) -> str:
    offered = " or ".join(map(_offered, models))
    locked = " or ".join(
        f"(model == {json.dumps(model.id)} and quality == {json.dumps(model.members_only)})" for model in models
    )
    return f'({offered}) ? (not member and ({locked}) ? "locked" : "allowed") : "impossible"'


def _offered(model: Model) -> str:
    ratios, qualities = json.dumps(model.ratios), json.dumps(model.qualities)
    return f"(model == {json.dumps(model.id)} and ratio in {ratios} and quality in {qualities})"
