"""Two models that send the same are found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(found: Callable[..., list[str]]) -> None:
    """The later of two equal models is pointed at."""
    assert found("IR301", others={"other": [("name: Nano", "name: Other")]}) == ["other.yaml:4:8 nano"]


def test_three(found: Callable[..., list[str]]) -> None:
    """Each of three equal models but the first is pointed at."""
    assert found("IR301", others={"other": [], "third": []}) == ["other.yaml:4:8 nano", "third.yaml:4:8 nano"]


def test_silent(found: Callable[..., list[str]]) -> None:
    """Another model of the provider is another creation."""
    assert found("IR301", others={"other": [("model: nano", "model: other")]}) == []


def test_spelled_path(found: Callable[..., list[str]]) -> None:
    """The shared wire path, spelled out, is the same creation."""
    assert found("IR301", others={"other": [("  quality:\n", "  quality:\n    send: output.quality\n")]}) == [
        "other.yaml:4:8 nano"
    ]


def test_other_path(found: Callable[..., list[str]]) -> None:
    """Another wire path is another creation."""
    assert found("IR301", others={"other": [("  quality:\n", "  quality:\n    send: q\n")]}) == []
