"""A source is reported that was checked too long before the given day, or after it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

STALE = [("language: 1", "language: 1\nstale_after: 30")]


def _source(day: str) -> tuple[str, str]:
    return "credits: 8", f'credits: 8, source: {{url: "https://a.b", checked: "{day}"}}'


@pytest.mark.parametrize(
    ("day", "fires"), [("2026-10-22", True), ("2026-10-23", False), ("2026-11-22", False), ("2026-11-23", True)]
)
def test_days(places_of: Callable[..., list[str]], day: str, fires: bool) -> None:  # noqa: FBT001  what is expected
    """A source may be as old as `stale_after` states, but no older, and not from the future."""
    places = [f'nano.yaml:11:80 "{day}"'] if fires else []
    assert places_of("IR230", _source(day), shared=STALE, today="2026-11-22T00:00:00Z") == places


def test_several(places_of: Callable[..., list[str]]) -> None:
    """Each of several sources of a model is checked."""
    sources = 'source: [{url: "https://a.b", checked: "2026-11-22"}, {url: "https://a.b", checked: "2026-01-01"}]\nname: Nano'
    assert places_of("IR230", ("name: Nano", sources), shared=STALE, today="2026-11-22T12:00:00Z") == [
        'nano.yaml:1:85 "2026-01-01"'
    ]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Without a given day, or without `stale_after`, nothing is stale."""
    assert places_of("IR230", _source("2020-01-01"), shared=STALE) == []
    assert places_of("IR230", _source("2020-01-01"), today="2026-11-22T00:00:00Z") == []
