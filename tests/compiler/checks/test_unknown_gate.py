"""A gate that is not declared is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A typo in the name of a gate is reported."""
    assert places_of("IR201", ("gate: member", "gate: members")) == ["nano.yaml:11:48 members"]


def test_no_gates(places_of: Callable[..., list[str]]) -> None:
    """Without gates every gate is unknown."""
    assert places_of("IR201", shared=[("gates:\n  member: {opens_with: [member], label: {en: Members only}}\n", "")]) == [
        "nano.yaml:11:48 member"
    ]


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """A declared gate is accepted."""
    assert places_of("IR201") == []


def test_everywhere(places_of: Callable[..., list[str]]) -> None:
    """Gates of the model, of a combination and in a list are all checked."""
    rules = "gate: membr\ngates: [{when: {quality: low}, gate: [member, tem]}]\nexamples:\n"
    assert places_of("IR201", ("examples:\n", rules)) == ["nano.yaml:12:7 membr", "nano.yaml:13:47 tem"]
