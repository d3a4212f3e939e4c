"""Periods with two prices, or with none, are reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imgrules.compiler.build import Build

BARE = (("label: Basic, credits: 5", "label: Basic"), ("label: Premium, credits: 8", "label: Premium"), (", credits: 5}", "}"))


def _prices(*entries: str) -> tuple[str, str]:
    return "examples:\n", f"credits: [{', '.join(entries)}]\nexamples:\n"


def _messages(built: Build) -> list[str]:
    return [diagnostic.message for diagnostic in built.report.diagnostics if diagnostic.code.id == "IR227"]


@pytest.mark.parametrize(
    ("entries", "messages"),
    [
        (["{credits: 1}"], ["this price has no date, but it is in a list of dated prices"]),
        (['{credits: 1, until: "2027-01-01"}'], ["no price applies from `2027-01-01` on"]),
        (['{credits: 1, from: "2027-01-01"}'], ["no price applies until `2027-01-01`"]),
        (
            ['{credits: 1, until: "2027-01-01"}', '{credits: 2, from: "2027-01-02"}'],
            ["no price applies from `2027-01-01` until `2027-01-02`"],
        ),
        (
            ['{credits: 2, from: "2027-01-01"}', '{credits: 1, until: "2027-01-01T00:00:01Z"}'],
            ["two prices apply from `2027-01-01` until `2027-01-01T00:00:01Z`"],
        ),
    ],
)
def test_fires(build_with: Callable[..., Build], entries: list[str], messages: list[str]) -> None:
    """The message names the start and the end of the period."""
    assert _messages(build_with(*BARE, _prices(*entries))) == messages


def test_promotions(build_with: Callable[..., Build]) -> None:
    """Promotions of the model and of a value may not overlap; those of two values of one option never apply together."""
    value = ("credits: 8", 'credits: 8, promotion: {credits: 1, until: "2027-01-01"}')
    other = ("credits: 5}", 'credits: 5, promotion: {credits: 1, until: "2027-01-01"}}')
    model = ("name: Nano", 'promotion: {credits: 2, from: "2026-01-01", until: "2028-01-01"}\nname: Nano')
    later = ("name: Nano", 'promotion: {credits: 2, from: "2027-01-01", until: "2028-01-01"}\nname: Nano')
    assert _messages(build_with(value, model)) == ["two promotions apply from `2026-01-01` until `2027-01-01`"]
    assert _messages(build_with(value, later)) == []
    assert _messages(build_with(value, other)) == []


def test_silent(build_with: Callable[..., Build]) -> None:
    """Prices that follow each other are accepted in any order; before and after the model's own dates none is needed."""
    earlier, later = '{credits: 1, until: "2027-01-01"}', '{credits: 2, from: "2027-01-01"}'
    assert _messages(build_with(*BARE, _prices(earlier, later))) == []
    assert _messages(build_with(*BARE, _prices(later, earlier))) == []
    assert _messages(build_with(*BARE, _prices(later), ("name: Nano", 'from: "2027-01-01"\nname: Nano'))) == []
    assert _messages(build_with(*BARE, _prices(earlier), ("name: Nano", 'until: "2026-12-01"\nname: Nano'))) == []
