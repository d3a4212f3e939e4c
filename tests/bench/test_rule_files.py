"""The generated rules are valid, and have the facts that they were made from."""

from __future__ import annotations

from pathlib import Path

import yaml

import imgrules
from bench.facts import GPT, NANO, Model, models
from bench.rule_files import write_rules
from imgrules.compiler.build import build

ROOT = Path(__file__).parents[2]


def test_generated_rules_check_clean(tmp_path: Path) -> None:
    """The generated rules have no errors and no warnings, and one model per file with two examples."""
    write_rules(models(40), tmp_path / "rules")
    built = build(tmp_path / "rules")
    assert built.report.diagnostics == ()
    assert built.report.examples == 80
    assert built.table is not None
    assert list(built.table.models) == [model.id for model in models(40)]


def test_generated_models_are_apart() -> None:
    """Ten thousand models have different ids, and both places for the quality."""
    many = models(10_000)
    assert len({model.id for model in many}) == 10_000
    assert {model.quality_beside_model for model in many} == {True, False}


def test_the_facts_are_those_of_the_packaged_rules() -> None:
    """The hand-written facts equal those in `rules/`."""
    catalog = imgrules.load(ROOT / "rules").catalog()
    for offered, model in zip(catalog["models"], (NANO, GPT), strict=True):
        ratio, quality = offered["options"]
        assert [value["name"] for value in ratio["values"]] == list(model.ratios)
        assert [value["name"] for value in quality["values"]] == list(model.qualities)
        assert [value["name"] for value in quality["values"] if value["status"] == "locked"] == [model.members_only]
        assert (offered["id"], offered["label"]) == (model.id, model.name)
        assert provider(model) == model.provider


def provider(model: Model) -> str:
    """Return the provider in the rule file of a model."""
    document = yaml.safe_load((ROOT / "rules" / f"{model.id}.yaml").read_text(encoding="utf-8"))
    return str(document["provider"])
