"""The rules as one CEL expression, which answers the status."""

from __future__ import annotations

import json

from bench.facts import FIELDS, Model

_TEXT = '(!has(s.{0}) || type(s.{0}) == string && s.{0} != "")'


def program(models: tuple[Model, ...]) -> str:
    """Answer the expression: a selection is `s`, and `member` says whether the gate is open."""
    known = f"s.all(name, name in {json.dumps(FIELDS)})"
    there = " && ".join(f"has(s.{name})" for name in ("model", "ratio", "quality"))
    texts = " && ".join(_TEXT.format(name) for name in ("prompt", "language"))
    offered = " || ".join(map(_offered, models))
    locked = " || ".join(f"s.model == {json.dumps(each.id)} && s.quality == {json.dumps(each.members_only)}" for each in models)
    fine = f"{known} && {there} && {texts} && ({offered})"
    return f'{fine} ? (!member && ({locked}) ? "locked" : "allowed") : "impossible"'


def _offered(model: Model) -> str:
    ratios, qualities = json.dumps(model.ratios), json.dumps(model.qualities)
    return f"s.model == {json.dumps(model.id)} && s.ratio in {ratios} && s.quality in {qualities}"
