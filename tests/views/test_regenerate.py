"""A creation is made again from a selection, a decision or a body, and nothing is changed silently."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from imgrules import Repair, Rules, Status, load
from imgrules.compiler.build import build_texts
from imgrules.views.regenerate import regenerate
from tests.engine.rich import NOW, SOUND, table
from tests.engine.test_cases import FILES, document, rules_of
from tests.views.test_results import hostile

PICKED = {"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "prompt": "A red fox", "language": "en"}


def deep(depth: int) -> dict[str, Any]:
    """Return a body that is nested very deeply."""
    body: dict[str, Any] = {}
    for _ in range(depth):
        body = {"extra_config": body}
    return body


@pytest.fixture(scope="module")
def rules() -> Rules:
    """Return the packaged rules."""
    return load()


@pytest.fixture(scope="module")
def body(rules: Rules) -> dict[str, Any]:
    """Return an emitted body."""
    return rules.emit(PICKED)


def test_a_selection_is_made_again_unchanged(rules: Rules) -> None:
    """Without changes the earlier selection is decided anew."""
    again = rules.regenerate(PICKED, {})
    assert again.selection == PICKED
    assert again.decision == rules.decide(PICKED)


def test_a_body_is_read_back(rules: Rules) -> None:
    """Every body that can be emitted gives back the selection that it was made of."""
    for model in rules.table.models.values():
        for values in product(*(each.values for each in model.options.values())):
            picked = dict(zip(model.options, values, strict=True)) | {"model": model.id, "prompt": "x", "language": "en"}
            sent = rules.emit(picked, {"member"})
            assert rules.regenerate(sent, {}, {"member"}).selection == picked
            assert rules.regenerate(json.loads(json.dumps(sent)), {}, {"member"}).decision.status is Status.ALLOWED


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"prompt": "A blue fox"}, (Status.ALLOWED, 5)),
        ({"ratio": "2:3"}, (Status.ALLOWED, 5)),
        ({"quality": "medium"}, (Status.ALLOWED, 8)),
        ({"quality": "high"}, (Status.LOCKED, 20)),
        ({"model": "nano-banana-2", "quality": "1K"}, (Status.ALLOWED, None)),
        ({"model": "nano-banana-2", "ratio": "16:9", "quality": "4K", "prompt": "y"}, (Status.LOCKED, None)),
        ({"ratio": "16:9"}, (Status.IMPOSSIBLE, None)),
        ({"style": "anime"}, (Status.IMPOSSIBLE, None)),
    ],
)
@pytest.mark.parametrize("source", ["selection", "body"])
def test_changes_are_made_and_the_rest_is_kept(
    rules: Rules, body: dict[str, Any], source: str, changes: dict[str, str], answer: tuple[Status, int | None]
) -> None:
    """What is changed is changed, from a selection or from a body alike, and nothing else is."""
    again = rules.regenerate(PICKED if source == "selection" else body, changes)
    assert again.selection == PICKED | changes
    assert (again.decision.status, again.decision.credits) == answer


def test_what_the_new_model_does_not_offer_is_said(rules: Rules, body: dict[str, Any]) -> None:
    """A value that does not carry over is kept, refused, and repaired by proposals, never swapped silently."""
    again = rules.regenerate(body, {"model": "nano-banana-2"})
    assert again.selection["quality"] == "low"
    assert again.decision.status is Status.IMPOSSIBLE
    assert [(each.code.value, each.field) for each in again.decision.violations] == [("not_offered", "quality")]
    assert again.decision.repairs[0] == Repair({"quality": "1K"})
    assert rules.decide(again.decision.repairs[0].apply(again.selection)).status is Status.ALLOWED


def test_grants_and_language_are_passed_on(rules: Rules, body: dict[str, Any]) -> None:
    """Making again asks with the grants of now."""
    assert rules.regenerate(body, {"quality": "high"}, {"member"}).decision.status is Status.ALLOWED
    assert rules.regenerate(body, {"quality": "high"}, "member").decision.status is Status.IMPOSSIBLE


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (("style",), "style"),
        (("seed",), "seed"),
        (("extra_config", "output", "format"), "extra_config.output.format"),
        (("image_generation", "seed"), "image_generation.seed"),
        (("extra_config", "voice"), "extra_config.voice"),
    ],
)
@pytest.mark.parametrize("value", [None, "", 0, [], {}, "x", {"deep": {"deeper": 1}}], ids=repr)
def test_a_foreign_leaf_is_refused(rules: Rules, body: dict[str, Any], path: tuple[str, ...], name: str, value: Any) -> None:
    """What no model sends is kept under its path and refused, whatever it holds."""
    foreign = json.loads(json.dumps(body))
    node = foreign
    for each in path[:-1]:
        node = node[each]
    node[path[-1]] = value
    again = rules.regenerate(foreign, {})
    assert again.decision.status is Status.IMPOSSIBLE
    assert any(each.field.startswith(name) for each in again.decision.violations)
    assert again.decision.repairs


@pytest.mark.parametrize(
    "foreign", [{"ratio": "3:2"}, {"quality": "high"}, {"model": "nano-banana-2"}, {"model": "gpt-image-2"}], ids=repr
)
def test_a_foreign_leaf_never_takes_the_place_of_a_picked_value(
    rules: Rules, body: dict[str, Any], foreign: dict[str, str]
) -> None:
    """A leaf at the top of a body that is called like an option is foreign: it is refused, not read as the option."""
    again = rules.regenerate(body | foreign, {}, {"member"})
    assert again.decision.status is Status.IMPOSSIBLE
    assert {key: again.decision.select.get(key) for key in ("model", "ratio")} in (
        {"model": "gpt-image-2", "ratio": "1:1"},
        {"model": None, "ratio": None},
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("type",), "video"),
        (("image_generation", "provider"), "elsewhere"),
        (("image_generation", "model"), "unknown"),
        (("image_generation", "model"), None),
        (("image_generation",), {}),
        (("extra_config", "output", "aspect_ratio"), ["1:1"]),
        (("image_generation", "quality"), {"name": "low"}),
        (("prompt",), {"text": "x"}),
    ],
)
def test_a_body_of_nobody_is_impossible(rules: Rules, body: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """A body that no model sends is not guessed at."""
    other = json.loads(json.dumps(body))
    node = other
    for each in path[:-1]:
        node = node[each]
    node[path[-1]] = value
    assert rules.regenerate(other, {}).decision.status is Status.IMPOSSIBLE


@pytest.mark.parametrize(
    "previous",
    [None, 5, "gpt-image-2", [], {}, {"type": "image"}, {5: 5}, deep(100_000)],
    ids=["none", "number", "text", "list", "nothing", "part", "odd key", "deep"],
)
def test_anything_may_be_made_again(rules: Rules, previous: Any) -> None:
    """What is no selection and no body is refused, and no earlier one at all is an empty start."""
    again = rules.regenerate(previous, {})
    assert again.decision.status is Status.IMPOSSIBLE
    assert rules.regenerate(None, PICKED).decision.status is Status.ALLOWED


def test_a_body_that_holds_itself(rules: Rules, body: dict[str, Any]) -> None:
    """A cyclic body is answered."""
    cyclic = json.loads(json.dumps(body))
    cyclic["extra_config"]["output"]["self"] = cyclic
    cyclic["image_generation"]["self"] = cyclic
    assert rules.regenerate(cyclic, {}).decision.status is Status.IMPOSSIBLE


def test_any_mapping_is_a_selection_or_a_body(rules: Rules, body: dict[str, Any]) -> None:
    """A mapping need not be a dict, and nothing that came in is changed."""
    before = json.dumps(body)
    assert rules.regenerate(MappingProxyType(body), {"ratio": "3:2"}).selection == PICKED | {"ratio": "3:2"}
    assert rules.regenerate(MappingProxyType(PICKED), {}).selection == PICKED
    assert json.dumps(body) == before


@pytest.mark.parametrize(
    "make",
    [
        lambda: hostile("__class__"),
        lambda: hostile("__iter__", "keys", "items", base=dict),
        lambda: {hostile("__str__", "__repr__"): 1},
    ],
)
def test_a_hostile_start_is_answered(rules: Rules, make: Callable[[], Any]) -> None:
    """An earlier selection that raises when it is read is impossible, as it is for decide."""
    assert rules.regenerate(make(), {}).decision.status is Status.IMPOSSIBLE


@pytest.mark.parametrize(("path", "value"), [("steps", 5), ("steps", True), ("model", "canvas-elsewhere")])
def test_a_leaf_that_no_combination_sends_is_refused(path: str, value: Any) -> None:
    """What a table says is sent cannot be changed in a body without a word, also where its option is sent beside it."""
    shared = "language: 1\ntypes: {image: {provider: {send: provider}, model: {send: model}}}"
    canvas = """
name: Canvas
type: image
provider: studio
model: {by: [mode], table: {fast: canvas-fast, best: canvas-pro}}
options: {mode: {send: mode, values: [fast, best]}}
body: {steps: {by: [mode], table: {fast: 4, best: 28}}}
"""
    table = build_texts({"_shared": shared, "canvas": canvas}).table
    assert table is not None
    body = Rules(table).emit({"model": "canvas", "mode": "fast"})
    assert regenerate(table, body, {}).decision.status is Status.ALLOWED
    decision = regenerate(table, {**body, path: value}, {}).decision
    assert decision.status is Status.IMPOSSIBLE
    assert ("/" + path if path == "model" else path) in {each.field for each in decision.violations}


BODIES = [
    pytest.param(path, case, id=f"{path.stem}-{at}")
    for path in FILES
    for at, case in enumerate(document(path)["cases"])
    if "body" in case["expect"]
]
"""Every case that sends a body: forms, lists, places in arrays, tables, computed values, dated models."""


@pytest.mark.parametrize(("path", "case"), BODIES)
def test_every_body_of_the_cases_is_read_back(path: Path, case: dict[str, Any]) -> None:
    """Whatever shape a body has, the selection that is read back makes the very same body."""
    rules, asked = rules_of(path), (case.get("grants", []), case.get("language"), case.get("at"))
    sent = json.loads(rules.emit_json(case["select"], *asked))
    again = rules.regenerate(sent, {}, *asked)
    assert again.decision.status is Status.ALLOWED
    assert again.decision.notes == ()
    assert json.loads(rules.emit_json(again.selection, *asked)) == sent


@pytest.mark.parametrize(("path", "case"), [each for each in BODIES if "combinations" not in str(each.id)])
def test_a_leaf_too_many_or_too_few_is_never_overlooked(path: Path, case: dict[str, Any]) -> None:
    """What stands in a body beside what is sent, at any depth, is refused by its path."""
    rules, asked = rules_of(path), (case.get("grants", []), case.get("language"), case.get("at"))
    sent = json.loads(rules.emit_json(case["select"], *asked))
    for node in [sent, *(each for each in nodes(sent) if isinstance(each, dict))]:
        node["unheard_of"] = None
        again = rules.regenerate(sent, {}, *asked)
        assert again.decision.status is Status.IMPOSSIBLE
        assert any("unheard_of" in each.field for each in again.decision.violations)
        del node["unheard_of"]
    assert rules.regenerate(sent, {}, *asked).decision.status is Status.ALLOWED


def nodes(value: Any) -> Iterator[Any]:
    """Yield every object and array inside a body."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inside:
        if isinstance(each, dict | list):
            yield each
            yield from nodes(each)


def other(value: Any) -> Any:
    """Return a value of another kind."""
    return 5 if isinstance(value, str) else "odd"


def replaced(body: Any) -> Iterator[Any]:
    """Yield copies of a body in which one leaf is of another kind."""
    inside = list(body.items()) if isinstance(body, dict) else list(enumerate(body))
    for key, each in inside:
        for new in replaced(each) if isinstance(each, dict | list) and each else (other(each), None, [each], {"x": each}):
            copy = dict(body) if isinstance(body, dict) else list(body)
            copy[key] = new
            yield copy


SPELLED = next(each for each in FILES if each.stem == "forms")


def test_a_leaf_of_another_kind_is_never_taken_for_its_own() -> None:
    """Whatever leaf of a body is of another kind, nothing that is sent afterwards is that body, and nothing raises."""
    rules = rules_of(SPELLED)
    full = {"model": "forms", "ratio": "2:1", "scale": 2.5, "style": "oil", "note": "x", "size": "auto", "prompt": "A fox"}
    sent = json.loads(rules.emit_json(full))
    tried = list(replaced(sent))
    assert len(tried) > 50
    for body in tried:
        again = rules.regenerate(body, {})
        again.decision.as_dict()
        if again.decision.status is Status.ALLOWED:
            assert json.loads(rules.emit_json(again.selection)) == body


def test_a_body_is_changed_in_the_names_of_its_model() -> None:
    """A new value for an option that is spelled otherwise is spelled so again."""
    rules = rules_of(SPELLED)
    sent = rules.emit({"model": "forms", "note": "sea", "ratio": "2:1"})
    again = rules.regenerate(sent, {"canvas": "1328x1328", "note": "sky"})
    assert again.selection["ratio"] == "2:1"
    changed = rules.emit(again.selection)
    assert changed["parameters"]["size"] == "1328*1328"
    assert changed["instances"] == [{"note": "<sky>", "width": 1328, "height": 1328}]


DATED = next(each for each in FILES if each.stem == "time")


def test_a_body_of_yesterday_is_decided_today() -> None:
    """What was sent while it was sold is read back, and the decision is of the moment at which it is asked."""
    rules = rules_of(DATED)
    sent = rules.emit({"model": "season", "quality": "draft"}, at="2026-04-01")
    today = rules.regenerate(sent, {}, at="2026-08-01")
    assert today.selection["model"] == "season"
    assert [(each.code.value, each.field) for each in today.decision.violations] == [("retired", "quality")]
    assert rules.decide(today.decision.repairs[0].apply(today.selection), at="2026-08-01").status is Status.ALLOWED
    never = rules.regenerate(sent, {})
    assert [(each.code.value, each.field) for each in never.decision.violations] == [("missing_field", "at")]
    odd = rules.regenerate(sent, {}, at="soon")
    assert [(each.code.value, each.field) for each in odd.decision.violations] == [("wrong_type", "at")]


def test_a_rich_selection_is_made_again() -> None:
    """Lists, numbers and other names are kept as they were given, and decided anew."""
    rules = Rules(table())
    picked = SOUND | {"number": 2, "references": ["a"], "styles": ("oil",), "guidance": 2.5}
    again = rules.regenerate(picked, {"tone": "black"}, at=NOW)
    assert again.selection == picked | {"tone": "black"}
    assert again.decision.status is Status.ALLOWED
    assert again.decision.select["outputs"] == 2


@pytest.mark.parametrize(
    "levels", [[1, 2.5, 1], [True, 2.5, True], [1, 2.5], [1, 2.5, True, True], [1.0, 2.5, True], [[1], 2.5, True]], ids=repr
)
def test_a_list_that_equals_another_is_not_the_same(levels: list[Any]) -> None:
    """True is not 1 in a body, also inside a list of constants."""
    rules = rules_of(SPELLED)
    sent = json.loads(rules.emit_json({"model": "forms"}))
    assert rules.regenerate(sent, {}).decision.status is Status.ALLOWED
    sent["parameters"]["levels"] = levels
    assert rules.regenerate(sent, {}).decision.status is Status.IMPOSSIBLE


def _numbered(name: str, numbers: str, default: str) -> str:
    options = f"outputs: {{send: n, number: {numbers}, default: {default}}}, size: {{send: s, values: [small, large], default: small}}"
    example = "examples: [{select: {}, expect: {status: allowed}}]"
    return f"name: {name}\ntype: image\nprovider: p\nmodel: {name}\noptions: {{{options}}}\n{example}\n"


NUMBERED = build_texts(
    {
        "_shared": "language: 1\ntypes: {image: {provider: {send: provider}, model: {send: model}}}",
        "one": _numbered("one", "{min: 0.5, max: 4, step: 0.5}", "1.5"),
        "two": _numbered("two", "{min: 2, max: 9}", "{by: [size], table: {small: 4, large: 2}}"),
    }
).table


@pytest.mark.parametrize("source", ["selection", "decision", "body"])
@pytest.mark.parametrize(
    ("picked", "carried", "filled"),
    [
        ({}, {}, ("outputs", "size")),
        ({"size": "large"}, {"size": "large"}, ("outputs",)),
        ({"outputs": 3.0}, {"outputs": 3.0}, ("size",)),
    ],
)
def test_another_model_has_its_own_defaults(source: str, picked: Any, carried: Any, filled: Any) -> None:
    """What was picked is carried over, and what was filled in is not."""
    assert NUMBERED is not None
    rules = Rules(NUMBERED)
    selection = {"model": "one", **picked}
    previous = {"selection": selection, "decision": rules.decide(selection), "body": rules.emit(selection)}[source]
    assert rules.decide(selection).filled == filled
    again = rules.regenerate(previous, {"model": "two"})
    assert again.selection == {"model": "two", **carried}
    assert rules.regenerate(previous, {}).selection == selection
    assert again.decision.status is (Status.IMPOSSIBLE if "outputs" in picked else Status.ALLOWED)


def test_a_default_by_a_table_counts_as_filled_in() -> None:
    """In a body, the value that a default has beside the others is not a pick."""
    assert NUMBERED is not None
    rules = Rules(NUMBERED)
    body = rules.emit({"model": "two", "size": "large", "outputs": 2})
    assert rules.regenerate(body, {"size": "small"}).decision.select["outputs"] == 4
    assert rules.regenerate(rules.emit({"model": "two", "outputs": 2}), {}).selection["outputs"] == 2
