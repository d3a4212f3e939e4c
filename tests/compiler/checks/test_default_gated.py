"""A default that has a gate is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A default that some callers may not choose is reported."""
    assert places_of("IR204", ("  quality:\n", "  quality:\n    default: high\n")) == ["nano.yaml:9:14 high"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A default without a gate is accepted."""
    assert places_of("IR204", ("  quality:\n", "  quality:\n    default: low\n")) == []
