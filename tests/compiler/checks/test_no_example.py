"""A model without an example is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A model without examples is reported."""
    assert places_of(
        "IR403", ('examples:\n  - {select: {ratio: "1:1", quality: low}, expect: {status: allowed, credits: 5}}\n', "")
    ) == ["nano.yaml:1:1 name"]


def test_empty(places_of: Callable[..., list[str]]) -> None:
    """An empty list of examples is reported too."""
    assert places_of(
        "IR403",
        ('examples:\n  - {select: {ratio: "1:1", quality: low}, expect: {status: allowed, credits: 5}}\n', "examples: []\n"),
    ) == ["nano.yaml:1:1 name"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """One example is enough."""
    assert places_of("IR403") == []
