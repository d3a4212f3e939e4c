"""`load` returns the rules of a folder, of a table, or the packaged ones, complete or not at all."""

from __future__ import annotations

import pickle
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from imgrules import ImgrulesError, Rules, RulesError, TableError, digest, dumps, load
from imgrules.rules import packaged
from tests.packaged import copied

RULES = Path(__file__).parents[1] / "rules"
PICKED = {"model": "gpt-image-2", "ratio": "1:1", "quality": "low"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the packaged rules that a test may break."""
    return copied(tmp_path / "rules")


def test_the_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a source the packaged rules are loaded, wherever the process runs."""
    monkeypatch.chdir(tmp_path)
    assert list(load().table.models) == ["nano-banana-2", "gpt-image-2"]
    assert load().digest == load(RULES).digest


def test_a_folder_is_a_path_or_a_text(folder: Path) -> None:
    """The source may be given as a path or as a text."""
    assert load(folder) == load(str(folder)) == load()


def test_a_table_file(tmp_path: Path) -> None:
    """A table that was written is loaded as the same rules."""
    path = tmp_path / "table.json"
    path.write_text(dumps(load().table), encoding="utf-8")
    assert load(path) == load(str(path)) == load()
    assert load(path).digest == digest(load().table)


def test_an_installed_package_reads_its_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A compiled table inside the package is preferred to the folder beside it."""
    table = tmp_path / "imgrules" / "packaged" / "table.json"
    table.parent.mkdir(parents=True)
    table.write_text(dumps(load().table), encoding="utf-8")
    monkeypatch.setattr("imgrules.rules.__file__", str(tmp_path / "imgrules" / "rules.py"))
    assert packaged() == table
    assert load() == load(RULES)
    table.unlink()
    assert packaged() == tmp_path / "rules"


def test_a_broken_folder_names_every_mistake(folder: Path) -> None:
    """A folder with mistakes is not loaded, and the error has file, line and column of each."""
    for name, old, new in (("gpt-image-2", "credits: 5", "credit: 5"), ("nano-banana-2", "gate: member", "gate: members")):
        path = folder / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesError) as error:
        load(folder)
    head, *lines = str(error.value).splitlines()
    assert head == f"the rules in {folder} have mistakes:"
    places = [line.split(" ", 2)[:2] for line in lines]
    assert [f"{folder / 'gpt-image-2.yaml'}:11:27:", "IR101"] in places
    assert [f"{folder / 'nano-banana-2.yaml'}:12:18:", "IR201"] in places


@pytest.mark.parametrize("name", ["_shared.yaml", "gpt-image-2.yaml"])
def test_a_file_that_cannot_be_read_is_a_mistake_with_a_place(folder: Path, name: str) -> None:
    """A file that is no UTF-8 is reported with its line like any other mistake, also the shared file."""
    (folder / name).write_bytes(b"name: \xff\n")
    with pytest.raises(RulesError) as error:
        load(folder)
    assert f"{folder / name}:1:" in str(error.value)


def test_a_warning_is_no_mistake(folder: Path) -> None:
    """A folder with only warnings is loaded."""
    path = folder / "gpt-image-2.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"3:2", "2:3"', '3:2, "2:3"'), encoding="utf-8")
    assert load(folder) == load()


def test_no_such_path(tmp_path: Path) -> None:
    """A path that does not exist is named in the error."""
    with pytest.raises(TableError, match=r"nowhere cannot be read: No such file or directory$"):
        load(tmp_path / "nowhere")


def test_an_empty_folder_is_no_rule_set(tmp_path: Path) -> None:
    """A folder without a rule file is an error, never an empty rule set."""
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(RulesError, match="holds no model file"):
        load(tmp_path)


def test_a_file_that_is_no_table_is_named(tmp_path: Path) -> None:
    """A rule file or another text in place of a table is named in the error."""
    for name, text in (("gpt-image-2.yaml", "name: GPT-Image-2\n"), ("empty.json", ""), ("other.json", "{}")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(TableError) as error:
            load(tmp_path / name)
        assert name in str(error.value)


@pytest.mark.parametrize("source", ["", "a\0b", "\ud800"], ids=ascii)
def test_a_path_that_no_disk_holds_is_the_same_error(source: str) -> None:
    """A path that cannot exist raises an error of the package."""
    with pytest.raises(ImgrulesError):
        load(source)


def test_loading_touches_nothing(folder: Path) -> None:
    """Loading writes no file, whether it succeeds or fails."""
    before = sorted(path.name for path in folder.rglob("*"))
    load(folder)
    (folder / "gpt-image-2.yaml").write_text("name: [", encoding="utf-8")
    with pytest.raises(RulesError):
        load(folder)
    assert sorted(path.name for path in folder.rglob("*")) == before


def test_loaded_rules_do_not_follow_the_disk(folder: Path) -> None:
    """Loaded rules do not change when the folder does."""
    rules = load(folder)
    shutil.rmtree(folder)
    assert rules.decide(PICKED).credits == 5


def test_rules_are_values() -> None:
    """Rules of equal tables are equal, cannot be changed, and can be pickled."""
    rules = load()
    assert pickle.loads(pickle.dumps(rules)) == rules  # noqa: S301  the bytes were made here
    with pytest.raises(FrozenInstanceError):
        vars(type(rules))["__setattr__"](rules, "table", rules.table)


def test_one_rule_set_serves_all_threads() -> None:
    """Many threads get the same answers from one rule set."""
    rules = load()
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: (rules.decide(PICKED).credits, rules.digest, rules.catalog()["digest"]), range(200)))
    assert answers == {(5, rules.digest, rules.catalog()["digest"])}


def test_one_edit_is_followed(folder: Path) -> None:
    """After edits of the YAML alone, decide, emit and the catalog use a new price, wire path and gate."""
    path, shared = folder / "gpt-image-2.yaml", folder / "_shared.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("send: image_generation.quality", "send: extra_config.quality"),
        ("low: {label: Basic, credits: 5}", "low: {label: Basic, credits: 6.5, gate: team}"),
        ("expect: {status: allowed, credits: 5}", "expect: {status: locked, gate: team}"),
    ):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    old_gates = shared.read_text(encoding="utf-8")
    gate = "gates:\n  team: {opens_with: [team], label: {en: Teams only}}\n"
    shared.write_text(old_gates.replace("gates:\n", gate), encoding="utf-8")
    rules: Rules = load(folder)
    assert rules.decide(PICKED).gate == rules.decide(PICKED).gates[0]
    assert rules.decide(PICKED).gates[0].label == "Teams only"
    sent = rules.emit(PICKED | {"prompt": "x", "language": "en"}, {"team"})
    assert sent["extra_config"] == {"output": {"aspect_ratio": "1:1"}, "quality": "low"}
    assert sent["image_generation"] == {"provider": "azure_openai", "model": "gpt-image-2"}
    low = rules.catalog()["models"][1]["options"][1]["values"][0]
    assert (low["credits"], low["status"]) == (6.5, "locked")
