"""
The published JSON Schemas, derived: for authors from the spec, for machines from the records of the engine.

Authors' schemas keep to draft-07 and to the words that editors understand; they close every object, and accept what
`bind` accepts, which a law proves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from inspect import cleandoc
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.shared import MessagesSpec, SharedSpec
from imgrules.compiler.spec.types import PATTERNS
from imgrules.engine.decision import Decision
from imgrules.engine.reasons import Note, Repair, Violation
from imgrules.table import records as table
from imgrules.table import terms as parts
from imgrules.table.codec import FORMAT, KEYED
from imgrules.table.records import MODEL
from imgrules.table.verify.attributes import RECORDS, WHOLE
from imgrules.table.verify.predicates import Record
from imgrules.views.calendar import Calendar
from imgrules.views.catalog_records import Catalog, OptionOffer

_DRAFT_07 = "http://json-schema.org/draft-07/schema#"
_2020_12 = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Return every generated schema by its file name."""
    documents = {
        "model": _for_authors(ModelSpec),
        "shared": _for_authors(SharedSpec),
        "messages": _for_authors(MessagesSpec),
        "table": _table(),
        "selection": _selection(),
        "decision": _decision(),
        "catalog": _for_machines(Catalog, "A catalog of imgrules"),
        "calendar": _for_machines(Calendar, "A calendar of imgrules: what changes next"),
    }
    return {f"{name}.schema.json": json.dumps(each, ensure_ascii=False, indent=2) + "\n" for name, each in documents.items()}


def _for_authors(spec: type[BaseModel]) -> dict[str, Any]:
    raw = spec.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    definitions = raw.pop("$defs", {})
    names = {f"#/definitions/{name}": f"#/definitions/{_plain_name(name)}" for name in definitions}
    tuned: dict[str, Any] = _tuned(raw)
    tuned["definitions"] = {_plain_name(name): _tuned(each) for name, each in definitions.items()}
    renamed: dict[str, Any] = _renamed({"$schema": _DRAFT_07, **tuned}, names)
    return renamed


def _plain_name(name: str) -> str:
    """Return what a person calls a definition, which editors show in their messages."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Spec")).lower().replace(" ", "-")


def _renamed(node: Any, names: Mapping[str, str]) -> Any:
    if isinstance(node, list):
        return [_renamed(each, names) for each in node]
    if not isinstance(node, dict):
        return node
    return {key: names.get(each, each) if key == "$ref" else _renamed(each, names) for key, each in node.items()}


def _tuned(node: Any) -> Any:
    """Return a part of a schema in the words of editors: no generated titles, closed objects, Markdown descriptions."""
    if isinstance(node, list):
        return [_tuned(each) for each in node]
    if not isinstance(node, dict):
        return node
    node = _joined(_said(node))
    out = {
        key: _properties(each) if key in {"properties", "patternProperties"} else _tuned(each)
        for key, each in node.items()
        if key not in {"title", "discriminator", "default"}
    }
    if "patternProperties" in out or "properties" in out:
        out["additionalProperties"] = False
    if "description" in out:
        out["markdownDescription"] = out["description"]
    pattern = out.get("pattern")
    if isinstance(pattern, str) and pattern in PATTERNS:
        out["patternErrorMessage"] = PATTERNS[pattern]
    return out


def _properties(node: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _tuned(each) for name, each in node.items()}


def _said(node: dict[str, Any]) -> dict[str, Any]:
    """Leave out the null that stands for a field that is not given, and join what stands beside a reference."""
    parts = [each for each in node.get("anyOf", ()) if each != {"type": "null"}]
    if len(parts) == 1:
        node = {**parts[0], **{key: each for key, each in node.items() if key != "anyOf"}}
    if "$ref" in node and len(node) > 1:
        # Draft-07 ignores what stands beside a reference.
        return {**{key: each for key, each in node.items() if key != "$ref"}, "allOf": [{"$ref": node["$ref"]}]}
    return node


def _joined(node: dict[str, Any]) -> dict[str, Any]:
    """Join forms of different types into one: each keyword speaks of its own type, and editors complete what they see."""
    forms = node.get("oneOf", ())
    listed = [each.get("type") for each in forms]
    types = [one for each in listed for one in (each if isinstance(each, list) else [each])]
    if not types or None in types or len(set(types)) != len(types):
        return node
    joined = {key: each for form in forms for key, each in _as_pattern(form).items()}
    return {**{key: each for key, each in node.items() if key != "oneOf"}, **joined, "type": types}


def _as_pattern(form: dict[str, Any]) -> dict[str, Any]:
    if "const" not in form:
        return form
    return {**{key: each for key, each in form.items() if key != "const"}, "pattern": f"^{form['const']}$"}


class _OfRecords(GenerateJsonSchema):
    """What releases of pydantic say differently of a record: its docstring, and that a decimal is written as a number."""

    def decimal_schema(self, schema: Any) -> dict[str, Any]:  # noqa: ARG002  a number, whatever its bounds
        return {"type": "number"}

    def dataclass_schema(self, schema: Any) -> dict[str, Any]:
        made = {key: each for key, each in super().dataclass_schema(schema).items() if key != "description"}
        return {"description": cleandoc(schema["cls"].__doc__), **made}


def _for_machines(record: Any, title: str) -> dict[str, Any]:
    """Return the schema of a record, as `plain` writes it."""
    adapter = TypeAdapter(record)
    # What a decision says of a refusal is not loaded where it is defined.
    adapter.rebuild(_types_namespace={each.__name__: each for each in (Note, Repair, Violation)})
    raw = adapter.json_schema(mode="validation", schema_generator=_OfRecords)
    definitions = raw.pop("$defs", {})
    exact: dict[str, Any] = _exact(raw)
    named = {name: _exact(each) for name, each in definitions.items()}
    return {"$schema": _2020_12, "title": title, **exact, "$defs": named}


def _exact(node: Any) -> Any:
    """Return a part of a schema as the records are written: lists for keyed records, plain numbers."""
    if isinstance(node, list):
        return [_exact(each) for each in node]
    if not isinstance(node, dict):
        return node
    fields = node.get("properties", {})
    node = {key: _exact(each) for key, each in node.items() if key not in {"title", "default", "properties"}}
    if fields:
        written = {name: _keyed(name, _exact(each)) for name, each in fields.items()}
        return node | {"properties": written, "required": list(written), "additionalProperties": False}
    return node


def _keyed(name: str, node: dict[str, Any]) -> dict[str, Any]:
    records = node.get("additionalProperties")
    return {"type": "array", "items": records} if name in KEYED and isinstance(records, dict) else node


def _table() -> dict[str, Any]:
    """Return the schema of a compiled table, from the same shapes that `load` looks at a table with."""
    return {
        "$schema": _2020_12,
        "title": "A compiled table of imgrules",
        "description": "The digest is over the compact JSON of `table`, in UTF-8. `load` looks for more than a schema can say.",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "digest": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
            "table": WHOLE.schema(),
        },
        "required": ["format", "digest", "table"],
        "additionalProperties": False,
        "$defs": {each.name: _described(each) for each in RECORDS},
    }


def _described(shape: Record) -> dict[str, Any]:
    """Return the definition of a record, with what its class says of itself."""
    kind = getattr(table, shape.name, None) or getattr(parts, shape.name, None)
    said = {} if kind is None else {"description": cleandoc(kind.__doc__)}
    return {**said, **shape.definition()}


def _decision() -> dict[str, Any]:
    """Return the schema of a decision, beside which the command line prints what is still open."""
    schema, row = _for_machines(Decision, "A decision of imgrules"), _for_machines(OptionOffer, "")
    named = row.pop("$defs")
    rows = {key: each for key, each in row.items() if key not in {"$schema", "title"}}
    schema["properties"]["open"] = {"description": "The options that still have to be picked.", "type": "array", "items": rows}
    schema["$defs"] = {**named, **schema["$defs"]}
    return schema


def _selection() -> dict[str, Any]:
    kinds = ["string", "number", "boolean"]
    return {
        "$schema": _2020_12,
        "title": "A selection for imgrules",
        "description": "A model, and options and fields by name. Which names and values it takes is said by the catalog.",
        "type": "object",
        "properties": {MODEL: {"type": "string", "description": "The public id of a model."}},
        "required": [MODEL],
        "additionalProperties": {"anyOf": [{"type": kinds}, {"type": "array", "items": {"type": "string"}}]},
    }
