"""The JSON Schema of what `imgrules test --format json` prints."""

from __future__ import annotations

from typing import Any

_COUNT = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_PLACE = {
    "file": {"type": "string", "description": "The file, as it was named or found."},
    "line": {"type": "integer", "minimum": 1},
    "column": {"type": "integer", "minimum": 1, "description": "In code points, from 1."},
    "end_line": {"type": "integer", "minimum": 1},
    "end_column": {"type": "integer", "minimum": 1},
}


def example_schema() -> dict[str, Any]:
    """Return the properties of the document, each with its type; all are always there but `updates`, and no others."""
    whole = _closed(
        {
            "schema_version": {"const": 1},
            "models": {**_COUNT, "description": "How many models were tested."},
            "examples": {**_COUNT, "description": "How many examples were run, each combination of `over` for itself."},
            "failed": {**_COUNT, "description": "How many of them fail."},
            "errors": _list(_mistake(), "The mistakes because of which files could not be tested."),
            "coverage": _coverage(),
            "results": _list(_result(), "The results, in the order of the models and of their examples."),
            "updates": _updates(),
        }
    )
    whole["required"].remove("updates")
    return whole


def _updates() -> dict[str, Any]:
    diff = {**_TEXT, "description": "The change of the file as a unified diff."}
    file = _closed({"file": _TEXT, "examples": _COUNT, "diff": diff})
    left = _closed({"example": _TEXT, "reason": _TEXT, **_PLACE})
    described = {"description": "With `--update` or `--diff`: what was written, or would be."}
    files = _list(file, "The files with examples that are updated.")
    left_out = _list(left, "The examples that fail and cannot be updated.")
    return {**described, **_closed({"written": {"type": "boolean"}, "files": files, "left": left_out})}


def _mistake() -> dict[str, Any]:
    return _closed({"code": {"type": "string", "pattern": "^IR[0-9]{3}$"}, "message": _TEXT, "hint": _MAYBE, **_PLACE})


def _coverage() -> dict[str, Any]:
    kinds = ["value", "gate", "price", "limit", "date", "fact"]
    item = _closed({"kind": {"enum": kinds}, "name": _TEXT, "model": _TEXT, **_PLACE})
    percent = {"type": "integer", "minimum": 0, "maximum": 100, "description": "Rounded down; 100 if there are no items."}
    unreached = _list(item, "What no example reaches.")
    return _closed({"reached": _COUNT, "items": _COUNT, "percent": percent, "unreached": unreached})


def _result() -> dict[str, Any]:
    return _closed(
        {
            "model": _TEXT,
            "example": {"type": "integer", "minimum": 1, "description": "Its number in the file."},
            "over": {"type": "object", "description": "The combination of `over`; empty without it."},
            **_PLACE,
            "passed": {"type": "boolean"},
            "message": {**_MAYBE, "description": "All differences in one sentence; null if it passed."},
            "hint": _MAYBE,
            "differences": _list(_difference(), "The keys of `expect` that differ."),
        }
    )


def _difference() -> dict[str, Any]:
    got = {**_MAYBE, "description": "What the rules say, as an author writes it; null for nothing."}
    key = {"type": "string", "description": "Such as `credits`, or `body.prompt`."}
    return _closed({"key": key, "expected": _TEXT, "got": got, "message": _TEXT, **_PLACE})


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(items: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": items}
