"""
CEL through its bindings of the Rust implementation: one program that is compiled once and answers the status.

`cel-python`, which is written in Python, needs milliseconds for the same program.
"""

from __future__ import annotations

import json
from typing import Any

import cel

from bench.face import Face, Setting
from bench.facts import FIELDS, Model
from bench.peers.around import face

_TEXT = '(!has(s.{0}) || type(s.{0}) == string && s.{0} != "")'


def prepare(setting: Setting) -> Face:
    """Return the program with the code around it."""
    execute = cel.compile(_program(setting.models)).execute

    def status(selection: dict[str, Any], grants: frozenset[str]) -> str:
        return str(execute({"s": selection, "member": "member" in grants}))

    return face({model.id: model for model in setting.models}, status, (ValueError,))


def _program(models: tuple[Model, ...]) -> str:
    only_fields = f"s.all(name, name in {json.dumps(FIELDS)})"
    present = " && ".join(f"has(s.{name})" for name in ("model", "ratio", "quality"))
    texts = " && ".join(_TEXT.format(name) for name in ("prompt", "language"))
    offered = " || ".join(map(_offered, models))
    locked = " || ".join(
        f"s.model == {json.dumps(model.id)} && s.quality == {json.dumps(model.members_only)}" for model in models
    )
    fine = f"{only_fields} && {present} && {texts} && ({offered})"
    return f'{fine} ? (!member && ({locked}) ? "locked" : "allowed") : "impossible"'


def _offered(model: Model) -> str:
    ratios, qualities = json.dumps(model.ratios), json.dumps(model.qualities)
    return f"s.model == {json.dumps(model.id)} && s.ratio in {ratios} && s.quality in {qualities}"
