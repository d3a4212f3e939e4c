"""What a place in a rule file accepts, read from the annotations of the spec."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError

from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.spec.types import Closed, definition


def is_block(shape: Any) -> bool:
    """Whether a place accepts a block with named fields."""
    return isinstance(shape, type) and issubclass(shape, BaseModel)


def keys(shape: Any) -> list[str]:
    """Return the keys that a block accepts, as an author writes them."""
    return [name for name in fields_of(shape) if name != "$schema"] if is_block(shape) else []


def block_of(shape: Any, present: Collection[str]) -> Any:
    """Return the block that a place accepts, of several the one with most keys in `present`; without a block, `shape`."""
    blocks = [member for member in members(shape) if is_block(member)]
    return max(blocks, key=lambda block: sum(name in present for name in keys(block)), default=shape)


def is_required(kind: type[Closed], path: Path, loc: tuple[str | int, ...]) -> bool:
    """Whether the field at the end of a path is required; pydantic's location selects the member of a union."""
    if not path or path[-1] not in loc:
        return False
    end = len(loc) - 1 - loc[::-1].index(path[-1])
    field = field_at(shape_at(kind, (*loc[:end], "[key]")), str(path[-1]))
    return field is not None and bool(field.is_required())


def field_at(shape: Any, name: str) -> Any:
    """Return the pydantic field of a block for a key, or None."""
    return fields_of(shape).get(name) if is_block(shape) else None


def fields_of(shape: type[BaseModel]) -> dict[str, Any]:
    """Return the fields of a block by the keys that an author writes."""
    return {field.alias or name: field for name, field in shape.model_fields.items()}


def kinds(shape: Any) -> Iterator[Any]:
    """Yield the Python types of the values that a place accepts."""
    for member in members(shape):
        if get_origin(member) is Literal:
            yield from map(type, get_args(member))
            continue
        kind = get_origin(member) or member
        yield kind if isinstance(kind, type) else str


def members(shape: Any) -> list[Any]:
    """Return the members of a union, or the one type of a place, without metadata and without None."""
    shape = definition(shape)
    if get_origin(shape) is Annotated:
        return members(get_args(shape)[0])
    if get_origin(shape) in (Union, UnionType):
        return [member for part in get_args(shape) for member in members(part) if member is not NoneType]
    return [shape]


def shape_at(shape: Any, loc: tuple[str | int, ...]) -> Any:
    """Return the annotation of a place: the one reached from `shape` by the steps of pydantic's location `loc`."""
    shape = definition(shape)
    while get_origin(shape) is Annotated:
        shape = definition(get_args(shape)[0])
    if get_origin(shape) in (Union, UnionType):
        parts = [part for part in get_args(shape) if part is not NoneType]
        tagged = next((part for part in parts if loc and Tag(str(loc[0])) in getattr(part, "__metadata__", ())), None)
        if tagged is not None and loc[1:]:
            return shape_at(tagged, loc[1:])
        return shape_at(parts[0], loc) if len(parts) == 1 else shape
    if not loc or loc[0] == "[key]":
        return shape
    if is_block(shape):
        field = field_at(shape, str(loc[0]))
        return shape_at(None if field is None else field.annotation, loc[1:])
    inner = get_args(shape)
    return shape_at(inner[-1], loc[1:]) if inner else shape


def wrong(shape: type[BaseModel], value: Any) -> list[tuple[str | int, ...]]:
    """Return pydantic's locations of the errors in a value that is given for a block; an empty list if it is valid."""
    try:
        shape.model_validate(value)
    except ValidationError as error:
        return [detail["loc"] for detail in error.errors(include_url=False, include_input=False)]
    return []


def fits_at(shape: type[BaseModel], name: str, value: Any) -> bool:
    """Whether a value is valid for a field of a block, even if other keys of the block are missing."""
    return all(loc[0] != name for loc in wrong(shape, {name: value}))
