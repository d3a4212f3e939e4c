"""A source is reported that was checked too long before the given day, or after it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imgrules.compiler.build import Build

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


@pytest.mark.parametrize(
    ("month", "today", "fires"),
    [
        ("2026-10", "2026-11-30", False),  # 30 days after the last of October
        ("2026-10", "2026-12-01", True),
        ("2024-02", "2024-03-30", False),
        ("2024-02", "2024-03-31", True),
        ("2026-11", "2026-11-01", False),
        ("2026-12", "2026-11-30", True),
    ],
)
def test_months(places_of: Callable[..., list[str]], month: str, today: str, fires: bool) -> None:  # noqa: FBT001  as above
    """A month counts from its last day, and is in the future before its first."""
    places = [f'nano.yaml:11:80 "{month}"'] if fires else []
    assert places_of("IR230", _source(month), shared=STALE, today=f"{today}T00:00:00Z") == places


def test_a_month_says_that_the_number_of_days_is_the_least(build_with: Callable[..., Build]) -> None:
    """Of a month, the day of the reading is not known."""
    built = build_with(_source("2026-09"), shared=STALE, today="2026-11-30T00:00:00Z")
    assert [diagnostic.message for diagnostic in built.report.diagnostics if diagnostic.code.id == "IR230"] == [
        "this was checked at least 61 days ago, but at most 30 are allowed"
    ]


def test_texts_and_paths_of_the_result(places_of: Callable[..., list[str]]) -> None:
    """A source without a day is never stale; a source of a path of the result is."""
    assert places_of("IR230", ("credits: 8", "credits: 8, source: a manual"), shared=STALE, today="2026-11-22") == []
    main = ("main: {read: main_url}", 'main: {read: main_url, source: [a letter, {checked: "2026-01"}]}')
    assert places_of("IR230", shared=[*STALE, main], today="2026-11-22T00:00:00Z") == ['_shared.yaml:19:55 "2026-01"']


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
