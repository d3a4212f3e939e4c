"""An option without a wire path is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """An option with no path of its own and no shared one is reported."""
    assert places_of("IR213", ("  ratio:\n", "  seed: {values: [a]}\n  ratio:\n")) == ["nano.yaml:6:3 seed"]


def test_no_shared_options(places_of: Callable[..., list[str]]) -> None:
    """Where the type shares no options, each option needs its own path."""
    assert places_of(
        "IR213",
        shared=[
            (
                "    options:\n      ratio: {label: {en: Ratio}, send: output.ratio}\n      quality: {label: {en: Quality}, send: output.quality}\n",
                "",
            )
        ],
    ) == ["nano.yaml:6:3 ratio", "nano.yaml:8:3 quality"]


def test_unknown_type(places_of: Callable[..., list[str]]) -> None:
    """With an unknown type nothing is reported here: another check reports the type."""
    assert places_of("IR213", ("type: image", "type: images")) == []


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A path of its own is enough."""
    assert places_of("IR213", ("  ratio:\n", "  seed: {send: s, values: [a]}\n  ratio:\n")) == []
