"""Wire paths that conflict are reported: equal paths, and a path inside another one."""

from __future__ import annotations

from collections.abc import Callable


def test_same(places_of: Callable[..., list[str]]) -> None:
    """The later of two equal paths is reported."""
    assert places_of("IR205", ("  quality:\n", "  quality:\n    send: output.ratio\n")) == ["nano.yaml:9:11 output.ratio"]


def test_above(places_of: Callable[..., list[str]]) -> None:
    """A path that contains another one is reported."""
    assert places_of("IR205", ("  quality:\n", "  quality:\n    send: output\n")) == ["nano.yaml:9:11 output"]


def test_below(places_of: Callable[..., list[str]]) -> None:
    """A path inside another one is reported."""
    assert places_of("IR205", ("  quality:\n", "  quality:\n    send: prompt.text.quality\n")) == [
        "nano.yaml:9:11 prompt.text.quality"
    ]


def test_borrowed(places_of: Callable[..., list[str]]) -> None:
    """An option whose path comes from the shared file is reported at its name."""
    assert places_of("IR205", ("  ratio:\n", "  ratio:\n    send: output.quality\n")) == ["nano.yaml:9:3 quality"]


def test_shared(places_of: Callable[..., list[str]]) -> None:
    """A conflict inside the shared file is reported once, in that file."""
    assert places_of("IR205", shared=[("{send: prompt,", "{send: type,")]) == ["_shared.yaml:8:22 type"]


def test_provider_and_model(places_of: Callable[..., list[str]]) -> None:
    """The paths of provider and model are compared too."""
    assert places_of(
        "IR205", shared=[("model: {send: image_generation.model}", "model: {send: image_generation.provider}")]
    ) == ["_shared.yaml:6:19 image_generation.provider"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A path whose last name begins like another path is not inside that path."""
    assert places_of("IR205", ("  quality:\n", "  quality:\n    send: output.ratio_2\n")) == []


def test_array_and_object(places_of: Callable[..., list[str]]) -> None:
    """One path cannot be both an array and an object."""
    paths = (
        ("    values: [", "    send: out[0].ratio\n    values: ["),
        ("    values:\n", "    send: out.quality\n    values:\n"),
    )
    array = (
        ("    values: [", "    send: out[0].ratio\n    values: ["),
        ("    values:\n", "    send: out[0].quality\n    values:\n"),
    )
    assert places_of("IR205", *paths) == ["nano.yaml:10:11 out.quality"]
    assert places_of("IR205", *array) == []
