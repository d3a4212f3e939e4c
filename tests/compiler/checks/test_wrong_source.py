"""A reference to an option of the wrong kind is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RATIO_LINE = "  ratio:\n"


def _options(text: str) -> tuple[str, str]:
    return RATIO_LINE, f"{text}\n{RATIO_LINE}"


NUMBER = "  n: {send: n, number: {min: 0, max: 9}, default: 1}\n  l: {send: l, list: {max: 3}, values: [a], optional: true}"


@pytest.mark.parametrize(
    ("option", "place"),
    [
        ("{of: quality, values: {a: {max: 9}}}", "12 quality"),
        ("{of: [n, ratio], measure: total}", "16 ratio"),
        ("{of: ratio, measure: pixels}", "12 ratio"),
        ("{of: ratio, measure: longest}", "12 ratio"),
        ("{of: [n, ratio], measure: pixels}", "12 [n, ratio]"),
        ("{of: [n, n, n], measure: pixels}", "12 [n, n, n]"),
        ("{send: s, values: [x], when: {quality: {min: 1}}}", "46 {min: 1}"),
        ("{send: s, values: [x], when: {quality: 5}}", "46 5"),
        ("{send: s, values: [x], when: {l: 2}}", "40 2"),
        ("{send: s, values: [x], when: {l: [1]}}", "41 1"),
        ("{send: s, values: [x], when: {l: {not: 1}}}", "46 1"),
        ("{send: s, values: [x], when: {n: {}}}", "40 {}"),
        ("{send: s, values: [x], default: {by: [n], table: {'1': x}}}", "45 n"),
    ],
)
def test_option(places_of: Callable[..., list[str]], option: str, place: str) -> None:
    """An option that is computed from, or depends on, one of the wrong kind is reported."""
    assert places_of("IR225", _options(f"  it: {option}\n{NUMBER}")) == [f"nano.yaml:6:{place}"]


@pytest.mark.parametrize(
    ("block", "place"),
    [
        ("credits: {base: 1, each: quality}", "26 quality"),
        ("credits: {base: 1, plus: [{credits: 1, per: ratio}]}", "45 ratio"),
    ],
)
def test_block(places_of: Callable[..., list[str]], block: str, place: str) -> None:
    """A table or a price by an option of the wrong kind is reported."""
    assert places_of("IR225", _options(NUMBER), ("examples:\n", f"{block}\nexamples:\n")) == [f"nano.yaml:14:{place}"]


@pytest.mark.parametrize(
    "option",
    [
        "{of: n, values: {a: {max: 9}}}",
        "{of: [n, l], measure: total}",
        "{of: [n, n], measure: pixels}",
        "{of: s, measure: pixels}",
        "{send: t, values: [x], when: {n: [1, 2], l: {max: 2}, quality: {not: low}, ratio: {not: (none)}}}",
        "{send: t, values: [x], default: {by: [quality], table: {low: x}}}",
    ],
)
def test_silent(places_of: Callable[..., list[str]], option: str) -> None:
    """References to options of a fitting kind are accepted."""
    assert places_of("IR225", _options(f"  it: {option}\n{NUMBER}\n  s: {{send: s, values: [1x1]}}")) == []
