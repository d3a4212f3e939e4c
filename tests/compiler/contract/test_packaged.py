"""The packaged rules keep their contract, which is proved once for each leaf; every wrong leaf of theirs is found at its line."""

from __future__ import annotations

import json
import sys
from functools import partial

import pytest

from imgrules.compiler.build import Build, build, build_texts
from imgrules.compiler.contract.body_proof import joined, prove
from imgrules.compiler.contract.document import Contract
from imgrules.compiler.contract.reading import contract_in
from imgrules.compiler.read.contract_file import read_contract
from imgrules.compiler.source import ContractFile
from tests.packaged import CONTRACT, RULES, shared_text

TEXTS = {path.stem: path.read_text("utf-8") for path in RULES.glob("*.yaml")}


def checked(stem: str = "", old: str = "", new: str = "") -> Build:
    """Return the build of the packaged rules with one text replaced, without their examples."""
    texts = {name: text[: text.find("examples:")] if "examples:" in text else text for name, text in TEXTS.items()}
    assert not stem or old in texts[stem]
    edited = texts if not stem else {**texts, stem: texts[stem].replace(old, new, 1)}
    return build_texts(edited, contracts=partial(read_contract, RULES))


def test_the_packaged_rules_are_proved_without_jsonschema(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found, nothing was only tried, and the package for confirming refusals is not imported."""
    monkeypatch.setitem(sys.modules, "jsonschema", None)
    report = build(RULES).report
    assert (report.diagnostics, report.tried) == ((), ())


@pytest.mark.parametrize(
    ("stem", "old", "new", "code", "hint"),
    [
        ("gpt-image-2", "image_generation.quality", "image_generation.qualty", "IR311", "`image_generation.quality`"),
        ("_shared", "output.aspect_ratio", "output.aspct_ratio", "IR311", "`extra_config.output.aspect_ratio`"),
        ("_shared", "send: prompt", "send: promt", "IR311", "`prompt`"),
        ("gpt-image-2", "azure_openai", "azure_openia", "IR312", "`azure_openai`"),
        ("gpt-image-2", "{label: Premium,", "{as: hihg, label: Premium,", "IR312", "`high`"),
        ("nano-banana-2", '"1:1"]', '"1:1", "4:3"]', "IR312", "aspect_ratio/enum"),
        ("nano-banana-2", "2K: {}", "2K: {send: false}", "IR313", "output/required"),
        ("_shared", "text: {min: 1}", "text: {min: 0}", "IR312", "write `1`"),
        ("_shared", "body: {type: image}", "body: {type: video}", "IR312", "type/const"),
        ("_shared", "body: {type: image}", "body: {type: image, extra_config.seed: 1}", "IR311", "additionalProperties"),
    ],
)
def test_a_wrong_leaf_is_found_without_an_example(stem: str, old: str, new: str, code: str, hint: str) -> None:
    """The error is at the line that put the leaf there, and its hint names what the contract has."""
    (error,) = [error for error in checked(stem, old, new).report.errors if error.code.id.startswith("IR31")]
    line = TEXTS[stem][: TEXTS[stem].index(old)].count("\n") + 1
    assert (error.code.id, error.spot.file, error.spot.start.line) == (code, f"{stem}.yaml", line)
    assert hint in error.hint


def test_the_work_follows_the_leaves_and_not_the_selections() -> None:
    """Twenty models cost twenty times as much as one, and twenty times the values, so 400 times the selections, no more either."""
    schema = json.loads(CONTRACT.read_bytes())
    del schema["allOf"]  # what it says of the packaged models
    contract = contract_in(json.dumps(schema).encode())
    assert isinstance(contract, Contract)

    def steps(count: int, values: int) -> int:
        ratios, qualities = [f"{at}:9" for at in range(1, values + 1)], [f"q{at}" for at in range(values)]
        model = f"provider: p\nmodel: m%d\noptions: {{ratio: {{values: {ratios}}}, quality: {{values: {qualities}}}}}\n"
        table = build_texts({"_shared": shared_text(), **{f"m{at}": model % at for at in range(count)}}).table
        assert table is not None
        proof = joined(prove(table, name, contract) for name in table.models)
        assert (proof.breaches, proof.trials) == ((), 0)
        return proof.steps

    one = steps(1, 3)
    assert steps(20, 3) == 20 * one
    assert steps(1, 60) <= 20 * one


def test_a_contract_is_read_once() -> None:
    """Rules that are compiled again and again, as by a watching process, do not read the same contract again."""
    raw = CONTRACT.read_bytes()
    assert contract_in(raw) is contract_in(bytes(raw))
    assert ContractFile(raw) == ContractFile(raw)
