"""The numbers that sides and areas of sizes may be: every size that a rule takes is among them, and the bounds are reached."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgrules.compiler.lower.possible_numbers import of_number
from imgrules.compiler.lower.possible_sides import of_sides
from imgrules.table.measures import sized
from imgrules.table.options import Option, Value
from imgrules.table.terms import Follows, Numbers, Ratios, Sizes

MOST = 24  # the longest edge of the drawn rules, so that all sizes can be tried
MEASURES = {"longest": max, "shortest": min, "pixels": lambda size: size[0] * size[1]}


@st.composite
def rules(draw: st.DrawFn) -> Sizes:
    """Draw a rule of sizes that has an edge of at most `MOST`."""
    edge = Numbers(draw(st.integers(0, 12)), draw(st.integers(12, MOST)), draw(st.sampled_from([1, 1, 2, 5, 8])))
    area = Numbers(draw(st.none() | st.integers(1, 200)), draw(st.none() | st.integers(100, 500)))
    ratio = draw(
        st.none()
        | st.builds(Ratios, st.sampled_from([None, "1:3", "2:3", "1:1", "3:2"]), st.sampled_from([None, "3:1", "2:1", "3:2"]))
    )
    return Sizes(edge, area, ratio)


@given(rules(), st.sampled_from(sorted(MEASURES)), st.lists(st.sampled_from(["3x40", "9x9", "16x8"]), unique=True))
def test_every_size_is_among_the_possible_numbers(rule: Sizes, measure: str, listed: list[str]) -> None:
    """No number that a size reaches lies outside, and without listed sizes no number is on another step."""
    option = Option("size", "Size", {name: Value(name, name) for name in listed}, size=rule)
    numbers = of_sides(Follows(("size",), measure), [option], [None])
    sizes = [size for size in product(range(1, MOST + 1), range(1, MOST + 1)) if sized(size, rule)]
    reached = {MEASURES[measure](size) for size in sizes}  # type: ignore[operator]
    if numbers is None:
        assert not reached
        return
    assert all(numbers.has_any_in(number, number) for number in reached)
    for name in listed:
        number = MEASURES[measure](tuple(map(int, name.split("x"))))  # type: ignore[operator]
        assert numbers.has_any_in(number, number)
    if reached and not listed and rule.area == Numbers(None, None):
        assert numbers.least <= min(reached)
        assert max(reached) <= numbers.greatest


@pytest.mark.parametrize(
    ("rule", "measure", "expected"),
    [
        (Sizes(Numbers(64, 2048, 64)), "longest", (64, 2048)),
        (Sizes(Numbers(64, 2048, 64), Numbers(None, 1_048_576)), "shortest", (64, 1024)),
        (Sizes(Numbers(64, 4096, 64), Numbers(None, 1_048_576), Ratios("1:4", "4:1")), "longest", (64, 2048)),
        (Sizes(Numbers(512, 2048), Numbers(), Ratios("2:1", "3:1")), "longest", (1024, 2048)),
        (Sizes(Numbers(512, 2048), Numbers(), Ratios("2:1", "3:1")), "shortest", (512, 1024)),
        (Sizes(Numbers(512, 2048), Numbers(), Ratios("1:3", "1:2")), "pixels", (524_288, 2_097_152)),
        (Sizes(Numbers(1), Numbers(655_360, None), Ratios("1:1", "1:1")), "longest", (810, 10**15 - 1)),
        (Sizes(Numbers(8, 9)), "pixels", (64, 81)),
    ],
)
def test_edge_area_and_ratio_narrow_one_another(rule: Sizes, measure: str, expected: tuple[int, int]) -> None:
    """The bounds of a side follow from all three rules together."""
    numbers = of_sides(Follows(("size",), measure), [Option("size", "Size", size=rule)], [None])
    assert numbers is not None
    assert (numbers.least, numbers.greatest) == expected


def test_a_rule_without_a_size() -> None:
    """Where no size satisfies a rule, no number is possible."""
    rule = Sizes(Numbers(64, 128), Numbers(None, 100))
    assert of_sides(Follows(("size",), "longest"), [Option("size", "Size", size=rule)], [None]) is None


@pytest.mark.parametrize(("measure", "expected"), [("longest", (16, 64)), ("shortest", (8, 32)), ("pixels", (128, 2048))])
def test_two_numbers(measure: str, expected: tuple[int, int]) -> None:
    """The sides of two numbers, each within its own bounds."""
    bounds = Numbers(16, 64, 16), Numbers(8, 32, 8)
    options = [Option(name, name, number=rule) for name, rule in zip(("w", "h"), bounds, strict=True)]
    numbers = of_sides(Follows(("w", "h"), measure), options, [of_number(rule) for rule in bounds])
    assert numbers is not None
    assert (numbers.least, numbers.greatest) == expected
