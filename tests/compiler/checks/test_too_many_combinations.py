"""A table that would be too large is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """Options with more combinations than the cap are reported."""
    assert places_of("IR215", *edits("[a, b, c]")) == ["nano.yaml:5:1 options"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """The cap itself is allowed."""
    assert places_of("IR215", *edits("[a, b]")) == []


def edits(values: str) -> list[tuple[str, str]]:
    """Return edits that give the model 2,500 values of one option, two of another, and the given ones of a third."""
    many = str([f"v{number}" for number in range(2500)]).replace("'", "")
    return [('["16:9", "1:1"]', many), ("options:\n", f"options:\n  extra: {{send: extra, values: {values}}}\n")]
