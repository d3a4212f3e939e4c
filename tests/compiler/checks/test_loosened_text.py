"""A model that loosens the bounds of a shared text is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("own", "wanted"),
    [
        ("min: 0", ["31 0"]),
        ("max: 101", ["31 101"]),
        ("min: 0, max: 101", ["31 0", "39 101"]),
        ("min: 1, max: 100", []),
        ("min: 2, max: 99", []),
        ("max: 101, unit: words", []),
        ("min: 0, unit: bytes", []),
        ("max: 101, unit: characters", ["31 101"]),
    ],
)
def test_bounds(places_of: Callable[..., list[str]], own: str, wanted: list[str]) -> None:
    """A bound that is looser than the shared one in the same unit is reported; bounds in another unit are not compared."""
    added = [("examples:", f"fields: {{prompt: {{text: {{{own}}}}}}}\nexamples:")]
    assert [place.split(":", 2)[2] for place in places_of("IR260", *added)] == wanted


def test_a_shared_text_without_bounds(places_of: Callable[..., list[str]]) -> None:
    """Where the type states no bound, a model may state any."""
    shared = [(", text: {min: 1, max: 100}", "")]
    assert places_of("IR260", *[("examples:", "fields: {prompt: {text: {min: 0, max: 9}}}\nexamples:")], shared=shared) == []
