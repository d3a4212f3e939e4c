"""A table that would be too large is found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(found: Callable[..., list[str]]) -> None:
    """Options that multiply beyond the cap are pointed at."""
    assert found("IR215", ('["16:9", "1:1"]', str([f"v{each}" for each in range(5001)]).replace("'", ""))) == [
        "nano.yaml:5:1 options"
    ]


def test_silent(found: Callable[..., list[str]]) -> None:
    """The cap itself is allowed."""
    assert found("IR215", ('["16:9", "1:1"]', str([f"v{each}" for each in range(5000)]).replace("'", ""))) == []
