"""Records read field by field, so that a hand-written serialisation can be compared with them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from imgrules.table.exact import json_number


def reflected(value: Any) -> Any:
    """Return a record as nested dicts and lists, with numbers as in JSON."""
    if is_dataclass(value):
        return {field.name: reflected(getattr(value, field.name)) for field in fields(value) if field.init}
    if isinstance(value, dict):
        return {key: reflected(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [reflected(entry) for entry in value]
    return json_number(value) if isinstance(value, Decimal) or type(value) is int else value
