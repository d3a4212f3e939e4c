"""A condition that no offered combination satisfies is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RATIO_LINE = "  ratio:\n"


def _options(text: str) -> tuple[str, str]:
    return RATIO_LINE, f"{text}\n{RATIO_LINE}"


LIMIT = 'limits: [{never: {ratio: "16:9", quality: high}}]\n'
IDLE = '{ratio: "16:9", quality: high}'


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        (f"gates: [{{when: {IDLE}, gate: member}}]", "10"),
        (f"credits: {{times: [{{factor: 2, when: {IDLE}}}]}}", "31"),
        (f"credits: {{plus: [{{credits: 2, when: {IDLE}}}]}}", "31"),
    ],
)
def test_rules(places_of: Callable[..., list[str]], rule: str, place: str) -> None:
    """A rule about a combination that is not offered is reported."""
    assert places_of("IR238", ("examples:\n", f"{LIMIT}{rule}\nexamples:\n")) == [f"nano.yaml:13:{place} when"]


def test_option(places_of: Callable[..., list[str]]) -> None:
    """An option whose condition never holds is reported."""
    option = f"  it: {{send: s, number: {{}}, optional: true, when: {IDLE}}}"
    assert places_of("IR238", _options(option), ("examples:\n", f"{LIMIT}examples:\n")) == ["nano.yaml:6:45 when"]


def test_ignores(places_of: Callable[..., list[str]]) -> None:
    """An `ignores` whose condition never holds is reported; `only` and `never` are left to another check."""
    option = _options("  it: {send: s, number: {}, optional: true}")
    limits = f'limits: [{{never: {{ratio: "16:9", quality: high}}}}, {{when: {IDLE}, ignores: it}}]\n'
    assert places_of("IR238", option, ("examples:\n", f"{limits}examples:\n")) == ["nano.yaml:13:52 when"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Conditions that hold for some number or value are accepted."""
    option = "  n: {send: n, number: {min: 1, max: 2}, default: 1}"
    rule = "gates: [{when: {n: {min: 2}}, gate: member}, {when: {quality: high}, gate: member}]\n"
    assert places_of("IR238", _options(option), ("examples:\n", f"{rule}examples:\n")) == []


def test_numbers(places_of: Callable[..., list[str]]) -> None:
    """A range without any possible number is reported, also of a total, and so is a `beyond` that no count exceeds."""
    options = (
        "  n: {send: n, number: {min: 1, max: 2}, default: 1}\n"
        "  list: {send: r, list: {max: 3}, optional: true}\n  all: {of: [n, list], measure: total}"
    )
    rule = "gates: [{when: {n: {min: 3}}, gate: member}, {when: {all: {min: 6}}, gate: member}]\n"
    assert places_of("IR238", _options(options), ("examples:\n", f"{rule}examples:\n")) == [
        "nano.yaml:15:20 {min: 3}",
        "nano.yaml:15:59 {min: 6}",
    ]
    price = "credits: {base: 1, plus: [{credits: 1, per: list, beyond: 3}, {credits: 1, per: list, beyond: 2}]}\n"
    bare = (", credits: 5}", "}"), (", credits: 8", "")
    assert places_of("IR238", _options(options), *bare, ("examples:\n", f"{price}examples:\n"), (", credits: 5}}", "}}")) == [
        "nano.yaml:15:59 3"
    ]


@pytest.mark.parametrize(
    ("test", "never"),
    [
        ("{min: 3, max: 5}", True),
        ("{min: -3, max: 0}", True),
        ("{min: 2, max: 5}", False),
        ("{min: 0, max: 1}", False),
    ],
)
def test_a_range_with_two_bounds(places_of: Callable[..., list[str]], test: str, *, never: bool) -> None:
    """A range with two bounds is reported exactly where no possible number lies in it."""
    option = "  n: {send: n, number: {min: 1, max: 2}, default: 1}"
    rule = f"gates: [{{when: {{n: {test}}}, gate: member}}]\n"
    assert places_of("IR238", _options(option), ("examples:\n", f"{rule}examples:\n")) == [f"nano.yaml:13:20 {test}"] * never


def test_crossed_bounds_are_found_by_another_check(places_of: Callable[..., list[str]]) -> None:
    """A range whose minimum is above its maximum is reported by another check alone."""
    option = "  n: {send: n, number: {min: 1, max: 2}, default: 1}"
    rule = "gates: [{when: {n: {min: 5, max: 3}}, gate: member}]\n"
    assert places_of("IR238", _options(option), ("examples:\n", f"{rule}examples:\n")) == []
