"""`imgrules check` says every mistake with its place, and its exit code says whether there is one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GOOD = "3 files checked, 8 examples run: no mistakes\n"


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that is there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("words", [(), ("rules",), ("--rules", "rules")])
def test_sound_rules(here: Path, call: Callable[..., Any], words: tuple[str, ...]) -> None:
    """Sound rules are one line and exit code 0, however the folder is given."""
    assert here.is_dir()
    assert call("check", *words) == (0, GOOD, "")
    assert call("check", *words, "--fail-on", "warning").code == 0


def test_the_packaged_rules_are_checked_where_there_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Callable[..., Any]
) -> None:
    """Without rules/ here the packaged rules are checked, and that is said."""
    monkeypatch.chdir(tmp_path)
    code, out, err = call("check")
    assert (code, out) == (0, GOOD)
    assert "these are the packaged rules" in err


def test_a_mistake_in_each_format(here: Path, call: Callable[..., Any]) -> None:
    """A mistake is shown with code, place, excerpt and help; in one line; or as JSON; always with exit code 1."""
    edit(here / "rules" / "gpt-image-2.yaml", "gate: member}\nexamples", "gate: members}\nexamples")
    code, out, err = call("check")
    assert (code, err) == (1, "")
    assert out.startswith("error[IR201]: ")
    assert "--> rules/gpt-image-2.yaml:14:49\n" in out
    assert "14 |       high: {label: Premium, credits: 20, gate: members}\n" in out
    assert "^^^^^^^" in out
    assert out.splitlines()[-1].startswith("3 files checked, ")
    assert out.splitlines()[-1].endswith(" run: 1 error")
    code, out, err = call("check", "--format", "concise")
    assert (code, err) == (1, "")
    assert out.startswith("rules/gpt-image-2.yaml:14:49: error[IR201] there is no gate `members`")
    code, out, err = call("check", "--format", "json")
    assert (code, err) == (1, "")
    document = json.loads(out)
    assert (document["files"], document["schema_version"]) == (3, 1)
    first = document["diagnostics"][0]
    assert (first["code"], first["line"], first["column"], first["end_column"]) == ("IR201", 14, 49, 56)
    assert document["errors"] == sum(each["severity"] == "error" for each in document["diagnostics"])


def test_a_warning_fails_on_request_only(here: Path, call: Callable[..., Any]) -> None:
    """A warning is shown and passes; `--fail-on warning` makes it fail."""
    edit(here / "rules" / "nano-banana-2.yaml", 'values: ["16:9",', "values: [16:9,")
    code, out, _ = call("check")
    assert code == 0
    assert out.startswith("warning[")
    assert "1 warning" in out.splitlines()[-1]
    assert call("check", "--fail-on", "warning").code == 1


def test_all_mistakes_of_all_files_in_their_order(here: Path, call: Callable[..., Any]) -> None:
    """One run names the mistakes of every file, the shared one first, each file from top to bottom."""
    edit(here / "rules" / "_shared.yaml", "icon: member", "icno: member")
    edit(here / "rules" / "gpt-image-2.yaml", "credits: 5}", "credit: 5}")
    edit(here / "rules" / "gpt-image-2.yaml", "provider: azure_openai", "provider: 5")
    (here / "rules" / "nano-banana-2.yaml").write_bytes(b"\xff")
    _, out, _ = call("check", "--format", "concise")
    places = [tuple(line.split(":")[:2]) for line in out.splitlines()[:-1]]
    files = ["rules/_shared.yaml", "rules/gpt-image-2.yaml", "rules/nano-banana-2.yaml"]
    assert places == sorted(places, key=lambda each: (files.index(each[0]), int(each[1])))
    assert {each[0] for each in places} == set(files)


@pytest.mark.parametrize("command", ["check", "build", "catalog"])
def test_nothing_to_do_is_no_green_run(here: Path, call: Callable[..., Any], command: str) -> None:
    """A folder without rule files, a missing one, and a file in place of a folder are exit code 2."""
    (here / "empty").mkdir()
    (here / "empty" / "notes.txt").write_text("x", encoding="utf-8")
    for place in ("empty", "missing", "empty/notes.txt"):
        code, out, err = call(command, "--rules", place)
        assert (code, out) == (2, ""), place
        assert err.startswith("imgrules: ")
        assert place.split("/", maxsplit=1)[0] in err


def test_what_is_no_readable_file_is_a_located_mistake(here: Path, call: Callable[..., Any]) -> None:
    """A folder, a dangling link, a link to itself and a file of another ending are named, and nothing else suffers."""
    (here / "rules" / "folder.yaml").mkdir()
    (here / "rules" / "dangling.yaml").symlink_to("nowhere")
    (here / "rules" / "ring.yaml").symlink_to("ring.yaml")
    (here / "rules" / "other.yml").write_text("name: x", encoding="utf-8")
    code, out, err = call("check", "--format", "concise")
    assert (code, err) == (1, "")
    for name in ("folder.yaml", "dangling.yaml", "ring.yaml", "other.yml"):
        assert f"rules/{name}:1:1: error[" in out
    assert call("decide", "gpt-image-2", "--ratio", "1:1", "--quality", "low").code == 0


def test_files_that_are_not_rules_are_left_alone(here: Path, call: Callable[..., Any]) -> None:
    """Hidden files, other endings and names that begin with an underscore are no models."""
    for name in (".hidden.yaml", "notes.md", "_draft.yaml"):
        (here / "rules" / name).write_text("[", encoding="utf-8")
    assert call("check") == (0, GOOD, "")


def test_what_is_stale_by_a_moment(here: Path, call: Callable[..., Any]) -> None:
    """`--at` is the day by which a source is too old; without it, that is today."""
    edit(here / "rules" / "_shared.yaml", "language: 1\n", "language: 1\nstale_after: 30\n")
    source = 'source: {url: "https://example.com", checked: "2026-11-01"}\noptions:'
    edit(here / "rules" / "gpt-image-2.yaml", "options:", source)
    assert call("check", "--at", "2026-11-20") == (0, GOOD, "")
    code, out, _ = call("check", "--at", "2027-06-01", "--format", "concise")
    assert code == 0
    assert "rules/gpt-image-2.yaml:6:" in out
    assert "1 warning" in out.splitlines()[-1]
    edit(here / "rules" / "gpt-image-2.yaml", "2026-11-01", "2020-01-01")
    assert "1 warning" in call("check").out
