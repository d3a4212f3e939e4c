"""A refusal has the nearest repairs, whatever kind of option is wrong."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from imgrules import Repair, Rules, Status, Table
from imgrules.table.options import Option, Value
from imgrules.table.records import Cell, Model, Type
from imgrules.table.terms import Follows, Limit, Number, Numbers, Ratios, Sizes, Test, Text
from tests.engine.rich import NOW, SOUND, gone, table, values


def number(
    name: str, least: Number | None = None, greatest: Number | None = None, step: Number | None = 1, **details: Any
) -> Option:
    """Return an option that takes numbers, optional by default."""
    return Option(name, name, number=Numbers(least, greatest, step), **{"optional": True, **details})


def rules_of(*options: Option, limits: tuple[Limit, ...] = (), cells: tuple[Cell, ...] | None = None) -> Rules:
    """Return rules of one model that, without given combinations, sells everything that its options accept."""
    cells = (Cell(tuple(None for option in options if option.bound)),) if cells is None else cells
    model = Model("m", "M", "t", {option.name: option for option in options}, (), cells, limits=limits)
    # A limit of its own keeps the model from being plain.
    return Rules(Table(1, {}, {"t": Type("t", {}, {})}, {"m": model}))


def repaired(rules: Rules, selection: dict[str, Any], at: object = None) -> list[Repair]:
    """Return the repairs of a selection, and check that each of them works."""
    decision = rules.decide(selection, at=at)
    assert decision.status is Status.IMPOSSIBLE
    for repair in decision.repairs:
        assert rules.decide(repair.apply(selection), at=at).status is not Status.IMPOSSIBLE
    return list(decision.repairs)


@pytest.mark.parametrize(
    ("option", "value", "repair"),
    [
        (number("a", 1, 4), 9, Repair({"a": 4})),
        (number("a", 1, 4), 0, Repair({"a": 1})),
        (number("a", 1, 4), "9", Repair({"a": 4})),
        (number("a", 1, 4), 2.0, Repair({"a": 2})),
        (number("a", 1, 4), "x", Repair({}, ("a",))),
        (number("a", 1, 4), None, Repair({}, ("a",))),
        (number("a", 10, 50, 10), 33, Repair({"a": 30})),
        (number("a", 0, 5, Decimal("0.5")), 2.3, Repair({"a": Decimal("2.5")})),
        (number("a", 0, 1, None), 7.5, Repair({"a": 1})),
        (number("a", 1, 4, optional=False), None, Repair({"a": 1})),
        (number("a", optional=False), "x", Repair({"a": 0})),
        (Option("a", "A", text=Text(1), optional=True), 5, Repair({}, ("a",))),
        (Option("a", "A", size=Sizes(Numbers(64, 128, 64)), optional=True), "100x100", Repair({"a": "128x128"})),
        (Option("a", "A", size=Sizes(Numbers(64, 128, 64)), optional=False), "wide", Repair({"a": "128x128"})),
        (Option("a", "A", ratio=Ratios("1:3", "3:1"), optional=True), "9:1", Repair({"a": "3:1"})),
        (Option("a", "A", ratio=Ratios("1:3", "3:1"), optional=True), "1:9", Repair({"a": "1:3"})),
        (Option("a", "A", ratio=Ratios(), optional=False), "wide", Repair({"a": "1:1"})),
        (Option("a", "A", many=Numbers(0, 2), optional=True), ["x", "y", "z"], Repair({"a": ["x", "y"]})),
        (Option("a", "A", many=Numbers(2, 4), optional=True), ["x"], Repair({}, ("a",))),
        (Option("a", "A", values("oil", "pen"), many=Numbers(1, 2), optional=True), ["oil", "ink"], Repair({"a": ["oil"]})),
        (Option("a", "A", values("oil", "pen"), many=Numbers(1, 2), optional=True), [5], Repair({}, ("a",))),
        (Option("a", "A", values("oil", "pen"), many=Numbers(1, 2), optional=True), "oil", Repair({}, ("a",))),
        (Option("a", "A", values("oil", "pen"), optional=True, loose=True), "pem", Repair({"a": "pen"})),
        (Option("a", "A", values("oil", "pen"), optional=True, loose=True), 5, Repair({}, ("a",))),
        (Option("a", "A", values("auto"), number=Numbers(1, 4), optional=False), "aut", Repair({"a": "auto"})),
    ],
    ids=str,
)
def test_each_kind_of_option_is_mended(option: Option, value: Any, repair: Repair) -> None:
    """A value of the right type is moved to the nearest valid one; one of another type is removed if the option is optional."""
    repairs = repaired(rules_of(option, number("other")), {"model": "m", "a": value})
    assert repairs[0] == repair


@pytest.mark.parametrize(
    ("option", "repair"),
    [
        (number("a", 3, 9, optional=False), Repair({"a": 3})),
        (Option("a", "A", size=Sizes(Numbers(64, 512, 64))), Repair({"a": "512x512"})),
        (Option("a", "A", values("x", "y"), many=Numbers(1)), Repair({"a": ["x"]})),
    ],
    ids=str,
)
def test_what_is_missing_is_proposed(option: Option, repair: Repair) -> None:
    """A missing option without listed values is set to a valid value."""
    assert repaired(rules_of(option), {"model": "m"})[0] == repair


@pytest.mark.parametrize(
    ("option", "value"),
    [
        (Option("a", "A", text=Text(1, 3), optional=True), "hello"),
        (Option("a", "A", text=Text(4, 9), optional=True), "ab"),
        (Option("a", "A", text=Text(0, 2, "words"), optional=True), "one two three"),
        (Option("a", "A", text=Text(2, 9, "words"), optional=True), "one"),
        (Option("a", "A", text=Text(0, 5, "bytes"), optional=True), "ab🦊"),
        (Option("a", "A", text=Text(1)), "\ud800"),
        (Option("a", "A", text=Text(1)), 5),
        (Option("a", "A", text=Text(1)), None),
        (Option("a", "A", many=Numbers(2, 4)), ["x"]),
    ],
    ids=str,
)
def test_what_only_a_caller_can_write_is_never_made_up(option: Option, value: Any) -> None:
    """A wrong text is not shortened, lengthened or removed, and no list entry is invented: there is no repair."""
    assert repaired(rules_of(option), {"model": "m", "a": value}) == []
    assert (
        bool(repaired(rules_of(option), {"model": "m"} if not option.optional else {"model": "m", "b": 1})) == option.optional
    )


def test_a_wrong_text_stays_beside_what_is_mended() -> None:
    """If a text and another option are wrong, the option is repaired and the text is left as it is."""
    rules = rules_of(Option("a", "A", text=Text(1, 3), optional=True), number("b", 1, 4))
    selection = {"model": "m", "a": "hello", "b": 9}
    decision = rules.decide(selection)
    assert decision.repairs == (Repair({"b": 4}),)
    violations = rules.decide(decision.repairs[0].apply(selection)).violations
    assert [(violation.code.value, violation.field) for violation in violations] == [("text_length", "a")]


def test_a_loose_option_takes_what_was_probably_meant() -> None:
    """A typo in a listed value is repaired, also for an option that is no part of the combinations."""
    frame = Option("frame", "Frame", values("portrait", "landscape"), optional=True, loose=True)
    assert repaired(rules_of(frame), {"model": "m", "frame": "landscap"})[0] == Repair({"frame": "landscape"})


A, B = number("a", 0, 100), number("b", 0, 100)
TOTAL = Option("all", "All", follows=Follows(("a", "b"), "total"))
PIXELS = Option("px", "Pixels", follows=Follows(("a", "b"), "pixels", unit=10))
TENTHS = number("a", 0, 100, Decimal("0.1"))


@pytest.mark.parametrize(
    ("options", "limit", "selection", "repair"),
    [
        ((A,), Limit(never=(Test("a", min=5),)), {"a": 9}, Repair({"a": 4})),
        ((A, B), Limit(only=(Test("a", max=5),)), {"a": 9, "b": 1}, Repair({"a": 5})),
        ((A, B), Limit((Test("a", none=(None,)),), needs=("b",)), {"a": 9}, Repair({}, ("a",))),
        ((A, B), Limit((Test("a", none=(None,)),), never=(Test("b", none=(None,)),)), {"a": 9, "b": 1}, Repair({}, ("a",))),
        (
            (replace(A, optional=False), B, TOTAL),
            Limit(only=(Test("all", max=10),)),
            {"a": 8, "b": 8},
            Repair({"a": 2}),
        ),
        (
            (replace(A, optional=False), replace(B, optional=False), TOTAL),
            Limit(only=(Test("all", max=10),)),
            {"a": 8, "b": 8},
            Repair({"a": 2}),
        ),
        (
            (replace(A, optional=False), replace(B, optional=False), PIXELS),
            Limit(only=(Test("px", max=10),)),
            {"a": 20, "b": 20},
            Repair({"a": 5}),
        ),
        (
            (replace(TENTHS, optional=False), replace(B, optional=False), PIXELS),
            Limit(only=(Test("px", max=10),)),
            {"a": 2.5, "b": 90},
            Repair({"a": Decimal("1.2")}),
        ),
    ],
    ids=str,
)
def test_a_broken_limit_is_mended(options: tuple[Option, ...], limit: Limit, selection: dict[str, Any], repair: Repair) -> None:
    """Of the options that break a limit, only one is changed if that is enough."""
    assert repaired(rules_of(*options, limits=(limit,)), {"model": "m", **selection})[0] == repair


def test_the_size_of_an_image_is_mended_by_its_pixels() -> None:
    """A limit on computed pixels is repaired with a smaller size."""
    size = Option("size", "Size", size=Sizes(Numbers(64, 4096, 64)))
    pixels = Option("mp", "MP", follows=Follows(("size",), "pixels", unit=1_000_000))
    rules = rules_of(size, pixels, limits=(Limit(only=(Test("mp", max=1),)),))
    repairs = repaired(rules, {"model": "m", "size": "4096x4096"})
    assert rules.decide(repairs[0].apply({"model": "m"})).select["mp"] == 1


@pytest.mark.parametrize(
    ("measure", "test", "given", "repair"),
    [
        ("longest", Test("side", max=1024), "2048x1024", "1024x512"),
        ("longest", Test("side", max=1000), "640x2560", "256x960"),
        ("longest", Test("side", min=1537), "1024x1024", "1600x1600"),
        ("shortest", Test("side", min=512), "1024x256", "2048x512"),
        ("shortest", Test("word", any=("large",)), "256x256", "576x576"),
    ],
)
def test_the_size_of_an_image_is_mended_by_its_side(measure: str, test: Test, given: str, repair: str) -> None:
    """A limit on a side, or on a word for a range of it, is repaired with the nearest size of the same shape."""
    size = Option("size", "Size", size=Sizes(Numbers(64, 4096, 64)))
    side = Option("side", "Side", follows=Follows(("size",), measure))
    words = {"small": Value("small", "Small", max=512), "large": Value("large", "Large", min=513)}
    word = Option("word", "Word", words, follows=Follows(("size",), measure))
    cells = (Cell(("large",)), *(() if test.name == "word" else (Cell(("small",)),)))
    rules = rules_of(size, side, word, limits=(Limit(only=(test,)),), cells=cells)
    assert repaired(rules, {"model": "m", "size": given})[0] == Repair({"size": repair})


def test_a_mode_by_references_is_mended() -> None:
    """A mode that is computed from the number of references is repaired with fewer references, never with more."""
    many = Option("refs", "Refs", many=Numbers(0, 9), optional=True)
    ranges = {
        "none": Value("none", "None", max=0),
        "some": Value("some", "Some", min=1, max=3),
        "many": Value("many", "M", min=4),
    }
    mode = Option("mode", "Mode", ranges, follows=Follows(("refs",)))
    rules = rules_of(many, mode, cells=(Cell(("some",)),))
    assert repaired(rules, {"model": "m"}) == []
    repairs = repaired(rules, {"model": "m", "refs": list("abcdef")})
    assert repairs[0] == Repair({"refs": ["a", "b", "c"]})


@pytest.mark.parametrize("at", range(9))
def test_one_of_many_options_is_mended_wherever_it_stands(at: int) -> None:
    """Of nine number options only the wrong one is repaired, whatever its position."""
    options = [number(f"n{index}", 1, 50) for index in range(9)]
    limits = tuple(Limit(never=(Test(f"n{index}", min=7, max=8),)) for index in range(9))
    selection = {"model": "m"} | {option.name: 5 for option in options} | {f"n{at}": 99}
    assert repaired(rules_of(*options, limits=limits), selection) == [Repair({f"n{at}": 50})]


def test_several_wrong_options_are_mended_together() -> None:
    """Several numbers out of range are all set to their bounds by one repair."""
    options = [number(f"n{index}", 1, 50) for index in range(9)]
    selection = {"model": "m"} | {option.name: 99 for option in options[:4]}
    assert repaired(rules_of(*options), selection) == [Repair({f"n{index}": 50 for index in range(4)})]


def test_nothing_is_set_that_is_so_by_default() -> None:
    """A repair does not set defaults or values that are already valid."""
    assert repaired(Rules(table()), SOUND | {"outputs": 9}, NOW) == [Repair({"outputs": 4})]
    assert repaired(Rules(table()), SOUND | {"mode": "new"}, NOW) == [Repair({}, ("mode",))]
    assert repaired(Rules(table()), SOUND | {"speed": 1, "zzz": 2}, NOW) == [Repair({}, ("speed", "zzz"))]


@pytest.mark.parametrize(
    ("change", "repairs"),
    [
        ({"tone": "tint"}, [Repair({"tone": "dark"}), Repair({"tone": "light"}), Repair({"tone": "ink"})]),
        ({"tone": "lihgt"}, [Repair({"tone": "light"}), Repair({"tone": "dark"}), Repair({"tone": "ink"})]),
        ({"prompt": "x"}, [Repair({}, ("prompt",))]),
        ({"tone": "noir"}, [Repair({"tone": "dark"}), Repair({"tone": "light"}), Repair({"tone": "ink"})]),
    ],
)
def test_what_was_probably_meant_comes_first(change: dict[str, Any], repairs: list[Repair]) -> None:
    """The value that was probably meant is the first repair."""
    proposed = repaired(Rules(table()), SOUND | change, NOW)
    assert proposed[0] == repairs[0]
    assert all(repair in repairs for repair in proposed)


def test_what_was_given_by_a_name_that_has_ended_is_carried_over() -> None:
    """An alias that has ended, of a field or of a model, is replaced by its name, and the value is kept."""
    selection = {"model": "studio", "tone": "dark", "prompt": "abc"}
    assert repaired(Rules(table()), selection, NOW) == [Repair({"text": "abc"}, ("prompt",))]
    assert repaired(Rules(table()), SOUND | {"count": 9}, NOW) == [Repair({"outputs": 4}, ("count",))]
    assert repaired(Rules(table()), SOUND | {"model": "attic"}, NOW) == [Repair({"model": "studio"})]


def test_a_model_that_is_gone_leads_to_its_successor() -> None:
    """A retired model is repaired to its replacement, without the fields that this one does not have."""
    repairs = repaired(Rules(table()), SOUND | {"outputs": 2}, "2027-01-01")
    assert repairs == [Repair({"model": "sketch"}, ("size", "outputs"))]


def test_a_model_that_is_gone_without_a_successor_leads_to_others() -> None:
    """A retired model without a replacement is repaired to a model that is sold, if there is one."""
    base = table()
    studio = base.models["studio"].at("2027-01-01")
    assert studio is not None
    alone = replace(studio, gone=gone(NOW, retired=True))
    both_models = Rules(replace(base, models={"studio": alone, "sketch": base.models["sketch"]}))
    assert repaired(both_models, SOUND)[0].set["model"] == "sketch"
    assert repaired(Rules(replace(base, models={"studio": alone})), SOUND) == []


def test_without_a_moment_nothing_is_proposed() -> None:
    """A model with dates has no repairs without a moment."""
    assert repaired(Rules(table()), SOUND) == []


def test_a_far_name_is_repaired_to_models_of_the_moment() -> None:
    """An unknown model is repaired to the models of the moment, or without a moment to those without dates."""
    assert [repair.set["model"] for repair in repaired(Rules(table()), {"model": "?"}, NOW)] == ["studio", "sketch"]
    assert [repair.set["model"] for repair in repaired(Rules(table()), {"model": "?"})] == ["sketch"]


def test_a_near_name_of_another_model_keeps_what_goes_with_it() -> None:
    """The repair of a typo in a model's name keeps the other picks, in that model's own names."""
    selection = {"model": "studios", "tone": "black", "number": 9, "size": "wide"}
    assert repaired(Rules(table()), selection, NOW)[0] == Repair({"model": "studio", "outputs": 4}, ("number",))


@pytest.mark.parametrize("marks", [Decimal("0.5"), 3])
def test_a_value_is_never_bounded_by_words(marks: Number) -> None:
    """A condition on a word is no bound for a number, and a condition on an exact number is one."""
    limits = (Limit((Test("tone", any=("dark",)),), (Test("a", any=(marks,)),)),)
    tone = Option("tone", "Tone", values("dark"), "dark")
    rules = rules_of(tone, number("a", 0, 9, None, optional=False), limits=limits, cells=(Cell(("dark",)),))
    assert repaired(rules, {"model": "m", "a": 7}) == [Repair({"a": marks})]


def test_a_size_that_nothing_keeps_is_left_out() -> None:
    """An optional size without a valid size near it is removed."""
    never = Option("a", "A", size=Sizes(Numbers(1, 5), Numbers(100)), optional=True)
    assert repaired(rules_of(never), {"model": "m", "a": "9x9"}) == [Repair({}, ("a",))]


def test_no_repair_repeats_another() -> None:
    """To pick the default and to leave the option out come to the same, so that only one of them is proposed."""
    total = Option("all", "All", follows=Follows(("count", "more"), measure="total"))
    limits = (Limit(only=(Test("all", max=2),)),)
    rules = rules_of(number("count", 1, 3, default=1), number("more", 1, 3), total, limits=limits)
    assert repaired(rules, {"model": "m", "count": 3, "more": 1}) == [Repair({"count": 1})]
