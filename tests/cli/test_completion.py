"""`imgrules completion` prints a script for a shell, where its extra is installed."""

from __future__ import annotations

import os
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


def test_without_the_extra(program: Callable[..., Any], tmp_path: Path) -> None:
    """Without the extra the exit code is 2, and the message says what to install."""
    (tmp_path / "shtab.py").write_text("raise ImportError(name='shtab')\n", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), os.environ["PYTHONPATH"]])
    process = program("completion", "bash", env={"PYTHONPATH": path}, cwd=tmp_path)
    assert (process.returncode, process.stdout) == (2, b"")
    assert process.stderr == b'imgrules: shell completion needs its extra: pip install "imgrules[completion]"\n'
