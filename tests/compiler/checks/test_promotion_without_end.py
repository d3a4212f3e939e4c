"""A promotion without an end is found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A promotion of a value or of a model without an end is pointed at."""
    assert places_of("IR228", ("credits: 8", "credits: 8, promotion: {credits: 1}")) == ["nano.yaml:11:42 promotion"]
    assert places_of("IR228", ("name: Nano", "promotion: {credits: 1}\nname: Nano")) == ["nano.yaml:1:1 promotion"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """One that ends is fine, and so is a value of that name."""
    assert places_of("IR228", ("credits: 8", 'credits: 8, promotion: {credits: 1, until: "2027-01-01"}')) == []
    assert places_of("IR228", ("      high:", "      promotion:")) == []
