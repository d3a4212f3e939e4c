"""A number that is counted twice in one price is reported; a discount for many is not."""

from __future__ import annotations

import pytest

from imgrules.compiler.build import build_texts

SHARED = "language: 1\ntypes:\n  image:\n    provider: {send: p}\n    model: {send: m}\n"
MODEL = """\
name: M
type: image
provider: p
model: m
options:
  n: {send: n, number: {min: 1, max: 9}, default: 1}
  refs: {send: r, list: {max: 9}, optional: true}
  q: {send: q, values: [low, high]}
  batch: {of: n, values: {one: {max: 1}, few: {min: 2, max: 3}, many: {min: 4}}}
"""


def counted_twice(credits_: str) -> list[str]:
    """Return the text at each place where a price counts a number twice."""
    report = build_texts({"_shared": SHARED, "m": MODEL + f"credits: {credits_}\n"}).report
    assert not report.errors, report.errors
    return [
        diagnostic.spot.excerpt[diagnostic.spot.start.column - 1 : diagnostic.spot.end.column - 1]
        for diagnostic in report.diagnostics
        if diagnostic.code.id == "IR243"
    ]


@pytest.mark.parametrize(
    ("credits_", "excerpts"),
    [
        ("{base: 1, plus: [{credits: 2, per: n}], each: n}", ["n"]),
        ("{base: 1, plus: [{credits: 2, per: refs}], each: n}", []),
        ("{base: 1, plus: [{credits: 2, per: n}]}", []),
        ("{base: 1, times: [{factor: 2, when: {n: 2}}], each: n}", ["2"]),
        ("{base: 1, times: [{factor: 2, when: {n: [2, 3]}}], each: n}", ["2"]),
        ("{base: 1, times: [{factor: 4, when: {n: {min: 4}}}], each: n}", ["4"]),
        ("{base: 1, times: [{factor: 4, when: {batch: many}}], each: n}", ["4"]),
        ("{base: 1, times: [{factor: 4, when: {batch: [few, many]}}], each: n}", ["4"]),
        ("{base: 1, times: [{factor: 0.9, when: {n: {min: 4}}}], each: n, round: {up: 1}}", []),
        ("{base: 1, times: [{factor: 2, when: {n: {max: 1}}}], each: n}", []),
        ("{base: 1, times: [{factor: 2, when: {n: {not: 1}}}], each: n}", []),
        ("{base: 1, times: [{factor: 2, when: {q: high}}], each: n}", []),
        (
            "{base: 1, times: [{factor: {by: [q, batch], table: {high: {few: 2}}}}], each: n}",
            ["{by: [q, batch], table: {high: {few: 2}}}"],
        ),
        ("{base: 1, times: [{factor: {by: [batch], table: {one: 2}}}], each: n}", []),
        (
            "{base: {by: [batch], table: {one: 2, few: 3, many: 8}}, each: n}",
            ["{by: [batch], table: {one: 2, few: 3, many: 8}}"],
        ),
        ("{base: {by: [batch], table: {one: 2, few: 1.5, many: 1}}, each: n}", []),
        ("{base: {by: [batch], table: {one: 2, few: unknown, many: 3}}, each: n}", []),
    ],
)
def test_counted_twice(credits_: str, excerpts: list[str]) -> None:
    """Beside `each`, a surcharge per the same number, or an amount that grows with it, counts it twice."""
    assert counted_twice(credits_) == excerpts


@pytest.mark.parametrize(
    ("credits_", "numbers"),
    [
        ("{base: 1, plus: [{credits: 2, per: n}], each: n}", ": one costs 3, and two cost 10"),
        ("{base: 4, times: [{factor: 2, when: {n: {min: 2}}}], each: n}", ": one costs 4, and 2 cost 16"),
        ("{base: 1, times: [{factor: 4, when: {batch: many}}], each: n}", ": one costs 1, and 4 cost 16"),
        ("{base: 1, times: [{factor: 4, when: {batch: many, q: low}}], each: n}", ""),
        ("{base: {by: q, table: {low: 1, high: 2}}, times: [{factor: 4, when: {batch: many}}], each: n}", ""),
    ],
)
def test_both_numbers_are_said(credits_: str, numbers: str) -> None:
    """The message says what one costs and what more cost, where no other part of the price decides that."""
    report = build_texts({"_shared": SHARED, "m": MODEL + f"credits: {credits_}\n"}).report
    found = [one.message for one in report.diagnostics if one.code.id == "IR243"]
    assert found == [f"`n` is counted here, and again by `each`{numbers}"]
