"""The cookbook's selections are what they are said to be, and libraries that check fields are given what those allow."""

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
from bench.written import FOLDERS

RULES = imgrules.load(FOLDERS["cookbook"])


@pytest.fixture(scope="module")
def models() -> list[Model]:
    """Return every model of the cookbook with a few selections."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chosen, "_COUNT", 12)
        patch.setattr(chosen, "_REFUSED", 8)
        random = Random(7)  # noqa: S311  a known seed
        return [Model(Drawing(RULES, each, random, AT), "cookbook") for each in RULES.table.models]


def test_cases_hold_what_they_promise(models: list[Model]) -> None:
    """What is valid is allowed, what is refused is impossible, and no two rounds bring the same texts."""
    for model in models:
        valid, grants = [json.loads(each) for each in model.fresh("valid")], model.drawing.grants
        assert {RULES.decide(each, grants, None, AT, complete=True).status for each in valid} == {"allowed"}
        refused = [json.loads(each) for each in model.fresh("refused")]
        assert {RULES.decide(each, grants, None, AT).status for each in refused} == {"impossible"}
        assert not {each["prompt"] for each in valid} & {json.loads(each)["prompt"] for each in model.fresh("valid")}


def test_checkers_accept_what_is_allowed(models: list[Model]) -> None:
    """A class of pydantic and a JSON Schema for each model take every allowed selection, and few of the refused ones."""
    known = {each.id: shapes(RULES.table, each.drawing.model) for each in models}
    check = with_pydantic(known)
    valid = {name: jsonschema.Draft202012Validator(schema(name, each)).is_valid for name, each in known.items()}
    for model in models:
        assert all(check(each) and valid[model.id](each) for each in model.allowed), model.id
    refused = [each for model in models for each in model.refused]
    assert sum(map(check, refused)) < len(refused) / 5
    assert not check({"model": "flux-2-pro"})
    assert not check({"model": []})


def test_a_library_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are asked without it."""

    def missing(_: object) -> Any:
        raise ImportError("no such thing")

    monkeypatch.setattr("bench.checkers.CHECKERS", {"pydantic": with_pydantic, "msgspec": missing})
    found, left_out = checkers({})
    assert list(found) == ["pydantic"]
    assert left_out == {"msgspec": "not installed: no such thing"}


def test_every_way_is_timed(models: list[Model]) -> None:
    """Each question takes time, and a checker is asked about the selection alone."""
    model = models[0]
    asked = ways(RULES, model.drawing.grants, {"ours": lambda selection: bool(selection["model"])})
    for way in asked.values():
        assert timed(way, model.fresh(way.case), AT) > 0
    assert {"decide, valid", "decide, valid, the moment as text", "as_dict of a refusal", "ours, mixed"} <= asked.keys()


def test_choices_are_met_for_the_first_time(models: list[Model]) -> None:
    """Each is asked of rules that know another choice only, beside the full evaluation."""
    found = first_keys(RULES.table, models[0].drawing, models[0].allowed, AT)
    assert len(found["first"]) == len(found["full"]) > 1
    assert min(found["first"]) > 0
