"""A value that nobody can ever choose is found."""

from __future__ import annotations

from collections.abc import Callable


def test_mapping(found: Callable[..., list[str]]) -> None:
    """A value behind a gate that nothing opens is pointed at."""
    assert found("IR207", shared=[("opens_with: [member]", "opens_with: []")]) == ["nano.yaml:11:7 high"]


def test_whole_model(found: Callable[..., list[str]]) -> None:
    """Where one option closes everything, its own values are pointed at, and no other."""
    assert found(
        "IR207", ("credits: 5}", "credits: 5, gate: member}"), shared=[("opens_with: [member]", "opens_with: []")]
    ) == ["nano.yaml:10:7 low", "nano.yaml:11:7 high"]


def test_silent(found: Callable[..., list[str]]) -> None:
    """A gate with a grant can be opened."""
    assert found("IR207") == []


def test_limits(found: Callable[..., list[str]]) -> None:
    """A value that limits rule out everywhere is told, and so are limits that leave nothing."""
    never = "limits: [{never: {quality: high}}]\nexamples:\n"
    assert found("IR207", ("examples:\n", never)) == ["nano.yaml:11:7 high"]
    assert found("IR207", ("examples:\n", never.replace("high", "[low, high]"))) == ["nano.yaml:12:1 limits"]
