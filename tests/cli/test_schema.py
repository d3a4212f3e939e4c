"""`imgrules schema` writes the schemas, or checks that they are up to date."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imgrules.compiler.schemas.grammar import BEGIN, END

NAMES = {path.name for path in (Path(__file__).parents[2] / "schemas").glob("*.json")} - {"creation.schema.json"}
ALL = len(NAMES)


def test_written_once(workdir: Path, call: Callable[..., Any]) -> None:
    """All schemas are written; a second run changes nothing."""
    assert call("schema") == (0, f"{ALL} schemas in schemas, {ALL} written\n", "")
    assert {path.name for path in (workdir / "schemas").iterdir()} == NAMES
    for path in (workdir / "schemas").iterdir():
        assert json.loads(path.read_text(encoding="utf-8"))["$schema"]
    assert call("schema") == (0, f"{ALL} schemas in schemas, 0 written\n", "")


def test_check_names_what_is_stale(workdir: Path, call: Callable[..., Any]) -> None:
    """A changed, missing or unreadable schema is stale: exit code 1, and nothing is written."""
    call("schema")
    assert call("schema", "--check") == (0, f"{ALL} schemas, 0 stale\n", "")
    folder = workdir / "schemas"
    (folder / "model.schema.json").write_text("{}", encoding="utf-8")
    (folder / "table.schema.json").write_bytes(b"\xff")
    (folder / "catalog.schema.json").unlink()
    code, out, err = call("schema", "--check")
    assert (code, out) == (1, f"{ALL} schemas, 3 stale\n")
    assert "schemas/model.schema.json is stale; run `imgrules schema`" in err
    assert not (folder / "catalog.schema.json").exists()
    document = json.loads(call("schema", "--check", "--format", "json").out)
    assert set(document["files"]) == NAMES
    assert set(document["stale"]) == {"model.schema.json", "table.schema.json", "catalog.schema.json"}


def test_only_some(workdir: Path, call: Callable[..., Any]) -> None:
    """Names pick schemas: the three that `init` writes are those that editors read, and are fresh; an unknown name is refused."""
    call("init", "new", "--rules", "more")
    assert call("schema", "--check", "model", "shared", "messages") == (0, "3 schemas, 0 stale\n", "")
    assert call("schema", "catalog", "model") == (0, "2 schemas in schemas, 1 written\n", "")
    assert {path.name for path in (workdir / "schemas").iterdir()} >= {"catalog.schema.json", "messages.schema.json"}
    assert call("schema", "modle") == (2, "", "imgrules: there is no schema `modle`; did you mean `model`?\n")
    assert "there is no schema `x`; there is `model`, " in call("schema", "x").err


def test_json_and_another_folder(workdir: Path, call: Callable[..., Any]) -> None:
    """The folder can be chosen, and the outcome is printed as JSON on request."""
    code, out, err = call("schema", "-o", "elsewhere", "--format", "json")
    assert (code, err) == (0, "")
    assert set(json.loads(out)["written"]) == NAMES
    assert (workdir / "elsewhere" / "model.schema.json").is_file()


def test_a_page_shows_the_grammar(workdir: Path, call: Callable[..., Any]) -> None:
    """The grammar and the number of keywords are written, and the rest of the page is not changed; a stale page is reported."""
    page = workdir / "page.md"
    page.write_text(f"before\n{BEGIN}old\n{END}\nIt has 1 keywords, 1 of them in a model file.\nafter\n", encoding="utf-8")
    code, out, err = call("schema", "--check", "--page", "page.md")
    assert (code, out) == (1, f"{ALL} schemas and page.md, {ALL + 1} stale\n")
    assert "page.md is stale; run `imgrules schema`" in err
    assert call("schema", "--page", "page.md") == (0, f"{ALL} schemas in schemas and page.md, {ALL + 1} written\n", "")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n<!--")
    assert re.search(r"<!-- end of the grammar -->\nIt has \d\d+ keywords, \d\d+ of them in a model file.\nafter\n$", text)
    assert "\nMODEL FILE\n  from?: moment" in text
    assert call("schema", "--check", "--page", "page.md").code == 0


@pytest.mark.parametrize("text", [None, "no marks\n"])
def test_a_page_without_its_marks_is_refused(workdir: Path, call: Callable[..., Any], text: str | None) -> None:
    """A page that does not exist, or has no marks, gives exit code 2, and nothing is written."""
    if text is not None:
        (workdir / "page.md").write_text(text, encoding="utf-8")
    code, out, err = call("schema", "--page", "page.md")
    assert (code, out) == (2, "")
    assert "page.md has no place for the grammar" in err
    assert not (workdir / "schemas").exists()
