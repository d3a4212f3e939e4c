"""An option without values is found."""

from __future__ import annotations

from collections.abc import Callable


def test_list(found: Callable[..., list[str]]) -> None:
    """An empty list is pointed at."""
    assert found("IR206", ('["16:9", "1:1"]', "[]")) == ["nano.yaml:7:13 []"]


def test_mapping(found: Callable[..., list[str]]) -> None:
    """An empty mapping is pointed at."""
    assert found("IR206", ('["16:9", "1:1"]', "{}")) == ["nano.yaml:7:13 {}"]


def test_silent(found: Callable[..., list[str]]) -> None:
    """One value is enough."""
    assert found("IR206", ('["16:9", "1:1"]', '["1:1"]')) == []
