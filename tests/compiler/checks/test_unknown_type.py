"""A content type that nobody declared is found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(found: Callable[..., list[str]]) -> None:
    """A slip in the name of a type is pointed at."""
    assert found("IR202", ("type: image", "type: images")) == ["nano.yaml:2:7 images"]


def test_silent(found: Callable[..., list[str]]) -> None:
    """A declared type is fine."""
    assert found("IR202") == []
