"""
Walk over a spec by roles or by classes, and give each value with its path as the author writes it.

Where a role can lie is read from the annotations, once for each class: what cannot hold it is never visited, and a new
keyword needs no more than its annotation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, TypeAlias, TypeVar, Union, get_args, get_origin, overload

from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.spec.annotations import is_block, kinds
from imgrules.compiler.spec.types import Closed, Role

_Target: TypeAlias = Role | type[Closed] | UnionType
_Values: TypeAlias = list[tuple[Path, Any]]
_Visit: TypeAlias = Callable[[Any, Path, _Values], None]
"""Adds what a value, which is not None, holds of the target, for its path."""

_Spec = TypeVar("_Spec", bound=Closed)


@overload
def walk(spec: Closed, target: type[_Spec]) -> Iterator[tuple[Path, _Spec]]: ...
@overload
def walk(spec: Closed, target: Role | UnionType) -> Iterator[tuple[Path, Any]]: ...
def walk(spec: Closed, target: _Target) -> Iterator[tuple[Path, Any]]:
    """
    Yield every value of a role, or every block of a class or of a union of classes, with its path.

    A block comes before the blocks inside it, and what it says itself before what they say; otherwise fields come in the order
    of their declaration, and entries of lists and mappings in the author's order.
    """
    values: _Values = []
    visit = _block(type(spec), target)
    if visit is not None:
        visit(spec, (), values)
    return iter(values)


class _Step(NamedTuple):
    """A field that can hold the target: its name, its key in a rule file, and how its value is visited."""

    name: str
    key: str
    visit: _Visit


@cache
def _block(kind: type[Closed], target: _Target) -> _Visit | None:
    """Return how a block is visited, or None if it cannot hold the target."""
    shapes = {name: Annotated[field.annotation, *field.metadata, None] for name, field in kind.model_fields.items()}
    ordered = sorted(shapes, key=lambda name: not _is_near(shapes[name], target))
    visits = ((name, _form(shapes[name], target)) for name in ordered)
    steps = tuple(_Step(name, kind.model_fields[name].alias or name, visit) for name, visit in visits if visit is not None)
    inner = _fields(steps) if steps else None
    return inner if not _is_target(kind, target) else _add if inner is None else _in_turn(_add, inner)


def _is_near(shape: Any, target: _Target) -> bool:
    """Whether a value can be or list the target itself, without a block between them."""
    return _is_target(shape, target) or any(_is_near(part, target) for part in get_args(shape))


def _is_target(shape: Any, target: _Target) -> bool:
    if isinstance(target, Role):
        return target in getattr(shape, "__metadata__", ())
    return is_block(shape) and issubclass(shape, target)


def _form(shape: Any, target: _Target) -> _Visit | None:
    """Return how a value of any form is visited, or None if it cannot hold the target."""
    origin, parts = get_origin(shape), get_args(shape)
    if isinstance(target, Role) and _is_target(shape, target):
        return _add
    if origin is Annotated:
        return _form(parts[0], target)
    if origin in (Union, UnionType):
        return _alternatives([part for part in parts if part is not NoneType], target)
    if origin in (list, dict):
        if origin is dict and _is_near(parts[0], target):
            raise TypeError(f"the keys of a mapping cannot have a role: {shape}")
        visit = _form(parts[-1], target)
        return None if visit is None else _items(visit) if origin is list else _entries(visit)
    return _block(shape, target) if is_block(shape) else None


def _alternatives(shapes: list[Any], target: _Target) -> _Visit | None:
    """Return how a value of one of several forms is visited: its Python type tells which form it has."""
    if len(shapes) == 1:
        return _form(shapes[0], target)
    visits: dict[type, _Visit | None] = {}
    for shape in shapes:
        visit = _form(shape, target)
        if any(visits.setdefault(kind, visit) is not visit for kind in kinds(shape)):
            raise TypeError(f"two forms have one Python type, and hold {target} in two ways: {shapes}")
    return _by_type(visits) if any(visits.values()) else None


def _add(value: Any, path: Path, values: _Values) -> None:
    values.append((path, value))


def _in_turn(first: _Visit, second: _Visit) -> _Visit:
    def visit(value: Any, path: Path, values: _Values) -> None:
        first(value, path, values)
        second(value, path, values)

    return visit


def _fields(steps: tuple[_Step, ...]) -> _Visit:
    def visit(block: Any, path: Path, values: _Values) -> None:
        fields = block.__dict__
        for name, key, follow in steps:
            value = fields[name]
            if value is not None:
                follow(value, (*path, key), values)

    return visit


def _items(follow: _Visit) -> _Visit:
    def visit(items: Any, path: Path, values: _Values) -> None:
        for index, item in enumerate(items):
            follow(item, (*path, index), values)

    return visit


def _entries(follow: _Visit) -> _Visit:
    def visit(entries: Any, path: Path, values: _Values) -> None:
        for key, entry in entries.items():
            follow(entry, (*path, key), values)

    return visit


def _by_type(visits: Mapping[type, _Visit | None]) -> _Visit:
    def visit(value: Any, path: Path, values: _Values) -> None:
        follow = visits.get(type(value))
        if follow is not None:
            follow(value, path, values)

    return visit
