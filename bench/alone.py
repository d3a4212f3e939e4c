"""Measurements in fresh processes: starting, loading, memory, and the compiler."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).parent


class FailedError(Exception):
    """A process of a measurement failed."""


@dataclass(frozen=True)
class Run:
    """The CPU seconds of a process from start to end, its standard output, and its peak memory in bytes."""

    seconds: float
    output: str
    peak: int


def run(command: Sequence[object], folder: Path | None = None) -> Run:
    """Run a process to its end and return what it took and printed."""
    process = subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=folder
    )
    with process:
        assert process.stdout is not None  # noqa: S101  it was started with a pipe
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise FailedError(f"{Path(str(command[0])).name} ended with {process.returncode}")
    return Run(used.ru_utime + used.ru_stime, output, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def started(python: Path, peers: Sequence[str], runs: int) -> dict[str, dict[str, float]]:
    """Return CPU seconds and peak memory in bytes from process start to the first decision, interleaved, as medians."""
    commands = {name: [python, "-I", HERE / "start.py", name] for name in ("python", "harness", *peers)}
    runs_by_name: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in list(commands.items()):
            try:
                runs_by_name[name].append(run(command))
            except FailedError:
                del commands[name]
    return {name: _medians(runs_by_name[name]) for name in commands}


FIRST = (
    "import imgrules; imgrules.load().decide("
    "{'model': 'gpt-image-2', 'ratio': '1:1', 'quality': 'high', 'prompt': 'A red fox', 'language': 'en'}, frozenset({'member'}))"
)
"""The first steps of a service, without imports of the benchmark."""


_LOADED = (
    "import sys; print(', '.join(each for each in sorted(sys.modules.keys() & sys.stdlib_module_names) if each[0] != '_'))"
)


def first_decision(python: Path, runs: int) -> dict[str, list[float]]:
    """Return the CPU seconds beyond bare Python of the first decision, and of the standard library in it, run by run."""
    library = run([python, "-I", "-c", f"{FIRST}; {_LOADED}"]).output
    codes = {"bare": "pass", "library": f"import {library}", "ours": FIRST}
    timings = [{name: run([python, "-I", "-c", code]).seconds for name, code in codes.items()} for _ in range(runs)]
    return {name: [timing[name] - timing["bare"] for timing in timings] for name in ("library", "ours")}


def stepped(python: Path, case: str) -> dict[str, float]:
    """Return the CPU seconds of each step of a request."""
    by_step: dict[str, float] = json.loads(run([python, "-I", HERE / "steps.py", "--case", case, "--json"]).output)
    return by_step


def loaded(python: Path, table: Path, count: int, runs: int) -> dict[str, Any]:
    """Return the cost of loading a table, beside reading the same file as JSON, each in fresh processes."""
    read = [_load(python, table, 0) for _ in range(runs)]
    ours = [_load(python, table, count) for _ in range(runs)]
    trusted = [_load(python, table, count, "trusted") for _ in range(runs)]
    return {
        "bytes": table.stat().st_size,
        "json_seconds": [loading["seconds"] for loading in read],
        "seconds": [loading["seconds"] for loading in ours],
        "trusted_seconds": [loading["seconds"] for loading in trusted],
        "resident": median(loading["resident"] for loading in ours),
        "resident_answered": median(loading["resident_answered"] for loading in ours),
    }


def compiled(python: Path, folder: Path, table: Path, runs: int) -> dict[str, list[float]]:
    """Return the CPU seconds of reading a folder with PyYAML, of `imgrules check`, and of `imgrules build`."""
    commands = {
        "yaml": [python, "-I", HERE / "read_yaml.py", folder],
        "check": [python, "-I", "-m", "imgrules", "check", folder],
        "build": [python, "-I", "-m", "imgrules", "build", folder, "-o", table],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            seconds[name].append(run(command, folder.parent).seconds)
    return seconds


def saved(python: Path, folder: Path, runs: int) -> dict[str, list[float]]:
    """Return the CPU seconds of `imgrules check` after a file was saved, and of Python with the imports of that command."""
    file = next(path for path in sorted(folder.glob("*.yaml")) if path.stem != "_shared")
    commands = {
        "imports": [python, "-I", "-c", "import yaml; from pydantic import BaseModel"],
        "check": [python, "-I", "-m", "imgrules", "check", folder],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        file.touch()
        for name, command in commands.items():
            seconds[name].append(run(command, folder.parent).seconds)
    return seconds


def cookbook(python: Path, rounds: int) -> dict[str, Any]:
    """Return the CPU seconds of the cookbook's models, beside the packaged ones and libraries that check fields."""
    results: dict[str, Any] = json.loads(run([python, "-I", HERE / "cookbook.py", rounds]).output)
    return results


def catalogs(python: Path, places: Sequence[Path], rounds: int) -> dict[str, Any]:
    """Return the CPU seconds of the catalogs of some rule sets, by the folder or table."""
    results: dict[str, Any] = json.loads(run([python, "-I", HERE / "catalogs.py", rounds, *places]).output)
    return results


def memory(python: Path, table: Path, selections: Path) -> dict[str, int]:
    """Return the bytes of a table before and after its models have answered; a first process draws the selections."""
    command = [python, "-I", HERE / "memory.py", table, selections]
    run(command)
    results: dict[str, int] = json.loads(run(command).output)
    return results


def calls(python: Path, others: int) -> dict[str, Any]:
    """Return the calls, files and switches of a question in this checkout, which need not be installed."""
    results: dict[str, Any] = json.loads(run([python, "-m", "bench.calls", "--json", "--others", others], HERE.parent).output)
    return results


def worst(python: Path) -> dict[str, Any]:
    """Return the CPU seconds of the worst rule files and requests, beside those of the plain parser."""
    results: dict[str, Any] = json.loads(run([python, "-I", HERE / "worst.py", "--json"]).output)
    return results


def _load(python: Path, table: Path, count: int, *more: str) -> dict[str, Any]:
    loading: dict[str, Any] = json.loads(run([python, "-I", HERE / "loading.py", table, count, *more]).output)
    return loading


def _medians(runs: Sequence[Run]) -> dict[str, float]:
    return {"seconds": median(result.seconds for result in runs), "peak": median(int(result.output) for result in runs)}
