"""Aliases and near misses are replaced by the model's own names and values, with a note."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from imgrules import NoteCode, Rules, Status, Table
from imgrules.engine.decision_records import Note
from imgrules.engine.normalize import Foreign, canonical, model_named
from imgrules.table.options import Option
from imgrules.table.records import Cell, Model, Type
from imgrules.table.terms import Alias, Numbers, Ratios, Sizes
from tests.engine.rich import NOW, SOUND, SUMMER, WINTER, gone, studio, table, values

BEFORE, AFTER = "2026-05-31T23:59:59Z", SUMMER


def option_of(**details: Any) -> Option:
    """Return an option with these attributes."""
    return Option("it", "It", **details)


def replacement(option: Option, value: Any) -> tuple[Any, list[NoteCode]]:
    """Return the value that replaces the given one, and the codes of the notes."""
    model = replace(studio(), options={"it": option})
    replaced, notes = canonical(model, {"it": value}, None)
    assert all((note.field, note.given, note.taken) == ("it", value, replaced["it"]) for note in notes)
    return replaced["it"], [note.code for note in notes]


@pytest.mark.parametrize(
    ("name", "moment", "model", "noted"),
    [
        ("studio", None, "studio", False),
        ("atelier", None, "studio", True),
        ("atelier", WINTER, "studio", True),
        ("attic", None, "studio", True),
        ("attic", BEFORE, "studio", True),
        ("attic", AFTER, None, False),
        ("ghost", None, None, False),
        ("Studio", None, None, False),
        (5, None, None, False),
        (None, None, None, False),
    ],
)
def test_a_model_has_other_names_until_they_end(name: object, moment: str | None, model: str | None, noted: bool) -> None:  # noqa: FBT001  it is the expectation
    """An alias is replaced by its model until it ends; an alias of an unknown model names none."""
    named, note = model_named(table(), name, moment)
    assert (None if named is None else named.id) == model
    assert note == (Note(NoteCode.ALIAS, "model", name, model) if noted else None)


def test_a_model_is_the_one_of_the_moment() -> None:
    """The version of a model at the moment is returned, and the first one without a moment."""
    first, summer, winter = (model_named(table(), "studio", moment)[0] for moment in (None, SUMMER, WINTER))
    assert first is not None
    assert summer is not None
    assert winter is not None
    assert ("ink" in first.options["tone"].values, "ink" in summer.options["tone"].values) == (False, True)
    assert winter.gone is not None


@pytest.mark.parametrize(
    ("picked", "moment", "expected", "noted"),
    [
        ({"number": 2}, NOW, {"outputs": 2}, [("outputs", "number")]),
        ({"count": 2}, NOW, {"outputs": 2}, [("outputs", "count")]),
        ({"count": 2}, WINTER, {"count": 2}, []),
        ({"prompt": "x"}, BEFORE, {"text": "x"}, [("text", "prompt")]),
        ({"prompt": "x"}, AFTER, {"prompt": "x"}, []),
        ({"outputs": 1, "number": 2}, NOW, {"outputs": 1, "number": 2}, []),
        ({"number": 2, "outputs": 1}, NOW, {"number": 2, "outputs": 1}, []),
        ({"number": 2, "count": 3}, NOW, {"outputs": 2, "count": 3}, [("outputs", "number")]),
        ({"Number": 2}, NOW, {"Number": 2}, []),
    ],
)
def test_fields_and_options_have_other_names(
    picked: dict[str, Any], moment: str, expected: dict[str, Any], noted: list[tuple[str, str]]
) -> None:
    """An alias is replaced until it ends; of two names for one option the first counts and the other is left, to be refused."""
    replaced, notes = canonical(studio(), picked, moment)
    assert replaced == expected
    assert [(note.field, note.given) for note in notes] == noted


@pytest.mark.parametrize(
    ("selection", "field", "message"),
    [
        ({"outputs": 1, "number": 2}, "number", "number is an alias of `outputs`, and both are given"),
        ({"number": 1, "count": 2}, "count", "count is an alias of `outputs`, and both are given"),
    ],
)
def test_two_names_for_one_thing_are_refused(selection: dict[str, Any], field: str, message: str) -> None:
    """If an option and its alias are given, the alias is refused in either order, and a repair keeps one of them."""
    decision = Rules(table()).decide(SOUND | selection, at=NOW)
    assert [(violation.code.value, violation.field, violation.message) for violation in decision.violations] == [
        ("unknown_field", field, message)
    ]
    assert Rules(table()).decide(decision.repairs[0].apply(SOUND | selection), at=NOW).status is Status.ALLOWED


def test_what_was_given_by_another_name_is_mended_by_that_name() -> None:
    """A repair removes the alias that was given, so that only one name is left."""
    selection = SOUND | {"number": 7}
    decision = Rules(table()).decide(selection, at=NOW)
    assert [(repair.set, repair.remove) for repair in decision.repairs[:1]] == [({"outputs": 4}, ("number",))]
    after = Rules(table()).decide(decision.repairs[0].apply(selection), at=NOW)
    assert after.select["outputs"] == 4
    assert after.notes == ()


@pytest.mark.parametrize(
    ("tone", "moment", "name", "noted"),
    [
        ("black", NOW, "dark", True),
        ("noir", BEFORE, "dark", True),
        ("noir", AFTER, "noir", False),
        ("Black", NOW, "Black", False),
        ("sepia", NOW, "sepia", False),
    ],
)
def test_values_have_other_names(tone: str, moment: str, name: str, noted: bool) -> None:  # noqa: FBT001  as above
    """An alias of a value is replaced by the value until it ends."""
    replaced, notes = canonical(studio(), {"tone": tone}, moment)
    assert replaced == {"tone": name}
    assert notes == ((Note(NoteCode.ALIAS, "tone", tone, name),) if noted else ())


def test_values_in_a_list_have_other_names() -> None:
    """Each entry of a list is replaced separately, in a new list."""
    option = option_of(values=values("dark"), many=Numbers(0), aliases=studio().options["tone"].aliases)
    model = replace(studio(), options={"it": option})
    entries = ["black", "dark", "noir", 5]
    replaced, notes = canonical(model, {"it": entries}, None)
    assert replaced["it"] == ["dark", "dark", "dark", 5]
    assert [(note.code.value, note.given, note.taken) for note in notes] == [
        ("alias", "black", "dark"),
        ("alias", "noir", "dark"),
    ]
    assert entries == ["black", "dark", "noir", 5]


TENS = option_of(number=Numbers(10, 50, 10), snap="nearest")
HALVES = option_of(number=Numbers(0, 5, Decimal("0.5")), snap="nearest")
SHAPES = option_of(values=values("16:9", "1:1"), snap="nearest", gone={"4:3": gone("2026-01-01T00:00:00Z", retired=True)})
SIZES = option_of(values=values("auto"), size=Sizes(Numbers(64, 4096, 64)), snap="nearest")
NONE_NEAR = option_of(size=Sizes(Numbers(1, 5), Numbers(100)), snap="nearest")
BETWEEN = option_of(ratio=Ratios("1:3", "3:1"), snap="nearest")


@pytest.mark.parametrize(
    ("option", "value", "near"),
    [
        (TENS, 33, 30),
        (TENS, 35, 40),
        (TENS, -5, 10),
        (TENS, 10**400, 50),
        (HALVES, 2.2, 2),
        (HALVES, 2.25, Decimal("2.5")),
        (HALVES, 99, 5),
        (SHAPES, "7:4", "16:9"),
        (SHAPES, "1:9", "1:1"),
        (SIZES, "100x100", "128x128"),
        (SIZES, "99999x99999", "4096x4096"),
        (BETWEEN, "9:1", "3:1"),
        (BETWEEN, "1:9", "1:3"),
    ],
    ids=str,
)
def test_a_near_miss_snaps(option: Option, value: Any, near: Any) -> None:
    """The nearest value replaces a near miss if the option snaps, with a note."""
    assert replacement(option, value) == (near, [NoteCode.SNAPPED])
    assert replacement(replace(option, snap=None), value) == (value, [])


@pytest.mark.parametrize(
    ("option", "value"),
    [
        (TENS, 30),
        (TENS, 33.0),
        (TENS, 30.0),
        (TENS, Decimal("33.3")),
        (TENS, True),
        (TENS, "33"),
        (TENS, None),
        (HALVES, 2.5),
        (SHAPES, "1:1"),
        (SHAPES, "4:3"),
        (SHAPES, "wide"),
        (SHAPES, 1.5),
        (SHAPES, "16x9"),
        (SIZES, "auto"),
        (SIZES, "128x128"),
        (SIZES, "128:128"),
        (SIZES, "large"),
        (NONE_NEAR, "3x3"),
        (BETWEEN, "2:1"),
        (BETWEEN, "2x1"),
        (BETWEEN, "wide"),
    ],
    ids=str,
)
def test_what_is_no_near_miss_stays(option: Option, value: Any) -> None:
    """A valid value is left unchanged, and so is one of another type, a retired one, or one without a near value."""
    assert replacement(option, value) == (value, [])


def test_what_was_replaced_is_said() -> None:
    """Each note has a message that says which value replaces which."""
    selection = {"model": "atelier", "tone": "black", "number": 2, "steps": 33, "frame": "7:4", "grain": 3, "size": "wide"}
    decision = Rules(table()).decide(selection, at=NOW)
    assert decision.status is Status.ALLOWED
    assert [(note.code.value, note.field, note.given, note.taken, note.message) for note in decision.notes] == [
        ("alias", "model", "atelier", "studio", "`atelier` is now called `studio`"),
        ("alias", "tone", "black", "dark", "`black` is now called `dark`"),
        ("alias", "outputs", "number", "outputs", "`number` is now called `outputs`"),
        ("snapped", "steps", 33, 30, "steps `33` was replaced by the nearest value, `30`"),
        ("snapped", "frame", "7:4", "16:9", "frame `7:4` was replaced by the nearest value, `16:9`"),
        ("ignored", "grain", 3, None, "grain has no effect with the other choices: grain needs a high quality"),
    ]
    assert (decision.select["steps"], decision.select["frame"], "grain" in decision.select) == (30, "16:9", False)


def test_a_plain_model_has_no_other_names(holed: Any) -> None:
    """Without aliases nothing is replaced, and a new mapping is returned."""
    picked = {"size": "small"}
    replaced, notes = canonical(holed.models["pixel"], picked, None)
    assert (replaced, notes) == (picked, ())
    assert replaced is not picked


@pytest.mark.parametrize(
    ("value", "word"),
    [(True, "true"), (False, "false"), ("true", Foreign("true")), (1, 1), (0, 0), (None, None), ("True", Foreign("True"))],
    ids=repr,
)
def test_a_switch_takes_true_and_false(value: Any, word: Any) -> None:
    """True and False become the words of a switch, without a note; 1, 0 and the words themselves are not accepted."""
    assert replacement(option_of(values=values("true", "false"), switch=True), value) == (word, [])


def test_each_value_that_is_replaced_has_its_note() -> None:
    """Each replaced entry of a list has a note, and so have an alias of a field and its snapped value."""
    many = Option("styles", "Styles", values("oil"), many=Numbers(0, 3), optional=True, aliases=(Alias("paint", "oil"),))
    tone = Option("tone", "Tone", values("1", "4"), snap="nearest")
    model = Model(
        "m", "M", "t", {"styles": many, "tone": tone}, (), (Cell(("1",)), Cell(("4",))), aliases=(Alias("hue", "tone"),)
    )
    rules = Rules(Table(1, {}, {"t": Type("t", {}, {})}, {"m": model}))
    decision = rules.decide({"model": "m", "styles": ["paint", "oil", "paint"], "hue": "3"})
    assert [(note.code.value, note.field, note.given, note.taken) for note in decision.notes] == [
        ("alias", "styles", "paint", "oil"),
        ("alias", "styles", "paint", "oil"),
        ("alias", "tone", "hue", "tone"),
        ("snapped", "tone", "3", "4"),
    ]
