"""
What an edit of one of many models costs: `imgrules check`, `test` and `diff`, and the loading of both sides alone.

Each is run in fresh processes, from start to end.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.alone import run
from bench.figure import Figure
from bench.shown import mib, short

Results = Mapping[str, Any]

# Without the garbage collector, as every command runs.
_LOAD = "import gc, sys; gc.disable(); from imgrules.cli.comparison.diff_sides import open_sides; open_sides(sys.argv[1:])"
_COMMANDS = ("check", "test", "load", "diff")


def edited(folder: Path) -> Path:
    """Copy a folder of rules, raise one price of one model in the copy, and return it."""
    copy = folder.with_name(f"{folder.name}-edited")
    shutil.copytree(folder, copy)
    for file in sorted(copy.glob("*.yaml")):
        text, count = re.subn(
            r"credits: (\d+)", lambda price: f"credits: {int(price[1]) + 1}", file.read_text("utf-8"), count=1
        )
        if count:
            file.write_text(text, "utf-8")
            return copy
    raise LookupError("no model states a price")


def measured(python: Sequence[object], old: Path, new: Path, runs: int) -> dict[str, dict[str, list[float]]]:
    """Return the CPU seconds and the peak memory in bytes of each command, run by run; `python` are the words that start one."""
    program = [*python, "-m", "imgrules"]
    commands = {
        "check": [*program, "check", new],
        "test": [*program, "test", new],
        "load": [*python, "-c", _LOAD, old, new],
        "diff": [*program, "diff", old, new, "--fail-on", "none"],
    }
    timed: dict[str, dict[str, list[float]]] = {name: {"seconds": [], "peak": []} for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            done = run(command, old.parent)
            timed[name]["seconds"].append(done.seconds)
            timed[name]["peak"].append(done.peak)
    return timed


def rows(results: Results) -> Iterator[str]:
    """Yield the table of the commands."""
    yield from ("", f"## An edit of one of {results['models']:,} models", "", "| command | CPU seconds | peak memory |")
    yield "|---|--:|--:|"
    titles = {"load": "reading and compiling both sides"}
    for name in _COMMANDS:
        timed = results["commands"][name]
        peak = mib(median(timed["peak"]))
        yield f"| {titles.get(name, f'`imgrules {name}`')} | {short(median(timed['seconds']))} | {peak} |"


def figures(results: Results) -> Iterator[Figure]:
    """Yield the cost of a comparison against that of loading both sides."""
    diff, load = (results["commands"][name]["seconds"] for name in ("diff", "load"))
    ratios = tuple(whole / part for whole, part in zip(diff, load, strict=True))
    says = f"`imgrules diff` of two sets that differ in one of {results['models']:,} models, against loading both"
    yield Figure(says, 2, ratios)
