"""Entries that ended before the given day are reported."""

from __future__ import annotations

from collections.abc import Callable

RULES = (
    ("name: Nano", 'badges: [{text: New, until: "2026-11-21"}]\nname: Nano'),
    ("credits: 8", 'credits: 8, promotion: {credits: 1, until: "2026-11-22"}'),
    ("examples:\n", 'gates: [{when: {quality: low}, gate: member, until: "2026-01-01"}]\nexamples:\n'),
)


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """Promotions, badges and gate rules that have ended are reported."""
    assert places_of("IR229", *RULES, today="2026-11-22T00:00:00Z") == [
        'nano.yaml:1:29 "2026-11-21"',
        'nano.yaml:12:73 "2026-11-22"',
        'nano.yaml:13:53 "2026-01-01"',
    ]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """Entries that end later are accepted, and without a given day nothing has ended."""
    assert places_of("IR229", *RULES, today="2025-12-31T23:59:59Z") == []
    assert places_of("IR229", *RULES) == []


def test_values_and_prices_stay(places_of: Callable[..., list[str]]) -> None:
    """Ended values and aliases stay: they tell callers why something is not available, or what it cost."""
    value = ("credits: 8", 'credits: 8, until: "2026-01-01", aliases: {top: "2026-01-01"}')
    assert places_of("IR229", value, today="2026-11-22T00:00:00Z") == []
