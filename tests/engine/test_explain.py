"""What is refused is explained: the values that would be possible, and the nearest repairs."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from imgrules import Repair, Rules, Status, Table, ViolationCode
from imgrules.engine.decide import decide
from imgrules.engine.explain import Question, opens, possible_values
from imgrules.engine.table import Gate, Option, Value


def test_a_hole_is_not_together(holed: Table) -> None:
    """A combination without a cell names each option with the values that go with the rest."""
    decision = decide(holed, {"model": "pixel", "size": "large", "shape": "square"})
    assert decision.status is Status.IMPOSSIBLE
    assert [(each.code, each.field, each.value, each.allowed) for each in decision.violations] == [
        (ViolationCode.NOT_TOGETHER, "size", "large", ("small",)),
        (ViolationCode.NOT_TOGETHER, "shape", "square", ("wide", "tall")),
    ]
    assert decision.violations[1].message == "shape `square` does not go with the rest; choose `wide` or `tall`"


def test_a_default_takes_part_in_a_hole(holed: Table) -> None:
    """A default that does not go with what was picked is named like any other value."""
    decision = decide(holed, {"model": "pixel", "size": "large"})
    assert [(each.code.value, each.field) for each in decision.violations] == [
        ("not_together", "size"),
        ("not_together", "shape"),
    ]


def test_possible_values_hold_for_the_rest_of_the_selection(holed: Table) -> None:
    """What is offered in place of a wrong value is what goes with the other options."""
    decision = decide(holed, {"model": "pixel", "size": "large", "shape": "round"})
    assert decision.violations[0].allowed == ("wide", "tall")


def test_possible_values_where_the_rest_is_impossible(holed: Table) -> None:
    """Where nothing goes with the rest, what is possible at all is offered."""
    decision = decide(holed, {"model": "pixel", "size": "huge", "shape": "round"})
    assert decision.violations[0].allowed == ("square", "wide", "tall")
    asked = Question(holed, {"model": "pixel", "size": "huge"})
    model = holed.models["pixel"]
    assert possible_values(model, model.options["shape"], asked) == ("square", "wide", "tall")


def test_a_value_that_is_sold_in_no_way_is_never_proposed(holed: Table) -> None:
    """A value without a cell is in no list of possible values."""
    decision = decide(holed, {"model": "pixel"})
    assert decision.violations[0].allowed == ("small",)
    decision = decide(holed, {"model": "pixel", "shape": "wide"})
    assert decision.violations[0].allowed == ("small", "large")


def test_repairs_change_least_first_and_prefer_open_doors(holed: Table) -> None:
    """The nearest repairs come first; among equally near ones those that the caller may use at once."""
    selection = {"model": "pixel", "size": "large", "shape": "square"}
    sets = [each.set for each in decide(holed, selection).repairs]
    assert sets == [{"size": "small"}, {"shape": "tall"}, {"shape": "wide"}]
    sets = [each.set for each in decide(holed, selection, {"staff", "beta"}).repairs]
    assert sets == [{"size": "small"}, {"shape": "wide"}, {"shape": "tall"}]


@pytest.mark.parametrize(
    "selection",
    [
        {},
        {"model": "nano-banana2"},
        {"model": 5, "ratio": "16x9"},
        {"model": "gpt-image-2", "ratio": "16:9", "quality": "4K", "style": None, "zoom": 2},
        {"model": "gpt-image-2", "quality": None},
        {"model": "nano-banana-2", "ratio": ["1:1"], "quality": "2k", 5: 5},
    ],
)
def test_every_repair_reaches_a_possible_selection(rules: Rules, selection: dict[Any, Any]) -> None:
    """Whoever follows a repair is allowed or meets a gate."""
    decision = rules.decide(selection)
    assert decision.repairs
    for repair in decision.repairs:
        assert rules.decide(repair.apply(selection)).status is not Status.IMPOSSIBLE


def test_what_was_meant_is_repaired_first(rules: Rules) -> None:
    """A near miss is repaired to what was probably meant, before anything else."""
    decision = rules.decide({"model": "gpt-image-2", "ratio": "2x3", "quality": "HIGH"}, {"member"})
    assert [each.suggestion for each in decision.violations] == ["2:3", "high"]
    assert decision.repairs[0] == Repair({"ratio": "2:3", "quality": "high"})


def test_a_repair_of_a_near_miss_of_a_model_keeps_the_rest(rules: Rules) -> None:
    """Only the model is changed where the rest is fine with it."""
    decision = rules.decide({"model": "nano-banana2", "ratio": "16:9", "quality": "1K"})
    assert decision.violations[0].suggestion == "nano-banana-2"
    assert decision.repairs[0] == Repair({"model": "nano-banana-2"})


def test_a_far_model_is_repaired_to_each_model(rules: Rules) -> None:
    """Where nobody knows which model was meant, one repair per model is offered, in author's order."""
    decision = rules.decide({"model": "zzz", "ratio": "1:1", "quality": "low"})
    assert [each.set["model"] for each in decision.repairs] == ["nano-banana-2", "gpt-image-2"]
    assert decision.repairs[1] == Repair({"model": "gpt-image-2"})
    assert decision.violations[0].message == "there is no model `zzz`; choose `nano-banana-2` or `gpt-image-2`"


def test_fields_that_do_not_belong_are_removed(rules: Rules) -> None:
    """A repair removes what cannot be kept and keeps the sound fields."""
    selection = {"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "style": 0, "zoom": 2, "prompt": "x"}
    repair = rules.decide(selection).repairs[0]
    assert repair == Repair({}, ("style", "zoom"))
    assert repair.apply(selection) == {"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "prompt": "x"}


def test_a_repair_is_applied_to_any_mapping() -> None:
    """A repair reads any mapping, leaves behind what is no text, and starts anew where there is none."""
    repair = Repair({"model": "m"}, ("style",))
    assert repair.apply(MappingProxyType({"style": 1, 5: 5, "prompt": "x"})) == {"prompt": "x", "model": "m"}
    assert repair.apply(None) == {"model": "m"}


def test_a_model_that_sells_nothing_is_no_dead_end(holed: Table) -> None:
    """Where a model sells nothing, the repairs lead to one that does; they are never empty while anything is sold."""
    closed = replace(holed.models["pixel"], id="voxel", cells=())
    both = replace(holed, models={"voxel": closed, **holed.models})
    for name in ("voxel", "vixel", "unheard of"):
        repairs = decide(both, {"model": name, "size": "small"}).repairs
        assert [each.set["model"] for each in repairs[:1]] == ["pixel"]


def test_odd_grants_offer_no_repair(rules: Rules) -> None:
    """A repair of the selection cannot help against odd grants, so none is offered that changes nothing."""
    decision = rules.decide({"model": "gpt-image-2", "ratio": "1:1", "quality": "low"}, "member")
    assert Repair({}) not in decision.repairs


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ratoi", "gpt-image-2 has no field `ratoi`; did you mean `ratio`?"),
        ("promt", "gpt-image-2 has no field `promt`; did you mean `prompt`?"),
        ("Prompt", "gpt-image-2 has no field `Prompt`; did you mean `prompt`?"),
        ("seed", "gpt-image-2 has no field `seed`; it has `ratio`, `quality`, `prompt` or `language`"),
    ],
)
def test_an_unknown_field_is_told_what_was_meant(rules: Rules, name: str, message: str) -> None:
    """A near miss of a name is answered with the name, a far one with all names."""
    decision = rules.decide({"model": "gpt-image-2", name: "x"})
    assert decision.violations[0].message == message


def test_a_name_that_is_taken_is_not_suggested(rules: Rules) -> None:
    """What is picked already was not meant by another field."""
    decision = rules.decide({"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "ratios": "1:1"})
    assert decision.violations[0].suggestion is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "text takes 2 to 5 characters, and this has 1"),
        ("", "text takes 2 to 5 characters, and this has 0"),
        ("x" * 6, "text takes 2 to 5 characters, and this has 6"),
    ],
)
def test_a_text_has_its_bounds(holed: Table, text: str, message: str) -> None:
    """A text that is too short or too long is told its bounds and its length."""
    decision = decide(holed, {"model": "pixel", "size": "small", "text": text})
    assert [(each.code, each.message) for each in decision.violations] == [(ViolationCode.TEXT_LENGTH, message)]


@pytest.mark.parametrize("text", ["xy", "xxxxx", "🦊🦊🦊🦊🦊", "e\u0301" * 2])
def test_lengths_count_code_points(holed: Table, text: str) -> None:
    """The bounds themselves are fine, and a sign beyond the first plane counts once."""
    assert decide(holed, {"model": "pixel", "size": "small", "text": text}).status is Status.ALLOWED


def test_a_bad_text_can_break_two_laws(holed: Table) -> None:
    """A text that UTF-8 cannot carry is still measured."""
    decision = decide(holed, {"model": "pixel", "size": "small", "text": "\ud800"})
    assert [each.code.value for each in decision.violations] == ["wrong_type", "text_length"]


def test_only_a_lower_bound(rules: Rules) -> None:
    """A text without an upper bound is told the lower one."""
    decision = rules.decide({"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "prompt": ""})
    assert decision.violations[0].message == "prompt takes at least 1 characters, and this has 0"


@pytest.mark.parametrize(
    ("value", "said"), [(None, "nothing"), (5, "`5`"), (True, "`True`"), (["1:1"], "`<list>`"), (1.5, "`1.5`")]
)
def test_a_wrong_type_is_named(rules: Rules, value: Any, said: str) -> None:
    """The message says what was given and what is possible."""
    decision = rules.decide({"model": "gpt-image-2", "ratio": value, "quality": "low"})
    assert decision.violations[0].message == f"ratio takes text, and {said} was given; choose `3:2`, `2:3` or `1:1`"
    assert decision.violations[0].allowed == ("3:2", "2:3", "1:1")


def test_the_only_value_is_not_suggested_twice(holed: Table) -> None:
    """Where one value is left, the list names it and no suggestion repeats it."""
    decision = decide(holed, {"model": "pixel", "size": "smal"})
    assert decision.violations[0].message == "pixel does not offer size `smal`; choose `small`"


def test_long_lists_are_cut_in_sentences_only(holed: Table) -> None:
    """A sentence names eight values and counts the rest; the list of allowed values is whole."""
    model = holed.models["pixel"]
    names = [f"s{each:02}" for each in range(20)]
    size = Option("size", "Size", {each: Value(each, each) for each in names})
    wide = replace(
        model,
        options={"size": size},
        cells=tuple(replace(model.cells[0], values=(each,)) for each in names),
    )
    decision = decide(replace(holed, models={"pixel": wide}), {"model": "pixel", "size": "!"})
    assert decision.violations[0].allowed == tuple(names)
    assert "`s07` and 12 more" in decision.violations[0].message
    assert "`s08`" not in decision.violations[0].message


@pytest.mark.parametrize(("grants", "open_"), [((), False), (("b",), True), (("c",), False), (("a", "c"), True)])
def test_any_one_grant_opens_a_gate(grants: tuple[str, ...], open_: bool) -> None:  # noqa: FBT001  it is the expectation
    """A gate is open to whoever holds one of its grants."""
    assert opens(Gate("g", ("a", "b"), "G"), frozenset(grants)) is open_


def test_a_gate_without_grants_never_opens() -> None:
    """What nothing opens stays closed."""
    assert not opens(Gate("g", (), "G"), frozenset({"a"}))
