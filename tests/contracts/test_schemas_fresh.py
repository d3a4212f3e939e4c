"""The schemas in the repository are those that the code generates."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from imgrules.cli.main import main

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "schemas").glob("*.json"))


def test_fresh(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`imgrules schema --check` finds no stale schema, and no stale grammar on the language page."""
    monkeypatch.chdir(ROOT)
    assert main(["schema", "--check", "--page", "docs/language.md"]) == 0
    assert capsys.readouterr() == (f"{len(FILES) - 1} schemas and docs/language.md, 0 stale\n", "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_is_a_schema(path: Path) -> None:
    """Every file is a valid schema of the draft that it names."""
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validators.validator_for(schema).check_schema(schema)
    assert schema["$schema"]


def test_they_are_all_there() -> None:
    """All but one are generated, and one is written by hand."""
    names = [
        "calendar",
        "catalog",
        "check",
        "creation",
        "decision",
        "diff",
        "messages",
        "model",
        "selection",
        "shared",
        "table",
        "test",
    ]
    assert [path.name for path in FILES] == [f"{name}.schema.json" for name in names]
