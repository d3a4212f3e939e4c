"""A price that can have more decimals than the amounts that it states asks how it is rounded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

VALUES = (
    ("label: Basic, credits: 5", "label: Basic"),
    ("label: Premium, credits: 8", "label: Premium"),
    (", credits: 5}", "}"),
)
AT = ["nano.yaml:12:1 credits"]


def _price(text: str, options: str = "") -> tuple[str, str]:
    return "examples:\n", f"{options}credits: {text}\nexamples:\n"


@pytest.mark.parametrize(
    "text",
    [
        "{base: 3, times: [{factor: 2.5}]}",
        "{base: 0.08, times: [{factor: 0.8}]}",
        "{base: 3, times: [{factor: {by: [quality], table: {high: 0.5}}}]}",
        "{base: 3, times: [{factor: {by: [ratio, quality], table: {'1:1': {high: 0.5}}}}]}",
        "{base: {by: [quality], table: {low: 0.5, high: 2}}, times: [{factor: 0.5}], plus: [{credits: 1}]}",
    ],
)
def test_fires(places_of: Callable[..., list[str]], text: str) -> None:
    """Some product has more decimals than any amount."""
    assert places_of("IR290", *VALUES, _price(text)) == AT


@pytest.mark.parametrize(
    "text",
    [
        "{base: 0.08, times: [{factor: 0.75}]}",  # exactly 0.06
        "{base: 2, times: [{factor: 1.5}]}",
        "{base: 3, times: [{factor: 2}]}",
        "{base: 3, times: [{factor: 2.5}], plus: [{credits: 0.5}]}",
        "{base: 3, times: [{factor: 2.5}], round: exact}",
        "{base: 3, times: [{factor: 2.5}], round: {up: 1}}",
        "{base: unknown, times: [{factor: 2.5}]}",
    ],
)
def test_silent(places_of: Callable[..., list[str]], text: str) -> None:
    """An exact product with no more decimals than an amount has, or a price that says how it is rounded, is fine."""
    assert places_of("IR290", *VALUES, _price(text)) == []


@pytest.mark.parametrize(
    ("number", "text", "expected"),
    [
        ("{min: 0, max: 2, step: any}", "{base: 1, each: shots}", True),
        ("{min: 0, max: 2, step: any}", "{base: 1, plus: [{credits: 1, per: shots}]}", True),
        ("{min: 0, max: 2, step: any}", "{base: 1, each: shots, round: exact}", False),
        ("{min: 0, max: 2, step: 0.5}", "{base: 1, each: shots}", True),
        ("{min: 0, max: 2, step: 0.5}", "{base: 1.5, plus: [{credits: 1, per: shots}]}", False),
        ("{min: 0, max: 2}", "{base: 0.5, each: shots}", False),
    ],
)
def test_numbers(places_of: Callable[..., list[str]], number: str, text: str, *, expected: bool) -> None:
    """A number that is no whole number brings its decimals into the price."""
    shots = f"  shots: {{send: output.shots, number: {number}}}\n"
    assert bool(places_of("IR290", *VALUES, _price(text, shots))) is expected
