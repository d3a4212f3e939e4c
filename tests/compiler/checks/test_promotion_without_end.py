"""A promotion without an end is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A promotion of a value or of a model without an end is reported."""
    assert places_of("IR228", ("credits: 8", "credits: 8, promotion: {credits: 1}")) == ["nano.yaml:11:42 promotion"]
    assert places_of("IR228", ("name: Nano", "promotion: {credits: 1}\nname: Nano")) == ["nano.yaml:1:1 promotion"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A promotion that ends is accepted, and so is a value called `promotion`."""
    assert places_of("IR228", ("credits: 8", 'credits: 8, promotion: {credits: 1, until: "2027-01-01"}')) == []
    assert places_of("IR228", ("      high:", "      promotion:")) == []
