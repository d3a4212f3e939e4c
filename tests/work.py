"""How much work something is, counted: the same on every machine, however busy it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

PACKAGE = str(Path(__file__).parents[1] / "imgrules")


def lines_run(action: Callable[[], object]) -> int:
    """Return how many lines of this package run in an action, and how many calls of any Python code there are in it."""
    count = 0

    # Two functions: each line that runs costs one call and one comparison, and most of the time of a test is this.
    def line(_: FrameType, event: str, __: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, _: str, __: Any) -> Any:
        nonlocal count
        count += 1
        return line if frame.f_code.co_filename.startswith(PACKAGE) else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        action()
    finally:
        sys.settrace(before)
    return count
