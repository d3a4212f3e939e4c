"""A second option with prices is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """The first price of the second option is reported."""
    assert places_of("IR209", ('["16:9", "1:1"]', '{"16:9": {credits: 1}, "1:1": {credits: 2}}')) == ["nano.yaml:10:36 5"]


def test_unknown(places_of: Callable[..., list[str]]) -> None:
    """`unknown` counts as a price too."""
    assert places_of("IR209", ('["16:9", "1:1"]', '{"1:1": {credits: unknown}}')) == ["nano.yaml:10:36 5"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Prices at one option are accepted."""
    assert places_of("IR209") == []


def test_model(places_of: Callable[..., list[str]]) -> None:
    """A price of the model conflicts with prices of values too."""
    assert places_of("IR209", ("options:\n", "credits: 5\noptions:\n")) == ["nano.yaml:11:36 5"]
