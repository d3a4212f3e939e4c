"""A wire form that a value cannot be written in is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RATIO_LINE = "  ratio:\n"


def _options(text: str) -> tuple[str, str]:
    return RATIO_LINE, f"{text}\n{RATIO_LINE}"


@pytest.mark.parametrize(
    "option",
    [
        "values: [a], as: width",
        "values: [1x1, auto], as: height",
        "number: {}, as: '{height}px'",
        "values: ['true', 'no'], as: boolean",
        "text: {}, as: boolean",
        "values: ['1', two], as: number",
        "size: {}, as: number",
        "list: {}, as: text",
    ],
)
def test_fires(places_of: Callable[..., list[str]], option: str) -> None:
    """A form is reported with which a value would be sent empty or wrong."""
    form = option.rpartition("as: ")[2]
    assert places_of("IR239", _options(f"  it: {{send: s, {option}}}")) == [
        f"nano.yaml:6:{27 - 10 + len(option) - len(form)} {form}"
    ]


def test_part(places_of: Callable[..., list[str]]) -> None:
    """A side that the option does not have is reported, also under `body`."""
    assert places_of("IR239", ("examples:\n", "body: {w: {of: quality, as: width}}\nexamples:\n")) == ["nano.yaml:12:29 width"]
    assert places_of("IR239", ("examples:\n", "body: {w: {of: ratio, as: width}}\nexamples:\n")) == []


@pytest.mark.parametrize(
    "option",
    [
        "values: ['1:1', 3x2], as: width",
        "ratio: {}, as: '{width}x{height}'",
        "size: {}, values: [1x1], as: height",
        "size: {}, values: [auto], as: width",
        "size: {}, values: [auto], as: '{width}'",
        "size: {}, ratio: {}, values: [auto], as: '{width}:{height}'",
        "values: [auto, 1x1], as: '{width}*{height}'",
        "ratio: {}, values: [auto], as: height",
        "values: ['true', 'false'], as: boolean",
        "values: ['1', '2.5'], as: number",
        "number: {}, as: number",
        "number: {}, as: '{value}px'",
        "text: {}, as: list",
    ],
)
def test_silent(places_of: Callable[..., list[str]], option: str) -> None:
    """Forms that every value can be written in are accepted."""
    assert places_of("IR239", _options(f"  it: {{send: s, {option}}}")) == []
