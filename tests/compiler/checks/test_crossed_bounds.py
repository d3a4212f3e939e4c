"""A minimum above its maximum is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """Bounds that no text can satisfy are reported."""
    assert places_of("IR217", shared=[("min: 1,", "min: 101,")]) == ["_shared.yaml:8:42 101"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Equal bounds are accepted: they leave one length."""
    assert places_of("IR217", shared=[("min: 1,", "min: 100,")]) == []


def test_one_bound(places_of: Callable[..., list[str]]) -> None:
    """One bound alone is accepted."""
    assert places_of("IR217", shared=[("min: 1, max: 100", "min: 100")]) == []


@pytest.mark.parametrize(
    ("option", "place"),
    [
        ("number: {min: 2, max: 1.5}", "31 2"),
        ("list: {min: 2, max: 1}", "29 2"),
        ("text: {min: 2, max: 1}", "29 2"),
        ("ratio: {min: '3:1', max: '8:3'}", "30 '3:1'"),
        ("size: {edge: {min: 2, max: 1}}", "36 2"),
        ("size: {area: {min: 2, max: 1}}", "36 2"),
        ("size: {ratio: {min: '1:1', max: '1:2'}}", "37 '1:1'"),
        ("values: [x], when: {ratio: {min: 2, max: 1}}", "50 2"),
        ("size: {edge: {min: 512, max: 520, step: 16}, area: {min: 300000}}", "17 size"),
        ("size: {edge: {max: 100}, ratio: {min: '200:1'}}", "17 size"),
    ],
)
def test_option(places_of: Callable[..., list[str]], option: str, place: str) -> None:
    """Bounds of an option that no value satisfies are reported."""
    assert places_of("IR217", ("  ratio:\n", f"  it: {{send: s, {option}}}\n  ratio:\n")) == [f"nano.yaml:6:{place}"]


def test_field_and_words(places_of: Callable[..., list[str]]) -> None:
    """Bounds of a field of the model, and of a named range, are checked too."""
    field = ("options:\n", "fields: {prompt: {text: {min: 2, max: 1}}}\noptions:\n")
    words = ("  ratio:\n", "  it: {of: n, values: {x: {min: 2, max: 1}}}\n  ratio:\n")
    assert places_of("IR217", field) == ["nano.yaml:5:31 2"]
    assert places_of("IR217", words) == ["nano.yaml:6:33 2"]


@pytest.mark.parametrize(
    "option",
    [
        "number: {min: 1, max: 1}, default: 1",
        "number: {min: 0.5, max: 1.5, step: any}, default: 1.5",
        "ratio: {min: '1:3', max: '3:1'}",
        "size: {edge: {min: 512, max: 528, step: 16}, area: {min: 278784}}",
        "size: {edge: {min: 17, max: 17, step: 16}, ratio: {min: '1:1', max: '1:1'}}",
        "size: {area: {min: 101, max: 101}}",
        "size: {}",
    ],
)
def test_something_fits(places_of: Callable[..., list[str]], option: str) -> None:
    """A range that some value satisfies is accepted, however narrow it is."""
    assert places_of("IR217", ("  ratio:\n", f"  it: {{send: s, {option}}}\n  ratio:\n")) == []


def test_a_search_for_sizes_has_an_end(places_of: Callable[..., list[str]]) -> None:
    """Where many sizes need every width to be tried, the search stops at its cap and reports what it found until then."""
    sizes = "".join(
        f"  s{number}: {{send: s{number}, optional: true, size: {{area: {{min: {area}, max: {area}}}, ratio: {{min: '1:1', max: '1:1'}}}}}}\n"
        for number, area in enumerate(range(99_999 * 99_998, 99_999 * 99_998 + 9))
    )
    assert len(places_of("IR217", ("  ratio:\n", f"{sizes}  ratio:\n"))) == 2
