"""A model that is locked for every caller without a grant is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A model whose every combination is gated is reported."""
    assert places_of("IR212", ("credits: 5}", "credits: 5, gate: member}"), ("status: allowed", "status: locked")) == [
        "nano.yaml:5:1 options"
    ]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """One value without a gate is enough."""
    assert places_of("IR212") == []
