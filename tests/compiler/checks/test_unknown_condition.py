"""A condition about an unknown option or value is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

BEFORE = "examples:\n"


@pytest.mark.parametrize(
    ("rule", "places"),
    [
        ('limits: [{when: {qualty: low}, only: {ratio: "1:1"}}]', ["nano.yaml:12:18 qualty"]),
        ('limits: [{when: {quality: lo}, only: {ratio: "1:1"}}]', ["nano.yaml:12:27 lo"]),
        ('limits: [{when: {quality: [low, hi]}, only: {ratio: "1x1"}}]', ["nano.yaml:12:33 hi", 'nano.yaml:12:53 "1x1"']),
        ("gates: [{when: {quality: lo}, gate: member}]", ["nano.yaml:12:26 lo"]),
    ],
)
def test_condition(places_of: Callable[..., list[str]], rule: str, places: list[str]) -> None:
    """The unknown name or value is reported, also inside a list."""
    assert places_of("IR220", (BEFORE, f"{rule}\n{BEFORE}")) == places


@pytest.mark.parametrize(
    ("table", "places"),
    [
        ("{by: [rato], table: {x: 5}}", ["nano.yaml:12:16 rato"]),
        ('{by: [ratio], table: {"16:9": 5, "1:1": 5, "3:2": 6}}', ['nano.yaml:12:53 "3:2"']),
        ('{by: [ratio], table: {"16:9": {low: 5}, "1:1": 5}}', ["nano.yaml:12:40 {low: 5}"]),
        ('{by: [ratio, quality], table: {"16:9": 5, "1:1": {low: 5, hgh: 5}}}', ["nano.yaml:12:68 hgh"]),
    ],
)
def test_table(places_of: Callable[..., list[str]], table: str, places: list[str]) -> None:
    """Unknown options and values of a price table are reported, and a row in place of a single price."""
    unpriced = (("low: {label: Basic, credits: 5}", "low: {label: Basic}"), ("credits: 8, ", ""))
    assert places_of("IR220", *unpriced, (BEFORE, f"credits: {table}\n{BEFORE}")) == places


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Conditions about known options and values are accepted."""
    assert (
        places_of("IR220", (BEFORE, f'limits: [{{when: {{quality: low}}, only: {{ratio: ["1:1", "16:9"]}}}}]\n{BEFORE}')) == []
    )


def test_field(places_of: Callable[..., list[str]]) -> None:
    """A field that the type does not have is reported."""
    assert places_of("IR220", ("options:\n", "fields: {promt: {optional: true}, prompt: {}}\noptions:\n")) == [
        "nano.yaml:5:10 promt"
    ]
