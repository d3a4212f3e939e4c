"""
Find all values of a spec that have a role or a class, each with its path in the rule file.

The annotations say, once for each class, where a role can occur. Other parts of a spec are never visited, and a new keyword
needs only its annotation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from itertools import chain
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, TypeAlias, TypeVar, Union, get_args, get_origin, overload
from weakref import ReferenceType, ref

from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.spec.field_types import is_block, kinds
from imgrules.compiler.spec.types import Closed, Role, definition

_Target: TypeAlias = Role | type[Closed]
_Places: TypeAlias = dict[_Target, list[tuple[Path, Any]]]
"""The values of each role, and the blocks of each class and of its base classes."""
_Visit: TypeAlias = Callable[[Any, Path, _Places], None]
"""A function that adds the places inside a value, which is not None; the path is that of the value."""

_Spec = TypeVar("_Spec", bound=Closed)
_kept: dict[int, tuple[_Places, frozenset[type], ReferenceType[Closed]]] = {}
"""The places in each spec that was walked, and its classes, by its id, as long as it lives; a spec cannot be a key, since it compares its fields."""


@overload
def walk(spec: Closed, target: type[_Spec], /) -> Iterator[tuple[Path, _Spec]]: ...
@overload
def walk(spec: Closed, /, *targets: _Target) -> Iterator[tuple[Path, Any]]: ...
def walk(spec: Closed, /, *targets: _Target) -> Iterator[tuple[Path, Any]]:
    """
    Yield every value of a role, or every block of a class, with its path; of several targets, one after the other.

    A block comes before the blocks inside it, and fields without blocks before the others; otherwise fields come in the order
    of their declaration, and entries in the author's order. A target is no union, and not `Closed`, of which all blocks are.
    """
    places, classes, _ = _kept.get(id(spec)) or _keep(spec)
    found = places.get(targets[0], ()) if len(targets) == 1 else chain(*(places.get(target, ()) for target in targets))
    # The whole spec is in no list, which would keep it alive. For pydantic, `isinstance` is a function in Python.
    return iter(found) if classes.isdisjoint(targets) else chain([((), spec)], found)


@cache
def _classes(kind: type[Closed]) -> frozenset[type]:
    return frozenset(kind.__mro__)


def _keep(spec: Closed) -> tuple[_Places, frozenset[type], ReferenceType[Closed]]:
    """Find the places of all roles and classes inside a spec by one visit, and keep them as long as it lives."""
    places: _Places = {}
    _visitor_of_fields(type(spec))(spec, (), places)
    kept = _kept[id(spec)] = places, _classes(type(spec)), ref(spec, partial(_kept.pop, id(spec)))
    return kept


class _Step(NamedTuple):
    """A field with places: its name in Python, its key in a rule file, and how to visit its value."""

    name: str
    key: str
    visit: _Visit


@cache
def _visitor_of_fields(kind: type[Closed]) -> _Visit:
    """Return the function that visits the fields of blocks of a class, those without blocks first."""
    flat, nested = list[_Step](), list[_Step]()
    for name, field in kind.model_fields.items():
        # Pydantic keeps the metadata of a whole field apart from its annotation.
        visit_field = _with_roles(field.metadata, _visitor_of(field.annotation))
        if visit_field is not None:
            (nested if _has_block(field.annotation) else flat).append(_Step(name, field.alias or name, visit_field))
    steps = (*flat, *nested)

    def visit(block: Any, path: Path, places: _Places) -> None:
        fields = block.__dict__
        for name, key, visit_field in steps:
            value = fields[name]
            if value is not None:
                visit_field(value, (*path, key), places)

    return visit


def _has_block(shape: Any) -> bool:
    shape = definition(shape)
    return is_block(shape) or any(map(_has_block, get_args(shape)))


@cache
def _visitor_of_block(kind: type[Closed]) -> _Visit:
    """Return the function that visits blocks of a class."""
    classes = tuple(base for base in kind.__mro__ if is_block(base) and base not in Closed.__mro__)
    visit_fields = _visitor_of_fields(kind)

    def visit(block: Any, path: Path, places: _Places) -> None:
        place = path, block
        for base in classes:
            places.setdefault(base, []).append(place)
        visit_fields(block, path, places)

    return visit


def _visitor_of(shape: Any) -> _Visit | None:
    """Return the function that visits values of an annotation, or None if they contain neither a role nor a block."""
    if definition(shape) is not shape:
        return _visitor_of_named(shape)
    origin, parts = get_origin(shape), get_args(shape)
    if origin is Annotated:
        return _with_roles(shape.__metadata__, _visitor_of(parts[0]))
    if origin in (Union, UnionType):
        return _visitor_of_union([part for part in parts if part is not NoneType])
    if origin in (list, dict):
        if origin is dict and _visitor_of(parts[0]) is not None:
            raise TypeError(f"the keys of a mapping cannot have a role: {shape}")
        visit = _visitor_of(parts[-1])
        return None if visit is None else _items(visit) if origin is list else _entries(visit)
    return _visitor_of_block(shape) if is_block(shape) else None


@cache
def _visitor_of_named(shape: Any) -> _Visit | None:
    """Return the function that visits values of a type with a name, which many fields have."""
    return _visitor_of(definition(shape))


def _visitor_of_union(shapes: list[Any]) -> _Visit | None:
    """Return the function that visits values of a union: the Python type of a value decides which member it belongs to."""
    if len(shapes) == 1:
        return _visitor_of(shapes[0])
    visits: dict[type, _Visit | None] = {}
    for shape in shapes:
        visit = _visitor_of(shape)
        if any(visits.setdefault(kind, visit) is not visit for kind in kinds(shape)):
            raise TypeError(f"two forms have one Python type, and differ in what they contain: {shapes}")
    return _by_type(visits) if any(visits.values()) else None


def _with_roles(metadata: Any, visit: _Visit | None) -> _Visit | None:
    """Return the function that adds a value to the roles of its annotation, and then visits what is inside it."""
    roles = tuple(part for part in metadata if isinstance(part, Role))
    if not roles:
        return visit
    return _adding(roles) if visit is None else _in_turn(_adding(roles), visit)


@cache
def _adding(roles: tuple[Role, ...]) -> _Visit:
    def visit(value: Any, path: Path, places: _Places) -> None:
        for role in roles:
            places.setdefault(role, []).append((path, value))

    return visit


def _in_turn(first: _Visit, second: _Visit) -> _Visit:
    def visit(value: Any, path: Path, places: _Places) -> None:
        first(value, path, places)
        second(value, path, places)

    return visit


def _items(follow: _Visit) -> _Visit:
    def visit(items: Any, path: Path, places: _Places) -> None:
        for index, item in enumerate(items):
            follow(item, (*path, index), places)

    return visit


def _entries(follow: _Visit) -> _Visit:
    def visit(entries: Any, path: Path, places: _Places) -> None:
        for key, entry in entries.items():
            follow(entry, (*path, key), places)

    return visit


def _by_type(visits: Mapping[type, _Visit | None]) -> _Visit:
    def visit(value: Any, path: Path, places: _Places) -> None:
        follow = visits.get(type(value))
        if follow is not None:
            follow(value, path, places)

    return visit
