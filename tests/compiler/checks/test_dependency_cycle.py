"""Options that depend on each other in a cycle are reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imgrules.compiler.build import Build

RATIO_LINE = "  ratio:\n"


def _options(text: str) -> tuple[str, str]:
    return RATIO_LINE, f"{text}\n{RATIO_LINE}"


@pytest.mark.parametrize(
    ("options", "places"),
    [
        ("  a: {send: a, values: [x], when: {a: x}}", ["6:39 x"]),
        ("  a: {send: a, values: [x], when: {b: x}}\n  b: {send: b, values: [x], when: {a: x}}", ["6:39 x"]),
        ("  a: {of: b, values: {x: {max: 9}}}\n  b: {of: [a], measure: total}", ["6:11 b"]),
        ("  a: {of: [b, b], measure: pixels}\n  b: {of: [a, a], measure: pixels}", ["6:11 [b, b]"]),
        ("  a: {send: a, values: [x], default: {by: [a], table: {x: x}}}", ["6:44 a"]),
        (
            "  a: {send: a, number: {}, when: {b: x}}\n  b: {send: b, values: [x], when: {c: 1}}\n  c: {of: [a], measure: total}",
            ["6:38 x"],
        ),
    ],
)
def test_fires(places_of: Callable[..., list[str]], options: str, places: list[str]) -> None:
    """A cycle is reported once, at its first option."""
    assert places_of("IR223", _options(options)) == [f"nano.yaml:{place}" for place in places]


def test_ignored(places_of: Callable[..., list[str]]) -> None:
    """An option that is ignored because of an option that depends on it is in a cycle."""
    limits = "limits: [{when: {b: x}, ignores: a}]\n"
    options = _options("  a: {send: a, values: [x]}\n  b: {send: b, values: [x], when: {a: x}}")
    assert places_of("IR223", options, ("examples:\n", f"{limits}examples:\n")) == ["nano.yaml:14:21 x"]


def test_message(build_with: Callable[..., Build]) -> None:
    """The message shows the options of the cycle in order."""
    options = "  a: {send: a, values: [x], when: {b: x}}\n  b: {send: b, values: [x], when: {a: x}}"
    (message,) = (
        diagnostic.message for diagnostic in build_with(_options(options)).report.errors if diagnostic.code.id == "IR223"
    )
    assert message == "circular dependency: `a` -> `b` -> `a`"


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A chain, and two options that depend on a third, are no cycle."""
    options = "  a: {send: a, values: [x], when: {quality: low}}\n  b: {send: b, values: [x], when: {a: x, quality: low}}"
    assert places_of("IR223", _options(options)) == []
