"""An example that proves nothing about its model is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """An empty expectation is reported."""
    assert places_of("IR402", ("expect: {status: allowed, credits: 5}", "expect: {}")) == ["nano.yaml:13:44 expect"]


def test_other_model(places_of: Callable[..., list[str]]) -> None:
    """An example that names a model is reported."""
    assert places_of("IR402", ("{select: {ratio", "{select: {model: nano, ratio")) == ["nano.yaml:13:15 model"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """One expectation is enough."""
    assert places_of("IR402", ("status: allowed, credits: 5}}", "credits: 5}}")) == []
