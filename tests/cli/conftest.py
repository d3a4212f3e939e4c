"""The program in a process of its own, and its main function in this process, which is faster."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from imgrules import dumps, load
from imgrules.cli.main import main
from tests.packaged import copied

ROOT = Path(__file__).parents[2]


class CommandResult(NamedTuple):
    """The exit code of a command, and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start every test without settings for colour and encoding, with a fixed width, and with the package on the path."""
    for name in ("NO_COLOR", "FORCE_COLOR", "PYTHONUTF8", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def workdir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Change to a new folder with a copy of the packaged rules as rules/, and return the folder."""
    copied(tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def table_path(workdir: Path) -> Path:
    """Return the path of the packaged rules as a compiled table."""
    path = workdir / "table.json"
    path.write_text(dumps(load(workdir / "rules").table), encoding="utf-8")
    return path


WIDE = """
name: Wide
type: image
provider: studio
model: wide-1
aliases: {wide-preview: "2027-01-01"}
badges: [{text: Hot, until: "2026-12-24"}]
options:
  ratio: {values: {"16:9": {aliases: [broad]}, "1:1": {}}, snap: nearest}
  quality:
    values:
      low: {credits: 2}
      old: {credits: 3, until: "2026-12-01", use: low}
      high: {credits: 8, gate: member, promotion: {credits: 5, from: "2026-11-01", until: "2027-01-01"}}
  outputs: {send: extra_config.count, number: {min: 1, max: 4}, default: 1}
  guidance: {send: extra_config.guidance, number: {min: 1, max: 5, step: 0.5}, optional: true}
  references: {send: extra_config.images, list: {max: 2}, optional: true, aliases: [images]}
  seed: {send: extra_config.seed, number: {min: 0}, optional: true}
gates: [{when: {outputs: {min: 3}}, gate: member, until: "2027-03-01"}]
limits: [{when: {quality: low}, ignores: seed, because: drafts are never seeded}]
examples: [{select: {ratio: "1:1", quality: low}, at: "2026-11-22", expect: {status: allowed, credits: 2}}]
"""
"""A model with numbers, lists, dates and aliases, which the packaged models do not have."""


@pytest.fixture
def wide_table(workdir: Path) -> Path:
    """Return the path of a table of the packaged rules and one more model, with many kinds of options."""
    (workdir / "rules" / "wide.yaml").write_text(WIDE, encoding="utf-8")
    path = workdir / "wide.json"
    path.write_text(dumps(load(workdir / "rules").table), encoding="utf-8")
    return path


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., CommandResult]:
    """Return a function that runs a command in this process."""

    def run(*words: str) -> CommandResult:
        capsys.readouterr()
        try:
            code = main(list(words))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        return CommandResult(code, *capsys.readouterr())

    return run


@pytest.fixture
def program() -> Callable[..., subprocess.CompletedProcess[Any]]:
    """Return a function that runs the program in a process of its own."""

    def run(
        *words: str | bytes, env: Mapping[str, str] | None = None, flags: tuple[str, ...] = (), **more: Any
    ) -> subprocess.CompletedProcess[Any]:
        command = [sys.executable, *flags, "-m", "imgrules", *words]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL} | more
        return subprocess.run(command, env=os.environ | dict(env or {}), check=False, timeout=60, **streams)

    return run
