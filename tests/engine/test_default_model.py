"""A selection that names no model is about the default model of `_shared.yaml`, and about no other."""

from __future__ import annotations

import json
from typing import Any

import pytest

from imgrules import Refused, Rules, Status
from imgrules.compiler.build import build_texts
from tests.engine.test_request_caps import work

SHARED = """
language: 1
default: nano
types:
  image:
    provider: {send: provider}
    model: {send: model}
    fields: {prompt: {send: prompt, optional: true}}
gates: {member: {opens_with: [member], label: Members only}}
"""
HEAD = "name: N\ntype: image\nprovider: p\nmodel: m\noptions: {ratio: {send: ratio, values: ['1:1', '3:2']}}\n"


def rules_of(nano: str = "", shared: str = SHARED) -> Rules:
    """Return rules of two models, the default one with more lines."""
    built = build_texts({"_shared": shared, "nano": HEAD + nano, "other": HEAD.replace("model: m", "model: o")})
    assert built.table is not None
    assert not built.report.errors
    return Rules(built.table)


def test_every_question_takes_it() -> None:
    """Decisions, bodies, choices and requests are those of the default model, as if it had been named."""
    rules, picked = rules_of("credits: 5\n"), {"ratio": "1:1"}
    named = picked | {"model": "nano"}
    decision = rules.decide(picked)
    assert (decision.status, decision.model, decision.credits) == (Status.ALLOWED, "nano", 5)
    assert decision.as_dict() == rules.decide(named).as_dict()
    assert rules.emit(picked) == rules.emit(named) == {"provider": "p", "model": "m", "ratio": "1:1"}
    assert rules.emit_json(picked) == rules.emit_json(named)
    assert rules.body(decision, picked | {"prompt": "x"})["prompt"] == "x"
    assert [option["name"] for option in rules.choices({})] == ["ratio"]
    assert [violation.field for violation in rules.decide({}).violations] == ["ratio"]
    assert rules.decide({"ratio": "5:4"}).as_dict() == rules.decide({"ratio": "5:4", "model": "nano"}).as_dict()


def test_nothing_is_taken_in_its_place() -> None:
    """A default model that is locked or has ended answers so."""
    locked = rules_of("gate: member\n").decide({"ratio": "1:1"})
    assert (locked.status, locked.model) == (Status.LOCKED, "nano")
    ended = rules_of("until: '2026-01-01'\nuse: other\n")
    assert [reason.code.value for reason in ended.decide({"ratio": "1:1"}, at="2026-01-01").violations] == ["retired"]
    with pytest.raises(Refused):
        ended.emit({"ratio": "1:1"}, at="2026-01-01")
    assert ended.decide({"ratio": "1:1"}, at="2025-12-31").status is Status.ALLOWED


@pytest.mark.parametrize("model", [None, "", 0, [], "nowhere"])
def test_a_model_that_is_named_is_meant(model: Any) -> None:
    """A key with any value names a model, and a wrong name is refused."""
    decision = rules_of().decide({"model": model, "ratio": "1:1"})
    assert (decision.status, [violation.field for violation in decision.violations]) == (Status.IMPOSSIBLE, ["model"])


def test_without_a_default_a_model_has_to_be_named() -> None:
    """Rules that state no default refuse as before."""
    rules = rules_of(shared=SHARED.replace("default: nano\n", ""))
    violations = rules.decide({"ratio": "1:1"}).violations
    assert [(violation.code.value, violation.field) for violation in violations] == [("missing_field", "model")]


def test_the_catalog_marks_it() -> None:
    """One model of the catalog has the mark, also after a round trip of the table."""
    models = json.loads(rules_of().catalog_json())["models"]
    assert {model["id"]: model.get("default", False) for model in models} == {"nano": True, "other": False}


def test_it_is_looked_up_as_if_it_were_named() -> None:
    """A selection without a model is answered by the plan of the default one, with a few calls more than one that names it."""
    rules, picked = rules_of("credits: 5\n"), {"ratio": "1:1"}
    named = picked | {"model": "nano"}
    assert rules.decide(picked).credits == rules.decide(named).credits == 5
    assert work(lambda: rules.decide(picked)) <= work(lambda: rules.decide(named)) + 6
