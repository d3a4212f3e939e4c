"""The benchmark's own virtual environment: the peers at their pinned versions, and imgrules as a wheel of this checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.reasons import reason

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Environment:
    """The interpreter of the peers, the installed versions, and why other packages failed."""

    python: Path
    versions: dict[str, str]
    failed: dict[str, str]


def environment(say: Say) -> Environment:
    """Return the environment, made again if the requirements or the interpreter changed; imgrules is always rebuilt."""
    folder = HERE / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = folder / "made-from.json"
    made_from = {"python": sys.version, "requirements": REQUIREMENTS.read_text(encoding="utf-8")}
    if not (stamp.is_file() and json.loads(stamp.read_text(encoding="utf-8"))["made_from"] == made_from):
        say("making bench/.venv")
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        failed = _install_peers(python, say)
        stamp.write_text(json.dumps({"made_from": made_from, "failed": failed}), encoding="utf-8")
    say("building and installing imgrules from this checkout")
    reason = _pip(python, "--no-build-isolation", "--no-deps", "--force-reinstall", str(ROOT))
    if reason is not None:
        raise SystemExit(f"imgrules cannot be installed: {reason}")
    return Environment(python, _versions(python), json.loads(stamp.read_text(encoding="utf-8"))["failed"])


def _install_peers(python: Path, say: Say) -> dict[str, str]:
    """Install every requirement, or one by one if that fails; return the reason of each that failed."""
    say("installing the peers")
    if _pip(python, "-r", str(REQUIREMENTS)) is None:
        return {}
    reasons = {}
    for wanted in pinned():
        say(f"installing {wanted} by itself")
        reason = _pip(python, wanted)
        if reason is not None:
            reasons[wanted.partition("==")[0]] = reason
    return reasons


def pinned() -> list[str]:
    """Return the pinned requirements, one text each."""
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _pip(python: Path, *words: str) -> str | None:
    """Install with pip; return None, or the last line of its error."""
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return None
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    return reason(errors[-1]) if errors else "pip failed"


def _versions(python: Path) -> dict[str, str]:
    code = "import json; from importlib.metadata import distributions as d; print(json.dumps({e.name: e.version for e in d()}))"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    versions: dict[str, str] = json.loads(done.stdout)
    return dict(sorted(versions.items()))
