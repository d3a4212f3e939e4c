"""`imgrules schema` writes the schemas, or proves that they are fresh."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

NAMES = {
    f"{each}.schema.json" for each in ("model", "shared", "messages", "table", "selection", "decision", "catalog", "calendar")
}


def test_written_once(here: Path, call: Callable[..., Any]) -> None:
    """All schemas are written; a second run changes nothing."""
    assert call("schema") == (0, "8 schemas in schemas, 8 written\n", "")
    assert {each.name for each in (here / "schemas").iterdir()} == NAMES
    for each in (here / "schemas").iterdir():
        assert json.loads(each.read_text(encoding="utf-8"))["$schema"]
    assert call("schema") == (0, "8 schemas in schemas, 0 written\n", "")


def test_check_names_what_is_stale(here: Path, call: Callable[..., Any]) -> None:
    """A changed, missing or unreadable schema is stale: exit code 1, and nothing is written."""
    call("schema")
    assert call("schema", "--check") == (0, "8 schemas, 0 stale\n", "")
    folder = here / "schemas"
    (folder / "model.schema.json").write_text("{}", encoding="utf-8")
    (folder / "table.schema.json").write_bytes(b"\xff")
    (folder / "catalog.schema.json").unlink()
    code, out, err = call("schema", "--check")
    assert (code, out) == (1, "8 schemas, 3 stale\n")
    assert "schemas/model.schema.json is stale; run `imgrules schema`" in err
    assert not (folder / "catalog.schema.json").exists()
    document = json.loads(call("schema", "--check", "--format", "json").out)
    assert set(document["files"]) == NAMES
    assert set(document["stale"]) == {"model.schema.json", "table.schema.json", "catalog.schema.json"}


def test_json_and_another_folder(here: Path, call: Callable[..., Any]) -> None:
    """The folder can be chosen, and the outcome is printed as JSON on request."""
    code, out, err = call("schema", "-o", "elsewhere", "--format", "json")
    assert (code, err) == (0, "")
    assert set(json.loads(out)["written"]) == NAMES
    assert (here / "elsewhere" / "model.schema.json").is_file()
