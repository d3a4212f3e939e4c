"""A second option with prices is found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """The first price of the second option is pointed at."""
    assert places_of("IR209", ('["16:9", "1:1"]', '{"16:9": {credits: 1}, "1:1": {credits: 2}}')) == ["nano.yaml:10:36 5"]


def test_unknown(places_of: Callable[..., list[str]]) -> None:
    """An unknown price is said to be a price."""
    assert places_of("IR209", ('["16:9", "1:1"]', '{"1:1": {credits: unknown}}')) == ["nano.yaml:10:36 5"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Prices at one option are fine."""
    assert places_of("IR209") == []


def test_model(places_of: Callable[..., list[str]]) -> None:
    """A price of the model and a price of a value quarrel too."""
    assert places_of("IR209", ("options:\n", "credits: 5\noptions:\n")) == ["nano.yaml:11:36 5"]
