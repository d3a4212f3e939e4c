"""A value that nobody can ever choose is reported."""

from __future__ import annotations

from collections.abc import Callable

from imgrules.compiler.build import Build


def test_mapping(places_of: Callable[..., list[str]]) -> None:
    """A value whose gate no grant opens is reported."""
    assert places_of("IR207", shared=[("opens_with: [member]", "opens_with: []")]) == ["nano.yaml:11:7 high"]


def test_whole_model(places_of: Callable[..., list[str]]) -> None:
    """Where every value of one option is closed, only the values of that option are reported."""
    assert places_of(
        "IR207", ("credits: 5}", "credits: 5, gate: member}"), shared=[("opens_with: [member]", "opens_with: []")]
    ) == ["nano.yaml:10:7 low", "nano.yaml:11:7 high"]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A gate with a grant can be opened."""
    assert places_of("IR207") == []


def test_limits(places_of: Callable[..., list[str]]) -> None:
    """A value that limits rule out in every combination is reported, and so are limits that allow no combination."""
    never = "limits: [{never: {quality: high}}]\nexamples:\n"
    assert places_of("IR207", ("examples:\n", never)) == ["nano.yaml:11:7 high"]
    assert places_of("IR207", ("examples:\n", never.replace("high", "[low, high]"))) == ["nano.yaml:12:1 limits"]


def test_from_a_day_on(build_with: Callable[..., Build]) -> None:
    """A value that nobody can choose from some day on is reported once, with that day."""
    limit = ("examples:\n", 'limits: [{when: {ratio: "16:9"}, only: {quality: low}}]\nexamples:\n')
    ending_value = ("label: Basic", 'until: "2026-12-01", label: Basic')
    value_that_ends_later = ("label: Premium", 'until: "2027-12-01", label: Premium')
    third_value = ("      high:", "      best: {credits: 9}\n      high:")
    messages = [
        diagnostic.message
        for diagnostic in build_with(limit, ending_value, value_that_ends_later, third_value).report.errors
        if diagnostic.code.id == "IR207"
    ]
    assert messages == ["nobody can ever choose `16:9` from `2026-12-01` on"]
