"""Law: a body satisfies the contract of the API, holds declared paths only, and carries the caller's texts unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from imgrules import Rules, Status
from imgrules.testing import grants, selections
from tests.laws.rule_sets import ANY_TABLE, PACKAGED

CONTRACT = json.loads((Path(__file__).parents[2] / "schemas" / "creation.schema.json").read_text(encoding="utf-8"))
WITNESS = jsonschema.Draft202012Validator(CONTRACT)


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Answer every leaf of a body by its path."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from leaves(each, (*path, name))
    else:
        yield path, value


@given(st.data(), ANY_TABLE)
def test_a_body_holds_what_was_declared_and_nothing_else(data: st.DataObject, table: Any) -> None:
    """Every leaf is a declared constant or the very value that was picked."""
    rules, held = Rules(table), data.draw(grants(table))
    selection = data.draw(selections(table))
    decision = rules.decide(selection, held)
    if decision.status is not Status.ALLOWED:
        return
    model = table.models[decision.model]
    for field in table.types[model.type].fields.values():
        selection.setdefault(field.name, "x" * max(1, field.shortest))
    body = rules.emit(selection, held)
    picked = rules.decide(selection, held).select
    assert dict(leaves(body)) == {each.path: each.value(picked) for each in model.body}
    assert rules.emit_json(selection, held) == json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.text(st.characters(codec="utf-8"), min_size=1))
def test_the_packaged_rules_keep_the_contract_with_any_prompt(prompt: str, language: str) -> None:
    """Every combination makes a body that the hand-written schema accepts, and a prompt alters nothing but itself."""
    rules = Rules(PACKAGED)
    for model in PACKAGED.models.values():
        for cell in model.cells:
            selection = {"model": model.id, **dict(zip(model.options, cell.values, strict=True))}
            body = rules.emit({**selection, "prompt": prompt, "language": language}, {"member"})
            plain = rules.emit({**selection, "prompt": "x", "language": "en"}, {"member"})
            WITNESS.validate(body)
            assert body == {**plain, "prompt": prompt, "language": language}
            raw = rules.emit_json({**selection, "prompt": prompt, "language": language}, {"member"})
            assert json.loads(raw)["prompt"].encode() == prompt.encode()
