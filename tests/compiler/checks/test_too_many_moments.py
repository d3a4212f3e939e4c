"""A model that changes too often is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imgrules.compiler.checks import too_many_moments


def day(at: int) -> str:
    """Return the day with this number; a greater number is a later day."""
    return f"{2027 + at // 336}-{1 + at // 28 % 12:02}-{1 + at % 28:02}"


def changing_gates(count: int) -> list[tuple[str, str]]:
    """Return edits after which the gates of the model change at as many moments."""
    gates = [f"  - {{when: {{quality: low}}, gate: member, until: {day(number)}}}" for number in range(count)]
    return [("examples:\n", "\n".join(["gates:", *gates, "examples:\n"]))]


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """One moment more than the cap is reported at the first line."""
    assert places_of("IR255", *changing_gates(251)) == ["nano.yaml:1:1 name"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """The cap itself is allowed."""
    assert places_of("IR255", *changing_gates(250)) == []


def test_combinations_are_counted_at_each_moment(places_of: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """The combinations of all moments together have a maximum, here a lower one than usual."""
    monkeypatch.setattr(too_many_moments, "MOST_DATED_COMBINATIONS", 10_000)
    many = str([f"v{number}" for number in range(100)]).replace("'", "")
    wide = ('["16:9", "1:1"]', many)
    assert places_of("IR255", wide, *changing_gates(50)) == ["nano.yaml:1:1 name"]
    assert places_of("IR255", wide, *changing_gates(49)) == []
