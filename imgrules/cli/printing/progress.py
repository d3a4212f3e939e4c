"""The progress of a command that reads many files."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from imgrules.cli.printing.terminal import control

BEGIN = "\r"
"""Moves the cursor to the start of the line, so that the next count overwrites this one."""


def progress() -> Callable[[int, int], None] | None:
    """Return a function that shows progress on standard error after one second; None if that is no terminal."""
    if not sys.stderr.isatty():
        return None
    begun = time.monotonic()

    def show(done: int, of: int) -> None:
        if time.monotonic() - begun > 1 and (done % 50 == 0 or done == of):
            end = "\n" if done == of else ""
            print(f"{control(sys.stderr, BEGIN)}{done} of {of} files read", end=end, file=sys.stderr, flush=True)

    return show
