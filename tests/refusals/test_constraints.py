"""All faults of a selection are found at once, each at the field that a caller can change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from imgrules import Rules, Status, Table
from imgrules.refusals.constraints import examine
from imgrules.refusals.faults import option_faults, text_faults, wrong_entry
from imgrules.refusals.questions import ask
from imgrules.table.options import Option
from imgrules.table.records import Cell, Model
from imgrules.table.terms import Follows, Length, Limit, Numbers, Ratios, Sizes, Test
from tests.engine.rich import NOW, OPTIONS, SOUND, WINTER, gone, table, values

BY_NAME = {option.name: option for option in OPTIONS}


@pytest.fixture(scope="module")
def rich() -> Rules:
    """Return rules with every kind of option."""
    return Rules(table())


def codes_of(rules: Rules, selection: dict[str, Any], at: object = NOW) -> list[tuple[str, str]]:
    """Return the code and the field of every violation."""
    decision = rules.decide(selection, {"team", "beta"}, None, at)
    assert (decision.status is Status.IMPOSSIBLE) == bool(decision.violations)
    return [(violation.code.value, violation.field) for violation in decision.violations]


@pytest.mark.parametrize(
    ("name", "value", "codes"),
    [
        ("tone", "dark", []),
        ("tone", "ink", ["not_yet"]),
        ("tone", "sepia", ["retired"]),
        ("tone", "tint", ["not_offered"]),
        ("tone", 5, ["wrong_type"]),
        ("size", "auto", []),
        ("size", "1024x1024", []),
        ("size", "1024x1025", ["out_of_range"]),
        ("size", "1024:1024", ["not_offered"]),
        ("size", "large", ["not_offered"]),
        ("size", 1024, ["wrong_type"]),
        ("shape", "16:9", []),
        ("shape", "1:3", []),
        ("shape", "1:4", ["out_of_range"]),
        ("shape", "16x9", ["not_offered"]),
        ("shape", 1.5, ["wrong_type"]),
        ("outputs", 4, []),
        ("outputs", 5, ["out_of_range"]),
        ("outputs", 0, ["out_of_range"]),
        ("outputs", 1.5, ["wrong_type"]),
        ("guidance", 2.5, []),
        ("guidance", 2, []),
        ("guidance", 2.4, ["out_of_range"]),
        ("strength", 0.123, []),
        ("strength", 1.1, ["out_of_range"]),
        ("seed", "random", []),
        ("seed", "chance", ["not_offered"]),
        ("seed", 10**15, ["out_of_range"]),
        ("seed", None, ["wrong_type"]),
        ("caption", "one two three", []),
        ("caption", "one two three four", ["text_length"]),
        ("caption", " ", ["text_length"]),
        ("caption", "\ud800", ["wrong_type"]),
        ("references", [], []),
        ("references", ["a"] * 5, ["out_of_range"]),
        ("references", ["", "a"], ["text_length"]),
        ("references", "a", ["wrong_type"]),
        ("styles", [], ["out_of_range"]),
        ("styles", ["oil"] * 3, ["out_of_range"]),
        ("styles", ["pen", "ink"], ["not_offered"]),
        ("styles", ["pen", None], ["wrong_type"]),
        ("mode", "new", ["refused_field"]),
    ],
    ids=str,
)
def test_each_option_is_looked_at_alone(name: str, value: Any, codes: list[str]) -> None:
    """An option accepts exactly what it declares, and reports each kind of fault once."""
    assert [fault.code.value for fault in option_faults(BY_NAME[name], value)] == codes


def test_a_list_whose_values_are_all_gone_takes_no_text() -> None:
    """A list whose values are all retired or not yet available does not accept arbitrary texts."""
    option = Option("it", "It", many=Numbers(0), gone={"oil": gone(NOW, retired=True), "pen": gone(WINTER, retired=False)})
    assert [fault.code.value for fault in option_faults(option, ["oil"])] == ["retired"]
    assert [fault.code.value for fault in option_faults(option, ["pen", "oil"])] == ["not_yet", "retired"]
    assert [fault.code.value for fault in option_faults(option, ["anything"])] == ["not_offered"]


def test_a_list_of_nothing_in_particular_takes_any_texts() -> None:
    """A list without named values and without a text rule accepts any texts."""
    option = Option("it", "It", many=Numbers(0))
    assert not list(option_faults(option, ["", "x" * 9999]))


@pytest.mark.parametrize(
    ("rule", "value", "codes"),
    [
        (Length(), "", []),
        (Length(1), "", ["text_length"]),
        (Length(0, 2), "abc", ["text_length"]),
        (Length(0, 3, "bytes"), "🦊", ["text_length"]),
        (Length(0, 1), "\ud800\ud800", ["wrong_type", "text_length"]),
        (Length(), 5, ["wrong_type"]),
    ],
)
def test_a_text_is_looked_at(rule: Length, value: object, codes: list[str]) -> None:
    """A text must be a str that UTF-8 can encode, and have a length that its rule allows."""
    assert [fault.value for fault in text_faults((rule,), value)] == codes


@pytest.mark.parametrize(
    ("entries", "place"),
    [([], None), (["a", "ü"], None), (["a", 5, "\ud800"], 1), (["ü", "\ud800"], 1), ((None,), 0)],
    ids=ascii,
)
def test_the_first_wrong_entry_is_found(entries: Any, place: int | None) -> None:
    """The index of the first entry that is no text, or that UTF-8 cannot encode, is returned."""
    assert wrong_entry(entries) == place


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"outputs": 4, "references": ["a"] * 2}, [("not_together", "outputs"), ("not_together", "references")]),
        ({"outputs": 3, "quality": "high"}, [("not_together", "outputs"), ("not_together", "quality")]),
        ({"strength": 0.5}, [("missing_field", "references")]),
        ({"strength": 0.5, "references": []}, [("missing_field", "references")]),
        ({"shape": "1:1", "canvas": "64x64"}, [("not_together", "canvas"), ("not_together", "shape")]),
        ({"tone": "light", "quality": "low"}, [("not_together", "tone"), ("not_together", "quality")]),
        ({"tone": "light", "references": ["a"]}, [("not_together", "tone"), ("not_together", "references")]),
        ({"tone": "light", "grain": 3}, []),
        ({"quality": "low", "grain": 3}, []),
        ({"grain": 10}, [("out_of_range", "grain")]),
        (
            {"outputs": 4, "references": ["a"] * 2, "shape": "1:1", "canvas": "64x64", "strength": 2},
            [
                ("out_of_range", "strength"),
                ("not_together", "canvas"),
                ("not_together", "shape"),
                ("not_together", "outputs"),
                ("not_together", "references"),
            ],
        ),
    ],
    ids=str,
)
def test_what_does_not_go_together(rich: Rules, change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """A broken limit is reported at the picked options, and in place of a computed one at those it is computed from."""
    assert codes_of(rich, SOUND | change) == expected


def test_nothing_is_said_of_what_depends_on_a_mistake(rich: Rules) -> None:
    """Nothing is reported about options that depend on a wrong value."""
    assert codes_of(rich, SOUND | {"tone": "tint", "quality": "low", "references": ["a"]}) == [("not_offered", "tone")]


def test_one_thing_is_said_once() -> None:
    """Limits that are broken by the same option for the same reason give one violation."""
    first, second = (Limit((Test("a", none=(None,)),), needs=("b",), because=violation) for violation in ("first", "second"))
    never = Limit(never=(Test("a", none=(None,)),), because="never")
    a, b = (Option(violation, violation, number=Numbers(), optional=True) for violation in "ab")
    model = Model("m", "M", "t", {"a": a, "b": b}, (), (Cell(()),), limits=(first, second, never, never))
    rules = Rules(Table(1, {}, {"t": table().types["picture"]}, {"m": model}))
    decision = rules.decide({"model": "m", "a": 1})
    assert [(violation.code.value, violation.field, violation.message) for violation in decision.violations] == [
        ("missing_field", "b", "m needs a value for b with the other choices: first"),
        ("missing_field", "b", "m needs a value for b with the other choices: second"),
        ("not_together", "a", "a `1` conflicts with the other choices: never"),
    ]


def test_a_reason_may_be_said_in_several_languages() -> None:
    """The reason why a limit needs an option is in the requested language, and equal reasons are deduplicated."""
    because = {"en": "no a without b", "de": "kein a ohne b"}
    limit = Limit((Test("a", none=(None,)),), needs=("b",), because=because)
    a, b = (Option(violation, violation, number=Numbers(), optional=True) for violation in "ab")
    model = Model("m", "M", "t", {"a": a, "b": b}, (), (Cell(()),), limits=(limit, limit))
    rules = Rules(Table(1, {}, {"t": table().types["picture"]}, {"m": model}))
    violations = rules.decide({"model": "m", "a": 1}, language="de").violations
    assert [violation.message for violation in violations] == ["m needs a value for b with the other choices: kein a ohne b"]


def test_a_combination_that_is_not_sold_names_all_that_is_picked(rich: Rules) -> None:
    """If no limit is broken but the combination is not sold, all picked listed options conflict."""
    studio = rich.table.models["studio"].at(NOW)
    assert studio is not None
    fewer = replace(studio, cells=studio.cells[:1])
    rules = Rules(replace(rich.table, models={"studio": fewer}))
    assert codes_of(rules, SOUND | {"quality": "high"}) == [("not_together", "tone"), ("not_together", "quality")]
    picked = SOUND | {"quality": "high", "references": ["a"]}
    assert codes_of(rules, picked) == [("not_together", "tone"), ("not_together", "references"), ("not_together", "quality")]


@pytest.mark.parametrize(
    ("at", "expected"),
    [(None, [("missing_field", "at")]), (WINTER, [("retired", "model")]), ("2025-01-01", [("retired", "tone")])],
)
def test_time_is_looked_at_first(rich: Rules, at: str | None, expected: list[tuple[str, str]]) -> None:
    """If a moment is missing, or the model is retired, that is the only violation."""
    assert codes_of(rich, SOUND | {"tone": "sepia"}, at) == expected


@pytest.mark.parametrize("at", [None, WINTER])
def test_nothing_that_was_not_looked_at_is_understood(rich: Rules, at: str | None) -> None:
    """`select` of a retired model, or without a moment, holds no unchecked values."""
    decision = rich.decide({"model": "studio", "text": 5, "zzz": object()}, at=at)
    assert decision.select == ({"model": "studio"} if at is None else {})
    decision.as_dict()


def test_a_plain_model_beside_it_needs_no_moment(rich: Rules) -> None:
    """A model without dates needs no moment, although another model of the table does."""
    assert rich.decide({"model": "sketch"}).status is Status.ALLOWED


def test_what_every_type_refuses_is_said_without_a_model() -> None:
    """In a table without types, only the unknown model is a fault."""
    bare = ask(Table(1, {}, {}, {}), {"model": "x", "speed": 1}, frozenset())
    assert [fault.field for fault in examine(bare).faults] == ["model"]


@pytest.mark.parametrize(
    ("picked", "free", "is_sold"),
    [
        ({"tone": "dark", "quality": "low", "mode": "new"}, (), True),
        ({"tone": "light", "mode": "new"}, (), True),
        ({"tone": "light", "quality": "low", "mode": "new"}, (), False),
        ({"tone": "light"}, ("quality", "mode"), True),
        ({}, ("tone", "quality", "mode"), True),
        ({}, (), False),
    ],
)
def test_fits(rich: Rules, picked: dict[str, str], free: tuple[str, ...], is_sold: bool) -> None:  # noqa: FBT001  as expected
    """A free option may have any value; another one that is not picked must be absent from the combination."""
    assert bool(rich.table.models["studio"].matching(picked, free)) is is_sold


def test_an_option_of_no_shape_takes_nothing() -> None:
    """An option without any rule accepts nothing, and one with an empty rule accepts every value of its kind."""
    assert [fault.code.value for fault in option_faults(Option("it", "It"), "16:9")] == ["not_offered"]
    assert [fault.code.value for fault in option_faults(Option("it", "It", ratio=Ratios()), "16:9")] == []
    assert [fault.code.value for fault in option_faults(Option("it", "It", size=Sizes()), "16x9")] == []
    assert [fault.code.value for fault in option_faults(Option("it", "It", values("x"), follows=Follows(("a",))), "x")] == [
        "refused_field"
    ]
