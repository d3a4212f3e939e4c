"""No value of any field of a model with every kind of option raises, and no invalid value reaches a body."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from imgrules import Refused, Rules, Status, ViolationCode
from imgrules.engine.decision import Decision
from tests.engine.hostile import NOWHERE, SOMEWHERE, Late, Moment, Text, Zone, boom, hostile
from tests.engine.rich import NOW, OPTIONS, SOUND, table

ANYTHING = {**NOWHERE, **SOMEWHERE}
COMPUTED = {"mode", "pixels", "images"}
FIELDS = [option.name for option in OPTIONS] + ["text", "number"]
LANGUAGES: dict[str, Callable[[], Any]] = {
    "tag": lambda: "de",
    "nothing": lambda: "",
    "sign": lambda: "_",
    "number": lambda: 5,
    "unpaired surrogate": lambda: "\ud800",
    "endless": lambda: "x" * 100_000,
    "endless in parts": lambda: "-" * 100_000,
    "hostile": lambda: hostile("__class__"),
}
MOMENTS: list[Any] = [None, NOW, "2027-01-01"]


@pytest.fixture(scope="module")
def rich() -> Rules:
    """Return rules with every kind of option."""
    return Rules(table())


def sent(decision: Decision) -> dict[str, Any]:
    """Return the decision after a round-trip through JSON."""
    text = json.dumps(decision.as_dict(), allow_nan=False, ensure_ascii=False).encode("utf-8")
    arrived: dict[str, Any] = json.loads(text)
    return arrived


def codes(decision: Decision) -> set[tuple[str, str]]:
    """Return the code and the field of every violation."""
    return {(violation.code.value, violation.field) for violation in decision.violations}


def test_the_sound_selection_is_sound(rich: Rules) -> None:
    """The selection that the other tests change is itself allowed."""
    assert rich.decide(SOUND, at=NOW).status is Status.ALLOWED


@pytest.mark.parametrize("make", NOWHERE.values(), ids=NOWHERE)
def test_no_field_takes_what_is_odd(rich: Rules, make: Callable[[], Any]) -> None:
    """An invalid value is a violation of its field, gives no body, and has a repair unless the field is a text."""
    for name in FIELDS:
        _is_refused(rich, name, SOUND | {name: make()})


def _is_refused(rich: Rules, name: str, selection: dict[str, Any]) -> None:
    decision = rich.decide(selection, {"team", "beta"}, at=NOW)
    owner = {"number": "outputs"}.get(name, name)
    assert decision.status is Status.IMPOSSIBLE
    assert owner in {violation.field for violation in decision.violations}
    assert owner not in sent(decision)["select"] or owner in COMPUTED
    assert all(reason.isprintable() for reason in decision.reasons)
    with pytest.raises(Refused):
        rich.body(decision, selection)
    assert bool(decision.repairs) != (name == "text" or (name == "caption" and type(selection[name]) is str))
    for repair in decision.repairs:
        assert rich.decide(repair.apply(selection), {"team"}, at=NOW).status is not Status.IMPOSSIBLE


@pytest.mark.parametrize("make", SOMEWHERE.values(), ids=SOMEWHERE)
def test_whatever_is_given_is_answered_and_repaired(rich: Rules, make: Callable[[], Any]) -> None:
    """Any value of any field gets a decision; if it is impossible, there is a repair that works, unless a text is wrong."""
    for name in ("model", *FIELDS, "speed", "colour"):
        _is_answered_and_repaired(rich, name, SOUND | {name: make()})


def _is_answered_and_repaired(rich: Rules, name: str, selection: dict[str, Any]) -> None:
    decision = rich.decide(selection, {"team"}, at=NOW)
    sent(decision)
    is_text = name == "text" or (name == "caption" and type(selection[name]) is str)
    assert bool(decision.repairs) == (bool(decision.violations) and not is_text)
    for repair in decision.repairs:
        assert rich.decide(repair.apply(selection), {"team"}, at=NOW).status is not Status.IMPOSSIBLE


@pytest.mark.parametrize("at", MOMENTS, ids=str)
@pytest.mark.parametrize("make", ANYTHING.values(), ids=ANYTHING)
def test_every_field_may_be_odd_at_once(rich: Rules, make: Callable[[], Any], at: Any) -> None:
    """Invalid values in all fields at once are impossible, also for a retired model or without a moment."""
    decision = rich.decide({"model": "studio"} | {field: make() for field in FIELDS}, (), "de", at)
    assert decision.status is Status.IMPOSSIBLE
    sent(decision)


@pytest.mark.parametrize("name", sorted(COMPUTED))
@pytest.mark.parametrize("value", ["new", 0, None, [], "", False], ids=repr)
def test_what_is_computed_cannot_be_picked(rich: Rules, name: str, value: Any) -> None:
    """A computed option that is given is refused, even with the value that is computed, and a repair removes it."""
    decision = rich.decide(SOUND | {name: value}, at=NOW)
    assert codes(decision) == {("refused_field", name)}
    assert [(repair.set, repair.remove) for repair in decision.repairs] == [({}, (name,))]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("references", "oil", "references takes a list of length 0 to 4, but the text `oil` was given"),
        ("references", None, "references takes a list of length 0 to 4, but nothing was given"),
        ("references", ["a", None], "references[1] takes text, but nothing was given"),
        ("references", ["a", 5], "references[1] takes text, but the number `5` was given"),
        (
            "references",
            ["a", "b\ud800"],
            "references[1] contains an unpaired surrogate at position 2, which UTF-8 cannot encode",
        ),
        ("styles", [["oil"]], "styles[0] takes text, but a list of length 1 was given"),
        ("styles", ["oil", "pencil"], "studio does not offer styles `pencil`; choose `oil`, `clay` or `wood`"),
        ("styles", ["woood"], "studio does not offer styles `woood`; choose `oil`, `clay` or `wood`; did you mean `wood`?"),
        ("references", ["a", "x" * 21], "references takes 1 to 20 bytes, but the given length is 21"),
        ("references", ["a", ""], "references takes 1 to 20 bytes, but the given length is 0"),
        ("outputs", "2", "outputs takes a whole number from 1 to 4, but the text `2` was given"),
        ("outputs", 2.0, "outputs takes a whole number from 1 to 4, but `2.0` was given"),
        ("outputs", Decimal(2), "outputs takes a whole number from 1 to 4, but `2` was given"),
        ("outputs", True, "outputs takes a whole number from 1 to 4, but `True` was given"),
        ("outputs", None, "outputs takes a whole number from 1 to 4, but nothing was given"),
        ("outputs", float("nan"), "outputs takes a whole number from 1 to 4, but `<no finite number>` was given"),
        ("caption", "a\udcffb", "caption contains an unpaired surrogate at position 2, which UTF-8 cannot encode"),
        ("text", "\ud83e\udd8a!", "text contains an unpaired surrogate at position 1, which UTF-8 cannot encode"),
    ],
    ids=ascii,
)
def test_the_place_of_what_is_odd_is_said(rich: Rules, name: str, value: Any, message: str) -> None:
    """A violation names the field, the index of the entry and the position of the character that is wrong."""
    decision = rich.decide(SOUND | {name: value}, at=NOW)
    assert [(violation.field, violation.message) for violation in decision.violations] == [(name, message)]


def test_a_list_says_all_its_mistakes(rich: Rules) -> None:
    """A list with too many entries that are also too long has both violations."""
    decision = rich.decide(SOUND | {"references": ["x" * 21] * 5}, at=NOW)
    assert codes(decision) == {("text_length", "references"), ("out_of_range", "references")}


def test_a_list_that_the_caller_changes_later_changes_nothing(rich: Rules) -> None:
    """Changing a given list later does not change the decision."""
    picked = ["oil"]
    decision = rich.decide(SOUND | {"styles": picked}, at=NOW)
    picked.append("pencil")
    assert decision.select["styles"] == ["oil"]


def test_a_list_of_a_body_is_new_every_time(rich: Rules) -> None:
    """Changing a list in a body changes no later body."""
    selection = SOUND | {"styles": ("oil", "clay")}
    rich.emit(selection, at=NOW)["out"]["styles"].clear()
    assert rich.emit(selection, at=NOW)["out"]["styles"] == ["oil", "clay"]


NO_MOMENT = "is not a moment; pass a datetime with a time zone, or a string such as 2026-12-01T09:00:00Z"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: 5, f"`5` {NO_MOMENT}"),
        (lambda: True, f"`True` {NO_MOMENT}"),
        (lambda: Text("2026-12-01"), f"`<Text>` {NO_MOMENT}"),
        (lambda: datetime(2026, 1, 1), f"`<datetime>` {NO_MOMENT}"),  # noqa: DTZ001
        (lambda: "soon", "'soon' is not a moment; write 2026-12-01 or 2026-12-01T09:00:00Z"),
        (lambda: "\ud800", "'\\ud800' is not a moment; write 2026-12-01 or 2026-12-01T09:00:00Z"),
        (lambda: hostile("__class__"), "the moment cannot be read (RuntimeError)"),
        (lambda: datetime(2026, 1, 1, tzinfo=Zone(boom)), "the moment cannot be read (RuntimeError)"),
        (lambda: datetime(2026, 1, 1, tzinfo=Zone(lambda: 5)), "the moment cannot be read (TypeError)"),
        (lambda: datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9))), "in UTC, this moment is outside the years 1 to 9999"),
    ],
    ids=range(10),
)
def test_a_moment_that_cannot_be_read_is_a_violation(rich: Rules, make: Callable[[], Any], message: str) -> None:
    """An unreadable moment is the only violation, and raises nothing."""
    decision = rich.decide(SOUND, {"team"}, at=make())
    assert [(violation.code, violation.field, violation.message) for violation in decision.violations] == [
        (ViolationCode.WRONG_TYPE, "at", message)
    ]
    assert (decision.status, decision.repairs, decision.at) == (Status.IMPOSSIBLE, (), None)
    sent(decision)


def test_a_datetime_of_another_class_is_read_by_its_facts(rich: Rules) -> None:
    """A datetime subclass is read by its own fields, whatever its methods return."""
    assert rich.decide(SOUND, at=Moment(2026, 7, 1, tzinfo=UTC)).at == "2026-07-01T00:00:00Z"


def test_a_mapping_that_raises_late_is_refused_whole(rich: Rules) -> None:
    """A mapping that raises while it is read is refused, and the names read so far are not used."""
    decision = rich.decide(Late(), at=NOW)
    assert codes(decision) == {("wrong_type", "selection"), ("missing_field", "model")}
    assert decision.select == {}


@pytest.mark.parametrize("make", LANGUAGES.values(), ids=LANGUAGES)
def test_any_language_is_answered_at_once(rich: Rules, make: Callable[[], Any]) -> None:
    """An invalid or very long language changes nothing but the words."""
    language = make()
    decision = rich.decide(SOUND | {"tone": "tint"}, (), language, NOW)
    assert codes(decision) == {("not_offered", "tone")}
