"""A price formula that is incomplete or ambiguous is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest


def _price(text: str) -> tuple[str, str]:
    return "examples:\n", f"{text}\nexamples:\n"


FREE = (("label: Basic, credits: 5", "label: Basic"), ("label: Premium, credits: 8", "label: Premium"), (", credits: 5}", "}"))


@pytest.mark.parametrize(
    ("price", "place"),
    [
        ("credits: {times: [{factor: {by: [quality], table: {high: -1}}}]}", "58 -1"),
        ("credits: {round: {up: 1, down: 1}}", "18 {up: 1, down: 1}"),
        ("credits: {round: {}}", "18 {}"),
        ("credits: {plus: [{credits: 1, beyond: 1}]}", "39 1"),
        ("credits: {plus: [{credits: 1, per: quality, beyond: -1}]}", "53 -1"),
    ],
)
def test_fires(places_of: Callable[..., list[str]], price: str, place: str) -> None:
    """The part that leaves the price undefined is reported."""
    assert places_of("IR232", _price(price)) == [f"nano.yaml:12:{place}"]


def test_base(places_of: Callable[..., list[str]]) -> None:
    """A formula without a base needs credits at values, and a promotion needs a price beside it."""
    assert places_of("IR232", *FREE, _price("credits: {plus: [{credits: 1}]}")) == ["nano.yaml:12:10 {plus: [{credits: 1}]}"]
    assert places_of("IR232", *FREE, _price("promotion: {credits: 1, until: '2027-01-01'}")) == ["nano.yaml:12:1 promotion"]
    assert places_of("IR232", *FREE, _price("credits: 3\npromotion: {credits: 1, until: '2027-01-01'}")) == []


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """No factor needs a rounding."""
    assert places_of("IR232", _price("credits: {times: [{factor: 1.5}]}")) == []
    assert places_of("IR232", _price("credits: {times: [{factor: 1.5}], round: exact}")) == []
    assert places_of("IR232", _price("credits: {times: [{factor: 1.5}], round: {nearest: 0.5}}")) == []
