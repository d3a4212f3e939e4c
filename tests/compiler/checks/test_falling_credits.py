"""A price that falls from one value to the next is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A value that costs less than the one before it is reported."""
    assert places_of("IR210", ("credits: 8", "credits: 4.5")) == ["nano.yaml:11:39 4.5"]


def test_equal(places_of: Callable[..., list[str]]) -> None:
    """Equal prices do not fall."""
    assert places_of("IR210", ("credits: 8", "credits: 5")) == []


def test_unknown(places_of: Callable[..., list[str]]) -> None:
    """An unknown price is not compared."""
    assert places_of("IR210", ("credits: 8", "credits: unknown")) == []


def test_across_unknown(places_of: Callable[..., list[str]]) -> None:
    """A price is compared with the last known one before it."""
    assert places_of(
        "IR210", ("      high:", "      medium: {credits: unknown}\n      high:"), ("credits: 8", "credits: 4")
    ) == ["nano.yaml:12:39 4"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Rising prices are accepted."""
    assert places_of("IR210") == []


def test_usual(places_of: Callable[..., list[str]]) -> None:
    """A dearer value that is the default, or for which nothing is sent, may stand before others; two more are compared."""
    assert places_of("IR210", ("credits: 8", "credits: 4"), ("  quality:\n", "  quality:\n    default: low\n")) == []
    assert places_of("IR210", ("credits: 8", "credits: 4"), ("low: {", "low: {send: false, ")) == []
    assert places_of("IR210", ("credits: 8", "credits: 4"), ("  quality:\n", "  quality:\n    default: high\n")) != []
    more = ("      high:", "      medium: {credits: 4.5}\n      high:")
    assert places_of("IR210", more, ("credits: 8", "credits: 4"), ("low: {", "low: {send: false, ")) == ["nano.yaml:12:39 4"]


def test_words(places_of: Callable[..., list[str]]) -> None:
    """Words for ranges may fall: nobody picks from them."""
    words = (
        "  left: {of: n, values: {none: {max: 0, credits: 8}, some: {min: 1, credits: 0}}}\n  n: {number: {min: 0}, send: n}\n"
    )
    assert places_of("IR210", ("  quality:\n", f"{words}  quality:\n")) == []
