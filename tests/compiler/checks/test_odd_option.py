"""An option that is called almost like a shared one is told."""

from __future__ import annotations

from collections.abc import Callable


def test_slip(places_of: Callable[..., list[str]]) -> None:
    """A slip with a path of its own is pointed at."""
    assert places_of("IR219", ("  quality:\n", "  qualitty:\n    send: output.quality\n")) == ["nano.yaml:8:3 qualitty"]


def test_unsent(places_of: Callable[..., list[str]]) -> None:
    """A slip without a path is told by the check of wire paths alone."""
    assert places_of("IR219", ("  quality:\n", "  qualitty:\n")) == []


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Another option may be called anything else, or like a shared one that the model has too."""
    assert places_of("IR219", ("  quality:\n", "  tone:\n    send: output.tone\n    values: [dry]\n  quality:\n")) == []
    assert places_of("IR219", ("  quality:\n", "  ratios:\n    send: output.ratios\n    values: [dry]\n  quality:\n")) == []
