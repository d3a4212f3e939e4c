"""Work counted in lines that run: the same number on every machine, however busy it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

PACKAGE = str(Path(__file__).parents[1] / "imgrules")


def lines_run(action: Callable[[], object]) -> int:
    """Return the number of lines of this package that run in an action, plus the number of its calls of any Python function."""
    count = 0

    # Two functions, so that each line that runs costs only one call and one comparison: most time of a test is spent here.
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
