"""Catalogs and memory are measured with fresh rules, and missing methods are reported."""

from __future__ import annotations

from pathlib import Path

import pytest

import imgrules
from bench.catalogs import catalogs
from bench.memory import memory, one_each
from bench.written import FOLDERS
from imgrules.table.codec import dumps


def test_catalogs_are_timed_first_and_again() -> None:
    """Every round has a time for each question, beside `json.loads` of the result."""
    results = catalogs(imgrules.load(FOLDERS["packaged"]), 2)
    assert results["models"] == 2
    assert results["bytes"] > 1000
    asked = {"catalog", "catalog_json"} - results["left_out"].keys()
    names = {f"{question}, {when}" for question in asked for when in ("first", "again")} | {"json_seconds"}
    assert {name: len(seconds) for name, seconds in results.items() if isinstance(seconds, list)} == dict.fromkeys(names, 2)
    assert "catalog" in asked


def test_a_method_that_is_not_there_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version without `catalog_json` is asked the other questions, and the results say why."""
    monkeypatch.delattr(imgrules.Rules, "catalog_json", raising=False)
    results = catalogs(imgrules.load(FOLDERS["packaged"]), 1)
    assert results["left_out"] == {"catalog_json": "this version has no such method"}
    assert "catalog_json, first" not in results


def test_every_model_answers_before_it_is_weighed(tmp_path: Path) -> None:
    """An allowed selection of each model is drawn, and answering needs more memory than loading."""
    table = tmp_path / "table.json"
    models = imgrules.load(FOLDERS["cookbook"]).table
    table.write_text(dumps(models), encoding="utf-8")
    selections = one_each(table)
    assert len({selection["model"] for selection in selections}) == len(selections) == len(models.models)
    results = memory(table, selections)
    assert 0 < results["loaded"] < results["answered"]
    assert results["bytes"] == table.stat().st_size
