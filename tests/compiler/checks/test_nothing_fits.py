"""A model for which no selection is possible is reported."""

from __future__ import annotations

from collections.abc import Callable

from imgrules.compiler.build import Build

RATIO_LINE = "  ratio:\n"


def _options(text: str) -> tuple[str, str]:
    return RATIO_LINE, f"{text}\n{RATIO_LINE}"


def _limits(text: str) -> tuple[str, str]:
    return "examples:\n  - {select: {ratio", f"limits: {text}\nexamples:\n  - {{select: {{n: 4, ratio"


NUMBER = "  n: {send: n, number: {min: 3, max: 9}}"


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """Bounds and limits that together allow no selection are reported."""
    assert places_of("IR236", _options(NUMBER), _limits("[{only: {n: {max: 2}}}]")) == ["nano.yaml:13:1 limits"]


def test_from_a_day_on(build_with: Callable[..., Build]) -> None:
    """A model without a possible selection from some day on is reported with that day."""
    ending_value = ("label: Basic", 'until: "2026-12-01", label: Basic')
    diagnostics = build_with(
        _options(NUMBER), ending_value, _limits("[{when: {quality: high}, only: {n: {max: 2}}}]")
    ).report.errors
    assert [diagnostic.message for diagnostic in diagnostics if diagnostic.code.id == "IR236"] == [
        "no selection satisfies all rules of this model from `2026-12-01` on"
    ]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """One possible selection is enough."""
    assert places_of("IR236", _options(NUMBER), _limits("[{only: {n: {max: 3}}}]")) == []
    assert places_of("IR236", _options(NUMBER), _limits("[{when: {quality: high}, only: {n: {max: 2}}}]")) == []


def test_a_text_with_several_least_lengths(places_of: Callable[..., list[str]]) -> None:
    """A text whose second length asks for words can be written."""
    note = "  note: {send: note, text: [{max: 1500}, {min: 2, max: 9, unit: words}, {max: 90, unit: bytes}]}"
    assert places_of("IR236", _options(note)) == []
