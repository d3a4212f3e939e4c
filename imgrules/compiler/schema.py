"""
Generate the published JSON Schemas: those for authors from the spec, those for programs from the records of the run time.

The schemas for authors are in draft-07, with the keywords that editors understand. They allow no unknown keys and accept
what `bind` accepts; a property test compares the two.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from inspect import cleandoc
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from imgrules.compiler.example_schema import example_schema
from imgrules.compiler.report.document import ReportDocument
from imgrules.compiler.spec.model import ModelSpec
from imgrules.compiler.spec.shared import MessagesSpec, SharedSpec
from imgrules.compiler.spec.types import PATTERNS
from imgrules.engine.decision import Decision
from imgrules.table import records as table
from imgrules.table import terms
from imgrules.table.codec import FORMAT
from imgrules.table.records import MODEL
from imgrules.table.verify.attributes import RECORDS, WHOLE
from imgrules.table.verify.predicates import Record
from imgrules.views.calendar import Calendar
from imgrules.views.catalog_records import Catalog, OptionOffer
from imgrules.views.diff.report_document import DiffDocument

_DRAFT_07 = "http://json-schema.org/draft-07/schema#"
_2020_12 = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Return the text of every generated schema by its file name."""
    documents = {
        "model": _for_authors(ModelSpec),
        "shared": _for_authors(SharedSpec),
        "messages": _for_authors(MessagesSpec),
        "table": _table(),
        "selection": _selection(),
        "decision": _decision(),
        "catalog": _for_machines(Catalog, "A catalog of imgrules"),
        "check": _for_machines(ReportDocument, "A report of imgrules check"),
        "diff": _for_machines(DiffDocument, "A difference of imgrules diff"),
        "calendar": _for_machines(Calendar, "A calendar of imgrules: what changes next"),
        "test": {"$schema": _2020_12, "title": "What `imgrules test --format json` prints", **example_schema()},
    }
    return {
        f"{name}.schema.json": json.dumps(document, ensure_ascii=False, indent=2) + "\n" for name, document in documents.items()
    }


def _for_authors(spec: type[BaseModel]) -> dict[str, Any]:
    """Return the draft-07 schema of a spec for editors."""
    raw = spec.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    definitions = raw.pop("$defs", {})
    references = {f"#/definitions/{name}": f"#/definitions/{_plain_name(name)}" for name in definitions}
    schema: dict[str, Any] = _for_editors(raw)
    schema["definitions"] = {_plain_name(name): _for_editors(definition) for name, definition in definitions.items()}
    renamed: dict[str, Any] = _with_references({"$schema": _DRAFT_07, **schema}, references)
    return renamed


def _plain_name(name: str) -> str:
    """Return the name of a definition in small letters with dashes, as editors show it in their messages."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Spec")).lower().replace(" ", "-")


def _with_references(node: Any, references: Mapping[str, str]) -> Any:
    """Return a part of a schema with its references renamed."""
    if isinstance(node, list):
        return [_with_references(part, references) for part in node]
    if not isinstance(node, dict):
        return node
    return {
        key: references.get(part, part) if key == "$ref" else _with_references(part, references) for key, part in node.items()
    }


def _for_editors(node: Any) -> Any:
    """Return a part of a schema for editors: without generated titles and unknown keys, with Markdown descriptions."""
    if isinstance(node, list):
        return [_for_editors(part) for part in node]
    if not isinstance(node, dict):
        return node
    node = _with_merged_forms(_without_null(node))
    out = {
        key: _properties(part) if key in {"properties", "patternProperties"} else _for_editors(part)
        for key, part in node.items()
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
    return {name: _for_editors(part) for name, part in node.items()}


def _without_null(node: dict[str, Any]) -> dict[str, Any]:
    """Return a part of a schema without `null` for optional fields; a `$ref` beside other keywords moves into `allOf`."""
    alternatives = [alternative for alternative in node.get("anyOf", ()) if alternative != {"type": "null"}]
    if len(alternatives) == 1:
        node = {**alternatives[0], **{key: part for key, part in node.items() if key != "anyOf"}}
    if "$ref" in node and len(node) > 1:
        # Draft-07 ignores keywords beside a reference.
        return {**{key: part for key, part in node.items() if key != "$ref"}, "allOf": [{"$ref": node["$ref"]}]}
    return node


def _with_merged_forms(node: dict[str, Any]) -> dict[str, Any]:
    """Return a union of different JSON types as one schema with a list of types, for which editors give better completions."""
    forms = node.get("oneOf", ())
    form_types = [form.get("type") for form in forms]
    types = [
        name for types_of_form in form_types for name in (types_of_form if isinstance(types_of_form, list) else [types_of_form])
    ]
    if not types or None in types or len(set(types)) != len(types):
        return node
    merged = {key: part for form in forms for key, part in _as_pattern(form).items()}
    return {**{key: part for key, part in node.items() if key != "oneOf"}, **merged, "type": types}


def _as_pattern(form: dict[str, Any]) -> dict[str, Any]:
    """Return an alternative with its `const` as a `pattern`, or a boolean by the other one, so that it can be merged with others."""
    if "const" not in form:
        return form
    if isinstance(form["const"], bool):
        return {"type": "boolean", "not": {"const": not form["const"]}}
    return {**{key: part for key, part in form.items() if key != "const"}, "pattern": f"^{form['const']}$"}


class _RecordSchema(GenerateJsonSchema):
    """A generator whose output does not depend on the version of pydantic: docstrings as descriptions, decimals as numbers."""

    def decimal_schema(self, schema: Any) -> dict[str, Any]:  # noqa: ARG002  a number, whatever its bounds
        return {"type": "number"}

    def dataclass_schema(self, schema: Any) -> dict[str, Any]:
        generated = {key: part for key, part in super().dataclass_schema(schema).items() if key != "description"}
        return {"description": cleandoc(schema["cls"].__doc__), **generated}


def _for_machines(record: Any, title: str) -> dict[str, Any]:
    """Return the schema of the JSON that `plain` writes for a record."""
    raw = TypeAdapter(record).json_schema(mode="validation", schema_generator=_RecordSchema)
    definitions = raw.pop("$defs", {})
    schema: dict[str, Any] = _as_written(raw)
    definitions = {name: _as_written(definition) for name, definition in definitions.items()}
    return {"$schema": _2020_12, "title": title, **schema, "$defs": definitions}


def _as_written(node: Any) -> Any:
    """Return a part of a schema for written JSON: all fields are required, and no other key is allowed."""
    if isinstance(node, list):
        return [_as_written(part) for part in node]
    if not isinstance(node, dict):
        return node
    fields = node.get("properties", {})
    node = {key: _as_written(part) for key, part in node.items() if key not in {"title", "default", "properties"}}
    if fields:
        written = {name: _as_written(part) for name, part in fields.items()}
        return node | {"properties": written, "required": list(written), "additionalProperties": False}
    return node


def _table() -> dict[str, Any]:
    """Return the schema of a compiled table, generated from the definitions with which `load` verifies a table."""
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
        "$defs": {record.name: _definition(record) for record in RECORDS},
    }


def _definition(shape: Record) -> dict[str, Any]:
    """Return the definition of a record, with the docstring of its class as description."""
    kind = getattr(table, shape.name, None) or getattr(terms, shape.name, None)
    described = {} if kind is None else {"description": cleandoc(kind.__doc__)}
    return {**described, **shape.definition()}


def _decision() -> dict[str, Any]:
    """Return the schema of a decision as the command line prints it: with the options that still have to be picked."""
    schema, row = _for_machines(Decision, "A decision of imgrules"), _for_machines(OptionOffer, "")
    definitions = row.pop("$defs")
    rows = {key: part for key, part in row.items() if key not in {"$schema", "title"}}
    schema["properties"]["open"] = {"description": "The options that still have to be picked.", "type": "array", "items": rows}
    schema["$defs"] = {**definitions, **schema["$defs"]}
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
