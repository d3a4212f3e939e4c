"""`imgrules check --fix` makes the certain fixes where they are, and leaves and names the rest."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imgrules.cli.writing import rewriting
from imgrules.compiler.fixes import fix
from imgrules.compiler.fixes.edits import apply

pytestmark = pytest.mark.usefixtures("workdir")

NANO, GPT = "rules/nano-banana-2.yaml", "rules/gpt-image-2.yaml"


def unquoted(name: str) -> str:
    """Take the quotes from two ratios of a file, which is a warning with a certain fix, and return its text from before."""
    path = Path(name)
    before = path.read_text("utf-8")
    after = re.sub(r'values: \["(\d+:\d+)", "(\d+:\d+)", ', r"values: [\1, \2, ", before)
    assert after != before
    path.write_text(after, "utf-8")
    return before


def test_files_are_fixed_and_named(call: Callable[..., Any]) -> None:
    """Files are written, named with the number of places, and not changed by a second run."""
    before = {name: unquoted(name) for name in (NANO, GPT)}
    code, out, err = call("check", "--fix")
    assert (code, err) == (0, "")
    fixed = f"fixed {GPT}: 1 place (IR030)\nfixed {NANO}: 1 place (IR030)\n"
    assert out == fixed + "\n3 files checked, 8 examples run: no mistakes\n"
    assert {name: Path(name).read_text("utf-8") for name in (NANO, GPT)} == before
    assert call("check", "--fix") == (0, "3 files checked, 8 examples run: no mistakes\n", "")


def test_only_named_files_are_fixed(call: Callable[..., Any]) -> None:
    """With the name of a file, no other file is written."""
    unquoted(NANO)
    unquoted(GPT)
    other = Path(NANO).read_bytes()
    assert call("check", "--fix", GPT).out.startswith(f"fixed {GPT}: 1 place (IR030)\n\n1 file checked")
    assert Path(NANO).read_bytes() == other


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_mark_stay(call: Callable[..., Any], end: str, mark: str) -> None:
    """Line ends, a byte-order mark and permissions are those of the file before."""
    right = mark + unquoted(NANO).replace("\n", end)
    path = Path(NANO)
    path.write_bytes((mark + path.read_text("utf-8").replace("\n", end)).encode("utf-8"))
    path.chmod(0o640)
    assert call("check", "--fix").code == 0
    assert path.read_bytes().decode("utf-8") == right
    assert path.stat().st_mode & 0o777 == 0o640
    assert [*path.parent.glob(".*")] == []


def test_a_file_that_may_not_be_written_stays(call: Callable[..., Any]) -> None:
    """A file without the permission to write is named, and no other file is written before it is found."""
    unquoted(GPT)
    unquoted(NANO)
    wrong = {name: Path(name).read_bytes() for name in (GPT, NANO)}
    Path(NANO).chmod(0o444)
    code, out, err = call("check", "--fix")
    assert (code, out) == (2, "")
    assert err == f"imgrules: {NANO} may not be written: nothing is changed; allow it with `chmod u+w`, and try again\n"
    assert {name: Path(name).read_bytes() for name in wrong} == wrong


def test_a_diff_writes_nothing(call: Callable[..., Any]) -> None:
    """`--diff` prints what `patch` reads, and nothing else; the exit code is that of the files as they are."""
    right = unquoted(GPT)
    wrong = Path(GPT).read_bytes()
    code, out, err = call("check", "--diff")
    assert (code, err) == (0, f"would fix {GPT}: 1 place (IR030)\n")
    assert Path(GPT).read_bytes() == wrong
    assert call("check", "--diff", "--fix", "--fail-on", "warning").code == 1
    subprocess.run(["patch", "-p0", "-s"], input=out.encode("utf-8"), check=True)  # noqa: S607  the one on the path
    assert Path(GPT).read_text("utf-8") == right


def test_a_diff_of_a_file_without_a_last_line_end(call: Callable[..., Any]) -> None:
    """A last line without a line end is marked as such."""
    Path("rules/x.yaml").write_bytes(b"name: n")
    out = call("check", "--diff", "rules/x.yaml").out
    assert '-name: n\n\\ No newline at end of file\n+name: "n"\n\\ No newline at end of file\n' in out


def test_json_says_what_was_fixed(call: Callable[..., Any]) -> None:
    """JSON holds the files with the number of places of each code, and the diff if nothing was written."""
    unquoted(GPT)
    assert json.loads(call("check", "--format", "json").out)["corrections"] is None
    shown = json.loads(call("check", "--diff", "--format", "json").out)["corrections"]
    assert (shown["written"], shown["files"][0]["diff"][:4]) == (False, "--- ")
    assert json.loads(call("check", "--fix", "--format", "json").out)["corrections"] == {
        "written": True,
        "files": [{"file": GPT, "places": {"IR030": 1}, "diff": None}],
        "kept": [],
        "left": [],
        "more": False,
    }


def test_what_is_not_certain_stays(call: Callable[..., Any]) -> None:
    """A word that is not certain is reported with its help and not changed, unless unsafe fixes are asked for; slips are."""
    unquoted(GPT)
    path = Path(GPT)
    before = path.read_text("utf-8")
    path.write_text(before.replace("label: Basic, credits", "lable: Basic, price"), "utf-8")
    code, out, _ = call("check", "--fix", "--format", "concise")
    assert code == 1
    assert out.startswith(f"fixed {GPT}: 2 places (IR030, IR101)\n{GPT}:11:27: error[IR101] unknown key `price` (did you mean")
    assert "{label: Basic, price: 5}" in path.read_text("utf-8")
    shown = call("check", "--unsafe-fixes")
    assert (shown.code, "+      low: {label: Basic, credits: 5}" in shown.out) == (1, True)
    assert "{label: Basic, price: 5}" in path.read_text("utf-8")
    assert call("check", "--fix", "--unsafe-fixes").code == 0
    assert "{label: Basic, credits: 5}" in path.read_text("utf-8")


@pytest.mark.parametrize("broken", ["name: [", "name: Nano\nnot_a_key: 1\n"], ids=["unreadable", "more errors"])
def test_a_file_that_would_be_worse_is_kept(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    """A file that could not be read after its fixes, or would have more errors, is kept as it was and named."""
    unquoted(GPT)
    wrong = Path(GPT).read_bytes()
    monkeypatch.setattr(fix, "apply", lambda *_: broken)
    code, out, _ = call("check", "--fix")
    assert (code, out.splitlines()[0]) == (0, f"kept {GPT}: it would be worse after its fixes")
    assert Path(GPT).read_bytes() == wrong


def test_a_file_with_a_failing_check_is_kept(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that can be read after its fixes, but fails more checks, is kept; fixes of other files are made."""
    right = unquoted(NANO)
    unquoted(GPT)
    wrong = Path(GPT).read_bytes()
    real = apply
    monkeypatch.setattr(fix, "apply", lambda text, edits: real(text, edits).replace("credits: 20, gate", "credits: 21, gate"))
    code, out, _ = call("check", "--fix")
    assert (code, out.splitlines()[:2]) == (
        0,
        [f"fixed {NANO}: 1 place (IR030)", f"kept {GPT}: it would be worse after its fixes"],
    )
    assert (Path(GPT).read_bytes(), Path(NANO).read_text("utf-8")) == (wrong, right)


def test_a_file_that_changes_meanwhile_is_not_overwritten(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """What another program wrote since the rules were read stays."""
    unquoted(GPT)
    real = fix.fixed

    def fixed_slowly(*args: Any, **named: Any) -> fix.Fixes:
        fixes = real(*args, **named)
        Path(GPT).write_text("name: other\n", "utf-8")
        return fixes

    monkeypatch.setattr(fix, "fixed", fixed_slowly)
    code, _, err = call("check", "--fix")
    assert (code, err) == (2, f"imgrules: {GPT} changed while it was fixed; try again when no program writes to it\n")
    assert Path(GPT).read_text("utf-8") == "name: other\n"


def test_a_file_that_cannot_be_written(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be written ends the run with 2, and stays as it was."""
    unquoted(GPT)
    wrong = Path(GPT).read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, os.strerror(28), GPT)

    monkeypatch.setattr(rewriting, "write", full)
    assert call("check", "--fix") == (2, "", f"imgrules: {GPT}: {os.strerror(28)}\n")
    assert Path(GPT).read_bytes() == wrong


def test_the_cap_of_rounds_is_said(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Fixes that are left after the last round are made by the next run."""
    unquoted(GPT)
    monkeypatch.setattr(fix, "MOST_ROUNDS", 0)
    assert "there is more to fix; run `imgrules check --fix` again\n" in call("check", "--fix").out


def test_a_link_is_written_through(call: Callable[..., Any]) -> None:
    """A link in the folder stays a link, and its target is fixed."""
    right = unquoted(GPT)
    Path(GPT).rename("rules/_gpt.txt")
    Path(GPT).symlink_to("_gpt.txt")
    assert call("check", "--fix").code == 0
    assert Path(GPT).is_symlink()
    assert Path("rules/_gpt.txt").read_text("utf-8") == right
