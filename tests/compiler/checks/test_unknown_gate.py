"""A gate that nobody declared is found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(found: Callable[..., list[str]]) -> None:
    """A slip in the name of a gate is pointed at."""
    assert found("IR201", ("gate: member", "gate: members")) == ["nano.yaml:11:48 members"]


def test_no_gates(found: Callable[..., list[str]]) -> None:
    """Without gates every gate is unknown."""
    assert found("IR201", shared=[("gates:\n  member: {opens_with: [member], label: {en: Members only}}\n", "")]) == [
        "nano.yaml:11:48 member"
    ]


def test_silent(found: Callable[..., list[str]]) -> None:
    """A declared gate is fine."""
    assert found("IR201") == []
