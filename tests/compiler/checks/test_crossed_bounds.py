"""A least length above the most is found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(found: Callable[..., list[str]]) -> None:
    """Bounds that no text can keep are pointed at."""
    assert found("IR217", shared=[("min: 1,", "min: 101,")]) == ["_shared.yaml:8:58 101"]


def test_silent(found: Callable[..., list[str]]) -> None:
    """Equal bounds leave one length."""
    assert found("IR217", shared=[("min: 1,", "min: 100,")]) == []


def test_one_bound(found: Callable[..., list[str]]) -> None:
    """One bound alone crosses nothing."""
    assert found("IR217", shared=[("min: 1, max: 100", "min: 100")]) == []
