"""A limit that rules nothing out is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

BEFORE = "examples:\n"


@pytest.mark.parametrize(
    "limit",
    [
        "{when: {quality: low}}",
        '{when: {quality: low}, only: {ratio: "1:1"}, never: {ratio: "16:9"}}',
        '{when: {quality: low}, only: {ratio: ["1:1", "16:9"]}}',
    ],
)
def test_idle(places_of: Callable[..., list[str]], limit: str) -> None:
    """A limit has no effect with neither or both of `only` and `never`, or where every combination satisfies it."""
    assert places_of("IR221", (BEFORE, f"limits: [{limit}]\n{BEFORE}")) == [f"nano.yaml:12:10 {limit}"]


@pytest.mark.parametrize("limit", ['{never: {quality: low, ratio: "16:9"}}', '{when: {quality: low}, only: {ratio: "1:1"}}'])
def test_silent(places_of: Callable[..., list[str]], limit: str) -> None:
    """A limit that rules out one combination has an effect."""
    assert places_of("IR221", (BEFORE, f"limits: [{limit}]\n{BEFORE}")) == []
