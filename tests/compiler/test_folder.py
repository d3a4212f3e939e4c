"""A folder is read as it was at one moment, or refused."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from imgrules import load
from imgrules.compiler.build import build, read_shared
from imgrules.compiler.read import folder as folders
from imgrules.compiler.read.folder import MOST_READS, RuleFile, read_file, read_folder
from imgrules.errors import RulesError
from tests.packaged import copied

RULES = Path(__file__).parents[2] / "rules"
HOUR = 3600 * 10**9


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Return a copy of the packaged rules."""
    return copied(tmp_path / "rules")


def names(files: list[RuleFile]) -> list[str]:
    """Return the names of files."""
    return [file.path.name for file in files]


def test_the_order_of_files(rules: Path) -> None:
    """Files about all models come first, model files follow by name, and other files are ignored."""
    (rules / "_messages.yaml").write_text("language: 1", "utf-8")
    for name in (".hidden.yaml", "notes.md", "_draft.yaml", "_shared.yaml.bak", "x.YAML"):
        (rules / name).write_text("", "utf-8")
    files = read_folder(rules)
    assert names(files) == ["_shared.yaml", "_messages.yaml", "gpt-image-2.yaml", "nano-banana-2.yaml", "x.YAML"]
    assert files[2] == RuleFile(rules / "gpt-image-2.yaml", (RULES / "gpt-image-2.yaml").read_bytes())


# What a writer may do to one file of a folder between two snapshots.


def in_place(path: Path) -> None:
    """Truncate a file and write it."""
    path.write_text("name: new", "utf-8")


def as_long_as_before(path: Path) -> None:
    """Write a file in place with the same size and modification time, as `rsync --times` does."""
    seen = path.stat()
    path.write_bytes(b"#" * seen.st_size)
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def renamed(path: Path) -> None:
    """Write a new file and rename it over the old one, as careful editors do."""
    other = path.with_suffix(".tmp")
    other.write_text("name: new", "utf-8")
    other.replace(path)


def checked_out(path: Path) -> None:
    """Delete a file and create it again, as `git checkout` does."""
    path.unlink()
    path.write_text("name: new", "utf-8")


def deleted(path: Path) -> None:
    """Delete a file."""
    path.unlink()


def added(path: Path) -> None:
    """Add a file."""
    path.with_stem("new").write_text("name: new", "utf-8")


def folder_replaced(path: Path) -> None:
    """Replace the whole folder by renaming another one, as deployments do."""
    whole = path.parent
    shutil.copytree(whole, whole.with_name("other"))
    (whole.with_name("other") / path.name).write_text("name: new", "utf-8")
    shutil.rmtree(whole)
    whole.with_name("other").rename(whole)


CHANGES = [in_place, as_long_as_before, renamed, checked_out, deleted, added, folder_replaced]


def change_before_snapshot(number: int, change: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Make a change before the snapshot with this number (0: before each), and return a list that grows with each snapshot."""
    snapshots: list[int] = []
    snapshot = folders._snapshot

    def counted_snapshot(folder: Path) -> Any:
        snapshots.append(len(snapshots) + 1)
        if snapshots[-1] == number or number == 0:
            change()
        return snapshot(folder)

    monkeypatch.setattr(folders, "_snapshot", counted_snapshot)
    return snapshots


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_between_two_looks(rules: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that changed while it was read is read again, and the result is the new state of all files."""
    snapshots = change_before_snapshot(2, lambda: change(rules / "gpt-image-2.yaml"), monkeypatch)
    files = read_folder(rules)
    assert snapshots == [1, 2, 3]
    assert {file.path: file.raw for file in files} == {path: path.read_bytes() for path in rules.glob("*.yaml")}


def test_a_folder_that_is_gone_for_a_moment(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is missing for a moment is read when it is back: a deployment removes the old one before it adds the new one."""
    away = rules.with_name("away")
    snapshots = change_before_snapshot(2, lambda: rules.rename(away), monkeypatch)
    read_when_quiet = folders._read_when_quiet

    def read_after_return(seen: Any, within: Path | None) -> Any:
        if away.exists():
            away.rename(rules)
        return read_when_quiet(seen, within)

    monkeypatch.setattr(folders, "_read_when_quiet", read_after_return)
    assert len(read_folder(rules)) == 3
    assert len(snapshots) > 2


def test_a_folder_that_never_rests(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that changes during every read is refused after `MOST_READS` of them, and the message says what to do."""
    count = iter(range(100))
    snapshots = change_before_snapshot(
        0, lambda: (rules / "nano-banana-2.yaml").write_text(f"name: {next(count)}", "utf-8") and None, monkeypatch
    )
    for call in (lambda: read_folder(rules), lambda: build(rules), lambda: load(rules)):
        snapshots.clear()
        with pytest.raises(RulesError, match="changes while it is read; try again when no program writes to it"):
            call()
        assert len(snapshots) == MOST_READS + 1


def test_contents_that_differ_at_a_second_reading(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recently changed files are read twice, since their times may be too coarse: a half-written file is never accepted."""
    whole = folders.bytes_of
    halves = iter([True])
    monkeypatch.setattr(folders, "bytes_of", lambda path: whole(path)[: 50 if next(halves, False) else None])
    assert [file.raw for file in read_folder(rules)] == [file.path.read_bytes() for file in read_folder(rules)]
    halves = iter([True])
    assert read_file(rules / "_shared.yaml").raw == (rules / "_shared.yaml").read_bytes()


def test_a_quiet_folder_costs_one_look_more(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing was written lately, each file is read once between two snapshots, without a wait."""
    calls: list[str] = []
    read_bytes, file_state, now = folders.bytes_of, folders.file_state, time.time_ns()

    def record_read(path: Path) -> bytes:
        calls.append("read")
        return read_bytes(path)

    def record_state(path: Path, *, is_link: bool = False) -> Any:
        calls.append("look")
        return file_state(path, is_link=is_link)

    monkeypatch.setattr(folders, "bytes_of", record_read)
    monkeypatch.setattr(folders, "file_state", record_state)
    monkeypatch.setattr("imgrules.compiler.read.folder.time.time_ns", lambda: now + HOUR)
    monkeypatch.setattr("imgrules.compiler.read.folder.time.sleep", lambda seconds: calls.append(f"wait {seconds}"))
    assert len(read_folder(rules)) == 3
    assert calls == [*["look"] * 4, "wait 0", *["read"] * 3, *["look"] * 4]


@pytest.mark.parametrize(
    ("age", "whole", "wait"),
    [
        *[(0, False, 50), (20, False, 30), (60, False, 0), (-20, False, 50), (10**6, False, 0), (-(10**9), False, 50)],
        *[(500, True, 50), (1999, True, 50), (2001, True, 0)],
    ],
)
def test_how_long_is_waited(age: int, whole: bool, wait: int, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001  a case
    """A folder must have been unchanged for `QUIET`; times of whole seconds are too coarse to show that."""
    monkeypatch.setattr(folders, "QUIET", 0.05)
    changed = 1_700_000_000 * 10**9 + (0 if whole else 1)
    assert folders._wait(changed + age * 10**6, changed) == pytest.approx(wait / 1000)


WRITER = """
import os, shutil, sys, time
from pathlib import Path
from tests.packaged import copied

kind, home, seconds, rest = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
folder, spare = home / "rules", home / "spare"
names = ["_shared", *(f"model-{each}" for each in range(7))]
ended = last = time.monotonic()

def step():
    # Where this process itself was stopped in the middle, the disk held a mixture for so long.
    global last
    now = time.monotonic()
    if now - last > rest / 2:
        print(last, now, flush=True)
    last = now

def text(version):
    return f"version: {version}\\n" + 400 * f"# {version} and more of it\\n"

def in_place(path, version):
    with path.open("w") as file:
        file.write(text(version)[:5000]); file.flush(); step()
        file.write(text(version)[5000:])

def renamed(path, version):
    other = path.with_suffix(".tmp")
    other.write_text(text(version)); step()
    other.replace(path)

def checked_out(path, version):
    path.unlink(missing_ok=True); step()
    path.write_text(text(version))

def times_kept(path, version):
    path.write_text(text(version)); step()
    os.utime(path, (10**9, 10**9))

def write(version):
    if kind == "folder_swapped":
        for name in names:
            (spare / f"{name}.yaml").write_text(text(version))
        global last
        last = time.monotonic()
        folder.rename(home / "old"); step()
        spare.rename(folder); step()
        (home / "old").rename(spare)
        return
    if kind == "emptied":
        for name in names:
            (folder / f"{name}.yaml").unlink(); step()
    for name in names:
        {"emptied": checked_out}.get(kind, globals().get(kind))(folder / f"{name}.yaml", version); step()

version = 0
while time.monotonic() - ended < seconds:
    version += 1
    last = time.monotonic()
    write(version)
    # Now and then without a pause, and now and then with one that is long enough to be read in.
    time.sleep((0, 0.01, 0.08, 0.14)[version % 4])
"""
KINDS = ["in_place", "renamed", "checked_out", "times_kept", "emptied", "folder_swapped"]


def loads_while_written(home: Path, seconds: float) -> Iterator[tuple[float, float, list[RuleFile] | None]]:
    """Yield the start, the end and the files of each load while a writer works; None in place of the files where it was refused."""
    while seconds > 0:
        begun = time.monotonic()
        try:
            files = read_folder(home / "rules")
        except RulesError:
            files = None
        ended = time.monotonic()
        seconds -= ended - begun
        yield begun, ended, files


def is_one_version(files: list[RuleFile]) -> bool:
    """Whether all files are complete and of one version."""
    return len(files) == 8 and len({file.raw for file in files}) == 1 and files[0].raw.count(b"\n") == 401


@pytest.mark.parametrize("kind", KINDS)
def test_a_mixture_is_never_accepted(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another process keeps writing all files, each load is of one version or is refused.

    A writer that the machine stops for as long as a folder has to rest cannot be detected, so such stalls are left out.
    """
    monkeypatch.setattr(folders, "QUIET", 0.05)
    for folder in ("rules", "spare"):
        (tmp_path / folder).mkdir()
        for name in ("_shared", *(f"model-{number}" for number in range(7))):
            (tmp_path / folder / f"{name}.yaml").write_text("version: 0\n" + 400 * "#\n", "utf-8")
    words = [sys.executable, "-c", WRITER, kind, str(tmp_path), "0.5", str(folders.QUIET)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as writer:
        loads = list(loads_while_written(tmp_path, 0.6))
        stalls = [tuple(map(float, line.split())) for line in writer.communicate(timeout=60)[0].splitlines()]
    assert writer.returncode == 0
    mixtures = [(begun, ended) for begun, ended, files in loads if files is not None and not is_one_version(files)]
    assert [read for read in mixtures if not any(start < read[1] and read[0] < end for start, end in stalls)] == []
    assert is_one_version(read_folder(tmp_path / "rules"))


@pytest.mark.parametrize(
    ("name", "target", "code", "message"),
    [
        ("nano.yaml", "../elsewhere.yaml", "IR305", "this link leaves the folder: it points to `../elsewhere.yaml`"),
        (
            "nano.yaml",
            "/nowhere/at/all.yaml",
            "IR305",
            "this link leaves the folder: it points to `/nowhere/at/all.yaml`",
        ),
        ("_shared.yaml", "../elsewhere.yaml", "IR305", "this link leaves the folder: it points to `../elsewhere.yaml`"),
        ("nano.yaml", "gone.yaml", "IR001", "this link is broken: it points to `gone.yaml`"),
        ("nano.yaml", "nano.yaml", "IR001", "the file cannot be read: Too many levels of symbolic links"),
        ("nano.yaml", "\x1b[31m\u202e", "IR001", "this link is broken: it points to `\\u001b[31m\\u202e`"),
        ("nano.yaml", "sub", "IR001", "this is not a regular file"),
    ],
)
def test_a_link_that_is_refused(rules: Path, name: str, target: str, code: str, message: str) -> None:
    """A link out of the folder, to nothing, to itself or to a folder is one error at its file."""
    (rules / "sub").mkdir()
    shutil.copy(rules / "_shared.yaml", rules.parent / "elsewhere.yaml")
    (rules / name).unlink(missing_ok=True)
    (rules / name).symlink_to(target)
    built = build(rules)
    assert [
        (Path(diagnostic.spot.file).name, diagnostic.code.id, diagnostic.message) for diagnostic in built.report.errors
    ] == [(name, code, message)]
    assert all(diagnostic.hint for diagnostic in built.report.errors)
    with pytest.raises(RulesError, match=code):
        load(rules)


def test_a_link_within_the_folder(rules: Path) -> None:
    """Links to other files of the folder are followed, also through a hidden folder, as Kubernetes mounts a config map."""
    (rules / "..2026").mkdir()
    (rules / "..data").symlink_to("..2026")
    for path in list(rules.glob("*.yaml")):
        path.rename(rules / "..2026" / path.name)
        path.symlink_to(Path("..data", path.name))
    assert load(rules) == load(RULES)
    whole = rules.with_name("linked")
    whole.symlink_to(rules)
    assert load(whole) == load(RULES)


def test_links_of_a_build_system(rules: Path, tmp_path: Path) -> None:
    """With `follow_links`, links that lead out of the folder are followed, as build systems need it."""
    linked = tmp_path / "sandbox"
    linked.mkdir()
    for path in rules.glob("*.yaml"):
        (linked / path.name).symlink_to(path)
    assert {diagnostic.code.id for diagnostic in build(linked).report.errors} >= {"IR305"}
    assert load(linked, follow_links=True) == load(RULES)
    with pytest.raises(RulesError, match="follow_links=True"):
        load(linked)
    with pytest.raises(RulesError, match="mistakes"):
        read_shared(linked / "_shared.yaml")
    (linked / "zero.yaml").symlink_to("/dev/zero")
    assert [diagnostic.message for diagnostic in build(linked, follow_links=True).report.errors] == [
        "this is not a regular file"
    ]


def test_what_is_no_file_is_not_opened(rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe, a socket and a folder are errors, and none is opened: reading a pipe would wait for ever."""
    os.mkfifo(rules / "pipe.yaml")
    (rules / "folder.yaml").mkdir()
    monkeypatch.chdir(rules)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.yaml")
        built = build(rules)
    errors = [(Path(diagnostic.spot.file).name, diagnostic.code.id, diagnostic.message) for diagnostic in built.report.errors]
    assert errors == [(f"{stem}.yaml", "IR001", "this is not a regular file") for stem in ("folder", "pipe", "socket")]
    assert built.table is not None
    assert tmp_path.exists()


def test_a_pipe_that_takes_the_place_of_a_file(rules: Path) -> None:
    """A pipe that replaces a file just before it is read is read as empty, without waiting for a writer."""
    os.mkfifo(rules / "pipe.yaml")
    assert folders.bytes_of(rules / "pipe.yaml") == b""
