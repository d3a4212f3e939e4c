"""Records read field by field, so that a hand-written serialisation can be compared with them."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from imgrules.table.exact import json_number

_PARTS = json.loads((Path(__file__).parents[2] / "schemas" / "catalog.schema.json").read_text(encoding="utf-8"))["$defs"]


def reflected(value: Any) -> Any:
    """Return a record as nested dicts and lists, with numbers as in JSON, without defaults that the published schema states."""
    if is_dataclass(value):
        properties = _PARTS.get(type(value).__name__, {}).get("properties", {})
        inner = {field.name: reflected(getattr(value, field.name)) for field in fields(value) if field.init}
        left_out = {name for name, part in inner.items() if part == properties.get(name, {}).get("default", ...)}
        return {name: part for name, part in inner.items() if name not in left_out}
    if isinstance(value, dict):
        return {key: reflected(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [reflected(entry) for entry in value]
    return json_number(value) if isinstance(value, Decimal) or type(value) is int else value
