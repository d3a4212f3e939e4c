"""What a place in a rule file takes, read from the annotations of the spec."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError

from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.spec.types import Closed


def is_block(shape: Any) -> bool:
    """Return whether a place takes a block with named fields."""
    return isinstance(shape, type) and issubclass(shape, BaseModel)


def keys(shape: Any) -> list[str]:
    """Return the names that a block takes."""
    return [name for name in fields_of(shape) if name != "$schema"] if is_block(shape) else []


def block_of(shape: Any, present: Collection[str]) -> Any:
    """Return the block that a place takes; of several, the one that most of the keys are for."""
    blocks = [each for each in members(shape) if is_block(each)]
    return max(blocks, key=lambda each: sum(name in present for name in keys(each)), default=shape)


def is_required(kind: type[Closed], path: Path, loc: tuple[str | int, ...]) -> bool:
    """Return whether the field that a path ends in has to be given; which form of a union it is in, pydantic's location says."""
    if not path or path[-1] not in loc:
        return False
    end = len(loc) - 1 - loc[::-1].index(path[-1])
    field = field_at(shape_at(kind, (*loc[:end], "[key]")), str(path[-1]))
    return field is not None and bool(field.is_required())


def field_at(shape: Any, name: str) -> Any:
    """Return the field of a block that a key is for, or None."""
    return fields_of(shape).get(name) if is_block(shape) else None


def fields_of(shape: type[BaseModel]) -> dict[str, Any]:
    """Return the fields of a block by the keys that an author writes."""
    return {field.alias or name: field for name, field in shape.model_fields.items()}


def kinds(shape: Any) -> Iterator[Any]:
    """Yield the Python types of the values that a place takes."""
    for each in members(shape):
        kind = get_origin(each) or each
        yield kind if isinstance(kind, type) else str


def members(shape: Any) -> list[Any]:
    """Return the forms that a place takes, without annotations."""
    if get_origin(shape) is Annotated:
        return members(get_args(shape)[0])
    if get_origin(shape) in (Union, UnionType):
        return [each for part in get_args(shape) for each in members(part) if each is not NoneType]
    return [shape]


def shape_at(shape: Any, loc: tuple[str | int, ...]) -> Any:
    """Return what a place takes: follow pydantic's location through the annotations of the spec."""
    while get_origin(shape) is Annotated:
        shape = get_args(shape)[0]
    if get_origin(shape) in (Union, UnionType):
        parts = [each for each in get_args(shape) if each is not NoneType]
        tagged = next((each for each in parts if loc and Tag(str(loc[0])) in getattr(each, "__metadata__", ())), None)
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
    """Return where a value is wrong that stands where a block stands, as pydantic says it; nothing where it may stand there."""
    try:
        shape.model_validate(value)
    except ValidationError as error:
        return [each["loc"] for each in error.errors(include_url=False, include_input=False)]
    return []


def fits_at(shape: type[BaseModel], name: str, value: Any) -> bool:
    """Return whether a value may stand at a field of a block, whatever else the block lacks."""
    return all(loc[0] != name for loc in wrong(shape, {name: value}))
