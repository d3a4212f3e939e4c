"""Resolving a selection fills in defaults and computed options, and finds what is missing or not known yet."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from imgrules.engine.resolve import Picks, amount, computed, holds, keeps, picks
from imgrules.table.options import Option, Value
from imgrules.table.records import Model, Table
from imgrules.table.terms import Follows, Limit, Lookup, Numbers, Sizes, Test
from tests.engine.rich import studio

LOW = {"quality": "low"}


def model_of(*options: Option, limits: tuple[Limit, ...] = ()) -> Model:
    """Return a model of these options."""
    return Model("m", "M", "t", {option.name: option for option in options}, (), (), limits=limits)


def option_of(name: str, *values: str, **details: Any) -> Option:
    """Return an option with these values."""
    return Option(name, name, {value: Value(value, value) for value in values}, **details)


MODE = option_of("mode", "edit", "new")
SIZE = Option("size", "Size", size=Sizes(), optional=True)
WIDE, HIGH = (Option(name, name, number=Numbers(0, step=None), optional=True) for name in ("wide", "high"))
LIST = Option("list", "List", many=Numbers(0), optional=True)


@pytest.mark.parametrize(
    ("picked", "wrong", "expected"),
    [
        ({"size": "small", "shape": "wide"}, (), Picks({"size": "small", "shape": "wide"})),
        ({"size": "small"}, (), Picks({"size": "small", "shape": "square"})),
        ({}, (), Picks({"shape": "square"}, frozenset({"size"}), ("size",))),
        ({"size": 5}, ("size",), Picks({"shape": "square"}, frozenset({"size"}), ())),
        ({"shape": "?"}, ("shape",), Picks({}, frozenset({"size", "shape"}), ("size",))),
    ],
)
def test_a_plain_model_has_picks_and_defaults(
    holed: Table, picked: dict[str, Any], wrong: tuple[str, ...], expected: Picks
) -> None:
    """Picked options and defaults have values; missing or wrong options are open."""
    assert picks(holed.models["pixel"], picked, wrong) == expected


@pytest.mark.parametrize(
    ("picked", "expected", "misplaced"),
    [
        ({"mode": "edit"}, {"mode": "edit", "q": "low"}, ()),
        ({"mode": "edit", "q": "high"}, {"mode": "edit", "q": "high"}, ()),
        ({"mode": "new"}, {"mode": "new"}, ()),
        ({"mode": "new", "q": "high"}, {"mode": "new"}, ("q",)),
    ],
)
def test_an_option_is_there_where_its_condition_holds(
    picked: dict[str, str], expected: dict[str, str], misplaced: tuple[str, ...]
) -> None:
    """An option exists only if its condition holds; otherwise it gets no default, and a pick is misplaced."""
    model = model_of(option_of("q", "low", "high", default="low", when=(Test("mode", any=("edit",)),)), MODE)
    result = picks(model, picked)
    assert (result.values, result.misplaced, result.missing, result.open) == (expected, misplaced, (), frozenset())


def test_an_option_that_is_ignored_is_as_if_it_had_not_been_picked() -> None:
    """An ignored option is left out, with the limit that says why, and is then not misplaced either."""
    limit = Limit((Test("mode", any=("new",)),), because="new has no seed")
    seed = Option("seed", "Seed", number=Numbers(), default=5, ignored=(limit,))
    result = picks(model_of(MODE, seed), {"mode": "new", "seed": 3})
    assert (result.values, result.ignored) == ({"mode": "new"}, {"seed": limit})
    assert picks(model_of(MODE, seed), {"mode": "new"}).ignored == {}
    assert picks(model_of(MODE, seed), {"mode": "edit"}).values == {"mode": "edit", "seed": 5}
    conditional = replace(seed, when=(Test("mode", any=("edit",)),))
    result = picks(model_of(MODE, conditional), {"mode": "new", "seed": 3})
    assert (result.ignored, result.misplaced) == ({"seed": limit}, ())


@pytest.mark.parametrize(("mode", "count"), [("edit", 1), ("new", 4)])
def test_a_default_may_come_from_a_table(mode: str, count: int) -> None:
    """A default may depend on another option through a lookup table, and a pick takes precedence."""
    many = Option("n", "N", number=Numbers(1, 4), defaults=Lookup(("mode",), {"edit": 1, "new": 4}))
    assert picks(model_of(many, MODE), {"mode": mode}).values == {"mode": mode, "n": count}
    assert picks(model_of(many, MODE), {"mode": mode, "n": 2}).values == {"mode": mode, "n": 2}


def test_a_table_of_defaults_may_have_a_hole() -> None:
    """An option without a row in its table of defaults must be picked."""
    many = Option("n", "N", number=Numbers(1, 4), defaults=Lookup(("mode",), {"edit": 1}))
    assert picks(model_of(many, MODE), {"mode": "new"}).missing == ("n",)


def test_what_depends_on_a_missing_option_is_open() -> None:
    """Options that depend on a missing one are open, but only the missing one itself is reported as missing."""
    many = Option("n", "N", number=Numbers(1, 4), defaults=Lookup(("mode",), {"edit": 1}))
    total = Option("all", "All", follows=Follows(("n",), "total"))
    result = picks(model_of(total, many, MODE), {"n": 2})
    assert result == Picks({}, frozenset({"mode", "n", "all"}), ("mode",))


def test_missing_options_stand_in_author_s_order() -> None:
    """Missing options are in the author's order, not in the order of evaluation."""
    late = option_of("late", "a", when=(Test("mode", none=("new",)),))
    result = picks(model_of(late, option_of("first", "a", optional=True), option_of("second", "a"), MODE), {"mode": "edit"})
    assert result.missing == ("late", "second")


@pytest.mark.parametrize(
    ("picked", "number"),
    [
        ({"size": "1000x1000"}, 1),
        ({"size": "1001x1000"}, 2),
        ({"size": "1x1"}, 1),
        ({"size": "99999x99999"}, 10_000),
        ({"size": "auto"}, None),
        ({}, None),
    ],
)
def test_pixels_of_a_size_are_counted_in_begun_units(picked: dict[str, str], number: int | None) -> None:
    """Pixels are rounded up to whole units, and a value that is not a size has no pixels."""
    model = model_of(SIZE, Option("mp", "MP", follows=Follows(("size",), "pixels", unit=1_000_000)))
    assert computed(model, model.options["mp"], picked) == number


@pytest.mark.parametrize(
    ("picked", "number"),
    [
        ({"wide": 2000, "high": 500}, 1),
        ({"wide": 2000, "high": 501}, 2),
        ({"wide": 2000}, None),
        ({"high": 5}, None),
        ({"wide": 0, "high": 5}, 0),
    ],
)
def test_pixels_of_two_numbers_are_counted_alike(picked: dict[str, Any], number: int | None) -> None:
    """Pixels are width times height, and absent if one of them is absent."""
    model = model_of(WIDE, HIGH, Option("mp", "MP", follows=Follows(("wide", "high"), "pixels", unit=1_000_000)))
    assert computed(model, model.options["mp"], picked) == number


@pytest.mark.parametrize(
    ("picked", "number"),
    [({}, 0), ({"wide": 3}, 3), ({"list": ["a", "b"]}, 2), ({"wide": Decimal("1.5"), "list": ["a"]}, Decimal("2.5"))],
)
def test_a_total_adds_numbers_and_lengths(picked: dict[str, Any], number: Any) -> None:
    """A total adds numbers and lengths of lists; an absent option counts as 0."""
    model = model_of(WIDE, LIST, Option("all", "All", follows=Follows(("wide", "list"), "total")))
    assert computed(model, model.options["all"], picked) == number


@pytest.mark.parametrize(("entries", "word"), [(None, "none"), ([], "none"), (["a"], "one"), (["a"] * 9, "many")])
def test_a_computed_word_names_a_range(entries: list[str] | None, word: str) -> None:
    """A computed word names the range of a length; an absent list has length 0."""
    ranges = {"none": Value("none", "N", max=0), "one": Value("one", "O", min=1, max=1), "many": Value("many", "M", min=2)}
    model = model_of(LIST, Option("mode", "Mode", ranges, follows=Follows(("list",))))
    assert picks(model, {} if entries is None else {"list": entries}).values["mode"] == word


def test_a_word_for_a_number_that_is_not_there_is_not_there() -> None:
    """A computed word is absent if its number is absent or lies in no range."""
    model = model_of(WIDE, Option("word", "Word", {"big": Value("big", "Big", min=10)}, follows=Follows(("wide",))))
    assert picks(model, {}) == Picks({})
    assert picks(model, {"wide": 5}).values == {"wide": 5}
    assert picks(model, {"wide": 10}).values == {"wide": 10, "word": "big"}


def test_an_option_that_is_picked_is_not_computed() -> None:
    """An option that is picked has no computed value."""
    assert computed(model_of(MODE), MODE, {"mode": "edit"}) is None


@pytest.mark.parametrize(
    ("name", "values", "number"),
    [
        ("list", {"list": ("a", "b")}, 2),
        ("list", {}, 0),
        ("wide", {}, None),
        ("wide", {"wide": 1.5}, Decimal("1.5")),
        ("mode", {"mode": "edit"}, None),
        ("nobody", {}, None),
    ],
)
def test_amount(name: str, values: dict[str, Any], number: Any) -> None:
    """The amount of a number is the number, of a list its length, and of anything else None."""
    assert amount(model_of(LIST, WIDE, MODE), name, values) == number


@pytest.mark.parametrize(
    ("test", "values", "passed"),
    [
        (Test("mode", any=("edit", "new")), {"mode": "new"}, True),
        (Test("mode", any=("edit",)), {"mode": "new"}, False),
        (Test("mode", any=("edit",)), {}, False),
        (Test("mode", none=("edit",)), {"mode": "new"}, True),
        (Test("mode", none=("edit",)), {"mode": "edit"}, False),
        (Test("mode", none=("edit",)), {}, True),
        (Test("wide", any=(5,)), {"wide": 5.0}, True),
        (Test("wide", any=(Decimal("0.1"),)), {"wide": 0.1}, True),
        (Test("wide", any=(1,)), {"wide": True}, False),
        (Test("wide", none=(5,)), {"wide": 5}, False),
        (Test("wide", min=2), {"wide": 2}, True),
        (Test("wide", min=2), {"wide": 1}, False),
        (Test("wide", max=2), {"wide": 2}, True),
        (Test("wide", max=2), {"wide": Decimal("2.01")}, False),
        (Test("wide", max=2), {}, False),
        (Test("wide", min=0), {"wide": "auto"}, False),
        (Test("list", max=0), {}, True),
        (Test("list", min=1), {"list": ["a"]}, True),
        (Test("list", min=1), {}, False),
        (Test("list", none=(None,)), {"list": []}, False),
        (Test("list", none=(None,)), {}, False),
        (Test("list", any=(None,)), {}, True),
        (Test("list", any=(None,)), {"list": ["a"]}, False),
        (Test("list", any=(None,)), {"list": []}, True),
        (Test("mode", any=(None, "edit")), {}, True),
        (Test("mode", any=(None, "edit")), {"mode": "edit"}, True),
        (Test("mode", any=(None, "edit")), {"mode": "new"}, False),
        (Test("mode", any=(None,)), {"mode": "(none)"}, False),
        (Test("mode", none=(None, "edit")), {}, False),
        (Test("mode", none=(None, "edit")), {"mode": "new"}, True),
        (Test("list", any=("a",)), {"list": ["a"]}, False),
    ],
    ids=str,
)
def test_a_condition_asks(test: Test, values: dict[str, Any], passed: bool) -> None:  # noqa: FBT001  it is the expectation
    """A test is any of, none of, or a range; an absent option has no value and lies in no range."""
    assert holds((test,), values, model_of(LIST, WIDE, MODE)) is passed


def test_the_tests_of_a_condition_are_joined_by_and() -> None:
    """All tests of a condition must pass, and an empty condition always holds."""
    model = model_of(MODE, WIDE)
    condition = (Test("mode", any=("edit",)), Test("wide", min=2))
    assert holds(condition, {"mode": "edit", "wide": 2}, model)
    assert not holds(condition, {"mode": "edit", "wide": 1}, model)
    assert not holds(condition, {"mode": "new", "wide": 2}, model)
    assert holds((), {}, model)


EDIT = (Test("mode", any=("edit",)),)


@pytest.mark.parametrize(
    ("limit", "values", "is_kept"),
    [
        (Limit(EDIT, (Test("wide", max=2),)), {"mode": "edit", "wide": 3}, False),
        (Limit(EDIT, (Test("wide", max=2),)), {"mode": "edit", "wide": 2}, True),
        (Limit(EDIT, (Test("wide", max=2),)), {"mode": "new", "wide": 3}, True),
        (Limit(EDIT, (Test("wide", max=2),)), {"mode": "edit"}, True),
        (Limit(EDIT, (Test("list", min=1),)), {"mode": "edit"}, False),
        (Limit(EDIT, (Test("wide", none=(None,)),)), {"mode": "edit"}, True),
        (Limit(EDIT, (Test("wide", any=(None,)),)), {"mode": "edit"}, True),
        (Limit(EDIT, (Test("wide", any=(None,)),)), {"mode": "edit", "wide": 1}, False),
        (Limit(never=(*EDIT, Test("wide", min=3))), {"mode": "edit", "wide": 3}, False),
        (Limit(never=(*EDIT, Test("wide", min=3))), {"mode": "edit", "wide": 2}, True),
        (Limit(EDIT, needs=("wide", "high")), {"mode": "edit", "wide": 1}, False),
        (Limit(EDIT, needs=("wide", "high")), {"mode": "edit", "wide": 1, "high": 1}, True),
        (Limit(EDIT, needs=("wide",)), {"mode": "new"}, True),
    ],
    ids=str,
)
def test_a_limit_is_kept_or_broken(limit: Limit, values: dict[str, Any], is_kept: bool) -> None:  # noqa: FBT001  as above
    """If its condition holds, `only` must hold for given options, `never` must not hold, and `needs` must be given."""
    assert keeps(limit, values, model_of(MODE, WIDE, HIGH, LIST)) is is_kept


def test_the_order_of_a_selection_does_not_matter() -> None:
    """The same picks in another order give the same result."""
    picked = {"references": ["a"], "tone": "dark", "quality": "high", "size": "wide", "steps": 30, "outputs": 2}
    first = picks(studio(), picked)
    reordered = picks(studio(), dict(reversed(list(picked.items()))))
    assert (first, list(first.values)) == (reordered, list(reordered.values))
    assert first.values["images"] == 3


def test_a_dependency_cycle_does_not_run_for_ever() -> None:
    """Resolving ends for options in a dependency cycle, which `check` refuses."""
    ring = model_of(
        option_of("a", "x", default="x", when=(Test("b", none=(None,)),)),
        option_of("b", "x", default="x", when=(Test("a", none=(None,)),)),
    )
    assert picks(ring, {}) == Picks({})


def test_a_total_of_nothing_is_nothing() -> None:
    """A total without options is 0, since the compiler also resolves unfinished rules."""
    model = model_of(Option("none", "None", follows=Follows((), "total")))
    assert picks(model, {}).values == {"none": 0}


@pytest.mark.parametrize(
    ("measure", "values", "expected"),
    [
        ("longest", {"size": "1024x768"}, 1024),
        ("longest", {"size": "768x1024"}, 1024),
        ("shortest", {"size": "768x1024"}, 768),
        ("shortest", {}, None),
    ],
)
def test_a_side_of_a_size(measure: str, values: dict[str, Any], expected: int | None) -> None:
    """A side of a size, whichever way it lies; none without a size."""
    model = model_of(replace(SIZE, optional=True), Option("side", "Side", follows=Follows(("size",), measure)))
    assert picks(model, values).values.get("side") == expected


@pytest.mark.parametrize(("values", "expected"), [({"wide": 3, "high": 5}, 5), ({"wide": 3}, None)])
def test_a_side_of_two_numbers(values: dict[str, Any], expected: int | None) -> None:
    """The longer one of two numbers; none where one is missing."""
    model = model_of(
        replace(WIDE, optional=True),
        replace(HIGH, optional=True),
        Option("side", "Side", follows=Follows(("wide", "high"), "longest")),
    )
    assert picks(model, values).values.get("side") == expected


@pytest.mark.parametrize(("values", "expected"), [({"a": "x"}, "one"), ({"a": "y"}, None), ({}, None)])
def test_the_word_of_a_table(values: dict[str, Any], expected: str | None) -> None:
    """A word follows from a table; a hole means that there is none."""
    picked = Option("a", "A", {name: Value(name, name) for name in "xy"}, optional=True)
    table = Lookup(("a",), {"x": "one"})
    model = model_of(picked, Option("word", "Word", {"one": Value("one", "One")}, follows=Follows(("a",), table=table)))
    assert picks(model, values).values.get("word") == expected
