"""rule-engine: one rule per question, compiled once; comparing other types raises, so types are checked beforehand."""

from __future__ import annotations

import json
from typing import Any

import rule_engine

from bench.face import Face, Setting
from bench.facts import Model
from bench.peers.around import around, plain


def prepare(setting: Setting) -> Face:
    """Return the rule with the code around it."""
    rule = rule_engine.Rule(" or ".join(map(_offered, setting.models)), context=rule_engine.Context(default_value=None))

    def fine(selection: dict[str, Any]) -> bool:
        return plain(selection) and bool(rule.matches(selection))

    return around(setting.models, fine)


def _offered(model: Model) -> str:
    ratios, qualities = json.dumps(model.ratios), json.dumps(model.qualities)
    return f"(model == {json.dumps(model.id)} and ratio in {ratios} and quality in {qualities})"
