"""A model that `order` lists and that has no file is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A model without a file is reported."""
    assert places_of("IR302", shared=[("language: 1", "language: 1\norder: [nano, micro]")]) == ["_shared.yaml:2:15 micro"]


def test_broken(places_of: Callable[..., list[str]]) -> None:
    """A model whose file is broken still counts as present."""
    assert places_of("IR302", ("name: Nano", "nmae: Nano"), shared=[("language: 1", "language: 1\norder: [nano]")]) == []


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A model that is not listed is accepted."""
    assert (
        places_of(
            "IR302",
            others={"other": [("model: nano", "model: other")]},
            shared=[("language: 1", "language: 1\norder: [other]")],
        )
        == []
    )
