"""Law: a body satisfies the contract of the API, has declared paths only, and carries the caller's texts unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from imgrules import Rules, Status
from imgrules.engine.body import NOTHING, leaf, words
from imgrules.table.records import fields_of
from imgrules.testing import grants, moments, selections
from tests.folders import PACKAGED
from tests.laws.rule_sets import ANY_TABLE
from tests.laws.sound import sound_text, usual_facts

CONTRACT = json.loads((Path(__file__).parents[2] / "schemas" / "creation.schema.json").read_text(encoding="utf-8"))
WITNESS = jsonschema.Draft202012Validator(CONTRACT)


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every leaf of a body with its path."""
    if isinstance(value, dict):
        for name, child in value.items():
            yield from leaves(child, (*path, name))
    else:
        yield path, value


def at_path(body: Any, path: tuple[Any, ...]) -> Any:
    """Return the value of a body at a path, or None."""
    for key in path:
        has_key = isinstance(body, dict) and key in body
        has_key = has_key or (isinstance(body, list) and isinstance(key, int) and key < len(body))
        if not has_key:
            return None
        body = body[key]
    return body


@given(st.data(), ANY_TABLE)
def test_a_body_holds_what_was_declared_and_nothing_else(data: st.DataObject, table: Any) -> None:
    """Every leaf is the declared value of its path, and every text of the caller is unchanged."""
    rules, held, at = Rules(table), data.draw(grants(table)), data.draw(moments(table))
    selection = data.draw(selections(table, at))
    decision = rules.decide(selection, held, at=at)
    if decision.status is not Status.ALLOWED:
        return
    model = table.models[decision.model].at(decision.at)
    fields = fields_of(table, model)
    for field in fields.values():
        if not field.cap:
            selection.setdefault(field.name, sound_text(field))
    body = rules.emit(selection, held, at=at)
    texts = {field: selection[field] for field in fields if field in selection}
    picked = {**usual_facts(table, model), **texts, **words(model, rules.decide(selection, held, at=at).select)}
    told = [(wire_value.path, leaf(wire_value, picked)) for wire_value in model.body]
    # Of options that share a path, at most one is there.
    sent = dict(sorted(told, key=lambda path_and_value: path_and_value[1] is not NOTHING))
    # An option that is absent may have another one inside its path.
    holders = {path[:size] for path, value in sent.items() if value is not NOTHING for size in range(1, len(path))}
    sent = {path: value for path, value in sent.items() if path not in holders}
    values = {path: at_path(body, path) for path in sent}
    assert values == {path: None if value is NOTHING else value for path, value in sent.items()}
    own = [path for path, _ in leaves(body)]
    assert all(any(path[: len(other)] == other or other[: len(path)] == path for other in sent) for path in own)
    assert {wire_value.name: values[wire_value.path] for wire_value in model.body if wire_value.name in texts} == texts
    assert rules.emit_json(selection, held, at=at) == json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.text(st.characters(codec="utf-8"), min_size=1))
def test_the_packaged_rules_keep_the_contract_with_any_prompt(prompt: str, language: str) -> None:
    """Every combination makes a body that the hand-written schema accepts; a prompt changes only itself."""
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
