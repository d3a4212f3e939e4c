"""An array entry is reported where the entry before it may be missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RATIO_LINE = "  ratio:\n"


def _options(text: str) -> tuple[str, str]:
    return RATIO_LINE, f"{text}\n{RATIO_LINE}"


def _body(text: str) -> tuple[str, str]:
    return "examples:\n", f"body: {text}\nexamples:\n"


@pytest.mark.parametrize(
    "first",
    [
        "  first: {send: 'list[0]', text: {}, optional: true}",
        "  first: {send: 'list[0].a', values: [x], when: {quality: low}}",
        "  first: {send: 'else[0]', values: [x]}",
        "  first: {send: 'list[0]', of: n, values: {x: {max: 9}}}\n  n: {send: n, number: {}, optional: true}",
        "  first: {send: 'list[0]', of: n, values: {x: {max: 9}}}\n  n: {send: n, number: {}, when: {quality: low}}",
        "  first: {send: 'list[0]', of: px, values: {x: {max: 9}}}\n  px: {of: [n, n], measure: pixels}\n  n: {send: n, number: {}, optional: true}",
        "  first: {send: 'list[0]', of: n, measure: pixels}\n  n: {send: n, values: [auto], size: {}}",
        "  first: {send: 'list[0]', as: width, values: [auto], size: {}}",
        "  first: {send: 'list[0]', as: height, values: [auto], ratio: {}}",
        "  first: {send: 'list[0]', as: width, values: [64x64, auto], size: {}}",
        "  first: {send: 'list[0]', of: [first, n], measure: pixels}\n  n: {send: n, number: {}, optional: true}",
    ],
)
def test_fires(places_of: Callable[..., list[str]], first: str) -> None:
    """An entry is reported where the one before it may not be sent."""
    at = 12 + first.count("\n") + 1
    assert places_of("IR237", _options(first), _body("{'list[1]': x}")) == [f"nano.yaml:{at}:8 'list[1]'"]


def test_option_and_field(places_of: Callable[..., list[str]]) -> None:
    """An option and a field are reported at their `send`."""
    assert places_of("IR237", _options("  it: {send: 'list[1]', values: [x]}")) == ["nano.yaml:6:14 'list[1]'"]
    assert places_of("IR237", ("options:\n", "fields: {prompt: {send: 'list[2]'}}\noptions:\n")) == ["nano.yaml:5:25 'list[2]'"]


@pytest.mark.parametrize(
    "first",
    [
        "  first: {send: 'list[0]', values: [x]}",
        "  first: {send: 'list[0].a', text: {}, default: x}",
        "  first: {send: 'list[0]', of: [n], measure: total}\n  n: {send: n, number: {}, optional: true}",
        "  first: {send: 'list[0]', of: n, values: {x: {max: 9}}}\n  n: {send: n, list: {}, optional: true}",
        "  first: {send: 'list[0]', of: n, values: {x: {max: 9}}}\n  n: {send: n, number: {}}",
        "  first: {send: 'list[0]', of: n, measure: pixels}\n  n: {send: n, values: [64x64], size: {}}",
        "  first: {send: 'list[0]', as: width, values: [64x64], size: {}}",
        "  first: {send: 'list[0]', as: width, values: ['1:2'], ratio: {}}",
        "  first: {send: 'list[0]', as: '{value}', values: [auto], size: {}}",
    ],
)
def test_silent(places_of: Callable[..., list[str]], first: str) -> None:
    """An entry after one that is always sent is accepted."""
    assert places_of("IR237", _options(first), _body("{'list[1]': x}")) == []


def test_together(places_of: Callable[..., list[str]]) -> None:
    """Two options with one condition are sent together, and a table by options that are always present is always sent."""
    first = "  one: {send: 'list[0]', values: [x], when: {quality: low}}"
    second = "  two: {send: 'list[1]', values: [x], when: {quality: low}}"
    table = _body("{'list[0]': {by: [quality], table: {low: a, high: b}}, 'list[1].b': x}")
    assert places_of("IR237", _options(f"{first}\n{second}")) == []
    assert places_of("IR237", table) == []


IGNORED = "limits: [{when: {quality: low}, ignores: n}]"


@pytest.mark.parametrize(
    ("first", "fires"),
    [
        ("  n: {send: 'list[0]', number: {}, default: 1}", True),
        ("  n: {send: n, number: {}, default: 1}\n  first: {send: 'list[0]', of: n, values: {x: {max: 9}}}", True),
        ("  n: {send: n, size: {}, default: 64x64}\n  first: {send: 'list[0]', of: n, measure: pixels}", True),
        ("  n: {send: n, number: {}, default: 1}\n  first: {send: 'list[0]', of: [n], measure: total}", False),
        ("  n: {send: n, list: {}, optional: true}\n  first: {send: 'list[0]', of: n, values: {x: {max: 9}}}", False),
    ],
)
def test_what_is_ignored(places_of: Callable[..., list[str]], first: str, *, fires: bool) -> None:
    """An option that a limit ignores, and what is computed from it, may be absent; a total and the length of a list never are."""
    places = places_of("IR237", _options(first), ("examples:\n", f"{IGNORED}\nbody: {{'list[1]': x}}\nexamples:\n"))
    assert bool(places) is fires


def test_one_option_at_both_places(places_of: Callable[..., list[str]]) -> None:
    """Width and height are present together; an option that is sent as a text may be a word without sides."""
    size = _options("  size: {send: false, values: [auto], size: {}}")
    sides = "{'list[0]': {of: size, as: width}, 'list[1]': {of: size, as: %s}}"
    assert places_of("IR237", size, _body(sides % "height")) == []
    assert places_of("IR237", size, _body(sides % "text")) == ["nano.yaml:13:42 'list[1]'"]


def test_table_of_two(places_of: Callable[..., list[str]]) -> None:
    """A table by two options is sent only where both are present."""
    other = _options("  other: {values: [x], send: false, optional: true}")
    table = _body("{'list[0]': {by: [quality, other], table: {low: {x: a}, high: {x: b}}}, 'list[1]': c}")
    assert places_of("IR237", other, table) != []


def test_two_conditions(places_of: Callable[..., list[str]]) -> None:
    """An entry with a condition is no predecessor of an entry without one, or with another condition."""
    first = "  one: {send: 'list[0]', values: [x], when: {quality: low}}"
    assert places_of("IR237", _options(f"{first}\n  two: {{send: 'list[1]', values: [x]}}")) != []
    assert places_of("IR237", _options(f"{first}\n  two: {{send: 'list[1]', values: [x], when: {{quality: high}}}}")) != []


@pytest.mark.parametrize(
    ("shared", "own", "fires"),
    [
        ("", "", False),
        ("", ", optional: true", True),
        ("optional: true", "", True),
        ("optional: true", ", optional: false", False),
    ],
)
def test_fields(places_of: Callable[..., list[str]], shared: str, own: str, *, fires: bool) -> None:
    """A required text is always sent, whether the model or the type requires it."""
    text = ("options:\n", f"fields: {{prompt: {{send: 'list[0]'{own}}}}}\noptions:\n")
    change = [("prompt: {send: prompt, text: {min: 1, max: 100}}", f"prompt: {{send: prompt, {shared}}}")]
    assert bool(places_of("IR237", text, _body("{'list[1]': x}"), shared=change)) is fires
