"""A refusal is explained: with a message, the possible values, and the nearest repairs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from imgrules import Repair, Rules, Status, Table, ViolationCode
from imgrules.compiler.build import build_texts
from imgrules.engine.decide import decide
from imgrules.engine.gates import opens
from imgrules.refusals import violations
from imgrules.refusals.alternatives import possible_values
from imgrules.refusals.constraints import Verdict, examine
from imgrules.refusals.explanations import EXPLAINED
from imgrules.refusals.faults import Fault
from imgrules.refusals.questions import Question, ask
from imgrules.table.options import Option, Value
from imgrules.table.records import Cell, Gate, Model, Type
from imgrules.table.terms import Absence, Limit, Numbers, Ratios, Sizes, Test
from imgrules.table.terms import Text as DomainText
from imgrules.table.texts.messages import ENGLISH, places_of
from tests.engine.closely import closely
from tests.engine.rich import NOW, SOUND, table


def test_a_hole_is_not_together(holed: Table) -> None:
    """For a combination that is not sold, each option has a violation with the values that are possible with the others."""
    decision = decide(holed, {"model": "pixel", "size": "large", "shape": "square"})
    assert decision.status is Status.IMPOSSIBLE
    assert [(violation.code, violation.field, violation.value, violation.allowed) for violation in decision.violations] == [
        (ViolationCode.NOT_TOGETHER, "size", "large", ("small",)),
        (ViolationCode.NOT_TOGETHER, "shape", "square", ("wide", "tall")),
    ]
    assert decision.violations[1].message == "shape `square` conflicts with the other choices; choose `wide` or `tall`"


def test_a_default_takes_part_in_a_hole(holed: Table) -> None:
    """A default that conflicts with the picks is a violation like any other value."""
    decision = decide(holed, {"model": "pixel", "size": "large"})
    assert [(violation.code.value, violation.field) for violation in decision.violations] == [
        ("not_together", "size"),
        ("not_together", "shape"),
    ]


def test_possible_values_hold_for_the_rest_of_the_selection(holed: Table) -> None:
    """The allowed values of a wrong option are those that are possible with the other picks."""
    decision = decide(holed, {"model": "pixel", "size": "large", "shape": "round"})
    assert decision.violations[0].allowed == ("wide", "tall")


def test_possible_values_where_the_rest_is_impossible(holed: Table) -> None:
    """If every value conflicts with the other picks, all values that are sold at all are allowed."""
    decision = decide(holed, {"model": "pixel", "size": "huge", "shape": "round"})
    assert decision.violations[0].allowed == ("square", "wide", "tall")
    model = holed.models["pixel"]
    question = Question(holed, {"model": "pixel", "size": "huge"}, model)
    assert possible_values(question, examine(question), model.options["shape"]) == ("square", "wide", "tall")


def test_a_value_that_is_sold_in_no_way_is_never_proposed(holed: Table) -> None:
    """A value that is not sold in any combination is never among the allowed values."""
    decision = decide(holed, {"model": "pixel"})
    assert decision.violations[0].allowed == ("small",)
    decision = decide(holed, {"model": "pixel", "shape": "wide"})
    assert decision.violations[0].allowed == ("small", "large")


def test_repairs_change_least_first_and_prefer_open_doors(holed: Table) -> None:
    """The nearest repairs come first, and among equally near ones those without a closed gate."""
    selection = {"model": "pixel", "size": "large", "shape": "square"}
    sets = [repair.set for repair in decide(holed, selection).repairs]
    assert sets == [{"size": "small"}, {"shape": "tall"}, {"shape": "wide"}]
    sets = [repair.set for repair in decide(holed, selection, {"staff", "beta"}).repairs]
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
    """Applying a repair gives an allowed or a locked selection."""
    decision = rules.decide(selection)
    assert decision.repairs
    for repair in decision.repairs:
        assert rules.decide(repair.apply(selection)).status is not Status.IMPOSSIBLE


def test_what_was_meant_is_repaired_first(rules: Rules) -> None:
    """The first repair of typos is the suggested values."""
    decision = rules.decide({"model": "gpt-image-2", "ratio": "2x3", "quality": "HIGH"}, {"member"})
    assert [repair.suggestion for repair in decision.violations] == ["2:3", "high"]
    assert decision.repairs[0] == Repair({"ratio": "2:3", "quality": "high"})


def test_a_repair_of_a_near_miss_of_a_model_keeps_the_rest(rules: Rules) -> None:
    """The repair of a typo in the model's name changes only the model, if the other picks fit it."""
    decision = rules.decide({"model": "nano-banana2", "ratio": "16:9", "quality": "1K"})
    assert decision.violations[0].suggestion == "nano-banana-2"
    assert decision.repairs[0] == Repair({"model": "nano-banana-2"})


def test_a_far_model_is_repaired_to_each_model(rules: Rules) -> None:
    """An unknown model without a suggestion has one repair per model, in the author's order."""
    decision = rules.decide({"model": "zzz", "ratio": "1:1", "quality": "low"})
    assert [repair.set["model"] for repair in decision.repairs] == ["nano-banana-2", "gpt-image-2"]
    assert decision.repairs[1] == Repair({"model": "gpt-image-2"})
    assert decision.violations[0].message == "there is no model `zzz`; choose `nano-banana-2` or `gpt-image-2`"


def test_fields_that_do_not_belong_are_removed(rules: Rules) -> None:
    """A repair removes fields that do not belong to the model and keeps the valid ones."""
    selection = {"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "style": 0, "zoom": 2, "prompt": "x"}
    repair = rules.decide(selection).repairs[0]
    assert repair == Repair({}, ("style", "zoom"))
    assert repair.apply(selection) == {"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "prompt": "x"}


def test_a_repair_is_applied_to_any_mapping() -> None:
    """A repair can be applied to any mapping, drops keys that are not text, and treats None as an empty selection."""
    repair = Repair({"model": "m"}, ("style",))
    assert repair.apply(MappingProxyType({"style": 1, 5: 5, "prompt": "x"})) == {"prompt": "x", "model": "m"}
    assert repair.apply(None) == {"model": "m"}


def test_a_model_that_sells_nothing_is_no_dead_end(holed: Table) -> None:
    """If a model sells nothing, the first repair names a model that does."""
    closed = replace(holed.models["pixel"], id="voxel", cells=())
    two_models = replace(holed, models={"voxel": closed, **holed.models})
    for name in ("voxel", "vixel", "unheard of"):
        repairs = decide(two_models, {"model": name, "size": "small"}).repairs
        assert [repair.set["model"] for repair in repairs[:1]] == ["pixel"]


def test_odd_grants_offer_no_repair(rules: Rules) -> None:
    """Invalid grants have no repair that changes nothing, since no change of the selection would help."""
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
    """A typo in a field name gets a suggestion, and any other unknown name the list of names."""
    decision = rules.decide({"model": "gpt-image-2", name: "x"})
    assert decision.violations[0].message == message


def test_a_name_that_is_taken_is_not_suggested(rules: Rules) -> None:
    """A field that is already given is not suggested for another one."""
    decision = rules.decide({"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "ratios": "1:1"})
    assert decision.violations[0].suggestion is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "text takes 2 to 5 characters, but the given length is 1"),
        ("", "text takes 2 to 5 characters, but the given length is 0"),
        ("x" * 6, "text takes 2 to 5 characters, but the given length is 6"),
    ],
)
def test_a_text_has_its_bounds(holed: Table, text: str, message: str) -> None:
    """The message about a text that is too short or too long has the bounds and its length."""
    decision = decide(holed, {"model": "pixel", "size": "small", "text": text})
    assert [(violation.code, violation.message) for violation in decision.violations] == [(ViolationCode.TEXT_LENGTH, message)]


@pytest.mark.parametrize("text", ["xy", "xxxxx", "🦊🦊🦊🦊🦊", "e\u0301" * 2])
def test_lengths_count_code_points(holed: Table, text: str) -> None:
    """Texts at either bound are allowed, and every Unicode code point counts once."""
    assert decide(holed, {"model": "pixel", "size": "small", "text": text}).status is Status.ALLOWED


def test_a_bad_text_can_break_two_laws(holed: Table) -> None:
    """A text that UTF-8 cannot encode can also have a wrong length: both are violations."""
    decision = decide(holed, {"model": "pixel", "size": "small", "text": "\ud800"})
    assert [violation.code.value for violation in decision.violations] == ["wrong_type", "text_length"]


def test_only_a_lower_bound(rules: Rules) -> None:
    """The message about a text without an upper bound has only the lower one."""
    decision = rules.decide({"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "prompt": ""})
    assert decision.violations[0].message == "prompt takes at least 1 character, but the given length is 0"


@pytest.mark.parametrize(
    ("value", "message"),
    [(None, "nothing"), (5, "the number `5`"), (True, "`True`"), (["1:1"], "a list of length 1"), (1.5, "the number `1.5`")],
)
def test_a_wrong_type_is_named(rules: Rules, value: Any, message: str) -> None:
    """The message about a wrong type names the given value and the possible ones."""
    decision = rules.decide({"model": "gpt-image-2", "ratio": value, "quality": "low"})
    assert decision.violations[0].message == f"ratio takes text, but {message} was given; choose `3:2`, `2:3` or `1:1`"
    assert decision.violations[0].allowed == ("3:2", "2:3", "1:1")


def test_the_only_value_is_not_suggested_twice(holed: Table) -> None:
    """If one value is possible, the message names it once, without a suggestion."""
    decision = decide(holed, {"model": "pixel", "size": "smal"})
    assert decision.violations[0].message == "pixel does not offer size `smal`; choose `small`"


def test_long_lists_are_cut_in_sentences_only(holed: Table) -> None:
    """A message names eight values and counts the others; `allowed` has all of them."""
    model = holed.models["pixel"]
    names = [f"s{name:02}" for name in range(20)]
    size = Option("size", "Size", {name: Value(name, name) for name in names})
    wide = replace(
        model,
        options={"size": size},
        cells=tuple(replace(model.cells[0], values=(name,)) for name in names),
    )
    decision = decide(replace(holed, models={"pixel": wide}), {"model": "pixel", "size": "!"})
    assert decision.violations[0].allowed == tuple(names)
    assert "`s07` and 12 more" in decision.violations[0].message
    assert "`s08`" not in decision.violations[0].message


@pytest.mark.parametrize(("grants", "open_"), [((), False), (("b",), True), (("c",), False), (("a", "c"), True)])
def test_any_one_grant_opens_a_gate(grants: tuple[str, ...], open_: bool) -> None:  # noqa: FBT001  it is the expectation
    """Any one of its grants opens a gate."""
    assert opens(Gate("g", ("a", "b"), "G"), frozenset(grants)) is open_


def test_a_gate_without_grants_never_opens() -> None:
    """A gate without grants is closed for every caller."""
    assert not opens(Gate("g", (), "G"), frozenset({"a"}))


def _rich(name: str = "") -> Rules:
    """Return rules with every kind of option; the named message template, if any, is replaced by a marked one."""
    messages = {"en": {name: f"«{name}»" + "".join(f"{{{place}}}" for place in sorted(places_of(name)))}} if name else {}
    base = table()
    studio = base.models["studio"].at(NOW)
    assert studio is not None
    options = {
        "mood": Option("mood", "Mood", {"sad": Value("sad", "Sad")}),
        "speech": Option("speech", "Speech", text=DomainText(3, 9)),
        "flag": Option(
            "flag", "Flag", {name: Value(name, name) for name in ("true", "false")}, optional=True, switch=True, loose=True
        ),
    }
    needy = replace(studio, id="needy", options={**options, "tone": studio.options["tone"]}, cells=(Cell(("sad", "dark")),))
    needy = replace(needy, limits=(Limit(only=(Test("speech", any=(None,)),)),), gates=(), price=None, body=())
    return Rules(replace(base, messages=messages, models={**base.models, "needy": needy}))


NEEDY = {"model": "needy", "mood": "sad", "speech": "hello", "tone": "dark"}
PIXELS = "262144 to 2097152"
SIZES = (
    "size takes `auto` or `wide`, or a size such as `1536x1024`, edges 512 to 2048, in steps of 16,"
    f" {PIXELS} pixels, aspect ratio 1:3 to 3:1,"
)
AREA, SHAPE = f"4096 pixels are not {PIXELS}", "its aspect ratio is not 1:3 to 3:1"
MESSAGES: dict[str, tuple[dict[str, Any], object, str]] = {
    "missing_model": ({}, NOW, "a selection needs a model: `studio`, `sketch` or `needy`"),
    "unknown_model": (
        {"model": "zzz"},
        NOW,
        "there is no model `zzz`; choose `studio`, `sketch` or `needy`",
    ),
    "choose": ({"model": "zzz"}, NOW, "there is no model `zzz`; choose `studio`, `sketch` or `needy`"),
    "did_you_mean": ({"model": "studios"}, NOW, "there is no model `studios`; did you mean `studio`?"),
    "unknown_field": ({"model": "sketch", "zzz": 1}, NOW, "sketch has no field `zzz`; it has `tone` or `text`"),
    "it_has": ({"model": "sketch", "zzz": 1}, NOW, "sketch has no field `zzz`; it has `tone` or `text`"),
    "second_name": (
        SOUND | {"outputs": 1, "number": 1},
        NOW,
        "number is an alias of `outputs`, and both are given",
    ),
    "refused_field": (SOUND | {"speed": 1}, NOW, "speed is refused: pictures do not move"),
    "computed_field": (SOUND | {"images": 1}, NOW, "images is refused: it is computed from `references` and `outputs`"),
    "and": (SOUND | {"images": 1}, NOW, "images is refused: it is computed from `references` and `outputs`"),
    "or": ({}, NOW, "a selection needs a model: `studio`, `sketch` or `needy`"),
    "and_more": (
        SOUND | {"zzz": 1},
        NOW,
        (
            "studio has no field `zzz`; it has `tone`, `frame`, `size`, `canvas`, `shape`, `outputs`, `guidance`, `strength`"
            " and 9 more"
        ),
    ),
    "missing_field": ({"model": "studio"}, NOW, "studio needs a value for tone; choose `dark`, `light` or `ink`"),
    "missing_open_field": (
        {"model": "needy", "mood": "sad", "tone": "dark"},
        NOW,
        "needy needs a value for speech: 3 to 9 characters",
    ),
    "needed_field": (
        SOUND | {"strength": 1},
        NOW,
        "studio needs a value for references with the other choices: a strength is about references",
    ),
    "and_because": (
        SOUND | {"strength": 1},
        NOW,
        "studio needs a value for references with the other choices: a strength is about references",
    ),
    "missing_at": (SOUND, None, "studio changes over time: pass the moment as `at`, such as `2026-06-01`"),
    "wrong_type": (
        SOUND | {"tone": 5},
        NOW,
        "tone takes text, but the number `5` was given; choose `dark`, `light` or `ink`",
    ),
    "text": (SOUND | {"tone": 5}, NOW, "tone takes text, but the number `5` was given; choose `dark`, `light` or `ink`"),
    "then": (SOUND | {"tone": 5}, NOW, "tone takes text, but the number `5` was given; choose `dark`, `light` or `ink`"),
    "switch": (NEEDY | {"flag": 5}, NOW, "flag takes true or false, but the number `5` was given; choose `true` or `false`"),
    "a_number": (SOUND | {"tone": 5}, NOW, "tone takes text, but the number `5` was given; choose `dark`, `light` or `ink`"),
    "a_text": (SOUND | {"outputs": "2"}, NOW, "outputs takes a whole number from 1 to 4, but the text `2` was given"),
    "a_list": (
        SOUND | {"shape": ["1:1"]},
        NOW,
        "shape takes a ratio such as `16:9`, aspect ratio 1:3 to 3:1, but a list of length 1 was given",
    ),
    "broken_edge": (
        SOUND | {"size": "8x512"},
        NOW,
        f"{SIZES} but `8x512` was given: edge 8 is not 512 to 2048; {AREA}; {SHAPE}",
    ),
    "broken_step": (SOUND | {"size": "1025x1024"}, NOW, f"{SIZES} but `1025x1024` was given: edge 1025 is not on a step of 16"),
    "broken_area": (SOUND | {"size": "2048x2048"}, NOW, f"{SIZES} but `2048x2048` was given: 4194304 pixels are not {PIXELS}"),
    "broken_shape": (SOUND | {"size": "2048x512"}, NOW, f"{SIZES} but `2048x512` was given: {SHAPE}"),
    "nothing": (SOUND | {"text": None}, NOW, "text takes text, but nothing was given"),
    "half_character": (
        SOUND | {"text": "a\ud800"},
        NOW,
        "text contains an unpaired surrogate at position 2, which UTF-8 cannot encode",
    ),
    "not_offered": (
        SOUND | {"tone": "darc"},
        NOW,
        "studio does not offer tone `darc`; choose `dark`, `light` or `ink`; did you mean `dark`?",
    ),
    "out_of_range": (SOUND | {"outputs": 9}, NOW, "outputs takes a whole number from 1 to 4, but `9` was given"),
    "whole_numbers": (SOUND | {"outputs": 9}, NOW, "outputs takes a whole number from 1 to 4, but `9` was given"),
    **dict.fromkeys(
        ("any_whole_number", "with_range"),
        (SOUND | {"seed": -1}, NOW, "seed takes `random`, or any whole number, at least 0, but `-1` was given"),
    ),
    "numbers": (SOUND | {"strength": 2, "references": []}, NOW, "strength takes a number from 0 to 1, but `2` was given"),
    "in_steps": (
        SOUND | {"guidance": 9},
        NOW,
        "guidance takes a number from 1.5 to 5, in steps of 0.5, but `9` was given",
    ),
    "text_length": (SOUND | {"text": "x"}, NOW, "text takes 2 to 5 characters, but the given length is 1"),
    "characters": (SOUND | {"text": "x"}, NOW, "text takes 2 to 5 characters, but the given length is 1"),
    "from_to": (SOUND | {"text": "x"}, NOW, "text takes 2 to 5 characters, but the given length is 1"),
    "words": (SOUND | {"caption": ""}, NOW, "caption takes 1 to 3 words, but the given length is 0"),
    "bytes": (SOUND | {"references": [""]}, NOW, "references takes 1 to 20 bytes, but the given length is 0"),
    "lists": (SOUND | {"references": ["a"] * 6}, NOW, "references takes a list of length 0 to 4, but the given length is 6"),
    "sizes": (
        SOUND | {"canvas": "wide"},
        NOW,
        "studio does not offer canvas `wide`; choose a size such as `1536x1024`, edges 64 to 4096, in steps of 64, aspect ratio at most 2:1",
    ),
    "with_edges": (
        SOUND | {"canvas": "wide"},
        NOW,
        "studio does not offer canvas `wide`; choose a size such as `1536x1024`, edges 64 to 4096, in steps of 64, aspect ratio at most 2:1",
    ),
    "at_most": (
        SOUND | {"canvas": "wide"},
        NOW,
        "studio does not offer canvas `wide`; choose a size such as `1536x1024`, edges 64 to 4096, in steps of 64, aspect ratio at most 2:1",
    ),
    "listed_or": (
        SOUND | {"size": "8x8"},
        NOW,
        (
            "size takes `auto` or `wide`, or a size such as `1536x1024`, edges 512 to 2048, in steps of 16,"
            " 262144 to 2097152 pixels, aspect ratio 1:3 to 3:1, but `8x8` was given:"
            " edge 8 is not 512 to 2048; 64 pixels are not 262144 to 2097152"
        ),
    ),
    "with_area": (
        SOUND | {"size": "8x8"},
        NOW,
        (
            "size takes `auto` or `wide`, or a size such as `1536x1024`, edges 512 to 2048, in steps of 16,"
            " 262144 to 2097152 pixels, aspect ratio 1:3 to 3:1, but `8x8` was given:"
            " edge 8 is not 512 to 2048; 64 pixels are not 262144 to 2097152"
        ),
    ),
    "shapes": (
        SOUND | {"shape": "9:1"},
        NOW,
        "shape takes a ratio such as `16:9`, aspect ratio 1:3 to 3:1, but `9:1` was given",
    ),
    "with_shape": (
        SOUND | {"shape": "9:1"},
        NOW,
        "shape takes a ratio such as `16:9`, aspect ratio 1:3 to 3:1, but `9:1` was given",
    ),
    "not_together": (NEEDY, NOW, "speech `hello` conflicts with the other choices"),
    "not_yet": (
        SOUND | {"tone": "ink"},
        "2026-05-01",
        "tone `ink` is not available before 2026-06-01; choose `dark` or `light`",
    ),
    "retired": (
        SOUND | {"tone": "chalk"},
        NOW,
        "tone `chalk` was retired on 2026-01-01; choose `dark`, `light` or `ink`",
    ),
    "use": (SOUND | {"tone": "sepia"}, NOW, "tone `sepia` was retired on 2026-01-01T09:30:00Z; use `dark`"),
}
"""By the name of a message template: a selection and a moment that cause it, and the complete message."""

ELSEWHERE = {
    **dict.fromkeys(
        ("missing_fact", "fact_field", "unknown_fact", "facts_mapping", "wrong_fact", "fact_conflict"),
        "test_every_sentence_about_a_fact_is_said",
    ),
    "no_facts": "test_rules_without_facts_say_so",
    "more_violations": "test_decide.test_ten_thousand_fields_are_answered",
    "more_notes": "test_request_caps.test_of_many_notes_the_rest_is_counted",
    "no_models": "test_no_models_at_all",
    "none_goes": "test_nothing_is_left_to_offer",
    "it_has_none": "test_nothing_is_left_to_offer",
    **dict.fromkeys(("characters_one", "words_one", "bytes_one"), "test_plurals.test_one"),
    **dict.fromkeys(("above_cap", "cap_of_unknown", "credits", "credits_one", "about"), "test_cap.test_a_cap_is_explained"),
    "missing_text": "test_what_a_creation_needs",
    "any_number": "test_an_open_end_is_told_only_to_who_is_beyond_it",
    "not_there": "test_what_cannot_be_left_out",
    "at_least": "test_only_a_lower_bound",
    "alias": "test_normalize.test_what_was_replaced_is_said",
    "snapped": "test_normalize.test_what_was_replaced_is_said",
    **dict.fromkeys(("snapped_down", "snapped_up"), "test_near_misses.test_each_way_is_said"),
    "ignored": "test_normalize.test_what_was_replaced_is_said",
}


@pytest.mark.parametrize(("name", "case"), MESSAGES.items(), ids=MESSAGES)
def test_every_sentence_is_said(name: str, case: tuple[dict[str, Any], object, str]) -> None:
    """Each message template is used for its case, word for word, and its replacement by a rule set is used too."""
    selection, at, message = case
    assert message in {violation.message for violation in _rich().decide(selection, at=at).violations}
    assert any(f"«{name}»" in violation.message for violation in _rich(name).decide(selection, at=at).violations)


@pytest.mark.parametrize(
    ("step", "value", "message"),
    [
        (1, 1.5, "seed takes any whole number, but `1.5` was given"),
        (8, 3, "seed takes any whole number, in steps of 8, but `3` was given"),
        (None, True, "seed takes any number, but `True` was given"),
        (None, 10**15, "seed takes a number from -999999999999999 to 999999999999999, but `1000000000000000` was given"),
        (1, -(10**15), "seed takes a whole number from -999999999999999 to 999999999999999, but `-1000000000000000` was given"),
    ],
)
def test_an_open_end_is_told_only_to_who_is_beyond_it(step: int | None, value: object, message: str) -> None:
    """A number without bounds is any number; the greatest one that there is matters to nobody who gives a smaller one."""
    option = Option("seed", "Seed", number=Numbers(step=step), optional=True)
    model = Model("nano", "Nano", table().models["studio"].type, {"seed": option}, (), (Cell((), 1),))
    rules = replace(table(), models={"nano": model})
    assert [violation.message for violation in decide(rules, {"model": "nano", "seed": value}).violations] == [message]


@pytest.mark.parametrize("name", [None, "studio"], ids=["no model", "a model"])
def test_a_code_without_a_function_has_its_message(name: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code that nothing explains further is said in its message, with the model, the field and the value."""
    monkeypatch.setattr(violations, "EXPLAINED", {})
    rules = replace(table(), messages={"en": {"not_offered": "{model}: {field} is not {value}{choose}"}})
    model = None if name is None else rules.models[name]
    question = Question(rules, {}, model)
    (found,) = violations.violations(question, Verdict((Fault(ViolationCode.NOT_OFFERED, "tone", "darc"),)))
    assert (found.message, found.allowed, found.suggestion) == (f"{name or ''}: tone is not `darc`", (), None)


def test_nothing_is_left_to_offer() -> None:
    """A message is complete if a model has no options, or if no value of an option is available."""
    shared = "language: 1\ntypes: {image: {provider: {send: p}, model: {send: m}}}\n"
    bare = "name: N\ntype: image\nprovider: p\nmodel: m\n"
    pairs = bare + "options: {a: {send: a, values: [x]}, b: {send: b, values: [u, v]}}\n"
    table = build_texts({"_shared": shared, "bare": bare + "options: {}\n", "pairs": pairs}).table
    assert table is not None
    (violation,) = decide(table, {"model": "bare", "size": 1}).violations
    assert violation.message == "bare has no field `size`; it has no options"
    closed = replace(table.models["pairs"], cells=())
    (violation,) = decide(replace(table, models={"pairs": closed}), {"model": "pairs", "a": "x"}).violations[:1]
    assert violation.message == "pairs needs a value for b; none of its values is available with the other choices"


def test_no_sentence_is_left_over() -> None:
    """Every message template is tested here, in a named test, or, for a code that has only its message, on the language page."""
    page = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
    simple = {code.value for code in ViolationCode if code not in EXPLAINED and f"because: {code.value}}}" in page}
    assert MESSAGES.keys() | ELSEWHERE.keys() | simple == ENGLISH.keys()
    written = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py"))
    assert [name for name in ELSEWHERE.values() if f"def {name.rpartition('.')[2]}(" not in written] == []


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"ratio": Ratios()}, "m does not offer o `wide`; choose a ratio such as `16:9`"),
        ({"ratio": Ratios("1:3")}, "m does not offer o `wide`; choose a ratio such as `16:9`, aspect ratio at least 1:3"),
        ({"size": Sizes(ratio=Ratios())}, "m does not offer o `wide`; choose a size such as `1536x1024`, edges at least 1"),
    ],
)
def test_a_bound_that_is_not_there_is_not_said(rule: dict[str, Any], message: str) -> None:
    """The message about a size or an aspect ratio names only the bounds that are declared."""
    model = Model("m", "M", "t", {"o": Option("o", "O", **rule)}, (), (Cell(()),))
    decision = decide(Table(1, {}, {"t": Type("t", {}, {})}, {"m": model}), {"model": "m", "o": "wide"})
    assert decision.violations[0].message == message


def test_no_models_at_all() -> None:
    """The message of a rule set without models offers nothing to choose."""
    decision = decide(Table(1, {}, {}, {}), {"model": "x"})
    assert decision.violations[0].message == "there is no model `x`; there are no models"


def test_what_a_creation_needs() -> None:
    """A body without a required field has a violation for it."""
    rules = _rich()
    decision = closely(rules.table, {"model": "studio", "tone": "dark"}, at=NOW, whole=True)
    assert [(violation.field, violation.message) for violation in decision.violations] == [
        ("text", "a creation needs a value for text")
    ]


def test_what_cannot_be_left_out() -> None:
    """A limit that is broken by an option that is not picked says so, and names its possible values."""
    rules = _rich()
    model = rules.table.models["needy"]
    never = Limit(never=(Test("flag", any=(None,)),), because="raise your flag")
    flagged = Rules(replace(rules.table, models={"needy": replace(model, limits=(never,))}))
    violations = flagged.decide(NEEDY, at=NOW).violations
    assert [(violation.field, violation.value, violation.message) for violation in violations] == [
        ("flag", None, "flag cannot be left out with the other choices: raise your flag; choose `true` or `false`")
    ]


def test_a_retired_model_names_its_successor() -> None:
    """The message about a retired model has the date and the replacement, and the first repair uses it."""
    decision = _rich().decide(SOUND, at="2027-01-01")
    violation = decision.violations[0]
    assert (violation.code, violation.field, violation.suggestion) == (ViolationCode.RETIRED, "model", "sketch")
    assert violation.message == "model `studio` was retired on 2026-12-01; use `sketch`"
    assert decision.repairs[0].set["model"] == "sketch"


def test_several_successors_are_equals() -> None:
    """All replacements are named, as allowed values and in a repair each, and none of them is suggested."""
    base = table()
    gone = Absence("2026-12-01T00:00:00Z", retired=True, use=("other", "sketch"))
    last = replace(base.models["studio"], cells=(), gone=gone, changes=())
    other = replace(base.models["sketch"], id="other")
    rules = Rules(replace(base, models={"studio": last, "other": other, "sketch": base.models["sketch"]}))
    decision = rules.decide(SOUND, at=NOW)
    violation = decision.violations[0]
    assert (violation.allowed, violation.suggestion) == (("other", "sketch"), None)
    assert violation.message == "model `studio` was retired on 2026-12-01; use `other` or `sketch`"
    assert [repair.set["model"] for repair in decision.repairs] == ["other", "sketch"]


def test_a_list_names_the_entry_that_is_over() -> None:
    """The message about a list names the entry that is retired or not yet available."""
    option = Option(
        "it",
        "It",
        {"new": Value("new", "New")},
        many=Numbers(0),
        gone={
            "soon": Absence("2027-01-01T00:00:00Z", retired=False),
            "old": Absence("2026-01-01T00:00:00Z", retired=True, use=("new",)),
        },
    )
    base = table()
    model = replace(base.models["sketch"], options={"it": option}, cells=(Cell(()),))
    rules = Rules(replace(base, models={"sketch": model}))
    violations = rules.decide({"model": "sketch", "it": ["new", "soon", "old"]}).violations
    assert [violation.message for violation in violations] == [
        "it `soon` is not available before 2027-01-01; choose `new`",
        "it `old` was retired on 2026-01-01; use `new`",
    ]


@pytest.mark.parametrize(
    ("name", "selection", "possible"),
    [
        ("tone", {}, ("dark", "light", "ink")),
        ("tone", {"references": ["a"]}, ("dark",)),
        ("tone", {"quality": "low"}, ("dark",)),
        ("tone", {"quality": "low", "outputs": "?"}, ("dark",)),
        ("quality", {"tone": "dark"}, ("low", "high")),
        ("quality", {"tone": "dark", "outputs": 3}, ("low",)),
        ("quality", {"tone": "light"}, ("low", "high")),
        ("frame", {"tone": "dark"}, ("16:9", "1:1", "9:16")),
        ("mode", {"tone": "light"}, ("new", "edit")),
        ("styles", {"tone": "light"}, ("oil", "clay", "wood")),
        ("canvas", {}, ()),
    ],
)
def test_possible_values_of_every_kind_of_option(name: str, selection: dict[str, Any], possible: tuple[str, ...]) -> None:
    """The possible values depend on the other picks, computed and conditional options included."""
    question = ask(table(), {"model": "studio", **selection}, frozenset(), None, NOW)
    assert question.model is not None
    assert possible_values(question, examine(question), question.model.options[name]) == possible


def test_possible_values_without_a_model_are_all_values() -> None:
    """Without a known model all values of an option are possible."""
    tone = table().models["studio"].options["tone"]
    question = Question(table(), {})
    assert possible_values(question, examine(question), tone) == ("dark", "light")


@pytest.mark.parametrize(
    ("rule", "bounds"),
    [
        (Sizes(), "a size such as `1536x1024`, edges at least 1"),
        (Sizes(Numbers(0, 9)), "a size such as `1536x1024`, edges 0 to 9"),
        (Sizes(Numbers(0, 9, 3)), "a size such as `1536x1024`, edges 0 to 9, in steps of 3"),
        (Sizes(Numbers(1), Numbers(4)), "a size such as `1536x1024`, edges at least 1, at least 4 pixels"),
    ],
)
def test_the_rule_of_a_size_is_said_as_far_as_it_goes(rule: Sizes, bounds: str) -> None:
    """The message about a size names only the bounds that are declared."""
    base = table()
    model = replace(base.models["sketch"], options={"it": Option("it", "It", size=rule, optional=True)}, cells=(Cell(()),))
    decision = decide(replace(base, models={"sketch": model}), {"model": "sketch", "it": "large"})
    assert decision.violations[0].message == f"sketch does not offer it `large`; choose {bounds}"


def test_a_list_is_named_by_what_it_holds() -> None:
    """The message about a list that conflicts with the other choices names its entries, not their number."""
    limits = (Limit((Test("tone", any=("light",)),), (Test("references", max=0),)),)
    base = table()
    studio = replace(base.models["studio"], limits=limits, changes=())
    rules = Rules(replace(base, models={"studio": studio}))
    reasons = rules.decide(SOUND | {"tone": "light", "references": ["a", "b"]}).reasons
    assert "references `a` and `b` conflicts with the other choices" in reasons


def test_every_length_of_a_text_is_named() -> None:
    """What a text takes names all its lengths, each in its unit."""
    shared = "language: 1\ntypes: {t: {body: {kind: image}}}\n"
    rule = "[{max: 1500}, {min: 2, max: 200, unit: words}, {max: 4000, unit: bytes}]"
    made = build_texts({"_shared": shared, "pixel": f"name: Pixel\noptions: {{note: {{send: note, text: {rule}}}}}\n"}).table
    assert made is not None
    message = Rules(made).decide({"model": "pixel", "note": 5}).violations[0].message
    assert message == "note takes 0 to 1500 characters and 2 to 200 words and 0 to 4000 bytes, but the number `5` was given"
