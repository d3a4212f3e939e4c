"""A state that means two things is found."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(found: Callable[..., list[str]]) -> None:
    """A state of two lists is pointed at in the later one."""
    assert found("IR218", shared=[("succeeded: [ready]", "succeeded: [ready, queued]")]) == ["_shared.yaml:17:63 queued"]


def test_no_result(found: Callable[..., list[str]]) -> None:
    """Without a result there are no states."""
    assert (
        found(
            "IR218",
            shared=[
                (
                    "result:\n  state: {read: status, running: [queued], succeeded: [ready], failed: [failed]}\n  main: {read: main_url}\n",
                    "",
                )
            ],
        )
        == []
    )


def test_silent(found: Callable[..., list[str]]) -> None:
    """States that stand once are fine."""
    assert found("IR218") == []
