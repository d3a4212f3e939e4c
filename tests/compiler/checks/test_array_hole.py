"""A place in an array before which nothing is sent is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

HERE = "  ratio:\n"


def _options(text: str) -> tuple[str, str]:
    return HERE, f"{text}\n{HERE}"


def _body(text: str) -> tuple[str, str]:
    return "examples:\n", f"body: {text}\nexamples:\n"


@pytest.mark.parametrize(
    "first",
    [
        "  first: {send: 'list[0]', text: {}, optional: true}",
        "  first: {send: 'list[0].a', values: [x], when: {quality: low}}",
        "  first: {send: 'else[0]', values: [x]}",
        "  first: {send: 'list[0]', of: n, values: {x: {is: {}}}}\n  n: {send: n, number: {}, optional: true}",
    ],
)
def test_fires(found: Callable[..., list[str]], first: str) -> None:
    """An entry that may stand alone is pointed at."""
    at = 12 + first.count("\n") + 1
    assert found("IR237", _options(first), _body("{'list[1]': x}")) == [f"nano.yaml:{at}:8 'list[1]'"]


def test_option_and_field(found: Callable[..., list[str]]) -> None:
    """An option and a field are pointed at where their path is said."""
    assert found("IR237", _options("  it: {send: 'list[1]', values: [x]}")) == ["nano.yaml:6:14 'list[1]'"]
    assert found("IR237", ("options:\n", "fields: {prompt: {send: 'list[2]'}}\noptions:\n")) == ["nano.yaml:5:25 'list[2]'"]


@pytest.mark.parametrize(
    "first",
    [
        "  first: {send: 'list[0]', values: [x]}",
        "  first: {send: 'list[0].a', text: {}, default: x}",
        "  first: {send: 'list[0]', total: [n]}\n  n: {send: n, number: {}, optional: true}",
    ],
)
def test_silent(found: Callable[..., list[str]], first: str) -> None:
    """An entry after one that is always sent is fine."""
    assert found("IR237", _options(first), _body("{'list[1]': x}")) == []


def test_together(found: Callable[..., list[str]]) -> None:
    """Two that exist under one condition are sent together, and a table whose options are always there is always sent."""
    one = "  one: {send: 'list[0]', values: [x], when: {quality: low}}"
    two = "  two: {send: 'list[1]', values: [x], when: {quality: low}}"
    table = _body("{'list[0]': {by: [quality], table: {low: a, high: b}}, 'list[1].b': x}")
    assert found("IR237", _options(f"{one}\n{two}")) == []
    assert found("IR237", table) == []
