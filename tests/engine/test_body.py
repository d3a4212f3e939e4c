"""An allowed decision becomes a request body with only the declared paths, and any other decision is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from imgrules import Refused, Rules, Status, Table
from imgrules.engine.body import NOTHING, built, leaf, spelled, wire
from imgrules.engine.decide import decide
from imgrules.engine.decision import Decision
from imgrules.table.records import Send
from imgrules.table.terms import Lookup
from tests.engine.rich import NOW, SOUND, studio, table

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


def _named(value: object) -> str:
    return "nothing" if value is NOTHING else repr(value)


def leaves(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every leaf of a body with its path."""
    if isinstance(node, dict):
        for name, child in node.items():
            yield from leaves(child, (*path, name))
    else:
        yield path, node


def test_the_documented_bodies(rules: Rules) -> None:
    """Each packaged model sends its quality at the path that its provider expects."""
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
    """Every body of the packaged rules fits the JSON Schema that was written by hand."""
    witness = jsonschema.Draft202012Validator(json.loads(WITNESS.read_text(encoding="utf-8")))
    for model in rules.table.models.values():
        for values in product(*(option.values for option in model.options.values())):
            picked = dict(zip(model.options, values, strict=True))
            witness.validate(rules.emit(picked | {"model": model.id, "prompt": "x", "language": "en"}, {"member"}))


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: ascii(prompt[:12]))
def test_the_prompt_is_carried_exactly_and_alters_nothing_else(rules: Rules, prompt: str) -> None:
    """Two bodies that differ in their prompt differ in one leaf, which is that prompt."""
    plain = dict(leaves(rules.emit(FOX, {"member"})))
    body = dict(leaves(json.loads(rules.emit_json(FOX | {"prompt": prompt}, {"member"}))))
    assert body.pop(("prompt",)) == prompt
    del plain[("prompt",)]
    assert body == plain


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: ascii(prompt[:12]))
def test_bytes_are_the_compact_json_of_the_body(rules: Rules, prompt: str) -> None:
    """`emit_json` is byte for byte the compact JSON of `emit`, in UTF-8."""
    selection = FOX | {"prompt": prompt}
    text = json.dumps(rules.emit(selection, {"member"}), ensure_ascii=False, separators=(",", ":"))
    assert rules.emit_json(selection, {"member"}) == text.encode("utf-8")


def test_constants_keep_their_type_and_optional_fields_may_be_left_out(holed: Table) -> None:
    """A constant keeps its type, a field that is not given is not sent, and a default is sent."""
    decision = decide(holed, {"model": "pixel", "size": "small", "text": "abc"})
    body = Rules(holed).body(decision, {"text": "abc"})
    assert json.dumps(body) == json.dumps(
        {
            "kind": "picture",
            "draft": False,
            "meta": {"version": 3},
            "text": "abc",
            "out": {"size": "small", "shape": "square"},
        }
    )
    noted = {"model": "pixel", "size": "small", "text": "abc", "note": ""}
    assert Rules(holed).body(decide(holed, noted), noted)["meta"] == {"version": 3, "note": ""}
    assert Rules(holed).emit(noted)["meta"] == {"version": 3, "note": ""}
    assert Rules(holed).emit({"model": "pixel", "size": "small", "text": "abc"}) == body


def test_a_body_is_new_every_time(rules: Rules) -> None:
    """Each call returns a new body: changing one changes no other."""
    first = rules.emit(FOX, {"member"})
    first["image_generation"]["model"] = "x"
    first["extra_config"]["output"].clear()
    assert rules.emit(FOX, {"member"})["image_generation"]["model"] == "gpt-image-2"


def test_a_refusal_carries_the_decision(rules: Rules) -> None:
    """A locked or impossible selection is not emitted, and the error carries its decision."""
    with pytest.raises(Refused) as refusal:
        rules.emit(FOX)
    assert refusal.value.decision == rules.decide(FOX)
    assert str(refusal.value) == "locked: Members only (gate `member`): upgrade"
    with pytest.raises(Refused) as refusal:
        rules.emit_json(FOX | {"ratio": "16:9"}, {"member"})
    assert str(refusal.value) == "impossible: gpt-image-2 does not offer ratio `16:9`; choose `3:2`, `2:3` or `1:1`"


@pytest.mark.parametrize("name", ["prompt", "language"])
def test_a_body_needs_its_required_fields(rules: Rules, name: str) -> None:
    """An allowed selection without its prompt or language is refused as a body."""
    selection = {key: value for key, value in FOX.items() if key != name}
    assert rules.decide(selection, {"member"}).status is Status.ALLOWED
    with pytest.raises(Refused) as refusal:
        rules.emit(selection, {"member"})
    assert str(refusal.value) == f"impossible: a creation needs a value for {name}"


@pytest.mark.parametrize("selection", [None, {}, "gpt-image-2", {"model": None}, FOX | {"prompt": "\ud800"}], ids=ascii)
def test_nothing_else_than_a_refusal_is_raised(rules: Rules, selection: object) -> None:
    """Any other selection, however malformed, raises Refused and nothing else."""
    with pytest.raises(Refused, match=r"^impossible: "):
        rules.emit(selection, {"member"})


def test_a_decision_that_is_not_allowed_is_never_emitted(rules: Rules) -> None:
    """`Rules.body` refuses a decision that is not allowed."""
    for selection in (FOX, {}, {"model": "zzz"}):
        with pytest.raises(Refused):
            rules.body(rules.decide(selection), FOX)


@pytest.mark.parametrize(
    ("value", "form", "wire"),
    [
        ("16:9", "text", "16:9"),
        (5, "text", "5"),
        (2.50, "text", "2.5"),
        (1e-05, "text", "0.00001"),
        (Decimal("1E+3"), "text", "1000"),
        (Decimal("2.0"), "text", "2"),
        ("2", "number", 2),
        ("2.50", "number", Decimal("2.5")),
        ("auto", "number", "auto"),
        (3, "number", 3),
        ("true", "boolean", True),
        ("false", "boolean", False),
        ("auto", "boolean", "auto"),
        ("oil", "list", ["oil"]),
        (5, "list", [5]),
        ("1664x928", "width", 1664),
        ("1664x928", "height", 928),
        ("16:9", "width", 16),
        ("16:9", "height", 9),
        ("auto", "width", NOTHING),
        ("auto", "height", NOTHING),
        ("1664x928", "{width}*{height}", "1664*928"),
        ("16:9", "{height}/{width} {height}", "9/16 9"),
        ("16:9", "ar-{value}", "ar-16:9"),
        ("auto", "{width}x{height}", "auto"),
        ("auto", "<{value}>", "<auto>"),
        (5, "n={value}", "n=5"),
        ("{width}", "<{value}>", "<{width}>"),
        ("\\1\\g<0>", "<{value}>", "<\\1\\g<0>>"),
        (["1", "2"], "number", [1, 2]),
        (("a", "b"), "#{value}", ["#a", "#b"]),
        ([], "text", []),
    ],
    ids=_named,
)
def test_a_form_spells_a_value(value: Any, form: str, wire: Any) -> None:
    """The form is applied to a value or to each entry of a list; a value that it does not fit is left unchanged."""
    result = spelled(value, form)
    assert result == wire
    assert type(result) is type(wire)


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (Decimal("2.5"), 2.5),
        ((1, Decimal("0.1")), [1, 0.1]),
        ([("a",)], [["a"]]),
        (True, True),
        (5, 5),
        ("x", "x"),
    ],
    ids=repr,
)
def test_a_value_is_sent_as_json_carries_it(value: Any, sent: Any) -> None:
    """A decimal becomes a float and a tuple a new list; anything else is left unchanged."""
    result = wire(value)
    assert result == sent
    assert type(result) is type(sent)


LISTED = Lookup(("styles",), {"oil": 1, "clay": False})
PAIRED = Lookup(("tone", "mode"), {"dark": {"new": "dn"}, "light": "l"})


@pytest.mark.parametrize(
    ("send", "picked", "value"),
    [
        (Send(("a",), "tone"), {"tone": "dark"}, "dark"),
        (Send(("a",), "tone"), {}, NOTHING),
        (Send(("a",), "tone", form="<{value}>"), {"tone": "dark"}, "<dark>"),
        (Send(("a",), "size", form="width"), {"size": "auto"}, NOTHING),
        (Send(("a",), constant=False), {}, False),
        (Send(("a",), constant=False, form="text"), {}, False),
        (Send(("a",), constant=("x", 1, Decimal("0.5"))), {}, ["x", 1, 0.5]),
        (Send(("a",), lookup=LISTED), {"styles": ["clay", "oil"]}, [False, 1]),
        (Send(("a",), lookup=LISTED), {"styles": []}, []),
        (Send(("a",), lookup=LISTED), {}, NOTHING),
        (Send(("a",), lookup=PAIRED), {"tone": "dark", "mode": "new"}, "dn"),
        (Send(("a",), lookup=PAIRED), {"tone": "dark", "mode": "edit"}, NOTHING),
        (Send(("a",), lookup=PAIRED), {"tone": "dark"}, NOTHING),
        (Send(("a",), lookup=PAIRED), {"tone": "light", "mode": "edit"}, "l"),
    ],
    ids=_named,
)
def test_a_leaf_is_what_a_place_holds(send: Send, picked: dict[str, Any], value: Any) -> None:
    """A leaf holds a constant, the picked value, or the row of a lookup table for it, and nothing if nothing is picked."""
    result = leaf(send, picked)
    assert result == value
    assert type(result) is type(value)


def test_places_in_arrays_are_made() -> None:
    """Paths may lead through arrays, in any order of the indexes, and share arrays and objects."""
    paths: list[tuple[str | int, ...]] = [
        ("instances", 1, "prompt"),
        ("instances", 0, "prompt"),
        ("instances", 0, "image", "url"),
        ("grid", 0, 1),
        ("grid", 0, 0),
        ("tags", 0),
    ]
    model = replace(studio(), body=tuple(Send(path, constant=at) for at, path in enumerate(paths)))
    assert built(model, {}) == {
        "instances": [{"prompt": 1, "image": {"url": 2}}, {"prompt": 0}],
        "grid": [[4, 3]],
        "tags": [5],
    }


def test_a_body_of_every_kind_of_option() -> None:
    """Lists, numbers, sizes and computed words are sent as declared, in the order of the model."""
    selection = SOUND | {
        "references": ["https://e.com/a.png"],
        "styles": ("oil", "clay"),
        "guidance": 2.5,
        "strength": Decimal("0.25"),
        "canvas": "100x100",
        "frame": "16:9",
        "seed": "random",
        "outputs": 2,
        "note": "",
    }
    assert Rules(table()).emit_json(selection, at=NOW) == (
        b'{"kind":"picture","tags":["web",1,true],"text":"abc","note":"","out":{"tone":"dark","size":"wide",'
        b'"canvas":"128x128","outputs":2,"guidance":2.5,"strength":0.25,"steps":20,"seed":"random",'
        b'"references":["https://e.com/a.png"],"styles":["oil","clay"],"quality":"low","mode":"edit","images":3,'
        b'"frame":"16by9","label":"night"}}'
    )


@pytest.mark.parametrize("at", [None, "2027-01-01"])
def test_a_decision_about_another_time_is_not_emitted(at: str | None) -> None:
    """A model with dates emits nothing without a moment or after it is retired, and a forged decision is refused."""
    with pytest.raises(Refused):
        Rules(table()).emit(SOUND, at=at)
    forged = Decision(Status.ALLOWED, "studio", SOUND)
    with pytest.raises(Refused):
        Rules(table()).body(forged, SOUND)
