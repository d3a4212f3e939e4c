"""Expressions of a reader, one by one."""

from __future__ import annotations

from typing import Any

import pytest

from imgrules import Rules, Status
from imgrules.engine.expressions import lies_in
from imgrules.engine.parts import Follows, Numbers, Test
from imgrules.engine.table import Cell, Field, Model, Option, Table, Type, Value
from tests.engine.closely import closely


@pytest.mark.parametrize("least", [None, 1])
@pytest.mark.parametrize("most", [None, 3])
def test_a_range_holds_both_its_ends(least: int | None, most: int | None) -> None:
    """A bound that is not stated bounds nothing."""
    known: list[Any] = []

    def bound(value: Any) -> str:
        known.append(value)
        return f"known[{len(known) - 1}]"

    for number in range(5):
        written = lies_in(Test("a", min=least, max=most))("number", bound)
        expected = (least is None or number >= least) and (most is None or number <= most)
        assert eval(written, {"number": number, "known": known}) is expected  # noqa: S307  our own line


@pytest.mark.parametrize("many", [64, 65, 3000])
def test_however_many_summands_and_ranges_there_are(many: int) -> None:
    """Beyond some, they are counted by a call: a line of source cannot be as long as one likes."""
    numbers = {f"n{at}": Option(f"n{at}", "N", number=Numbers(0, 9, 1), default=0) for at in range(many)}
    words = {f"w{at}": Value(f"w{at}", "W", min=at, max=at) for at in range(many)}
    sums = {
        "sum": Option("sum", "Sum", follows=Follows(total=tuple(numbers))),
        "word": Option("word", "Word", words, follows=Follows(of="sum")),
    }
    cells = tuple(Cell((each,)) for each in words)
    model = Model("m", "M", "t", {**numbers, **sums}, (), cells)
    table = Table(1, {}, {"t": Type("t", {"text": Field("text")}, {})}, {"m": model})
    for picked in ({}, {"n1": 9}, {"n1": 9, "n2": 9, "n3": 5}):
        decision = Rules(table).decide({"model": "m", **picked})
        assert decision.status is Status.ALLOWED
        assert decision.select["word"] == f"w{sum(picked.values())}"
        assert decision == closely(table, {"model": "m", **picked})
