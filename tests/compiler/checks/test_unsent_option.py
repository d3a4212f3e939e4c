"""An option that is sent nowhere is found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(found: Callable[..., list[str]]) -> None:
    """An option without a wire path is pointed at."""
    assert found("IR213", ("  ratio:\n", "  seed: {values: [a]}\n  ratio:\n")) == ["nano.yaml:6:3 seed"]


def test_no_shared_options(found: Callable[..., list[str]]) -> None:
    """Where nothing is shared, each option needs its own path."""
    assert found(
        "IR213",
        shared=[
            (
                "    options:\n      ratio: {label: {en: Ratio}, send: output.ratio}\n      quality: {label: {en: Quality}, send: output.quality}\n",
                "",
            )
        ],
    ) == ["nano.yaml:6:3 ratio", "nano.yaml:8:3 quality"]


def test_unknown_type(found: Callable[..., list[str]]) -> None:
    """A type that is not there is told once, elsewhere."""
    assert found("IR213", ("type: image", "type: images")) == []


def test_silent(found: Callable[..., list[str]]) -> None:
    """A path of its own is enough."""
    assert found("IR213", ("  ratio:\n", "  seed: {send: s, values: [a]}\n  ratio:\n")) == []
