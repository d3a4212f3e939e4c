"""`imgrules build` writes a whole table, or nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from imgrules import dumps, load, loads
from imgrules.cli.writing import files


def test_standard_output(workdir: Path, call: Callable[..., Any]) -> None:
    """Without a file, and for `-`, the table is printed."""
    expected = dumps(load(workdir / "rules").table)
    for words in ((), ("-o", "-"), ("rules",), ("--rules", "rules"), ("--format", "json")):
        assert call("build", *words) == (0, expected, "")


def test_a_file(workdir: Path, call: Callable[..., Any]) -> None:
    """The table is written, missing folders are made, and no other file is left behind."""
    code, out, err = call("build", "-o", "out/deep/table.json")
    assert (code, out) == (0, "")
    assert err.startswith("wrote out/deep/table.json: 2 models, sha256:")
    path = workdir / "out" / "deep" / "table.json"
    assert loads(path.read_bytes()) == load(workdir / "rules").table
    assert [entry.name for entry in path.parent.iterdir()] == ["table.json"]
    assert call("decide", "gpt-image-2", "--ratio", "1:1", "--quality", "low", "--rules", str(path)).code == 0


def test_a_good_table_is_never_replaced_by_a_bad_one(table_path: Path, call: Callable[..., Any]) -> None:
    """With a mistake in any file nothing is written, the earlier table stays, and the mistakes are reported."""
    before = table_path.read_bytes()
    (table_path.parent / "rules" / "gpt-image-2.yaml").write_text("name: [", encoding="utf-8")
    code, out, err = call("build", "-o", "table.json")
    assert (code, out) == (1, "")
    assert "rules/gpt-image-2.yaml:1:" in err
    assert table_path.read_bytes() == before
    assert call("build", "-o", "new.json").code == 1
    assert not (table_path.parent / "new.json").exists()
    assert call("build").out == ""


def test_warnings_are_counted_and_do_not_stop(workdir: Path, call: Callable[..., Any]) -> None:
    """A table of rules with warnings is written, and only their number goes to standard error."""
    path = workdir / "rules" / "nano-banana-2.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('["16:9",', "[16:9,"), encoding="utf-8")
    code, out, err = call("build")
    assert code == 0
    assert loads(out) == load().table
    assert err == "3 files checked, 8 examples run: 1 warning; `imgrules check` shows the warnings\n"


def test_an_existing_file_keeps_its_mode(table_path: Path, call: Callable[..., Any]) -> None:
    """A table that is replaced keeps its permissions."""
    table_path.chmod(0o640)
    table_path.write_text("", encoding="utf-8")
    assert call("build", "-o", str(table_path)).code == 0
    assert table_path.stat().st_mode & 0o777 == 0o640
    assert loads(table_path.read_bytes()) == load().table


@pytest.mark.parametrize("target", ["rules", "table.json/x"])
def test_where_nothing_can_be_written(table_path: Path, call: Callable[..., Any], target: str) -> None:
    """A folder, or a path below a file, as target gives exit code 2 with the given name, and leaves nothing behind."""
    before = sorted(path.name for path in table_path.parent.rglob("*"))
    code, out, err = call("build", "-o", target)
    assert (code, out) == (2, "")
    assert target.split("/", maxsplit=1)[0] in err
    assert f".{target}." not in err
    assert sorted(path.name for path in table_path.parent.rglob("*")) == before


def test_a_table_cannot_be_built_from_a_table(table_path: Path, call: Callable[..., Any]) -> None:
    """A compiled table in place of a folder gives exit code 2."""
    code, out, err = call("build", str(table_path))
    assert (code, out) == (2, "")
    assert "cannot be read as a folder of rules" in err


def names_in(folder: Path) -> list[str]:
    """Return the names of everything in a folder."""
    return sorted(path.name for path in folder.iterdir())


SIGNALLED = """
import os, signal, sys
from imgrules.cli import main
from imgrules.cli.writing import files
when, number = sys.argv[1], signal.Signals(int(sys.argv[2]))
real = os.fsync
calls = []
def fsync(handle):
    calls.append(handle)
    if len(calls) == {"before": 1, "after": 2}[when]:
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)
    real(handle)
os.fsync = fsync
sys.exit(main.main(["build", "-o", "table.json"]))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_signal_leaves_nothing_behind(table_path: Path, when: str, number: signal.Signals) -> None:
    """A process that is ended while it writes leaves the old table or the new one, and no other file."""
    table_path.write_text(table_path.read_text("utf-8") + "\n", "utf-8")
    before, names = table_path.read_bytes(), names_in(table_path.parent)
    words = [sys.executable, "-c", SIGNALLED, when, str(int(number))]
    # Whoever runs the tests may ignore it, as `nohup` and a shell's background do; what is ignored is inherited.
    usual = partial(signal.signal, number, signal.SIG_DFL)
    process = subprocess.run(words, cwd=table_path.parent, capture_output=True, check=False, timeout=60, preexec_fn=usual)
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    assert b"Traceback" not in process.stderr
    assert names_in(table_path.parent) == names
    assert (table_path.read_bytes() == before) is (when == "before")
    assert loads(table_path.read_bytes()) == load().table


def test_a_signal_that_is_ignored_stays_so(table_path: Path) -> None:
    """A signal that is ignored, as under `nohup`, does not end the program."""
    words = ["/bin/sh", "-c", f'trap "" HUP; exec {sys.executable} -c "$0" after {int(signal.SIGHUP)}', SIGNALLED]
    assert subprocess.run(words, cwd=table_path.parent, capture_output=True, check=False, timeout=60).returncode == 0


def test_what_handles_signals_does_so_afterwards(table_path: Path, call: Callable[..., Any]) -> None:
    """A program that calls a command has its own signal handlers afterwards."""
    before = [signal.getsignal(number) for number in files.ENDING]
    assert call("build", "-o", str(table_path)).code == 0
    assert [signal.getsignal(number) for number in files.ENDING] == before


def test_the_disk_has_a_table_before_it_has_its_name(
    table_path: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is synced before it is renamed, and the folder afterwards: a power failure leaves the old or the new table."""
    events: list[str] = []
    fsync, rename = os.fsync, Path.replace

    def record_sync(handle: int) -> None:
        events.append("sync folder" if Path(f"/dev/fd/{handle}").is_dir() else "sync file")
        fsync(handle)

    def record_rename(path: Path, target: Path) -> Path:
        events.append("rename")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", record_sync)
    monkeypatch.setattr(Path, "replace", record_rename)
    assert call("build", "-o", str(table_path)).code == 0
    assert events == ["sync file", "rename", "sync folder"]


def test_a_failing_disk_leaves_the_old_table(
    table_path: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk cannot be written, the message names the file that was asked for, and nothing is left behind."""
    before, names = table_path.read_bytes(), names_in(table_path.parent)

    def failing_fsync(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", failing_fsync)
    assert call("build", "-o", "table.json") == (2, "", "imgrules: table.json: Input/output error\n")
    assert (table_path.read_bytes(), names_in(table_path.parent)) == (before, names)


def test_more_than_half_of_the_models_would_go(table_path: Path, call: Callable[..., Any]) -> None:
    """A table that would lose more than half of its models is not replaced without `--allow-fewer`."""
    shared = table_path.parent / "rules"
    (shared / "_shared.yaml").write_text(
        (shared / "_shared.yaml").read_text("utf-8").replace("order: [", "order: []  # "), "utf-8"
    )
    before = table_path.read_bytes()
    (shared / "nano-banana-2.yaml").rename(table_path.parent / "nano-banana-2.yaml")
    assert call("build", "-o", "table.json").code == 0, "half of them is not more than half"
    table_path.write_bytes(before)
    (shared / "gpt-image-2.yaml").rename(shared / "gpt-image-3.yaml")
    code, out, err = call("build", "-o", "table.json")
    assert (code, out) == (1, "")
    assert err == (
        "imgrules: 2 of 2 models of table.json would be removed: `nano-banana-2`, `gpt-image-2`; "
        "nothing is written; use `--allow-fewer` to replace it\n"
    )
    assert table_path.read_bytes() == before
    assert call("build").code == 0
    assert call("build", "-o", "new.json").code == 0
    assert call("build", "-o", "table.json", "--allow-fewer").code == 0
    assert list(loads(table_path.read_bytes()).models) == ["gpt-image-3"]


def test_many_models_that_would_go_are_counted(workdir: Path, call: Callable[..., Any]) -> None:
    """Of many removed models a few are named; models of a table of another format count as well."""
    models = [{"id": f"old-{number}"} for number in range(20)]
    earlier = {"format": 1, "digest": "", "table": {"models": models}}
    (workdir / "table.json").write_text(json.dumps(earlier), "utf-8")
    code, _, err = call("build", "-o", "table.json")
    assert code == 1
    assert "20 of 20 models of table.json would be removed: `old-0`, " in err
    assert "`old-7` and 12 more; nothing is written" in err


@pytest.mark.parametrize("text", ["# notes\n", "{}", "[1]", '"format"', "[" * 100_000, '{"format": 3}', "\ud800"], ids=range(7))
def test_what_is_no_table_is_never_replaced(workdir: Path, call: Callable[..., Any], text: str) -> None:
    """A file that is no table is never replaced, since the given name is most likely a typo."""
    raw = text.encode("utf-8", "surrogatepass")
    for name in ("notes.md", "rules/gpt-image-2.yaml"):
        path = workdir / name
        if name == "notes.md":
            path.write_bytes(raw)
        before = path.read_bytes()
        for more in ((), ("--allow-fewer",)):
            code, out, err = call("build", "-o", name, *more)
            assert (code, out) == (2, "")
            assert err == f"imgrules: {name} is not a compiled table, so it is not replaced; delete it, or name another file\n"
            assert path.read_bytes() == before
    assert call("build", "-o", "link.json").code == 0


def test_a_link_to_a_table(table_path: Path, call: Callable[..., Any]) -> None:
    """The table that a link points to is replaced, and the link stays a link."""
    (table_path.parent / "current.json").symlink_to("table.json")
    assert call("build", "-o", "current.json").code == 0
    assert (table_path.parent / "current.json").is_symlink()
    assert not table_path.is_symlink()


def test_a_pipe_is_written_into(workdir: Path) -> None:
    """A target that is no regular file, such as /dev/stdout, gets the table."""
    words = f"{sys.executable} -m imgrules build -o /dev/stdout | cat"
    process = subprocess.run(["/bin/sh", "-c", words], cwd=workdir, capture_output=True, check=False, timeout=60)
    assert process.stdout.decode() == dumps(load().table)
    assert process.stderr.startswith(b"wrote /dev/stdout: 2 models")


def test_reports_as_json(workdir: Path, call: Callable[..., Any]) -> None:
    """With `--format json`, what was written goes to standard output, and mistakes go to standard error."""
    code, out, err = call("build", "-o", "table.json", "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {"written": "table.json", "models": 2, "digest": load().digest}
    (workdir / "rules" / "gpt-image-2.yaml").write_text("name: [", "utf-8")
    code, out, err = call("build", "-o", "table.json", "--format", "json")
    assert (code, out) == (1, "")
    assert json.loads(err)["errors"] > 0
