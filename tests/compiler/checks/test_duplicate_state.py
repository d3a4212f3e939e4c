"""A state with two meanings is reported."""

from __future__ import annotations

from collections.abc import Callable


def test_fires(places_of: Callable[..., list[str]]) -> None:
    """A state in two lists is reported in the later one."""
    assert places_of("IR218", shared=[("succeeded: [ready]", "succeeded: [ready, queued]")]) == ["_shared.yaml:17:63 queued"]


def test_no_result(places_of: Callable[..., list[str]]) -> None:
    """Without a result there are no states."""
    assert (
        places_of(
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


def test_silent(places_of: Callable[..., list[str]]) -> None:
    """States that are listed once are accepted."""
    assert places_of("IR218") == []
