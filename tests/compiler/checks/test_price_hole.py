"""A price that was forgotten is found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(found: Callable[..., list[str]]) -> None:
    """A value without a price beside one with a price is pointed at."""
    assert found("IR208", (", credits: 8", "")) == ["nano.yaml:11:7 high"]


def test_unknown(found: Callable[..., list[str]]) -> None:
    """What is said to be unknown is no hole."""
    assert found("IR208", ("credits: 8", "credits: unknown")) == []


def test_silent(found: Callable[..., list[str]]) -> None:
    """No price at all is no hole."""
    assert found("IR208", (", credits: 8", ""), (", credits: 5}", "}"), (", credits: 5}", "}")) == []
