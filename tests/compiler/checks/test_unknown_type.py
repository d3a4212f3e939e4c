"""A content type that nobody declared is found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A slip in the name of a type is pointed at."""
    assert places_of("IR202", ("type: image", "type: images")) == ["nano.yaml:2:7 images"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A declared type is fine."""
    assert places_of("IR202") == []
