"""`imgrules completion` prints a script for a shell, where its extra is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imgrules.cli.main import COMMANDS


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_script(call: Callable[..., Any], shell: str) -> None:
    """The script knows every command and the options of each."""
    code, out, err = call("completion", shell)
    assert (code, err) == (0, "")
    assert all(name in out for name in COMMANDS)
    assert "--fail-on" in out
    assert "--ratio" in out


BASH = shutil.which("bash")
SCRIPT = """
completed() {{
  COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _shtab_imgrules; echo "${{COMPREPLY[*]}}"
}}
source ./script
{calls}
"""


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
def test_what_bash_completes(call: Callable[..., Any], workdir: Path) -> None:
    """Commands, flags, their words, files and folders are completed."""
    (workdir / "script").write_text(call("completion", "bash").out, encoding="utf-8")
    completed = {
        "imgrules di": "diff",
        "imgrules diff --fa": "--fail-on",
        "imgrules diff --format mark": "markdown",
        "imgrules test --min": "--min-coverage",
        "imgrules check --un": "--unsafe-fixes",
        "imgrules check rules/nano": "rules/nano-banana-2.yaml",
        "imgrules check --rules ru": "rules",
        "imgrules check --wa": "--watch",
        "imgrules check --watch --against ru": "rules",
        "imgrules build --output scr": "script",
        "imgrules diff HEAD ru": "rules",
    }
    script = SCRIPT.format(calls="\n".join(f"completed {words}" for words in completed))
    done = subprocess.run([str(BASH), "-c", script], cwd=workdir, capture_output=True, check=True, text=True, timeout=60)
    assert dict(zip(completed, done.stdout.splitlines(), strict=True)) == completed


def test_without_the_extra(program: Callable[..., Any], tmp_path: Path) -> None:
    """Without the extra the exit code is 2, and the message says what to install."""
    (tmp_path / "shtab.py").write_text("raise ImportError(name='shtab')\n", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), os.environ["PYTHONPATH"]])
    process = program("completion", "bash", env={"PYTHONPATH": path}, cwd=tmp_path)
    assert (process.returncode, process.stdout) == (2, b"")
    assert process.stderr == b'imgrules: shell completion needs its extra: pip install "imgrules[completion]"\n'
