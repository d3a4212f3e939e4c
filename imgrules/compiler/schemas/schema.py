"""Generate the published JSON Schemas: those for authors, and those for programs from the records of the run time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from inspect import cleandoc
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from imgrules.compiler.report.check_document import ReportDocument
from imgrules.compiler.report.example_document import ExamplesDocument
from imgrules.compiler.report.failure_document import FailureDocument
from imgrules.compiler.schemas.author_schemas import as_text, author_texts
from imgrules.engine.decision import Decision
from imgrules.table import records as table
from imgrules.table import terms
from imgrules.table.codec import FORMAT
from imgrules.table.record_base import default_of
from imgrules.table.records import MODEL
from imgrules.table.verify.attributes import RECORDS, WHOLE
from imgrules.table.verify.predicates import Record
from imgrules.views.calendar import Calendar
from imgrules.views.catalog.catalog_records import IF_STATED, Catalog, OptionOffer
from imgrules.views.diff.report_document import DiffDocument

_2020_12 = "https://json-schema.org/draft/2020-12/schema"


@cache
def schemas() -> Mapping[str, str]:
    """Return the text of every generated schema by its file name."""
    documents = {
        "table": _table(),
        "selection": _selection(),
        "decision": _decision(),
        "catalog": _for_machines(Catalog, "A catalog of imgrules"),
        "check": _of_a_command(ReportDocument, "A report of imgrules check"),
        "diff": _of_a_command(DiffDocument, "A difference of imgrules diff"),
        "calendar": _for_machines(Calendar, "A calendar of imgrules: what changes next"),
        "test": _of_a_command(ExamplesDocument, "A report of imgrules test"),
    }
    return {**author_texts(), **{f"{name}.schema.json": as_text(document) for name, document in documents.items()}}


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
    definitions = {record.__name__: raw, **raw.pop("$defs", {})}
    written = {name: _with_optional(name, _as_written(definition)) for name, definition in definitions.items()}
    return {"$schema": _2020_12, "title": title, **written.pop(record.__name__), "$defs": written}


def _of_a_command(record: Any, title: str) -> dict[str, Any]:
    """Return the schema of what a command writes: its report, or why it could not run."""
    schema, failure = _for_machines(record, title), _for_machines(FailureDocument, "")
    parts = {
        name: {key: part for key, part in whole.items() if key not in {"$schema", "title", "$defs"}}
        for name, whole in ((record.__name__, schema), (FailureDocument.__name__, failure))
    }
    otherwise, then = ({"$ref": f"#/$defs/{name}"} for name in parts)
    failed = {"if": {"required": ["could_not_run"]}, "then": then, "else": otherwise}
    return {"$schema": _2020_12, "title": title, "type": "object", **failed, "$defs": {**parts, **schema["$defs"]}}


_OPTIONAL = {kind.__name__: kind for kind in IF_STATED}


def _with_optional(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a record in which the attributes are optional that a catalog leaves out at their default."""
    kind = _OPTIONAL.get(name)
    for attribute in () if kind is None else IF_STATED[kind]:
        default = default_of(kind, attribute)
        schema["properties"][attribute]["default"] = list(default) if isinstance(default, tuple) else default
        schema["required"].remove(attribute)
    return schema


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
