"""imgrules itself, embedded as its README shows."""

from __future__ import annotations

from typing import Any

import imgrules
from bench.face import Ask, Face, Setting


def prepare(setting: Setting) -> Face:
    """Return the rules of a table: the packaged one for the two models."""
    rules = imgrules.load(setting.table)
    more = {"decide_body": _decide_body(rules), "first": _first(rules), "all": _all(rules)}
    return Face(rules.decide, rules.emit, rules.emit_json, (imgrules.Refused,), _status, more)


def _status(decision: imgrules.Decision | tuple[Any, ...]) -> str:
    return str(decision[0] if isinstance(decision, tuple) else decision.status)


def _decide_body(rules: imgrules.Rules) -> Ask:
    decide, body = rules.decide, rules.body

    def decide_body(selection: dict[str, Any], grants: frozenset[str]) -> dict[str, Any] | None:
        decision = decide(selection, grants)
        if decision.status != "allowed":
            return None
        return body(decision, selection)

    return decide_body


def _first(rules: imgrules.Rules) -> Ask:
    decide = rules.decide

    def first(selection: dict[str, Any], grants: frozenset[str]) -> tuple[str, ...]:
        decision = decide(selection, grants)
        if decision.status == "locked":
            return decision.status, decision.gates[0].name
        violation = decision.violation
        assert violation is not None  # noqa: S101  an impossible decision has one
        return decision.status, violation.code, violation.field

    return first


def _all(rules: imgrules.Rules) -> Ask:
    decide = rules.decide

    def all_(selection: dict[str, Any], grants: frozenset[str]) -> tuple[Any, ...]:
        decision = decide(selection, grants)
        return decision.status, decision.gates, [violation.message for violation in decision.violations], decision.repairs

    return all_
