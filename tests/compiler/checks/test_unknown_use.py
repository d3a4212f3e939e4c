"""A replacement that cannot be used is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imgrules.compiler.build import Build


@pytest.mark.parametrize(
    ("use", "place"),
    [("lwo", "lwo"), ("high", "high"), ("nothing", "nothing")],
)
def test_value(places_of: Callable[..., list[str]], use: str, place: str) -> None:
    """An unknown value, and the retired value itself, are reported as replacements."""
    edit = ("credits: 8", f'until: "2026-12-01", use: {use}, credits: 8')
    assert places_of("IR233", edit) == [f"nano.yaml:11:56 {place}"]


def test_gone(places_of: Callable[..., list[str]]) -> None:
    """A replacement must still be available on the day of retirement."""

    def edits_until(first: str) -> list[tuple[str, str]]:
        high = ("credits: 8", 'until: "2026-12-01", use: low, credits: 8')
        return [("label: Basic, credits: 5", f'label: Basic, credits: 5, until: "{first}"'), high]

    assert places_of("IR233", *edits_until("2026-12-01")) == ["nano.yaml:11:56 low"]
    assert places_of("IR233", *edits_until("2026-12-02")) == []


def test_model(places_of: Callable[..., list[str]]) -> None:
    """The replacement of a model is looked for among the files."""

    def retired_for(use: str) -> tuple[str, str]:
        return ("name: Nano", f'until: "2026-12-01"\nuse: {use}\nname: Nano')

    other = {"other": [("model: nano", "model: other")]}
    assert places_of("IR233", retired_for("ohter"), others=other) == ["nano.yaml:2:6 ohter"]
    assert places_of("IR233", retired_for("nano"), others=other) == ["nano.yaml:2:6 nano"]
    assert places_of("IR233", retired_for("other"), others=other) == []


def test_list(places_of: Callable[..., list[str]]) -> None:
    """Of several replacements, each that is wrong is reported at its place, and a list of one as well."""

    def edit(use: str) -> tuple[str, str]:
        return ("credits: 8", f'until: "2026-12-01", use: {use}, credits: 8')

    assert places_of("IR233", edit("[low, lwo, high]")) == ["nano.yaml:11:62 lwo", "nano.yaml:11:67 high"]
    assert places_of("IR233", edit("[low]")) == []
    assert places_of("IR233", edit("[high]")) == ["nano.yaml:11:57 high"]


def test_circle(build_with: Callable[..., Build]) -> None:
    """A circle of replacements is named as one, and is reported where it needs what has ended."""
    edits = [
        ("label: Basic, credits: 5", 'label: Basic, credits: 5, until: "2026-12-02", use: high'),
        ("credits: 8", 'until: "2026-12-01", use: low, credits: 8'),
    ]
    messages = [finding.message for finding in build_with(*edits).report.errors]
    assert messages == ["`low` and `high` replace each other in a circle"]


def test_a_broken_file_is_there(places_of: Callable[..., list[str]]) -> None:
    """A replacement whose own file is broken still counts as known."""
    edit = ("name: Nano", 'until: "2026-12-01"\nuse: other\nname: Nano')
    assert places_of("IR233", edit, others={"other": [("name: Nano", "name: 5")]}) == []
