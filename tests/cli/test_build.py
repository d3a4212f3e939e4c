"""`imgrules build` writes a whole table, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imgrules import dumps, load, loads


def test_standard_output(here: Path, call: Callable[..., Any]) -> None:
    """Without a file, and for `-`, the table is printed."""
    expected = dumps(load(here / "rules").table)
    for words in ((), ("-o", "-"), ("rules",), ("--rules", "rules"), ("--format", "json")):
        assert call("build", *words) == (0, expected, "")


def test_a_file(here: Path, call: Callable[..., Any]) -> None:
    """The table is written, folders on the way are made, and nothing else is left behind."""
    code, out, err = call("build", "-o", "out/deep/table.json")
    assert (code, out) == (0, "")
    assert err.startswith("wrote out/deep/table.json: 2 models, sha256:")
    path = here / "out" / "deep" / "table.json"
    assert loads(path.read_bytes()) == load(here / "rules").table
    assert [each.name for each in path.parent.iterdir()] == ["table.json"]
    assert call("decide", "gpt-image-2", "--ratio", "1:1", "--quality", "low", "--rules", str(path)).code == 0


def test_a_good_table_is_never_replaced_by_a_bad_one(table: Path, call: Callable[..., Any]) -> None:
    """With a mistake in any file nothing is written, the earlier table stays, and the mistakes are told."""
    before = table.read_bytes()
    (table.parent / "rules" / "gpt-image-2.yaml").write_text("name: [", encoding="utf-8")
    code, out, err = call("build", "-o", "table.json")
    assert (code, out) == (1, "")
    assert "rules/gpt-image-2.yaml:1:" in err
    assert table.read_bytes() == before
    assert call("build", "-o", "new.json").code == 1
    assert not (table.parent / "new.json").exists()
    assert call("build").out == ""


def test_warnings_are_counted_and_do_not_stop(here: Path, call: Callable[..., Any]) -> None:
    """A table of rules with warnings is written, and their number alone goes to standard error."""
    path = here / "rules" / "nano-banana-2.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('["16:9",', "[16:9,"), encoding="utf-8")
    code, out, err = call("build")
    assert code == 0
    assert loads(out) == load().table
    assert err == "3 files checked, 8 examples run: 1 warning; `imgrules check` shows the warnings\n"


def test_an_existing_file_keeps_its_mode(table: Path, call: Callable[..., Any]) -> None:
    """A table that is replaced is as readable as before."""
    table.chmod(0o640)
    table.write_text("old", encoding="utf-8")
    assert call("build", "-o", str(table)).code == 0
    assert table.stat().st_mode & 0o777 == 0o640
    assert loads(table.read_bytes()) == load().table


@pytest.mark.parametrize("target", ["rules", "table.json/x"])
def test_where_nothing_can_be_written(table: Path, call: Callable[..., Any], target: str) -> None:
    """A folder, or a place below a file, is exit code 2 with the name that was given, and leaves nothing behind."""
    before = sorted(each.name for each in table.parent.rglob("*"))
    code, out, err = call("build", "-o", target)
    assert (code, out) == (2, "")
    assert target.split("/", maxsplit=1)[0] in err
    assert f".{target}." not in err
    assert sorted(each.name for each in table.parent.rglob("*")) == before


def test_a_table_cannot_be_built_from_a_table(table: Path, call: Callable[..., Any]) -> None:
    """A compiled table in place of a folder is exit code 2."""
    code, out, err = call("build", str(table))
    assert (code, out) == (2, "")
    assert "cannot be read as a folder of rules" in err
