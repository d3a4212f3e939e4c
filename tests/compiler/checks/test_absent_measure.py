"""A measure that multiplies the whole price has to be there always."""

from __future__ import annotations

from collections.abc import Callable

import pytest

VALUES = (
    ("label: Basic, credits: 5", "label: Basic"),
    ("label: Premium, credits: 8", "label: Premium"),
    (", credits: 5}", "}"),
)


@pytest.mark.parametrize(
    ("size", "each", "expected"),
    [
        ("{send: output.size, size: {}, default: auto, values: [auto]}", "megapixels", "megapixels"),
        ("{send: output.size, size: {}, optional: true}", "[shots, megapixels]", "megapixels"),
        ("{send: output.size, size: {}, default: 1024x1024, values: [1024x1024]}", "[megapixels, shots]", None),
        ("{send: output.size, size: {}, optional: true}", "shots", None),
    ],
)
def test_each(places_of: Callable[..., list[str]], size: str, each: str, expected: str | None) -> None:
    """Pixels of a size that may be a word or may be missing are reported; a number that may be missing counts once."""
    options = f"  size: {size}\n  megapixels: {{of: size, measure: pixels, unit: 1000000}}\n"
    options += "  shots: {send: output.shots, number: {min: 1}, optional: true}\n"
    places = places_of("IR291", *VALUES, ("examples:\n", f"{options}credits: {{base: 2, each: {each}}}\nexamples:\n"))
    assert [place.rpartition(" ")[2] for place in places] == ([] if expected is None else [expected])
