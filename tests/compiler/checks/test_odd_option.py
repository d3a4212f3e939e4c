"""An option whose name is almost that of a shared one is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_slip(places_of: Callable[..., list[str]]) -> None:
    """A typo in the name of an option that has its own path is reported."""
    assert places_of("IR219", ("  quality:\n", "  qualitty:\n    send: output.quality\n")) == ["nano.yaml:8:3 qualitty"]


def test_unsent(places_of: Callable[..., list[str]]) -> None:
    """A typo in the name of an option without a path is left to the check for unsent options."""
    assert places_of("IR219", ("  quality:\n", "  qualitty:\n")) == []


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """An option may have any other name, or one that is close to a shared option which the model has too."""
    assert places_of("IR219", ("  quality:\n", "  tone:\n    send: output.tone\n    values: [dry]\n  quality:\n")) == []
    assert places_of("IR219", ("  quality:\n", "  ratios:\n    send: output.ratios\n    values: [dry]\n  quality:\n")) == []
