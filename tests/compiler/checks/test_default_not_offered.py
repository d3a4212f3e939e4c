"""A default that is none of the values is found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(found: Callable[..., list[str]]) -> None:
    """A default that is not offered is pointed at."""
    assert found("IR203", ("  ratio:\n", '  ratio:\n    default: "3:2"\n')) == ['nano.yaml:7:14 "3:2"']


def test_no_values(found: Callable[..., list[str]]) -> None:
    """A default of an option without values is pointed at too."""
    assert found("IR203", ('values: ["16:9", "1:1"]', '{default: "3:2", values: []}')) == ['nano.yaml:7:15 "3:2"']


def test_silent(found: Callable[..., list[str]]) -> None:
    """A default that is offered is fine."""
    assert found("IR203", ("  ratio:\n", '  ratio:\n    default: "1:1"\n')) == []
