"""A content type that is not declared is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A typo in the name of a type is reported."""
    assert places_of("IR202", ("type: image", "type: images")) == ["nano.yaml:2:7 images"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A declared type is accepted."""
    assert places_of("IR202") == []
