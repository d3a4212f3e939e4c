"""A contract that is odd, or made to do harm, costs little: a finding says what is wrong with it, and nothing breaks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from imgrules.compiler.build import build
from imgrules.compiler.contract.document import Contract
from imgrules.compiler.contract.reading import Unusable, contract_in

SHARED = """\
language: 1
types:
  t: {contract: odd.json, provider: {send: by}, model: {send: model}, fields: {prompt: {send: prompt, text: {}}}}
"""
MODEL = """\
name: Odd
provider: p
model: m
type: t
options:
  quality: {send: quality, values: [low, high]}
  count: {send: count, number: {min: 1, max: 10}}
  styles: {send: styles, list: {max: 3}, values: [ink, oil]}
"""


def chained(length: int, step: Any) -> dict[str, Any]:
    """Return definitions of which each leads to the next one, and the last one is of texts."""
    steps = {f"d{at}": step({"$ref": f"#/$defs/d{at + 1}"}) for at in range(length)}
    return {"$ref": "#/$defs/d0", "$defs": {**steps, f"d{length}": {"type": "string"}}}


def in_all(child: Any) -> dict[str, Any]:
    """Return a schema that leads on through `allOf`."""
    return {"allOf": [child]}


def in_three(child: Any) -> dict[str, Any]:
    """Return a schema that leads on at three paths: the ways along all of them cannot be counted."""
    return {"properties": dict.fromkeys("xyz", child)}


UNUSABLE = {
    '{"type":"object",' + "".join(f'"k{at}":1,' for at in range(60_000)) + '"k59999":2}': "it has the key `k59999` twice",
    json.dumps({"allOf": [{}], "$ref": "#/allOf/" + "1" * 5_000}): "names nothing",
    json.dumps(chained(5_000, dict)): "it is too large to be proved",
    json.dumps(chained(100, in_all)): "it is too large to be proved",
    "[" * 10_000: "it is nested too deeply",
    json.dumps({"pattern": "^(a+)+$"}): "at #, `^(a+)+$` may take more than 20,000,000 steps",
    json.dumps({"patternProperties": {r"(?:\w{2,})*": {}}}): "may take more than 20,000,000 steps for a text of 250 characters",
    json.dumps({"properties": {"a": {"pattern": "(a|a)*b"}}}): "at #/properties/a, `(a|a)*b` may take more than",
    json.dumps({"pattern": "a*a*a*a*b"}): "`a*a*a*a*b` may take more than",
}


def test_such_a_contract_cannot_be_used() -> None:
    """It is refused with a sentence before anything is proved."""
    for text, message in UNUSABLE.items():
        found = contract_in(text.encode())
        assert isinstance(found, Unusable), text[:60]
        assert message in found.message


def test_other_regular_expressions_are_read(recwarn: pytest.WarningsRecorder) -> None:
    """A text that can be read in one way, or in few, is matched; what Python may change is no warning."""
    for pattern in (r"^[a-z]+(-[a-z]+)*$", r"^(\d{1,3}\.){3}$", "^([0-9]{4})+$", "([a-z]+)?", "[[a-z]"):
        assert isinstance(contract_in(json.dumps({"pattern": pattern}).encode()), Contract), pattern
    assert not recwarn.list


@pytest.mark.parametrize(
    ("contract", "code"),
    [
        ({"if": {"properties": {"quality": {"const": "low"}}}, "then": False}, "IR311"),
        ({"properties": {"styles": {"uniqueItems": True}}}, "IR312"),
        ({"properties": {"styles": {"contains": {"const": "ink"}}}}, "IR312"),
        ({**chained(40, in_three), "additionalProperties": False}, "IR311"),
        ({"properties": {"count": {"minimum": 10**4_000}}}, "IR312"),
    ],
)
def test_an_odd_contract_is_proved(tmp_path: Path, contract: dict[str, Any], code: str) -> None:
    """What it refuses is a finding, and a bound that no rule file can have is no advice."""
    (tmp_path / "odd.json").write_text(json.dumps(contract))
    (tmp_path / "_shared.yaml").write_text(SHARED)
    (tmp_path / "odd.yaml").write_text(MODEL)
    errors = build(tmp_path).report.errors
    assert code in {error.code.id for error in errors}
    assert all(len(error.message) + len(error.hint) < 500 for error in errors)
