"""A contract: a valid JSON Schema, and the schemas, paths and constants in it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from imgrules.compiler.contract.judging.patterns import matches
from imgrules.compiler.contract.keywords import (
    OF_THE_SAME_VALUE,
    Schema,
    subschemas,
)
from imgrules.table.record_base import field, record

_INDEX = re.compile("[0-9]{1,9}")
_MOST_VISITS = 20_000  # schemas that are visited to list the declared paths; a hint needs no more
_OLD = ("Draft7Validator", "Draft6Validator")
"""Drafts in which nothing beside a `$ref` counts."""

Pointer = tuple[str | int, ...]


@record(eq=False, slots=False)
class Contract:
    """A valid schema: the JSON document, and the name of the class of jsonschema for its draft."""

    schema: Mapping[str, Any]
    draft: str = "Draft202012Validator"
    cache: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def validator(self) -> Any:
        """
        Return the validator of jsonschema.

        It fetches nothing, because all references stay inside the document, and takes a text that is too long for a pattern.
        """
        import jsonschema  # noqa: PLC0415  most contracts that are kept are proved without it

        draft = jsonschema.validators.extend(getattr(jsonschema, self.draft), {"pattern": _pattern})  # type: ignore[no-untyped-call]
        return draft(self.schema)

    def refuses(self, schema: Schema, value: Any) -> bool:
        """Whether a part of the contract refuses a JSON value, as jsonschema says."""
        return not self.validator.evolve(schema=schema).is_valid(value)

    def target(self, reference: str) -> Schema:
        """Return the schema that a reference names."""
        found = target_of(self.schema, reference)
        return found if isinstance(found, dict | bool) else True

    def keywords(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the keywords of a schema that count: in old drafts, nothing beside a reference."""
        return {"$ref": schema["$ref"]} if self.draft in _OLD and "$ref" in schema else schema

    @cached_property
    def constants(self) -> tuple[Any, ...]:
        """The numbers with which the contract compares values or lengths, and the texts and numbers that it names, also in objects."""
        every = (part for _, part in schemas_in(self.schema) if isinstance(part, dict))
        return tuple(constant for part in every for constant in _constants(part))

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The wire paths that the contract declares, the outer ones first."""
        return tuple(dict.fromkeys(_paths(self)))


def _pattern(validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[Any]:
    """Yield an error of jsonschema for a text that a pattern does not match."""
    if validator.is_type(instance, "string") and matches(pattern, instance) is False:
        import jsonschema  # noqa: PLC0415  as above

        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


_COMPARED = (
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "const"),
    *("minLength", "maxLength", "minItems", "maxItems"),
)


def _constants(part: Mapping[str, Any]) -> Iterator[Any]:
    named = (part[keyword] for keyword in _COMPARED if keyword in part)
    listed = part.get("enum")
    for value in (*named, *(listed if isinstance(listed, list) else ())):
        yield from (inner for inner in values_in(value) if type(inner) in {int, float, str})


def values_in(value: Any) -> Iterator[Any]:
    """Yield a JSON value and all values inside it, lists and objects included."""
    pending = [value]
    while pending:
        inner = pending.pop(0)
        yield inner
        pending += inner if isinstance(inner, list) else inner.values() if isinstance(inner, dict) else ()


def _paths(contract: Contract) -> Iterator[str]:
    """
    Yield the dotted paths that a contract declares, also by parts about the same value; not twice into a schema inside itself.

    A schema is visited once for each path: many references to one another would lead along more ways than can be counted.
    """
    pending = deque[tuple[Any, tuple[str, ...], frozenset[int]]]([(contract.schema, (), frozenset())])
    known: set[tuple[int, tuple[str, ...]]] = set()
    while pending and len(known) < _MOST_VISITS:
        schema, path, around = pending.popleft()
        if not isinstance(schema, dict) or id(schema) in around or (id(schema), path) in known:
            continue
        known.add((id(schema), path))
        inner = around | {id(schema)}
        for name, child in (schema.get("properties") or {}).items():
            if child is not False and re.fullmatch(r"\w+", name):
                yield ".".join((*path, name))
                pending.append((child, (*path, name), inner))
        beside = [child for (keyword, *_), child in subschemas(schema) if keyword in OF_THE_SAME_VALUE and keyword != "not"]
        named = [contract.target(schema["$ref"])] if "$ref" in schema else []
        pending.extend((child, path, inner) for child in (*named, *beside))


def schemas_in(document: Any) -> Iterator[tuple[Pointer, Any]]:
    """Yield a schema and every schema inside it or named by a reference, once each, with its pointer."""
    pending: list[tuple[Pointer, Any]] = [((), document)]
    known: set[int] = set()
    while pending:
        pointer, part = pending.pop()
        if id(part) in known and isinstance(part, dict):
            continue
        known.add(id(part))
        yield pointer, part
        if isinstance(part, dict):
            pending += reversed([((*pointer, *step), child) for step, child in subschemas(part)])
            reference = part.get("$ref")
            if isinstance(reference, str) and isinstance(target_of(document, reference), dict):
                pending.insert(0, (tuple(reference[2:].split("/")), target_of(document, reference)))


def written_pointer(pointer: Pointer) -> str:
    """Return a pointer as a fragment, such as `#/properties/prompt`."""
    return "#" + "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in pointer)


def target_of(document: Any, reference: str) -> Any:
    """Return the part of a document that a reference such as `#/$defs/a` names, or None."""
    part = document
    if reference == "#":
        return part
    if not reference.startswith("#/"):
        return None
    for step in unquote(reference[2:]).split("/"):
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(part, list) and _INDEX.fullmatch(key) and int(key) < len(part):
            part = part[int(key)]
        elif isinstance(part, dict) and key in part:
            part = part[key]
        else:
            return None
    return part
