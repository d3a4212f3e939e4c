"""Which rules a command uses where none are named, and what it says about that."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.packaged import copied

RULES = Path(__file__).parents[2] / "rules"
PICK = ("gpt-image-2", "--ratio", "1:1", "--quality", "low")
JUDGE = [("check",), ("build",), ("init", "flux-2")]
ANSWER = [("decide", *PICK), ("emit", *PICK, "--prompt", "x", "--language", "en"), ("catalog",), ("calendar",)]
NEED_NONE = [("explain", "IR201"), ("schema", "-o", "made"), ("init", "--list"), ("completion", "bash"), ("--help",)]


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Return a folder with a repository, which has rules at its top and in one part, and a folder outside of it without rules."""
    for place in ("repo/rules", "repo/part/rules", "repo/part/deep/er", "repo/bare", "outside"):
        (tmp_path / place).mkdir(parents=True)
    (tmp_path / "repo" / ".git").mkdir()
    for place in ("repo/rules", "repo/part/rules"):
        copied(tmp_path / place)
    return tmp_path


@pytest.mark.parametrize(
    "case",
    [
        ("repo", "rules/", None),
        ("repo/rules", "", "this folder"),
        ("repo/part", "rules/", None),
        ("repo/part/deep", "../rules/", "`../rules`"),
        ("repo/part/deep/er", "../../rules/", "`../../rules`"),
        ("repo/bare", "../rules/", "`../rules`"),
    ],
)
def test_the_nearest_rules_are_taken(
    folders: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, case: tuple[str, str, str | None]
) -> None:
    """The current folder comes first, then its rules/, then the same for each folder above; any folder but ./rules is named."""
    place, prefix, origin = case
    for file in folders.rglob("gpt-image-2.yaml"):
        file.write_text(file.read_text("utf-8").replace("gate: member}", "gate: members}"), "utf-8")
    monkeypatch.chdir(folders / place)
    expected = "" if origin is None else f"imgrules: using the rules in {origin}\n"
    code, out, err = call("check", "--format", "concise")
    assert (code, err) == (1, expected)
    assert out.startswith(f"{prefix}gpt-image-2.yaml:13:49: ")
    assert call("build").err.startswith(expected)
    assert call("catalog").err.startswith(expected)


@pytest.mark.parametrize("words", ANSWER, ids=lambda words: words[0])
def test_an_answer_comes_from_the_packaged_rules_where_there_are_none(
    folders: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Commands that only answer fall back to the packaged rules, and say so."""
    monkeypatch.chdir(folders / "outside")
    code, out, err = call(*words)
    assert (code, err) == (0, "imgrules: there are no rules here or in a folder above, so the packaged rules are used\n")
    assert out


@pytest.mark.parametrize("words", JUDGE, ids=lambda words: words[0])
def test_what_judges_or_writes_never_falls_back(
    folders: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Without rules the exit code is 2, and the message says what was searched for, where, and what to type."""
    shutil.rmtree(folders / "repo" / "rules")
    shutil.rmtree(folders / "repo" / "part" / "rules")
    monkeypatch.chdir(folders / "repo" / "part" / "deep")
    (folders / "rules").mkdir()
    before = sorted(folders.rglob("*"))
    code, out, err = call(*words)
    assert (code, out) == (2, "")
    assert f"neither `_shared.yaml` nor `rules/` in {folders / 'repo/part/deep'}" in err
    assert f"nor in the folders above it up to {folders / 'repo'};" in err
    assert f"as in `imgrules {words[0]}" in err
    assert "begin with `imgrules init MODEL --rules rules`" in err
    assert sorted(folders.rglob("*")) == before
    assert call("init", "flux-2", "--rules", "rules").code == 0
    assert "blank" in call("init", "other").out


@pytest.mark.parametrize("words", NEED_NONE, ids=lambda words: words[0])
def test_what_needs_no_rules(
    folders: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Commands that need no rules work without any, and say nothing about rules."""
    monkeypatch.chdir(folders / "outside")
    assert call(*words)[::2] == (0, "")


def test_the_search_ends_at_a_repository(folders: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules above the first folder that holds `.git`, which may be a file, are not used."""
    copied(folders / "rules")
    (folders / "outside" / ".git").write_text("gitdir: elsewhere", "utf-8")
    (folders / "outside" / "in").mkdir()
    for place in ("outside", "outside/in"):
        monkeypatch.chdir(folders / place)
        assert call("check").code == 2
    (folders / "outside" / ".git").unlink()
    assert call("check").code == 0


def test_init_writes_where_check_looks(folders: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A new model is written to the rules that are found, from inside of them and from another folder of the repository."""
    monkeypatch.chdir(folders / "repo" / "rules")
    assert "wrote inside.yaml\n" in call("init", "inside").out
    monkeypatch.chdir(folders / "repo" / "bare")
    result = call("init", "below")
    assert "wrote ../rules/below.yaml\n" in result.out
    assert "`imgrules check ../rules`" in result.out
    assert {"inside.yaml", "below.yaml"} < {path.name for path in (folders / "repo" / "rules").iterdir()}


def test_a_place_that_is_given_is_not_searched_for(
    folders: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A named folder that does not exist gives exit code 2, and no folder above is searched."""
    monkeypatch.chdir(folders / "repo" / "bare")
    for words in (("check", "rules"), ("check", "--rules", "rules"), ("build", "rules"), ("catalog", "--rules", "rules")):
        assert call(*words).code == 2
