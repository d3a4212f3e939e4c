"""The keywords of JSON Schema: where their subschemas are, and which values each may have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

Schema: TypeAlias = Mapping[str, Any] | bool

DICTIONARIES = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
SINGLE = (
    *("additionalProperties", "propertyNames", "items", "contains", "not", "if", "then", "else"),
    *("unevaluatedProperties", "unevaluatedItems", "additionalItems", "contentSchema"),
)
OF_THE_SAME_VALUE = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")
"""The keywords whose subschemas are about the same value as the schema around them."""

TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
UNFOLLOWED = ("$dynamicRef", "$recursiveRef")
"""References whose target depends on where they are used from."""

CONCRETE = frozenset({"unevaluatedProperties", "unevaluatedItems", "dependencies", "additionalItems", "uniqueItems"})
"""The keywords that are decided for complete values only, by jsonschema."""

OF_OBJECTS = ("unevaluatedProperties", "dependencies")
"""Those of them that are about objects; the others are about lists."""


def subschemas(schema: Schema) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield what stands where a schema directly contains another one, valid or not, with its keyword and key or index."""
    if isinstance(schema, bool):
        return
    for keyword, value in schema.items():
        if (keyword in DICTIONARIES or keyword == "dependencies") and isinstance(value, dict):
            yield from (((keyword, name), child) for name, child in value.items() if not isinstance(child, list))
        elif isinstance(value, list) and (keyword in LISTS or keyword == "items"):
            yield from (((keyword, index), child) for index, child in enumerate(value))
        elif keyword in SINGLE:
            yield (keyword,), value


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_number(value: Any) -> bool:
    return type(value) in {int, float}


def _is_schema(value: Any) -> bool:
    return isinstance(value, dict | bool)


def _are_schemas(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_schema, value))


def _are_named_schemas(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_schema, value.values()))


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(type(name) is str for name in value) and len(set(value)) == len(value)


def is_pattern(value: Any) -> bool:
    """Whether a value is a regular expression that Python compiles."""
    try:
        re.compile(value)
    except (re.error, TypeError, RecursionError, OverflowError):
        return False
    return True


def _is_type(value: Any) -> bool:
    return value in TYPES if isinstance(value, str) else _are_names(value) and bool(value) and set(value) <= {*TYPES}


def _is_text(value: Any) -> bool:
    return type(value) is str


PLAIN: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("$schema", "$id", "$comment", "$ref", "title", "description", "format"), _is_text),
    **dict.fromkeys(("default", "const"), lambda _: True),
    **dict.fromkeys(("examples", "enum"), lambda value: isinstance(value, list)),
    **dict.fromkeys(("deprecated", "readOnly", "writeOnly", "uniqueItems"), lambda value: isinstance(value, bool)),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _is_number),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), _is_count),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), _are_schemas),
    **dict.fromkeys(("properties", "$defs", "dependentSchemas"), _are_named_schemas),
    **dict.fromkeys(("additionalProperties", "propertyNames", "items", "contains", "not", "if", "then", "else"), _is_schema),
    "multipleOf": lambda value: _is_number(value) and value > 0,
    "patternProperties": lambda value: _are_named_schemas(value) and all(map(is_pattern, value)),
    "pattern": is_pattern,
    "required": _are_names,
    "dependentRequired": lambda value: isinstance(value, dict) and all(map(_are_names, value.values())),
    "type": _is_type,
}
"""
The most frequent keywords of the draft 2020-12, with the test of their value: a schema of these alone is valid without a look
into its metaschema, so that most contracts do not load jsonschema.
"""
