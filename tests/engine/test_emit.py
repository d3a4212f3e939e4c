"""An allowed decision becomes a body of declared paths, and anything else is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from imgrules import Refused, Rules, Status, Table
from imgrules.engine.decide import decide
from imgrules.engine.emit import emit, emit_json

FOX = {"model": "gpt-image-2", "ratio": "1:1", "quality": "high", "prompt": "A red fox", "language": "en"}
WITNESS = Path(__file__).parents[2] / "schemas" / "creation.schema.json"
PROMPTS = [
    "A red fox",
    "\0",
    " leading and trailing ",
    'quote " backslash \\ slash / tab \t line \r\n end',
    '", "image_generation": {"model": "other"}, "x": "',
    "{{prompt}} ${prompt} %s {0}",
    "\u2028\u2029\ufeff\u202e\x7f\x85",
    "e\u0301 \u00e9 \ufb01",
    "🦊\U0010ffff",
    "x" * 2**20,
]


def leaves(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Answer every leaf of a body with its path."""
    if isinstance(node, dict):
        for name, each in node.items():
            yield from leaves(each, (*path, name))
    else:
        yield path, node


def test_the_documented_bodies(rules: Rules) -> None:
    """Each model sends its quality where its route wants it."""
    assert rules.emit(FOX, {"member"}) == {
        "type": "image",
        "prompt": "A red fox",
        "language": "en",
        "image_generation": {"provider": "azure_openai", "model": "gpt-image-2", "quality": "high"},
        "extra_config": {"output": {"aspect_ratio": "1:1"}},
    }
    nano = {"model": "nano-banana-2", "ratio": "9:16", "quality": "2K", "prompt": "Ein Fuchs", "language": "de"}
    assert rules.emit(nano) == {
        "type": "image",
        "prompt": "Ein Fuchs",
        "language": "de",
        "image_generation": {"provider": "gemini", "model": "nano-banana-2"},
        "extra_config": {"output": {"aspect_ratio": "9:16", "quality": "2K"}},
    }


def test_every_body_satisfies_the_witness(rules: Rules) -> None:
    """Whatever the packaged rules emit fits the contract that was written by hand."""
    witness = jsonschema.Draft202012Validator(json.loads(WITNESS.read_text(encoding="utf-8")))
    for model in rules.table.models.values():
        for values in product(*(each.values for each in model.options.values())):
            picked = dict(zip(model.options, values, strict=True))
            witness.validate(rules.emit(picked | {"model": model.id, "prompt": "x", "language": "en"}, {"member"}))


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda each: ascii(each[:12]))
def test_the_prompt_is_carried_exactly_and_alters_nothing_else(rules: Rules, prompt: str) -> None:
    """Two bodies that differ in their prompt differ in one leaf, which is that prompt."""
    plain = dict(leaves(rules.emit(FOX, {"member"})))
    body = dict(leaves(json.loads(rules.emit_json(FOX | {"prompt": prompt}, {"member"}))))
    assert body.pop(("prompt",)) == prompt
    del plain[("prompt",)]
    assert body == plain


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda each: ascii(each[:12]))
def test_bytes_are_the_compact_json_of_the_body(rules: Rules, prompt: str) -> None:
    """`emit_json` is byte for byte the compact JSON of `emit`, in UTF-8."""
    selection = FOX | {"prompt": prompt}
    text = json.dumps(rules.emit(selection, {"member"}), ensure_ascii=False, separators=(",", ":"))
    assert rules.emit_json(selection, {"member"}) == text.encode("utf-8")


def test_constants_keep_their_type_and_optional_fields_may_be_left_out(holed: Table) -> None:
    """A constant is sent as it was declared; a field that is not given leaves no trace; a default is sent."""
    decision = decide(holed, {"model": "pixel", "size": "small", "text": "abc"})
    body = emit(holed, decision)
    assert json.dumps(body) == json.dumps(
        {
            "kind": "picture",
            "draft": False,
            "meta": {"version": 3},
            "text": "abc",
            "out": {"size": "small", "shape": "square"},
        }
    )
    noted = decide(holed, {"model": "pixel", "size": "small", "text": "abc", "note": ""})
    assert emit(holed, noted)["meta"] == {"version": 3, "note": ""}


def test_a_body_is_new_every_time(rules: Rules) -> None:
    """Whoever changes a body changes no other one."""
    first = rules.emit(FOX, {"member"})
    first["image_generation"]["model"] = "x"
    first["extra_config"]["output"].clear()
    assert rules.emit(FOX, {"member"})["image_generation"]["model"] == "gpt-image-2"


def test_a_refusal_carries_the_decision(rules: Rules) -> None:
    """What is locked is not emitted; the error holds the whole answer."""
    with pytest.raises(Refused) as refusal:
        rules.emit(FOX)
    assert refusal.value.decision == rules.decide(FOX)
    assert str(refusal.value) == "locked: Members only (gate `member`): upgrade"
    with pytest.raises(Refused) as refusal:
        rules.emit_json(FOX | {"ratio": "16:9"}, {"member"})
    assert str(refusal.value) == "impossible: gpt-image-2 does not offer ratio `16:9`; choose `3:2`, `2:3` or `1:1`"


@pytest.mark.parametrize("name", ["prompt", "language"])
def test_a_body_needs_its_required_fields(rules: Rules, name: str) -> None:
    """A selection that may be made is still no body without prompt and language."""
    selection = {key: each for key, each in FOX.items() if key != name}
    assert rules.decide(selection, {"member"}).status is Status.ALLOWED
    with pytest.raises(Refused) as refusal:
        rules.emit(selection, {"member"})
    assert str(refusal.value) == f"impossible: a creation needs a {name}"


@pytest.mark.parametrize("selection", [None, {}, "gpt-image-2", {"model": None}, FOX | {"prompt": "\ud800"}], ids=ascii)
def test_nothing_else_than_a_refusal_is_raised(rules: Rules, selection: object) -> None:
    """Any selection that may not be made is refused."""
    with pytest.raises(Refused, match=r"^impossible: "):
        rules.emit(selection, {"member"})


def test_a_decision_that_is_not_allowed_is_never_emitted(rules: Rules) -> None:
    """The engine itself refuses, whoever calls it."""
    for selection in (FOX, {}, {"model": "zzz"}):
        with pytest.raises(Refused):
            emit_json(rules.table, rules.decide(selection))
