"""A default that the option does not take is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imgrules.compiler.build import Build


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A default that is not offered is reported."""
    assert places_of("IR203", ("  ratio:\n", '  ratio:\n    default: "3:2"\n')) == ['nano.yaml:7:14 "3:2"']


def test_no_values(places_of: Callable[..., list[str]]) -> None:
    """A default of an option without values is reported too."""
    assert places_of("IR203", ('values: ["16:9", "1:1"]', '{default: "3:2", values: []}')) == ['nano.yaml:7:15 "3:2"']


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A default that is offered is accepted."""
    assert places_of("IR203", ("  ratio:\n", '  ratio:\n    default: "1:1"\n')) == []


@pytest.mark.parametrize(
    ("option", "place"),
    [
        ("number: {min: 1, max: 4}, default: 5", "52 5"),
        ("number: {min: 1, max: 4}, default: 1.5", "52 1.5"),
        ("number: {min: 1, max: 4}, default: '2'", "52 '2'"),
        ("size: {edge: {max: 9}}, default: 10x9", "50 10x9"),
        ("ratio: {min: '1:1'}, default: '1:2'", "47 '1:2'"),
        ("text: {max: 3}, default: long", "42 long"),
        ("list: {max: 3}, default: one", "42 one"),
        ("values: ['1', '2'], default: 1", "46 1"),
        ("values: [a], default: {by: [quality], table: {low: b, high: a}}", "68 b"),
        ("values: [a], default: {by: [ratio, quality], table: {'1:1': {high: c}}}", "84 c"),
    ],
)
def test_every_kind(places_of: Callable[..., list[str]], option: str, place: str) -> None:
    """A default that an option does not take is reported, also inside a table."""
    assert places_of("IR203", ("  ratio:\n", f"  it: {{send: s, {option}}}\n  ratio:\n")) == [f"nano.yaml:6:{place}"]


def test_gone(build_with: Callable[..., Build]) -> None:
    """A default that is not available during some of the model's time is reported with the day."""

    def messages(*edits: tuple[str, str]) -> list[str]:
        return [diagnostic.message for diagnostic in build_with(*edits).report.errors if diagnostic.code.id == "IR203"]

    default = ("  quality:\n", "  quality:\n    default: low\n")
    until = ("label: Basic", 'until: "2026-12-01", label: Basic')
    since = ("label: Basic", 'from: "2026-12-01T09:00:00Z", label: Basic')
    whole = ("name: Nano", 'until: "2026-12-01"\nname: Nano')
    assert messages(default, until) == ["the default `low` is not available from `2026-12-01` on"]
    assert messages(default, since) == ["the default `low` is not available before `2026-12-01T09:00:00Z`"]
    assert messages(default, until, whole) == []


@pytest.mark.parametrize(
    "option", ["number: {}, default: 5", "size: {}, values: [auto], default: auto", "ratio: {}, default: '1:1'"]
)
def test_taken(places_of: Callable[..., list[str]], option: str) -> None:
    """A default that an option takes is accepted."""
    assert places_of("IR203", ("  ratio:\n", f"  it: {{send: s, {option}}}\n  ratio:\n")) == []
