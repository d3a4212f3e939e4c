"""What docs/editors.md shows is what the commands print, and its settings can be read."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from pathlib import Path

import pytest

from imgrules.cli.checking.check_targets import Target
from imgrules.cli.checking.watch import Watch
from imgrules.cli.main import main
from tests.packaged import copied_with_contract

PAGE = (Path(__file__).parents[2] / "docs" / "editors.md").read_text("utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", PAGE)


def test_the_command_prints_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In an empty folder, `init` writes the files that the page lists, and the line that it shows."""
    monkeypatch.chdir(tmp_path)
    (block,), (line,) = _blocks("console"), _blocks("yaml")
    words, _, printed = block.removeprefix("$ imgrules ").partition("\n")
    assert main(shlex.split(words)) == 0
    assert capsys.readouterr().out == printed
    assert (tmp_path / "rules" / "flux-2.yaml").read_text("utf-8").startswith(line)


def test_the_watched_report_is_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder with the packaged rules, the report after the edit of the page is the one that it shows, after the time."""
    file = copied_with_contract(tmp_path / "rules") / "gpt-image-2.yaml"
    monkeypatch.chdir(tmp_path)
    args = argparse.Namespace(follow_links=False, at="2026-12-01", format="text", color="never", against=None)
    reports = Watch(args, Target(Path("rules"))).rounds()
    next(reports)
    text = file.read_text("utf-8")
    file.write_text(text.replace("Standard, credits: 8}", "Standard, credits: 9}"), encoding="utf-8")
    (block,) = _blocks("text")
    assert next(reports).partition(" ")[2].strip() == block.strip()


def test_the_settings_can_be_read() -> None:
    """The settings of VS Code are JSON, and only those that the page explains."""
    recommended, settings = (json.loads(block) for block in _blocks("json"))
    assert recommended == {"recommendations": ["redhat.vscode-yaml"]}
    assert all(f"`{name}`" in PAGE for name in settings)
