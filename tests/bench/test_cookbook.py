"""The cookbook's selections are as described, and libraries that check fields accept the allowed ones."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import jsonschema
import pytest

import imgrules
from bench import chosen
from bench.checkers import checkers, schema, with_pydantic
from bench.chosen import Model
from bench.cookbook import AT, timed, ways
from bench.drawing import Drawing
from bench.fields import shapes
from bench.first_keys import first_keys
from tests.folders import COOKBOOK

RULES = imgrules.Rules(COOKBOOK)


@pytest.fixture(scope="module")
def models() -> list[Model]:
    """Return every model of the cookbook with a few selections."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chosen, "_COUNT", 12)
        patch.setattr(chosen, "_REFUSED", 8)
        random = Random(7)  # noqa: S311  a known seed
        return [Model(Drawing(RULES, name, random, AT), "cookbook") for name in RULES.table.models]


def test_cases_hold_what_they_promise(models: list[Model]) -> None:
    """Valid selections are allowed, refused ones are impossible, and no two rounds have the same texts."""
    for model in models:
        valid, grants = [json.loads(text) for text in model.fresh("valid")], model.drawing.grants
        assert {RULES.decide(selection, grants, None, AT, complete=True).status for selection in valid} == {"allowed"}
        refused = [json.loads(text) for text in model.fresh("refused")]
        assert {RULES.decide(selection, grants, None, AT).status for selection in refused} == {"impossible"}
        assert not {selection["prompt"] for selection in valid} & {json.loads(text)["prompt"] for text in model.fresh("valid")}


def test_checkers_accept_what_is_allowed(models: list[Model]) -> None:
    """A pydantic class and a JSON Schema for each model accept every allowed selection, and few of the refused ones."""
    by_model = {model.id: shapes(RULES.table, model.drawing.model) for model in models}
    check = with_pydantic(by_model)
    valid = {name: jsonschema.Draft202012Validator(schema(name, shape)).is_valid for name, shape in by_model.items()}
    for model in models:
        assert all(check(selection) and valid[model.id](selection) for selection in model.allowed), model.id
    refused = [selection for model in models for selection in model.refused]
    assert sum(map(check, refused)) < len(refused) / 5
    assert not check({"model": "flux-2-pro"})
    assert not check({"model": []})


def test_a_library_that_is_missing_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing library is reported, and the others are asked."""

    def missing(_: object) -> Any:
        raise ImportError("no such thing")

    monkeypatch.setattr("bench.checkers.CHECKERS", {"pydantic": with_pydantic, "msgspec": missing})
    present, left_out = checkers({})
    assert list(present) == ["pydantic"]
    assert left_out == {"msgspec": "not installed: no such thing"}


def test_every_way_is_timed(models: list[Model]) -> None:
    """Each question takes time, and a checker is asked about the selection alone."""
    model = models[0]
    asked = ways(RULES, model.drawing.grants, {"ours": lambda selection: bool(selection["model"])})
    for way in asked.values():
        assert timed(way, model.fresh(way.case), AT) > 0
    assert {"decide, valid", "decide, valid, the moment as text", "as_dict of a refusal", "ours, mixed"} <= asked.keys()


def test_choices_are_met_for_the_first_time(models: list[Model]) -> None:
    """Each choice is asked of rules that know only another choice, beside the full evaluation."""
    seconds = first_keys(RULES.table, models[0].drawing, models[0].allowed, AT)
    assert len(seconds["first"]) == len(seconds["full"]) > 1
    assert min(seconds["first"]) > 0
