"""A default behind a gate is found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A default that some may not choose is pointed at."""
    assert places_of("IR204", ("  quality:\n", "  quality:\n    default: high\n")) == ["nano.yaml:9:14 high"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """An open default is fine."""
    assert places_of("IR204", ("  quality:\n", "  quality:\n    default: low\n")) == []
