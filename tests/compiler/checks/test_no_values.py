"""An option without values is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_list(places_of: Callable[..., list[str]]) -> None:
    """An empty list is reported."""
    assert places_of("IR206", ('["16:9", "1:1"]', "[]")) == ["nano.yaml:7:13 []"]


def test_mapping(places_of: Callable[..., list[str]]) -> None:
    """An empty mapping is reported."""
    assert places_of("IR206", ('["16:9", "1:1"]', "{}")) == ["nano.yaml:7:13 {}"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """One value is enough."""
    assert places_of("IR206", ('["16:9", "1:1"]', '["1:1"]')) == []
