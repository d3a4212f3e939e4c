"""Law: what passes a contract emits bodies that jsonschema accepts, and a contract that refuses an emitted body never passes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from typing import Any

import jsonschema
from hypothesis import assume, given
from hypothesis import strategies as st

from imgrules.compiler.build import Build, build_texts
from imgrules.compiler.samples.sample_selections import trials
from imgrules.compiler.source import ContractFile
from imgrules.engine.body import NOTHING, built, leaf
from imgrules.table.records import Model, Send, Table, fields_of
from imgrules.testing import Documents, rule_documents, written
from tests.laws.sound import sound_text

FOUND = {"IR311", "IR312", "IR313", "IR314"}
MOST = 40


def checked(documents: Documents, contract: Any) -> Build:
    """Return the build of rule files whose types name a contract."""
    files = deepcopy(documents)
    for kind in files["_shared"]["types"].values():
        kind["contract"] = "contract.json"
    return build_texts(written(files), contracts=lambda _: ContractFile(json.dumps(contract).encode()))


def bodies(table: Table) -> Iterator[dict[str, Any]]:
    """Yield the bodies of some selections of each model in each period, with all its combinations first."""
    for name, model in table.models.items():
        texts = {field.name: 1 if field.cap else sound_text(field) for field in fields_of(table, table.models[name]).values()}
        for version in model.versions:
            for trial in islice(trials(version, version.cells), MOST):
                yield built(version, {**trial.values, **texts})


def contract_of(table: Table) -> Any:
    """Return a contract that declares what the models send: paths, listed values, and bounds of numbers."""
    root: dict[str, Any] = {}
    for version in (version for model in table.models.values() for version in model.versions):
        for send in version.body:
            part = root
            for step in send.path:
                part = part.setdefault("inside", {}).setdefault(step, {})
            part.setdefault("any", []).append(_schema(version, send))
    return _declared(root)


def _schema(model: Model, send: Send) -> Any:
    option = model.options.get(send.name or "")
    if send.name is None and send.lookup is None:
        return {"const": leaf(send, {})}
    if option is not None and option.listed:
        sent = [leaf(send, {option.name: value}) for value in option.values]
        return {"enum": [value for value in sent if value is not NOTHING]}
    rule = None if option is None or send.form is not None or send.lookup is not None else option.number
    if rule is None:
        return {}
    ends = {"minimum": rule.min, "maximum": rule.max}
    return {"type": "number", **{key: float(end) for key, end in ends.items() if end is not None}}


def _declared(part: dict[str, Any]) -> Any:
    schemas = list(part.get("any", []))
    inside = {step: _declared(child) for step, child in part.get("inside", {}).items()}
    if inside and all(isinstance(step, int) for step in inside):
        schemas.append(
            {"type": "array", "prefixItems": [inside.get(at, True) for at in range(max(inside) + 1)], "items": False}
        )
    elif inside:
        schemas.append({"type": "object", "properties": inside, "additionalProperties": False})
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _errors(build: Build) -> list[str]:
    return [f"{error.code.id} {error.message}" for error in build.report.diagnostics if error.code.id[:4] == "IR31"]


@given(rule_documents())
def test_a_contract_of_what_is_sent_is_kept(documents: Documents) -> None:
    """A contract with all paths, values and bounds of the rules themselves passes, and every body satisfies it."""
    table = build_texts(written(documents)).table
    assert table is not None
    contract = contract_of(table)
    validator = jsonschema.Draft202012Validator(contract)
    assert _errors(checked(documents, contract)) == []
    assert [error.message for body in bodies(table) for error in validator.iter_errors(body)] == []


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield every part of a body with its path."""
    if path:
        yield path, value
    if isinstance(value, dict | list):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(child, (*path, key))


def narrowed(contract: Any, path: tuple[Any, ...], value: Any) -> list[Any]:
    """Return contracts that refuse a value at a path: it is taken out, renamed, of another type, or above the maximum."""
    narrower: list[dict[str, Any]] = [{"not": {"const": value}}, {"not": {}}]
    if type(value) in {int, float}:
        narrower += [{"maximum": value - 0.5}, {"exclusiveMinimum": value}, {"type": "string"}, {"enum": [value + 1]}]
        narrower += [{"not": {"multipleOf": abs(value)}}] if value else []
    elif isinstance(value, str):
        narrower += [
            {"enum": [f"{value}x"]},
            {"maxLength": max(len(value) - 1, 0)},
            {"minLength": len(value) + 1},
            {"type": "array"},
            {"not": {"pattern": f"^{re.escape(value[:300])}"}},
        ]
    return [{"allOf": [contract, _at(path, schema)]} for schema in narrower if value != "" or "maxLength" not in schema] + [
        {
            "allOf": [
                contract,
                _at(path[:-1], {"properties": {path[-1]: False}} if isinstance(path[-1], str) else {"maxItems": path[-1]}),
            ]
        }
    ]


def _at(path: tuple[Any, ...], schema: Any) -> Any:
    for step in reversed(path):
        schema = {"properties": {step: schema}} if isinstance(step, str) else {"prefixItems": [*([True] * step), schema]}
    return schema


@given(st.data(), rule_documents())
def test_a_contract_that_refuses_a_body_never_passes(data: st.DataObject, documents: Documents) -> None:
    """Whatever value of an emitted body is taken out of the contract is an error with a selection that sends it."""
    table = build_texts(written(documents)).table
    assert table is not None
    body = data.draw(st.sampled_from(list(bodies(table))[:MOST] or [{}]))
    assume(body)
    path, value = data.draw(st.sampled_from([*paths(body)]))
    contract = data.draw(st.sampled_from(narrowed(contract_of(table), path, value)))
    assert not jsonschema.Draft202012Validator(contract).is_valid(body)
    report = checked(documents, contract).report
    errors = [error.code.id for error in report.diagnostics]
    assert FOUND & {*errors}, (path, value, contract["allOf"][1], errors, report.tried)


@given(st.data(), rule_documents())
def test_what_passes_any_contract_satisfies_it(data: st.DataObject, documents: Documents) -> None:
    """Where conditions of two paths are added to a contract, a body that does not satisfy them is reported, or not all was proved."""
    table = build_texts(written(documents)).table
    assert table is not None
    sent = list(bodies(table))
    assume(any(sent))
    found = sorted({path for body in sent for path, _ in paths(body)}, key=repr)
    first, second = data.draw(st.sampled_from(found)), data.draw(st.sampled_from(found))
    values = st.sampled_from([value for body in sent for path, value in paths(body) if path in {first, second}])
    one, other = _at(first, {"const": data.draw(values)}), _at(second, {"const": data.draw(values)})
    keyword = data.draw(st.sampled_from(["if", "oneOf", "anyOf", "not"]))
    added = {"if": {"if": one, "then": other}, "not": {"not": {"allOf": [one, other]}}}.get(keyword, {keyword: [one, other]})
    contract = {"allOf": [contract_of(table), added]}
    built_ = checked(documents, contract)
    invalid = [body for body in sent if not jsonschema.Draft202012Validator(contract).is_valid(body)]
    errors = _errors(built_)
    if invalid:
        assert {*FOUND, "IR316"} & {error[:5] for error in errors} or built_.report.tried, (errors, added, invalid[0])
