"""Plans of models that change with time, have aliases, or have a price formula."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

import pytest

from imgrules import Refused, Rules, Status
from imgrules.table.options import Option, Value
from imgrules.table.records import Cell, Change, Field, Formula, Gate, GateRule, Line, Model, Send, Table, Type
from imgrules.table.terms import Absence, Alias, Test, Text
from tests.engine.closely import closely, is_refused
from tests.engine.hostile import Moment

TONE = Option("tone", "Tone", {name: Value(name, name) for name in ("dark", "light")})
LATER = Option("tone", "Tone", {"dark": Value("dark", "dark")}, gone={"light": Absence("2026-06-01T00:00:00Z", retired=True)})
CELLS = (Cell(("dark",), 4), Cell(("light",), 6, ("key",)))
BODY = (Send(("text",), "text"), Send(("tone",), "tone"))
FIRST = Model("m", "M", "t", {"tone": TONE}, BODY, CELLS)
DEARER = replace(FIRST, cells=(Cell(("dark",), 5, (), 9, promoted=True), Cell(("light",), 7, ("key",))))
FEWER = replace(FIRST, options={"tone": LATER}, cells=CELLS[:1])
GONE = replace(FIRST, cells=(), gone=Absence("2027-01-01T00:00:00Z", retired=True))
CHANGES = (
    Change("2026-03-01T00:00:00Z", DEARER),
    Change("2026-06-01T00:00:00Z", FEWER),
    Change("2027-01-01T00:00:00Z", GONE),
)
DARK, LIGHT = ({"model": "m", "tone": tone, "text": "x"} for tone in ("dark", "light"))
MOMENTS = [f"{month}-01T12:00:00Z" for month in ("2026-01", "2026-03", "2026-06", "2027-01")]


def rules(model: Model = FIRST) -> Rules:
    """Return rules of one model, with the gate `key`."""
    kind = Type("t", {"text": Field("text", required=True, text=Text(1))}, {})
    return Rules(Table(1, {"key": Gate("key", ("key",), "Key")}, {"t": kind}, {"m": model}))


DATED = rules(replace(FIRST, changes=CHANGES))


@pytest.mark.parametrize("at", [*MOMENTS, None, "2026-03-01T00:00:00Z", "2026-02-28T23:59:59Z", "2026-13-01T00:00:00Z", 5])
@pytest.mark.parametrize(
    "selection", [DARK, LIGHT, DARK | {"tone": "pale"}, DARK | {"more": 1}, {"model": "m", "tone": "dark"}], ids=str
)
@pytest.mark.parametrize("grants", [frozenset({"key"}), (), [5]], ids=str)
def test_each_stretch_has_its_own_answers(selection: Any, grants: Any, at: Any) -> None:
    """At any moment, the first and the second answer are those of a full evaluation."""
    for _ in range(2):
        decision = DATED.decide(selection, grants, at=at)
        assert decision.as_dict() == closely(DATED.table, selection, grants, at=at).as_dict()
        complete = closely(DATED.table, selection, grants, at=at, whole=True)
        if complete.status is Status.ALLOWED:
            assert (
                DATED.emit(selection, grants, at=at)
                == DATED.body(decision, selection)
                == {"text": "x", "tone": selection["tone"]}
            )
        else:
            with pytest.raises(Refused) as refusal:
                DATED.emit(selection, grants, at=at)
            assert refusal.value.decision.as_dict() == complete.as_dict()


def test_what_is_planned_is_told_with_its_moment() -> None:
    """A moment as text or datetime selects the plan of its version, with the price of that time."""
    prices = [DATED.decide(DARK, at=moment).credits for moment in MOMENTS]
    assert prices == [4, 5, 4, None]
    assert [is_refused(DATED.table, DARK, moment) for moment in MOMENTS] == [False, False, False, True]
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    decision = DATED.decide(DARK, at=noon)
    assert (decision.at, decision.regular) == (MOMENTS[1], 9)
    assert decision == DATED.decide(DARK, at=MOMENTS[1])
    assert DATED.decide(LIGHT, at=noon).at == MOMENTS[1]
    assert is_refused(DATED.table, DARK | {"tone": "pale"}, MOMENTS[0])


@pytest.mark.parametrize("micro", [0, 1, 999999])
@pytest.mark.parametrize("start", [change.at for change in CHANGES])
@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_a_datetime_lies_in_the_stretch_of_its_text(start: str, seconds: int, micro: int) -> None:
    """A version starts at a whole second, and fractions of a second are ignored."""
    at = datetime.fromisoformat(start) + timedelta(seconds=seconds, microseconds=micro)
    text = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    decision = DATED.decide(DARK, at=at)
    assert decision == DATED.decide(DARK, at=text)
    assert decision.at == text


class Zone(tzinfo):
    """A time zone class that is not of the standard library."""

    def utcoffset(self, _: datetime | None, /) -> timedelta:
        """Return two hours."""
        return timedelta(hours=2)

    dst = utcoffset

    def tzname(self, _: datetime | None, /) -> str:
        """Return a name."""
        return "own"


@pytest.mark.parametrize("zone", [timezone(timedelta(hours=2)), Zone()], ids=["fixed", "own"])
def test_a_moment_of_another_zone_is_evaluated_in_full(zone: tzinfo) -> None:
    """A datetime in another zone is the same moment in UTC."""
    at = datetime(2026, 3, 1, 1, tzinfo=zone)
    assert DATED.decide(DARK, at=at).credits == 4
    assert DATED.decide(DARK, at=at) == DATED.decide(DARK, at="2026-02-28T23:00:00Z")


def test_a_value_that_is_gone_is_evaluated_in_full() -> None:
    """A retired value is refused with the code `retired`, and the remaining value is allowed."""
    assert [is_refused(DATED.table, selection, MOMENTS[2]) for selection in (DARK, LIGHT)] == [False, True]
    assert [violation.code for violation in DATED.decide(LIGHT, at=MOMENTS[2]).violations] == ["retired"]


def test_other_names_are_evaluated_in_full() -> None:
    """A selection with an alias is decided with the model's own name and a note; the plan still refuses unknown values."""
    named = rules(
        replace(FIRST, options={"tone": replace(TONE, aliases=(Alias("black", "dark"),))}, aliases=(Alias("hue", "tone"),))
    )
    for selection in (DARK | {"tone": "black"}, {"model": "m", "hue": "dark", "text": "x"}):
        assert (named.decide(selection).select, len(named.decide(selection).notes)) == ({"model": "m", "tone": "dark"}, 1)
    assert is_refused(named.table, DARK | {"tone": "pale"})
    assert is_refused(rules().table, DARK | {"tone": "pale"})


def test_a_price_of_listed_options_is_computed_once() -> None:
    """A price formula that depends only on listed values is part of the cached decision."""
    dear = rules(replace(FIRST, price=Formula((Line(3),), (Line(1),))))
    assert [dear.decide(selection, {"key"}).credits for selection in (DARK, LIGHT)] == [13, 19]
    assert dear.decide(DARK) is dear.decide(DARK)
    assert dear.decide(LIGHT, {"key"}) == closely(dear.table, LIGHT, {"key"})


def test_a_lock_tells_the_regular_price() -> None:
    """During a promotion a locked decision carries both prices, as an allowed one does."""
    cheap = rules(replace(FIRST, cells=(CELLS[0], Cell(("light",), 4, ("key",), 6, promoted=True))))
    decisions = [cheap.decide(LIGHT, grants) for grants in ((), ("key",))]
    assert [(decision.status, decision.credits, decision.regular) for decision in decisions] == [
        ("locked", 4, 6),
        ("allowed", 4, 6),
    ]


def test_a_gate_that_depends_on_a_condition_is_evaluated_in_full() -> None:
    """A gate with a condition is evaluated, although it is not part of a combination."""
    ruled = rules(replace(FIRST, gates=(GateRule((Test("tone", ("dark",)),), ("key",)),)))
    assert [ruled.decide(DARK, grants).status for grants in ((), ("key",))] == ["locked", "allowed"]


def test_what_is_gone_is_not_sold() -> None:
    """A retired model is refused, although it still has combinations."""
    retired = rules(replace(FIRST, gone=GONE.gone))
    for _ in range(2):
        assert [violation.code for violation in retired.decide(DARK).violations] == ["retired"]


def test_a_decision_that_was_copied_keeps_its_moment() -> None:
    """A copied decision has no cached outcome but keeps its moment, so the body is that of its version."""
    for at in MOMENTS[:3]:
        assert DATED.body(replace(DATED.decide(DARK, at=at)), DARK) == {"text": "x", "tone": "dark"}


def test_a_moment_of_another_class_is_evaluated_in_full() -> None:
    """A datetime subclass is read by its own fields, whatever its methods return."""
    at = Moment(2026, 3, 1, 12, tzinfo=UTC)
    assert DATED.decide(DARK, at=at) == DATED.decide(DARK, at=MOMENTS[1])


def test_a_stretch_that_nobody_asks_about_has_no_plan() -> None:
    """A request makes only the plan of the version at its moment."""
    fresh = rules(replace(FIRST, changes=CHANGES))
    fresh.decide(DARK, at=MOMENTS[1])
    [stretches] = fresh.table.ready.values()
    assert list(stretches._plans) == [1]


def test_a_body_that_changes_wants_a_moment_before_its_texts_are_there() -> None:
    """If the body changes with time, a moment is required even for a selection without its texts."""
    later = replace(FIRST, body=(*BODY, Send(("version",), constant=2)))
    changing = rules(replace(FIRST, changes=(Change("2026-03-01T00:00:00Z", later),)))
    for selection in (DARK, {"model": "m", "tone": "dark"}):
        assert [violation.field for violation in changing.decide(selection).violations] == ["at"]
        assert changing.decide(selection, at=MOMENTS[0]).status is Status.ALLOWED
