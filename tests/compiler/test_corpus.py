"""
Every mistake of the corpus is reported exactly as its expected report says, after little work, and with a hint.

Where a case has no shared file it gets that of the repository, except for the code about it.
`--update-reports` writes the reports anew, in one process (without `-n`); read them in the diff.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from imgrules.cli.printing.style import Style
from imgrules.cli.render import text
from imgrules.compiler.build import Build, build, build_files, build_texts
from imgrules.compiler.codes import ALL
from imgrules.compiler.parsed_file import parse_bytes
from tests.corpus_cases import CASES, CORPUS, Case, of_page, written
from tests.packaged import shared_text
from tests.work import lines_run

RULES = CORPUS.parents[1] / "rules"
VALID = sorted(CORPUS.glob("valid/*.yaml"))

TODAY = "2026-11-22T00:00:00Z"
"""The moment of every check, which decides what has ended or is stale."""

MOST_LINES = 2_500_000
"""The maximum number of lines of the compiler that run for one case: 50,000 values need 1.8 million, about a second."""

SMALL = 1_000
"""The bytes of files whose work is not counted."""

KEPT = {"IR254", "IR279", "IR301", "IR401"}
"""The errors that leave their model in the table."""

NO_SHARED = "IR303"
"""The one code whose cases are about a missing shared file."""

TOO_LARGE_TO_KEEP: Mapping[str, bytes] = {
    "IR003/2-mib": b"# " + b"x" * 2**21,
    "IR003/100-kb-of-brackets": b"[" * 100_000,
    "IR003/100-kb-of-dashes": b"- " * 50_000,
    "IR003/50-001-values": b"values: [" + b"1," * 50_000 + b"]\n",
    "IR003/65-kib-text": b'name: "' + b"x" * (65 * 2**10) + b'"\n',
    "IR003/1-mib-of-words": b"values:\n" + b"  - a word\n" * 95_000,
}
"""The rule file `nano.yaml` of cases that are too large to keep as files."""

LINKS: Mapping[str, str] = {"IR305/out-of-the-folder": "../drafts/nano.yaml"}
"""The target of the link `nano.yaml` in cases about links."""


def _files(case: Case) -> dict[str, bytes]:
    """Return the files of a case by name, with the shared one of the repository where it has none."""
    files = dict(case.files)
    if "_shared.yaml" not in files and case.code != NO_SHARED:
        files["_shared.yaml"] = shared_text().encode()
    return files | ({"nano.yaml": TOO_LARGE_TO_KEEP[case.id]} if case.id in TOO_LARGE_TO_KEEP else {})


_parsed = lru_cache(maxsize=8)(parse_bytes)
"""Parses a file; most cases have the same shared one."""


def _build_case(case: Case, folders: pytest.TempPathFactory) -> tuple[Build, int]:
    """Build a case, and return how many lines ran for it, or 0."""
    builds: list[Build] = []
    if _is_about_the_folder(case):
        folder = folders.mktemp("case") / "case"
        _write_case(case, folder)
        with contextlib.chdir(folder):
            lines = _count(case)(lambda: builds.append(build(Path(), today=TODAY)))
    else:
        files = [_parsed(name.removesuffix(".yaml"), name, raw) for name, raw in sorted(_files(case).items())]
        lines = _count(case)(lambda: builds.append(build_files(files, today=TODAY)))
    return builds[0], lines


def _is_about_the_folder(case: Case) -> bool:
    """Whether the mistake of a case is found when its files are read: the others are built without a disk."""
    plain = case.home.suffix == ".md" and all(re.fullmatch(r"[^/]+\.yaml", name) for name in case.files)
    plain = plain and not any(b"contract:" in raw for raw in case.files.values())
    return not plain or (case.code or "").startswith("IR3") or case.id in TOO_LARGE_TO_KEEP


def _write_case(case: Case, folder: Path) -> None:
    folder.mkdir()
    for name, raw in _files(case).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(raw)
    if case.id in LINKS:
        (folder / "nano.yaml").symlink_to(LINKS[case.id])


def _count(case: Case) -> Callable[[Callable[[], object]], int]:
    """Return what counts the lines that run for a case."""
    # Where coverage is measured nothing is counted: only one of the two can watch. The work of small files, of which none
    # needs a fortieth of the maximum, is counted where it grows, in `test_growth.py` and `test_work.py`.
    small = sum(map(len, _files(case).values())) - len(shared_text()) < SMALL
    return _uncounted if small or sys.gettrace() is not None else lines_run


def _uncounted(action: Callable[[], object]) -> int:
    action()
    return 0


def _rendered(built: Build) -> str:
    return text.render(built.report, Style(io.StringIO(), "never"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> None:
    """The report of a case is as expected, needs little work, has hints, and leaves out only models with errors."""
    built, lines = _build_case(case, tmp_path_factory)
    assert lines < MOST_LINES
    rendered = _rendered(built)
    if pytestconfig.getoption("--update-reports"):
        case.write(rendered)
    assert rendered == case.report or pytestconfig.getoption("--update-reports")
    diagnostics = built.report.diagnostics
    if case.code is None:
        assert len(built.report.errors) == 1
    else:
        assert case.code in {diagnostic.code.id for diagnostic in diagnostics}
    assert [diagnostic.message for diagnostic in diagnostics if not diagnostic.hint] == []
    _assert_broken_models_left_out(case, built)
    _assert_fixes_can_be_read(case, built)


def _assert_broken_models_left_out(case: Case, built: Build) -> None:
    """A model is in the table exactly when its file has no error, and there is no table when a shared file has one.

    Codes of `KEPT` leave their model in: an edit of one model must not remove another, and a failing example removes none.
    """
    broken = {Path(diagnostic.spot.file).name for diagnostic in built.report.errors if diagnostic.code.id not in KEPT}
    names = {name for name in {*_files(case), *(["nano.yaml"] if case.id in LINKS else [])} if "/" not in name}
    stems = {name[:-5] for name in names - broken if name.endswith(".yaml")} - {"_shared", "_messages"}
    sound = {built.ids.get(stem, stem) for stem in stems}
    shared = {"_shared.yaml", "_messages.yaml"} & broken
    assert (None if built.table is None else set(built.table.models)) == (None if shared else sound)


def _assert_fixes_can_be_read(case: Case, built: Build) -> None:
    """A file with the fix of a diagnostic applied can be read, and no longer has that diagnostic."""
    texts = {Path(name).stem: raw for name, raw in _files(case).items() if name.endswith(".yaml")}
    for diagnostic in (diagnostic for diagnostic in built.report.diagnostics if diagnostic.fix is not None):
        stem = Path(diagnostic.spot.file).stem
        text = texts[stem].decode("utf-8-sig")
        repaired = text[: diagnostic.spot.span.start] + (diagnostic.fix or "") + text[diagnostic.spot.span.end :]
        report = build_texts(
            {name: raw.decode("utf-8") for name, raw in texts.items()} | {stem: repaired}, TODAY, contracts=case.contract
        ).report
        remaining = {
            (other.code.id, other.message) for other in report.diagnostics if other.spot.start == diagnostic.spot.start
        }
        assert (diagnostic.code.id, diagnostic.message) not in remaining
        assert "IR004" not in {other.code.id for other in report.diagnostics}, repaired


def test_every_code_has_a_case() -> None:
    """Every code has a case, and every case has an existing code."""
    assert {case.code for case in CASES} - {None} == {code.id for code in ALL}


def test_every_page_and_folder_is_read() -> None:
    """Every heading and every folder of the corpus is read as a case."""
    headings = sum(page.read_text("utf-8").count("\n## ") for page in CORPUS.glob("*.md"))
    folders = {path.parent for path in CORPUS.glob("IR*/*/*")}
    assert len(CASES) == headings + len(folders)
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize("report", ["error: x\n", "```\nerror\n```\n"])
def test_a_report_is_written_where_the_old_one_stands(tmp_path: Path, report: str) -> None:
    """Writing a report changes its own case alone, and the report is read as it was written."""
    page = tmp_path / "IR999.md"
    body = "".join(
        f"\n## {name}\n\n{written('yaml nano.yaml', 'a: 1' + chr(10))}\n{written('text', 'old' + chr(10))}"
        for name in ("a", "b", "c")
    )
    page.write_text(f"# IR999\n{body}", "utf-8")
    first, second, third = of_page(page)
    second.write(report)
    assert [*of_page(page)] == [first, replace(second, report=report), third]


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid(path: Path, tmp_path: Path) -> None:
    """A valid model file is in the table, and has no errors."""
    shutil.copy(path, tmp_path)
    (tmp_path / "_shared.yaml").write_text(shared_text(), "utf-8")
    built = build(tmp_path)
    assert built.report.errors == (), _rendered(built)
    assert built.table is not None
    assert list(built.table.models) == [path.stem]
