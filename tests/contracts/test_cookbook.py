"""The cookbook is a rule set without mistakes; each file names its sources and has examples."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from imgrules.compiler.build import build
from imgrules.compiler.read.syntax import parse
from imgrules.compiler.source import Source

FOLDER = Path(__file__).parents[2] / "docs" / "cookbook"
FOLDERS = [FOLDER, FOLDER / "usd"]
FILES = sorted(path for folder in FOLDERS for path in folder.glob("*.yaml") if not path.stem.startswith("_"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.name))
def test_the_cookbook_checks_clean(folder: Path) -> None:
    """No file has an error or a warning, and every example holds."""
    built = build(folder, today="2026-11-27T00:00:00Z")
    assert [(diagnostic.code.id, diagnostic.spot.file, diagnostic.message) for diagnostic in built.report.diagnostics] == []
    assert built.table is not None
    assert list(built.table.models) == [path.stem for path in FILES if path.parent == folder]


def test_every_folder_is_known_and_every_name_is_used_once() -> None:
    """There is no other folder of rules inside the cookbook, and `imgrules init --like NAME` means one file."""
    assert sorted(path.parent for path in FOLDER.rglob("_shared.yaml")) == FOLDERS
    assert len({path.stem for path in FILES}) == len(FILES)


def test_there_are_at_least_twelve_catalogs() -> None:
    """The cookbook has at least twelve files."""
    assert len(FILES) >= 12


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_a_file_names_its_sources_and_proves_itself(path: Path) -> None:
    """A file has a source, and at least five examples, among them a refusal, a body and a price."""
    tree, _ = parse(Source(path.name, path.read_text(encoding="utf-8")))
    assert tree is not None
    model = tree.value
    assert model["source"]
    expected = [example["expect"] for example in model["examples"]]
    assert len(expected) >= 5
    assert any(expectation.get("status") == "impossible" for expectation in expected)
    assert any("body" in expectation for expectation in expected)
    assert any("credits" in expectation for expectation in expected)


SHAPES = {
    "numbers": ("number",),
    "sizes by rule": ("size",),
    "shapes by rule": ("ratio",),
    "texts": ("text",),
    "lists": ("list",),
    "switches": (True, False),
    "options by `when`": ("when of an option",),
    "computed options": ("of",),
    "sides": ("longest", "shortest"),
    "facts": ("facts",),
    "near misses": ("snap",),
    "limits": ("only", "never", "needs", "ignores"),
    "price tables": ("table",),
    "factors": ("times",),
    "surcharges": ("plus",),
    "per output": ("each",),
    "rounding": ("round",),
    "dates": ("from", "until"),
    "aliases": ("aliases",),
    "spelling": ("as",),
    "the wire": ("body",),
    "model by table": ("model",),
    "an address": ("request",),
}


def shapes(model: dict[str, Any]) -> list[str]:
    """Return the shapes of the language that a file uses."""
    options = model["options"].values()
    rules = [*model.get("limits", []), *options, *(value for option in options for value in values(option))]
    stated = model.get("credits")
    prices: list[dict[str, Any]] = stated if isinstance(stated, list) else [{"credits": stated}]
    parts = [price["credits"] for price in prices if isinstance(price["credits"], dict)]
    bases = [part.get("base") for part in parts if isinstance(part.get("base"), dict)]
    keys = {key for block in (*rules, *parts, *bases, *prices) for key in block} | {
        key for key in model if key not in {"type", "model"}
    }
    keys |= {"when of an option"} if any("when" in option for option in options) else set()
    keys |= {option["measure"] for option in options if "measure" in option}
    keys |= {"model"} if isinstance(model["model"], dict) else set()
    keys |= {True} if any(isinstance(option.get("values"), list) and True in option["values"] for option in options) else set()
    return [name for name, any_of in SHAPES.items() if keys & set(any_of)]


def values(option: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the blocks of the values of an option; none where the values are only listed."""
    stated = option.get("values")
    return list(stated.values()) if isinstance(stated, dict) else []


def test_the_page_says_which_shapes_each_file_uses() -> None:
    """The table of the cookbook's page has a row for each file, with its name and its shapes."""
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| \[`([^`]+)`\]\([^)]*\) \| [^|]* \| ([^|]*) \|", page, re.MULTILINE))
    trees = {path.stem: parse(Source(path.name, path.read_text(encoding="utf-8")))[0] for path in FILES}
    assert rows == {stem: ", ".join(shapes(tree.value)) for stem, tree in trees.items() if tree is not None}
