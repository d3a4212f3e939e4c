"""A name that is used for two things is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_field(places_of: Callable[..., list[str]]) -> None:
    """An option with the name of a field is reported."""
    assert places_of("IR214", ("  ratio:\n", "  prompt: {send: p, values: [a]}\n  ratio:\n")) == ["nano.yaml:6:3 prompt"]


def test_refused(places_of: Callable[..., list[str]]) -> None:
    """An option takes the place of a field that its type refuses; in one file, the two are a contradiction."""
    style = ("  ratio:\n", "  style: {send: p, values: [a]}\n  ratio:\n")
    assert places_of("IR214", style) == []
    assert places_of("IR214", style, ("options:\n", "refused: {style: no style here}\noptions:\n")) == ["nano.yaml:7:3 style"]


def test_model(places_of: Callable[..., list[str]]) -> None:
    """No option may be called `model`, whatever the type of its model."""
    assert places_of(
        "IR214", ("  ratio:\n", "  model: {send: p, values: [a]}\n  ratio:\n"), ("type: image", "type: video")
    ) == ["nano.yaml:6:3 model"]


def test_shared_field(places_of: Callable[..., list[str]]) -> None:
    """No field may be called `model`."""
    assert places_of("IR214", shared=[("      prompt:", "      model: {send: m}\n      prompt:")]) == ["_shared.yaml:8:7 model"]


def test_shared_refused(places_of: Callable[..., list[str]]) -> None:
    """No field may be both declared and refused."""
    assert places_of("IR214", shared=[("      style:", "      prompt: never\n      style:")]) == ["_shared.yaml:13:7 prompt"]


def test_own(places_of: Callable[..., list[str]]) -> None:
    """No option may be called `at` or `grants`, the other arguments of a decision."""
    edit = ("  ratio:\n", "  at: {send: p, values: [a]}\n  grants: {send: q, values: [a]}\n  ratio:\n")
    assert places_of("IR214", edit) == ["nano.yaml:6:3 at", "nano.yaml:7:3 grants"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A name that nothing else has is accepted."""
    assert places_of("IR214", ("  ratio:\n", "  tone: {send: p, values: [a]}\n  ratio:\n")) == []
