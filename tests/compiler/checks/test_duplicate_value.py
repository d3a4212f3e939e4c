"""A value that is listed twice is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """The second of two equal values is reported."""
    assert places_of("IR216", ('"1:1"]', '"1:1", "16:9"]')) == ['nano.yaml:7:29 "16:9"']


def test_three(places_of: Callable[..., list[str]]) -> None:
    """Each repetition is reported."""
    assert places_of("IR216", ('"1:1"]', '"1:1", "1:1", "1:1"]')) == ['nano.yaml:7:29 "1:1"', 'nano.yaml:7:36 "1:1"']


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Values that are listed once are accepted."""
    assert places_of("IR216") == []
