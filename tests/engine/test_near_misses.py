"""Values near one that an option takes: the nearest, or the next one down or up; a tie goes up, whatever the order of a list."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from imgrules import Rules
from imgrules.compiler.build import build_texts
from imgrules.engine.near_misses import snapped
from imgrules.table.options import Option
from imgrules.table.terms import Numbers, Ratios, Sizes
from tests.engine.rich import values

TENS = Numbers(10, 45, 10)
HALVES = Numbers(Decimal("0.25"), 2, Decimal("0.5"))
ANY = Numbers(1, 2, None)
OPEN = Numbers(None, None, 7)
EDGES = Sizes(Numbers(512, 2048, 8))
SMALL = Sizes(Numbers(0, None, 16), Numbers(None, 65536), Ratios("1:2", "2:1"))


def near(way: str, value: Any, **rule: Any) -> Any:
    """Return what an option takes in place of a value."""
    return snapped(Option("it", "It", snap=way, **rule), value)


@pytest.mark.parametrize(
    ("rule", "value", "nearest", "down", "up"),
    [
        (TENS, 33, 30, 30, 40),
        (TENS, 35, 40, 30, 40),
        (TENS, 9, 10, None, 10),
        (TENS, 41, 40, 40, None),
        (TENS, 99, 40, 40, None),
        (TENS, 20, None, None, None),
        (TENS, 10**400, 40, 40, None),
        (TENS, 33.3, None, None, None),
        (HALVES, 0.5, Decimal("0.75"), Decimal("0.25"), Decimal("0.75")),
        (HALVES, 1.9, Decimal("1.75"), Decimal("1.75"), None),
        (ANY, 0.5, 1, None, 1),
        (ANY, 2.5, 2, 2, None),
        (ANY, 1.5, None, None, None),
        (OPEN, 10, 7, 7, 14),
        (OPEN, -10, -7, -14, -7),
        (OPEN, -(10**15), -(10**15 - 6), None, -(10**15 - 6)),
    ],
    ids=str,
)
def test_numbers(rule: Numbers, value: Any, nearest: Any, down: Any, up: Any) -> None:
    """A number goes to the nearest step, the step below or the one above; never beyond the bounds in the wrong direction."""
    assert [near(way, value, number=rule) for way in ("nearest", "down", "up")] == [nearest, down, up]


@pytest.mark.parametrize(
    ("rule", "value", "down", "up"),
    [
        (EDGES, "1031x1024", "1024x1024", "1032x1024"),
        (EDGES, "9999x1024", "2048x1024", None),
        (EDGES, "500x1024", None, "512x1024"),
        (EDGES, "500x9999", None, None),
        (EDGES, "1024x1024", None, None),
        (SMALL, "255x255", "240x240", "256x256"),
        (SMALL, "257x257", "256x256", None),
        (SMALL, "5x5", None, "16x16"),
        (SMALL, "100x49", "96x48", "112x64"),
        (SMALL, "111x50", "96x48", "112x64"),
        (SMALL, "112x50", None, "112x64"),
        (SMALL, "16x64", None, None),
        (Sizes(Numbers(1, None, 50000)), "60000x60000", "50001x50001", None),
        (EDGES, "16:9", None, None),
    ],
    ids=str,
)
def test_sizes(rule: Sizes, value: str, down: str | None, up: str | None) -> None:
    """Each side goes to its next step, if the size then has an area and an aspect ratio that are allowed."""
    assert [near(way, value, size=rule) for way in ("down", "up")] == [down, up]


def test_no_size_is_longer_than_a_size_may_be() -> None:
    """A size with a side of more digits than a size may have is never taken."""
    assert near("nearest", "9x9", size=Sizes(area=Numbers(10**12))) is None


@pytest.mark.parametrize(
    ("value", "nearest", "down", "up"),
    [("3", "4", "2", "4"), ("1", "2", None, "2"), ("9", "8", "8", None), ("2.0", "2", "2", "2"), ("two", None, None, None)],
)
def test_listed_numbers(value: str, nearest: Any, down: Any, up: Any) -> None:
    """Listed numbers have a next one too, whatever their order."""
    for names in permutations(("2", "4", "8")):
        listed = values(*names)
        assert [near(way, value, values=listed) for way in ("nearest", "down", "up")] == [nearest, down, up]


@pytest.mark.parametrize(
    ("names", "value", "taken"),
    [
        (("1", "1.0", "5"), "2", "1"),
        (("1:1", "4:1", "1:4"), "2:1", "4:1"),
        (("1:2", "2:1"), "1:1", "2:1"),
        (("2:1", "4:2", "1:1"), "5:2", "4:2"),
        (("512x512", "2048x2048", "1024x2048"), "1024x1024", "2048x2048"),
        (("999x1000", "1000x999", "2x2"), "500x500", "2x2"),
        (("1000x1001", "1001x1000"), "500x500", "1001x1000"),
    ],
)
def test_a_tie_goes_up_in_any_order(names: tuple[str, ...], value: str, taken: str) -> None:
    """Of equally near values the greater number, the wider shape or the larger area is taken, in any order of the list."""
    assert {near("nearest", value, values=values(*order)) for order in permutations(names)} == {taken}


def test_shapes_are_compared_exactly() -> None:
    """Quotients that are equal as floats are told apart: the nearest of two shapes with sides of five digits."""
    assert 99998 / 99997 - 99999 / 99998 < 1e-9
    for names in (("99998:99997", "99999:99998"), ("99999:99998", "99998:99997")):
        assert near("nearest", "1:1", values=values(*names)) == "99999:99998"


def test_each_way_is_said() -> None:
    """A note says in which direction a value was replaced."""
    head = "name: N\ntype: t\nprovider: p\nmodel: m\noptions:\n"
    steps = [f"  {way}: {{send: {way}, number: {{step: 10}}, snap: {way}}}\n" for way in ("nearest", "down", "up")]
    shared = "language: 1\ntypes: {t: {provider: {send: a}, model: {send: b}}}"
    table = build_texts({"_shared": shared, "m": head + "".join(steps)}).table
    assert table is not None
    decision = Rules(table).decide({"model": "m", "nearest": 33, "down": 38, "up": 31})
    assert [note.message for note in decision.notes] == [
        "nearest `33` was replaced by the nearest value, `30`",
        "down `38` was rounded down to `30`",
        "up `31` was rounded up to `40`",
    ]


IGNORED = """name: N
type: t
provider: p
model: m
options:
  mode: {send: mode, values: [fast, fine]}
  steps: {send: steps, number: {min: 10, max: 50, step: 10}, snap: nearest, optional: true}
limits: [{when: {mode: fast}, ignores: steps}]
"""


def test_what_an_ignored_option_holds_is_not_replaced() -> None:
    """A near miss of an option without effect is accepted, and the only note is that it has none."""
    table = build_texts({"_shared": "language: 1\ntypes: {t: {provider: {send: a}, model: {send: b}}}", "m": IGNORED}).table
    assert table is not None
    notes = {
        mode: [(note.code.value, note.given, note.taken) for note in Rules(table).decide(selection).notes]
        for mode in ("fast", "fine")
        for selection in [{"model": "m", "mode": mode, "steps": 33}]
    }
    assert notes == {"fast": [("ignored", 33, None)], "fine": [("snapped", 33, 30)]}
    assert "steps" not in Rules(table).emit({"model": "m", "mode": "fast", "steps": 33})
    assert Rules(table).decide({"model": "m", "mode": "fast", "steps": "many"}).status == "impossible"
