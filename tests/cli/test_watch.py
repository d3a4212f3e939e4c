"""`check --watch`: a report after each save, with what the edit changes for users."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from imgrules.cli.checking.check_targets import Target
from imgrules.cli.checking.watch import Watch
from imgrules.cli.main import main
from tests.packaged import RULES, copied_with_contract


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the packaged rules beside their contract."""
    return copied_with_contract(tmp_path / "rules")


def rounds(folder: Path) -> Iterator[str]:
    """Return the reports about a folder, which wait for a change each."""
    args = argparse.Namespace(follow_links=False, at="2026-12-01", format="text", color="never", against=None)
    return Watch(args, Target(folder)).rounds()


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text in a file, as an editor does that writes a new file and renames it."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    beside = file.with_suffix(".tmp")
    beside.write_text(text.replace(old, new), encoding="utf-8")
    beside.replace(file)


def test_each_save_is_checked_and_compared_with_the_last_sound_state(folder: Path) -> None:
    """A mistake is reported; the difference is between sound states, and a failing example does not hide it."""
    reports, file = rounds(folder), folder / "gpt-image-2.yaml"
    first = next(reports)
    assert "no mistakes" in first
    assert "compared" not in first
    edit(file, "low: {label: Basic, credits: 5}", "low: {label: Basic, credits: 8}")
    raised = next(reports)
    assert "changed: gpt-image-2.yaml\n" in raised
    assert "IR401" in raised
    assert "quality low: 5 -> 8 credits (+60 %)" in raised
    edit(file, "credits: 8}", "credits: eight}")
    broken = next(reports)
    assert "IR103" in broken
    assert "compared" not in broken
    edit(file, "low: {label: Basic, credits: eight}", "low: {label: Basic, credits: 5}")
    edit(file, "medium: {label: Standard, credits: eight}", "medium: {label: Plain, credits: 8}")
    relabelled = next(reports)
    assert "no mistakes" in relabelled
    assert "Standard" in relabelled
    assert "5 -> 8" not in relabelled
    edit(file, "name: GPT-Image-2", "name: GPT-Image-2  # a comment")
    assert "nothing changes for users, compared with the last state without mistakes" in next(reports)


def test_a_contract_that_changes_is_read_again(folder: Path) -> None:
    """The contract lies outside of the folder of the rules."""
    reports = rounds(folder)
    assert "no mistakes" in next(reports)
    edit(folder.parent / "schemas" / "creation.schema.json", '"image_generation"', '"image_creation"')
    assert "no mistakes" not in next(reports)


def test_a_folder_that_goes_and_comes_back_is_waited_for(folder: Path) -> None:
    """What cannot be read is said, and the next change is reported as ever."""
    reports, away = rounds(folder), folder.with_name("away")
    next(reports)
    folder.rename(away)
    assert "cannot be read as a folder of rules" in next(reports)
    away.rename(folder)
    assert "no mistakes" in next(reports)


@pytest.mark.parametrize(
    "words",
    [["--watch", "--fix"], ["--watch", "--format", "json"], ["--against", "main"]],
    ids=" ".join,
)
def test_flags_that_do_not_go_together_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The message says what does."""
    assert main(["check", *words, str(RULES)]) == 2
    assert "--watch" in capsys.readouterr().err


def _listen_to_interrupts() -> None:
    """Undo what a shell does for a job in the background: its processes ignore Ctrl-C, and so would theirs."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_the_command_stays_until_it_is_interrupted(folder: Path) -> None:
    """A report now, one after a save, compared with `--against`; then Ctrl-C."""
    words = [sys.executable, "-m", "imgrules", "check", "--watch", "--against", str(RULES), str(folder)]
    with subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "NO_COLOR": "1"},
        preexec_fn=_listen_to_interrupts,  # noqa: PLW1509  nothing but one call to the system
    ) as process:
        assert process.stdout is not None
        lines = iter(process.stdout)
        assert next(line for line in lines if "nothing changes" in line)
        edit(
            folder / "gpt-image-2.yaml",
            "high: {label: Premium, credits: 20, gate: member}",
            "high: {label: Premium, credits: 20}",
        )
        assert next(line for line in lines if "gate" in line)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
