"""A creation is regenerated from a selection, a decision or a request body, and nothing is changed silently."""

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
    """Return a body that is nested to a depth."""
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
    """Without changes the earlier selection is returned and decided again."""
    regenerated = rules.regenerate(PICKED, {})
    assert regenerated.selection == PICKED
    assert regenerated.decision == rules.decide(PICKED)


def test_a_body_is_read_back(rules: Rules) -> None:
    """Every body that the packaged rules emit is read back as the selection that it was made of."""
    for model in rules.table.models.values():
        for values in product(*(option.values for option in model.options.values())):
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
    """Exactly the given changes are applied, to a selection and to a body alike."""
    regenerated = rules.regenerate(PICKED if source == "selection" else body, changes)
    assert regenerated.selection == PICKED | changes
    assert (regenerated.decision.status, regenerated.decision.credits) == answer


def test_what_the_new_model_does_not_offer_is_said(rules: Rules, body: dict[str, Any]) -> None:
    """A value that the new model does not offer is kept and refused with repairs, never replaced silently."""
    regenerated = rules.regenerate(body, {"model": "nano-banana-2"})
    assert regenerated.selection["quality"] == "low"
    assert regenerated.decision.status is Status.IMPOSSIBLE
    assert [(violation.code.value, violation.field) for violation in regenerated.decision.violations] == [
        ("not_offered", "quality")
    ]
    assert regenerated.decision.repairs[0] == Repair({"quality": "1K"})
    assert rules.decide(regenerated.decision.repairs[0].apply(regenerated.selection)).status is Status.ALLOWED


def test_grants_and_language_are_passed_on(rules: Rules, body: dict[str, Any]) -> None:
    """The new selection is decided with the grants of this call."""
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
    """A leaf that no model sends is refused under its path, whatever it holds."""
    foreign = json.loads(json.dumps(body))
    node = foreign
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    regenerated = rules.regenerate(foreign, {})
    assert regenerated.decision.status is Status.IMPOSSIBLE
    assert any(violation.field.startswith(name) for violation in regenerated.decision.violations)
    assert regenerated.decision.repairs


@pytest.mark.parametrize(
    "foreign", [{"ratio": "3:2"}, {"quality": "high"}, {"model": "nano-banana-2"}, {"model": "gpt-image-2"}], ids=repr
)
def test_a_foreign_leaf_never_takes_the_place_of_a_picked_value(
    rules: Rules, body: dict[str, Any], foreign: dict[str, str]
) -> None:
    """A leaf at the top of a body with the name of an option is refused, not read as that option."""
    regenerated = rules.regenerate(body | foreign, {}, {"member"})
    assert regenerated.decision.status is Status.IMPOSSIBLE
    assert {key: regenerated.decision.select.get(key) for key in ("model", "ratio")} in (
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
    """A body that no model sends is impossible."""
    altered = json.loads(json.dumps(body))
    node = altered
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    assert rules.regenerate(altered, {}).decision.status is Status.IMPOSSIBLE


@pytest.mark.parametrize(
    "previous",
    [None, 5, "gpt-image-2", [], {}, {"type": "image"}, {5: 5}, deep(100_000)],
    ids=["none", "number", "text", "list", "nothing", "part", "odd key", "deep"],
)
def test_anything_may_be_made_again(rules: Rules, previous: Any) -> None:
    """What is neither a selection nor a body is refused, and None is an empty selection."""
    regenerated = rules.regenerate(previous, {})
    assert regenerated.decision.status is Status.IMPOSSIBLE
    assert rules.regenerate(None, PICKED).decision.status is Status.ALLOWED


def test_a_body_that_holds_itself(rules: Rules, body: dict[str, Any]) -> None:
    """A body that contains itself is refused without an error."""
    cyclic = json.loads(json.dumps(body))
    cyclic["extra_config"]["output"]["self"] = cyclic
    cyclic["image_generation"]["self"] = cyclic
    assert rules.regenerate(cyclic, {}).decision.status is Status.IMPOSSIBLE


def test_any_mapping_is_a_selection_or_a_body(rules: Rules, body: dict[str, Any]) -> None:
    """Any mapping is accepted, not only a dict, and the caller's body is left unchanged."""
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
    """An earlier selection that raises when it is read is impossible, as in `decide`."""
    assert rules.regenerate(make(), {}).decision.status is Status.IMPOSSIBLE


@pytest.mark.parametrize(("path", "value"), [("steps", 5), ("steps", True), ("model", "canvas-elsewhere")])
def test_a_leaf_that_no_combination_sends_is_refused(path: str, value: Any) -> None:
    """A changed leaf that a lookup table determines is refused, also if the option that it depends on is in the body."""
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
    assert ("/" + path if path == "model" else path) in {violation.field for violation in decision.violations}


BODIES = [
    pytest.param(path, case, id=f"{path.stem}-{at}")
    for path in FILES
    for at, case in enumerate(document(path)["cases"])
    if "body" in case["expect"]
]
"""Every case with a body: forms, lists, places in arrays, lookup tables, computed values, dated models."""


@pytest.mark.parametrize(("path", "case"), BODIES)
def test_every_body_of_the_cases_is_read_back(path: Path, case: dict[str, Any]) -> None:
    """The selection that is read back from a body emits an equal body."""
    rules, context = rules_of(path), (case.get("grants", []), case.get("language"), case.get("at"), case.get("facts"))
    sent = json.loads(rules.emit_json(case["select"], *context))
    regenerated = rules.regenerate(sent, {}, *context)
    assert regenerated.decision.status is Status.ALLOWED
    assert regenerated.decision.notes == ()
    assert json.loads(rules.emit_json(regenerated.selection, *context)) == sent


@pytest.mark.parametrize(("path", "case"), [param for param in BODIES if "combinations" not in str(param.id)])
def test_a_leaf_too_many_or_too_few_is_never_overlooked(path: Path, case: dict[str, Any]) -> None:
    """An extra leaf at any depth of a body is refused under its path."""
    rules, context = rules_of(path), (case.get("grants", []), case.get("language"), case.get("at"), case.get("facts"))
    sent = json.loads(rules.emit_json(case["select"], *context))
    for node in [sent, *(node for node in nodes(sent) if isinstance(node, dict))]:
        node["unheard_of"] = None
        regenerated = rules.regenerate(sent, {}, *context)
        assert regenerated.decision.status is Status.IMPOSSIBLE
        assert any("unheard_of" in violation.field for violation in regenerated.decision.violations)
        del node["unheard_of"]
    assert rules.regenerate(sent, {}, *context).decision.status is Status.ALLOWED


def nodes(value: Any) -> Iterator[Any]:
    """Yield every object and array inside a body."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in inside:
        if isinstance(child, dict | list):
            yield child
            yield from nodes(child)


def of_another_kind(value: Any) -> Any:
    """Return a value of another type."""
    return 5 if isinstance(value, str) else "odd"


def replaced(body: Any) -> Iterator[Any]:
    """Yield copies of a body in which one leaf has a value of another type."""
    inside = list(body.items()) if isinstance(body, dict) else list(enumerate(body))
    for key, child in inside:
        for new in (
            replaced(child)
            if isinstance(child, dict | list) and child
            else (of_another_kind(child), None, [child], {"x": child})
        ):
            copy = dict(body) if isinstance(body, dict) else list(body)
            copy[key] = new
            yield copy


SPELLED = next(path for path in FILES if path.stem == "forms")


def test_a_leaf_of_another_kind_is_never_taken_for_its_own() -> None:
    """A body with a leaf of another type raises nothing, and is allowed only if the same body is emitted again."""
    rules = rules_of(SPELLED)
    full = {"model": "forms", "ratio": "2:1", "scale": 2.5, "style": "oil", "note": "x", "size": "auto", "prompt": "A fox"}
    sent = json.loads(rules.emit_json(full))
    tried = list(replaced(sent))
    assert len(tried) > 50
    for body in tried:
        regenerated = rules.regenerate(body, {})
        regenerated.decision.as_dict()
        if regenerated.decision.status is Status.ALLOWED:
            assert json.loads(rules.emit_json(regenerated.selection)) == body


def test_a_body_is_changed_in_the_names_of_its_model() -> None:
    """A changed option is sent in the form that the model declares for it."""
    rules = rules_of(SPELLED)
    sent = rules.emit({"model": "forms", "note": "sea", "ratio": "2:1"})
    regenerated = rules.regenerate(sent, {"canvas": "1328x1328", "note": "sky"})
    assert regenerated.selection["ratio"] == "2:1"
    changed = rules.emit(regenerated.selection)
    assert changed["parameters"]["size"] == "1328*1328"
    assert changed["instances"] == [{"note": "<sky>", "width": 1328, "height": 1328}]


DATED = next(path for path in FILES if path.stem == "time")


def test_a_body_of_yesterday_is_decided_today() -> None:
    """An earlier body is read back, and the decision is about the moment of the call."""
    rules = rules_of(DATED)
    sent = rules.emit({"model": "season", "quality": "draft"}, at="2026-04-01")
    today = rules.regenerate(sent, {}, at="2026-08-01")
    assert today.selection["model"] == "season"
    assert [(violation.code.value, violation.field) for violation in today.decision.violations] == [("retired", "quality")]
    assert rules.decide(today.decision.repairs[0].apply(today.selection), at="2026-08-01").status is Status.ALLOWED
    never = rules.regenerate(sent, {})
    assert [(violation.code.value, violation.field) for violation in never.decision.violations] == [("missing_field", "at")]
    invalid = rules.regenerate(sent, {}, at="soon")
    assert [(violation.code.value, violation.field) for violation in invalid.decision.violations] == [("wrong_type", "at")]


def test_a_rich_selection_is_made_again() -> None:
    """Lists, numbers and aliases are kept as they were given, and decided again."""
    rules = Rules(table())
    picked = SOUND | {"number": 2, "references": ["a"], "styles": ("oil",), "guidance": 2.5}
    regenerated = rules.regenerate(picked, {"tone": "black"}, at=NOW)
    assert regenerated.selection == picked | {"tone": "black"}
    assert regenerated.decision.status is Status.ALLOWED
    assert regenerated.decision.select["outputs"] == 2


@pytest.mark.parametrize(
    "levels", [[1, 2.5, 1], [True, 2.5, True], [1, 2.5], [1, 2.5, True, True], [1.0, 2.5, True], [[1], 2.5, True]], ids=repr
)
def test_a_list_that_equals_another_is_not_the_same(levels: list[Any]) -> None:
    """A list of constants must match in types too: True is not 1."""
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
    """Picked values are carried over to another model; values that were filled in by default are not."""
    assert NUMBERED is not None
    rules = Rules(NUMBERED)
    selection = {"model": "one", **picked}
    previous = {"selection": selection, "decision": rules.decide(selection), "body": rules.emit(selection)}[source]
    assert rules.decide(selection).filled == filled
    regenerated = rules.regenerate(previous, {"model": "two"})
    assert regenerated.selection == {"model": "two", **carried}
    assert rules.regenerate(previous, {}).selection == selection
    assert regenerated.decision.status is (Status.IMPOSSIBLE if "outputs" in picked else Status.ALLOWED)


def test_a_default_by_a_table_counts_as_filled_in() -> None:
    """A value in a body that equals the default for the other values counts as filled in, not as picked."""
    assert NUMBERED is not None
    rules = Rules(NUMBERED)
    body = rules.emit({"model": "two", "size": "large", "outputs": 2})
    assert rules.regenerate(body, {"size": "small"}).decision.select["outputs"] == 4
    assert rules.regenerate(rules.emit({"model": "two", "outputs": 2}), {}).selection["outputs"] == 2


UNMARKED = """
language: 1
types:
  image:
    fields: {prompt: {send: prompt, optional: true}}
    options:
      tier: {send: tier, values: {standard: {send: false}, flex: {as: flex-2}}, default: flex}
      size: {send: size, values: {auto: {send: false}}, size: {edge: {max: 2048}}, as: "{width}*{height}"}
"""


@pytest.mark.parametrize(
    ("select", "sent"),
    [
        ({"tier": "standard", "size": "auto"}, {}),
        ({"tier": "flex", "size": "64x32"}, {"tier": "flex-2", "size": "64*32"}),
        ({"size": "auto", "prompt": "p"}, {"tier": "flex-2", "prompt": "p"}),
    ],
)
def test_values_that_are_not_sent_are_read_back(select: dict[str, Any], sent: dict[str, Any]) -> None:
    """Without a provider, a model or a constant in the request, a selection stays one, and a body is read back."""
    built = build_texts({"_shared": UNMARKED, "m": "name: M\ntype: image\noptions: {tier: {}, size: {}}\n"})
    assert built.table is not None
    rules = Rules(built.table)
    picked = {"model": "m", **select}
    body = rules.emit(picked)
    assert body == sent
    for previous in (picked, body):
        again = rules.regenerate(previous, {})
        assert again.decision.status is Status.ALLOWED
        assert rules.emit(again.selection) == body


def test_a_table_by_a_text_is_not_the_text() -> None:
    """A text is read from its own leaf, and not from that of a table by the text."""
    shared = "language: 1\ntypes: {image: {model: {send: model}}}\n"
    model = """\
model: m
options: {paper: {send: paper, text: {max: 9}}}
body: {told: {by: paper, table: {plain: thin, (other): thick}}}
"""
    built = build_texts({"_shared": shared, "m": model}).table
    assert built is not None
    rules = Rules(built)
    body = rules.emit({"model": "m", "paper": "rough"})
    assert body == {"model": "m", "paper": "rough", "told": "thick"}
    assert rules.regenerate(body, {}).selection == {"model": "m", "paper": "rough"}
