"""Every example of the README is run, and its two commands are those of `.ci/run`."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from imgrules import dumps
from imgrules.cli.main import main
from imgrules.compiler.build import build_texts
from tests.folders import PACKAGED
from tests.packaged import copied_with_contract, shared_text

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    """Return the fenced blocks of one kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def sessions() -> list[tuple[str, str]]:
    """Return every command of the console blocks with what it prints."""
    parts = [re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:] for block in blocks("console")]
    return [(command, output) for part in parts for command, output in zip(part[::2], part[1::2], strict=True)]


EDITS = {
    "imgrules check": [("gate: member}", "gate: members}")],
    "imgrules diff table.json rules": [("Basic, credits: 5}", "Basic, credits: 6}"), (", gate: member}\n", "}\n")],
}
"""The edits of a rule file that the README describes before a command."""


def edit_as_described(command: str, folder: Path) -> None:
    """Make the edits that the README describes before a command."""
    file = folder / "rules" / "gpt-image-2.yaml"
    for old, new in EDITS.get(command, []):
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the rules and a table, in which the commands of the README run."""
    copied_with_contract(tmp_path / "rules")
    (tmp_path / "table.json").write_text(dumps(PACKAGED), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("command", "output"), sessions())
def test_a_console_example_prints_what_it_says(
    command: str, output: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command of the README prints exactly the output that is shown."""
    edit_as_described(command, folder)
    program, *words = shlex.split(command)
    assert program == "imgrules"
    monkeypatch.chdir(folder)
    main(words)
    assert "".join(capsys.readouterr()) == output


@pytest.mark.parametrize("code", blocks("python"))
def test_a_python_example_holds(code: str) -> None:
    """Each Python block runs, with its assertions."""
    assert "assert" in code
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102  the example is ours, and this test is what runs it


def test_the_rule_file_is_shown_as_it_is() -> None:
    """The first YAML block is exactly the packaged file."""
    assert blocks("yaml")[0] == (ROOT / "rules" / "gpt-image-2.yaml").read_text(encoding="utf-8")


def test_the_other_rule_file_checks_clean() -> None:
    """The second YAML block is a valid model file, whose examples hold."""
    report = build_texts({"_shared": shared_text(), "canvas": blocks("yaml")[1]}).report
    assert (report.diagnostics, report.examples) == ((), 3)


def test_the_test_command_is_what_ci_runs() -> None:
    """The commands that the README gives for the tests are in `.ci/run`."""
    first, second = (block.strip() for block in blocks("sh"))
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert second.replace("python3 -m venv", '"$python" -m venv') in script
    assert first.split("&& ")[-1].removeprefix(".venv/bin/") in script


def test_every_law_is_named() -> None:
    """The table of laws lists exactly the files of tests/laws."""
    promised = README[README.index("## What is promised") : README.index("## How fast it is")]
    named = set(re.findall(r"^\| ([a-z -]+) \| ", promised, re.MULTILINE)) - {"law"}
    assert named == {path.stem.removeprefix("test_").replace("_", " ") for path in ROOT.glob("tests/laws/test_*.py")} - {
        "order free"
    } | {"order-free"}


def test_figures_are_those_of_the_benchmark() -> None:
    """Every figure, and the day and interpreter of the measurement, is in the output of the benchmark."""
    output = (ROOT / "bench" / "results" / "table.md").read_text(encoding="utf-8")
    section = README[README.index("## How fast it is") :]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    assert len(rows) > 10
    assert [row for row in rows if row not in output.splitlines()] == []
    large = section[section.index("With 10,000 models") :].splitlines()[0]
    cells = {cell.strip() for line in output.splitlines() for cell in line.split("|")}
    assert [
        figure for figure in re.findall(r"\d+(?:\.\d+)?(?=[ ;.,])", large.replace("10,000", "")) if figure not in cells
    ] == []
    day, python = re.search(r"on (\S+) with (CPython \S+);", section).groups()  # type: ignore[union-attr]
    assert f"{day}, {python}," in output
