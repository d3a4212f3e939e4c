"""The program starts quickly, ends without tracebacks, and proposes what was probably meant."""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imgrules import __version__
from imgrules.cli.main import COMMANDS

SLOW = {"yaml", "pydantic", "pydantic_core"}
PICK = ("gpt-image-2", "--ratio", "1:1", "--quality", "low")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(call: Callable[..., Any], command: str) -> None:
    """Help is printed to standard output, with an example of every command."""
    code, out, err = call(command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"usage: imgrules {command}")
    assert f"\n  imgrules {command}" in out


@pytest.mark.parametrize("words", [("--version",), ("check", "nowhere"), ("check",)])
def test_the_collector_works_afterwards(call: Callable[..., Any], words: tuple[str, ...]) -> None:
    """After a command, garbage collection is enabled again."""
    call(*words)
    assert gc.isenabled()


def test_help_lists_every_command(call: Callable[..., Any]) -> None:
    """The help of the program lists each command once, with its line, and says where to begin."""
    code, out, err = call("--help")
    assert (code, err) == (0, "")
    lists, _, begin = out.partition("\nBegin with:\n")
    assert sorted(re.findall(r"(?m)^  (\w+) +(.*)$", lists)) == sorted(COMMANDS.items())
    assert all(line.split()[1] in COMMANDS for line in begin.splitlines() if line.startswith("  "))


def test_no_command_is_no_run(call: Callable[..., Any]) -> None:
    """Without a command the help goes to standard error, with exit code 2."""
    code, out, err = call()
    assert (code, out) == (2, "")
    assert "usage: imgrules" in err


def test_version(call: Callable[..., Any]) -> None:
    """The version names the program and the rule language."""
    assert call("--version") == (0, f"imgrules {__version__} (rule language 1)\n", "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("chek",), "did you mean `check`?"),
        (("catalogue",), "did you mean `catalog`?"),
        (("decide", "gpt-image-2", "--ration", "1:1"), "did you mean `--ratio`?"),
        (("catalog", "--grants", "member"), "did you mean `--grant`?"),
        (("check", "--format", "jsn"), "did you mean `json`?"),
        (("check", "--formt=json"), "did you mean `--format`?"),
        (("decide", "gpt-image-2", "--set", "tier", "flex"), "did you mean `--set tier=flex`?"),
        (("catalog", "--fact", "plan", "free"), "did you mean `--fact plan=free`?"),
        (("catalog", "--set", "plan=free"), "did you mean `--fact plan=free`?"),
        (("catalog", "plan=free"), "did you mean `--fact plan=free`?"),
        (("zzz",), "invalid choice: 'zzz'"),
        (("decide", "a", "b"), "unrecognized arguments: b"),
        (("--nothing",), "unrecognized arguments: --nothing"),
        (("decide", "a", "--ratio"), "expected one argument"),
        (("decide", "a", "--rat", "1:1"), "unrecognized arguments: --rat"),
    ],
)
def test_a_slip_in_the_arguments(call: Callable[..., Any], words: tuple[str, ...], message: str) -> None:
    """A wrong command, option or choice gives exit code 2, and a message with what was probably meant."""
    code, out, err = call(*words)
    assert (code, out) == (2, "")
    assert message in err
    assert err.startswith("usage: imgrules")


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("--version",),
        ("decide", "--help"),
        ("decide", *PICK, "--rules", "table.json"),
        ("emit", *PICK, "--prompt", "x", "--language", "en", "--rules", "table.json"),
        ("catalog", "--rules", "table.json"),
        ("calendar", "--rules", "table.json"),
        ("explain", "messages"),
        ("init", "--list"),
    ],
    ids=" ".join,
)
def test_what_needs_no_compiler_loads_none(table_path: Path, words: tuple[str, ...]) -> None:
    """Help, lists and answers from a table load neither YAML nor pydantic."""
    code = (
        "import sys\nfrom imgrules.cli.main import main\n"
        "try: code = main(sys.argv[1:])\nexcept SystemExit as end: code = end.code\n"
        "print('\\n' + ' '.join(sys.modules)); sys.exit(code)"
    )
    process = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=table_path.parent, capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(process.stdout.splitlines()[-1].split())
    assert "imgrules" in loaded
    assert loaded.isdisjoint(SLOW)
    assert not [module for module in loaded if module.startswith("imgrules.compiler")]


@pytest.mark.parametrize(("words", "code"), [(("check",), 0), (("decide", "gpt-image-2", "--ratio", "9:9"), 1), (("no",), 2)])
def test_a_process_says_all_before_it_ends(workdir: Path, call: Callable[..., Any], words: tuple[str, ...], code: int) -> None:
    """All output arrives in a pipe, although the process ends without cleaning up."""
    command = [sys.executable, "-m", "imgrules", *words]
    process = subprocess.run(command, cwd=workdir, capture_output=True, text=True, check=False, timeout=60)
    in_process = call(*words)
    assert (process.returncode, process.stdout, process.stderr) == (code, in_process.out, in_process.err)
    assert in_process.code == code


def test_a_profiler_has_its_say(workdir: Path) -> None:
    """A process under a profiler ends normally, so that the profile is printed."""
    words = [sys.executable, "-m", "cProfile", "-m", "imgrules", "explain", "messages"]
    process = subprocess.run(words, cwd=workdir, capture_output=True, text=True, check=True, timeout=60)
    assert "not_offered" in process.stdout
    assert "function calls" in process.stdout


ENDING = """
import atexit, sys
import imgrules.cli.main as program
def main():
    sys.stdout.write("out")
    sys.stderr.write("err")
    {}
    return 3
atexit.register(print, "end")
program.main = main
program.run()
"""


@pytest.mark.parametrize(
    ("last", "out"),
    [
        ("pass", "out"),
        ("sys.setprofile(lambda *_: None)", "outend\n"),
        ("sys.settrace(lambda *_: None)", "outend\n"),
        ("sys.stdout.close()", "out"),
        ("sys.stdout.flush(); sys.stdout = open('/dev/full', 'w'); print('lost')", "out"),
    ],
)
def test_a_process_ends_at_once(last: str, out: str) -> None:
    """Output is flushed, output that cannot be written does not change the exit code, and exit handlers run only under a profiler or tracer."""
    words = [sys.executable, "-c", ENDING.format(last)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    process = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60, env=environment)
    assert (process.returncode, process.stdout, process.stderr) == (3, out, "err")


def test_plugins_of_pydantic_stay_out(program: Callable[..., Any], workdir: Path, tmp_path: Path) -> None:
    """A command loads no plugin of pydantic that is installed beside it: none is about the classes of a rule file."""
    plugin = tmp_path / "plugin"
    (plugin / "loud-1.dist-info").mkdir(parents=True)
    (plugin / "loud-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: loud\nVersion: 1\n", encoding="utf-8")
    (plugin / "loud-1.dist-info" / "entry_points.txt").write_text("[pydantic]\nloud = loud:plugin\n", encoding="utf-8")
    (plugin / "loud.py").write_text("raise SystemExit('a plugin was loaded')\n", encoding="utf-8")
    where = os.pathsep.join(filter(None, (str(plugin), os.environ.get("PYTHONPATH"))))
    process = program("check", env={"PYTHONPATH": where}, cwd=workdir, text=True)
    assert (process.returncode, process.stderr) == (0, "")


def test_rules_here_come_before_the_packaged_ones(workdir: Path, call: Callable[..., Any]) -> None:
    """rules/ in the current folder is used by default, and `--rules` names another folder."""
    other = workdir / "rules" / "gpt-image-2.yaml"
    other.write_text(other.read_text(encoding="utf-8").replace("credits: 5", "credits: 6"), encoding="utf-8")
    (workdir / "copy").mkdir()
    assert "6 credits" in call("decide", *PICK).out
    for stem in ("_shared", "gpt-image-2", "nano-banana-2"):
        text = (workdir / "rules" / f"{stem}.yaml").read_text(encoding="utf-8").replace("credits: 6", "credits: 7")
        (workdir / "copy" / f"{stem}.yaml").write_text(text, encoding="utf-8")
    assert "7 credits" in call("decide", *PICK, "--rules", "copy").out


def test_rules_from_a_table(table_path: Path, call: Callable[..., Any]) -> None:
    """A compiled table gives the answers of its folder; one that was changed gives exit code 2."""
    assert "5 credits" in call("decide", *PICK, "--rules", "table.json").out
    table_path.write_text(table_path.read_text(encoding="utf-8").replace('"credits":5', '"credits":1'), encoding="utf-8")
    code, out, err = call("decide", *PICK, "--rules", "table.json")
    assert (code, out) == (2, "")
    assert "changed after it was built" in err


@pytest.mark.parametrize("command", ["decide", "emit"])
def test_rules_that_are_no_rules(workdir: Path, call: Callable[..., Any], command: str) -> None:
    """A missing path, an empty folder and a rule file in place of its folder give exit code 2, and are named."""
    (workdir / "empty").mkdir()
    for place in ("missing", "empty", "rules/gpt-image-2.yaml"):
        code, out, err = call(command, *PICK, "--rules", place)
        assert (code, out) == (2, "")
        assert place in err


def test_a_reader_that_goes_away(program: Callable[..., Any], table_path: Path) -> None:
    """A closed pipe ends the program without a message, whether the reader read a line or nothing."""
    command = f"{sys.executable} -m imgrules catalog --rules table.json"
    for reader in ("head -1", "true"):
        process = subprocess.run(
            ["/bin/sh", "-c", f"{command} | {reader}"], cwd=table_path.parent, capture_output=True, check=False, timeout=60
        )
        assert process.stderr == b""
    read, write = os.pipe()
    os.close(read)
    process = program("explain", stdout=write, cwd=table_path.parent)
    os.close(write)
    assert (process.returncode, process.stderr) == (141, b"")


INTERRUPTIBLE = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("imgrules", run_name="__main__")
"""
"""The program with the usual reaction to Ctrl-C, which processes ignore that a shell started in the background."""


def test_an_interrupt_ends_quietly(workdir: Path) -> None:
    """Ctrl-C ends the program with exit code 130 and without a traceback."""
    pipe = workdir / "table.fifo"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "decide", *PICK, "--rules", str(pipe)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=workdir,
    )
    # Opening the pipe waits until the program opens it too, which is in the middle of its work. It is closed again at
    # once: a signal that comes just before the program begins to read does not wake it.
    with pipe.open("wb"):
        process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_a_mistake_of_the_program_itself(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash gives exit code 2 and its traceback, since 1 would mean that the answer is no."""

    def crash(_: object) -> int:
        raise KeyError("\x1b[31m")

    monkeypatch.setattr("imgrules.cli.explain.run", crash)
    code, out, err = call("explain")
    assert (code, out) == (2, "")
    assert err.startswith("Traceback")
    assert "\x1b" not in err
    assert err.endswith("imgrules: this is a bug in imgrules; please report it with the lines above\n")


def test_json_of_every_command(workdir: Path, call: Callable[..., Any]) -> None:
    """Every command prints a JSON document on request."""
    assert workdir.is_dir()
    for words in (
        ("check",),
        ("decide", *PICK),
        ("emit", *PICK, "--prompt", "x", "--language", "en"),
        ("catalog",),
        ("calendar",),
        ("build",),
        ("schema",),
        ("explain",),
        ("explain", "messages"),
        ("init", "--list"),
        ("init", "flux-2"),
    ):
        code, out, err = call(*words, "--format", "json")
        assert (code, err) == (0, "")
        assert json.loads(out)
