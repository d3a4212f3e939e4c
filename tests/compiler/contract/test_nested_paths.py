"""A path of the body inside another one, of which a selection sends at most one, is proved against the contract like any other."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from imgrules import Rules
from imgrules.compiler.build import Build, build_texts
from imgrules.compiler.source import ContractFile

SHARED = "language: 1\ntypes: {image: {body: {}, model: {send: model}, contract: c.json}}\n"
SENT = {
    "preset": "{send: place, values: [square, wide], optional: true}",
    "count": "{send: place.inner, number: {min: 1, max: 4}, optional: true}",
    "word": "{send: place.other.word, values: [low, high], optional: true}",
}
ORDERS = [tuple(SENT), tuple(reversed(SENT))]
APART = """\
limits:
  - {when: {preset: {not: (none)}}, only: {count: (none), word: (none)}}
  - {when: {count: {not: (none)}}, only: {preset: (none)}}
  - {when: {word: {not: (none)}}, only: {preset: (none)}}
"""


def built(contract: Any, order: tuple[str, ...] = tuple(SENT), limits: str = APART) -> Build:
    """Return the build of a model with paths inside each other, whose options are written in an order."""
    options = "\n".join(f"  {name}: {SENT[name]}" for name in order)
    model = f"model: m\ncredits: 1\noptions:\n{options}\n{limits}"
    return build_texts({"_shared": SHARED, "m": model}, contracts=lambda _: ContractFile(json.dumps(contract).encode()))


def of_place(schema: Any) -> Any:
    """Return a contract about the outer path."""
    return {"properties": {"place": schema}}


REFUSING: list[tuple[Any, dict[str, Any], str]] = [
    (of_place({"properties": {"inner": {"not": {"const": 2}}}}), {"count": 2}, "place.inner"),
    (of_place({"properties": {"inner": {"maximum": 3}}}), {"count": 4}, "place.inner"),
    (of_place({"properties": {"inner": True}, "additionalProperties": False}), {"word": "low"}, "place.other"),
    (of_place({"properties": {"other": {"properties": {"word": {"enum": ["low"]}}}}}), {"word": "high"}, "place.other.word"),
    (of_place({"type": "string"}), {"count": 1}, "place"),
    (of_place({"type": "object"}), {"preset": "square"}, "place"),
    (of_place({"required": ["inner"]}), {"word": "low"}, "place.inner"),
    (of_place({"enum": ["square"]}), {"preset": "wide"}, "place"),
    (of_place({"maxProperties": 1}), {"count": 1, "word": "low"}, "place"),
    (of_place({"not": {"required": ["inner"]}}), {"count": 1}, "place"),
    ({"properties": {"place": False}}, {"count": 1}, "place"),
    ({"required": ["place"]}, {}, "the body"),
]


@pytest.mark.parametrize(("contract", "picked", "path"), REFUSING, ids=[f"{json.dumps(case[0])}" for case in REFUSING])
@pytest.mark.parametrize("order", ORDERS, ids=["outer-first", "inner-first"])
def test_what_is_refused_is_found(contract: Any, picked: dict[str, Any], path: str, order: tuple[str, ...]) -> None:
    """A body that the contract refuses is reported at its path, whichever of the options is written first."""
    table = built({}, order).table
    assert table is not None
    assert not jsonschema.Draft202012Validator(contract).is_valid(Rules(table).emit({"model": "m", **picked}))
    found = [error for error in built(contract, order).report.errors if error.code.id[:4] == "IR31"]
    assert [error.code.id for error in found] != []
    assert any(f"`{path}`" in error.message or path == "the body" for error in found), [error.message for error in found]


ACCEPTING = [
    of_place({"type": ["string", "object"]}),
    of_place({"if": {"type": "object"}, "then": {"minProperties": 1}, "else": {"enum": ["square", "wide"]}}),
    of_place(
        {"properties": {"inner": {"minimum": 1, "maximum": 4}, "other": {"required": ["word"]}}, "additionalProperties": False}
    ),
    of_place({"anyOf": [{"type": "string"}, {"required": ["inner"]}, {"required": ["other"]}]}),
]


@pytest.mark.parametrize("contract", ACCEPTING, ids=json.dumps)
@pytest.mark.parametrize("order", ORDERS, ids=["outer-first", "inner-first"])
def test_what_is_kept_passes(contract: Any, order: tuple[str, ...]) -> None:
    """A contract that every body satisfies passes, and all of it is proved."""
    report = built(contract, order).report
    assert [error.message for error in report.errors] == []
    assert report.tried == ()
