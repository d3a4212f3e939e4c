"""
Find all values of a spec that have a role or a class, each with its path in the rule file.

The annotations say, once for each class, where a role can occur. Other parts of a spec are never visited, and a new keyword
needs only its annotation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, TypeAlias, TypeVar, Union, get_args, get_origin, overload

from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.spec.field_types import is_block, kinds
from imgrules.compiler.spec.types import Closed, Role, definition

_Target: TypeAlias = Role | type[Closed] | UnionType
_Values: TypeAlias = list[tuple[Path, Any]]
_Visit: TypeAlias = Callable[[Any, Path, _Values], None]
"""A function that appends all targets inside a value, which is not None, to a list; the path is that of the value."""

_Spec = TypeVar("_Spec", bound=Closed)


@overload
def walk(spec: Closed, target: type[_Spec]) -> Iterator[tuple[Path, _Spec]]: ...
@overload
def walk(spec: Closed, target: Role | UnionType) -> Iterator[tuple[Path, Any]]: ...
def walk(spec: Closed, target: _Target) -> Iterator[tuple[Path, Any]]:
    """
    Yield every value of a role, or every block of a class or of a union of classes, with its path.

    A block comes before the blocks inside it, and values of its own fields before values in these blocks; otherwise fields come
    in the order of their declaration, and entries of lists and mappings in the author's order.
    """
    values: _Values = []
    visit = _visitor_of_block(type(spec), target)
    if visit is not None:
        visit(spec, (), values)
    return iter(values)


class _Step(NamedTuple):
    """A field that can contain the target: its name in Python, its key in a rule file, and how to visit its value."""

    name: str
    key: str
    visit: _Visit


@cache
def _visitor_of_block(kind: type[Closed], target: _Target) -> _Visit | None:
    """Return the function that visits blocks of a class, or None if they cannot contain the target."""
    inner = _fields(tuple(_steps(kind, target)))
    if not _is_target(kind, target):
        return inner
    return _add if inner is None else _in_turn(_add, inner)


def _steps(kind: type[Closed], target: _Target) -> Iterator[_Step]:
    """Yield the fields of a block that can contain the target, first those that contain it without another block in between."""
    wanted = frozenset(get_args(target) or [target])
    near = [name for name, contents in _contents(kind).items() if not wanted.isdisjoint(contents.near)]
    far = [name for name, contents in _contents(kind).items() if not wanted.isdisjoint(contents.far)]
    for name in dict.fromkeys((*near, *far)):
        field = kind.model_fields[name]
        # Pydantic keeps the metadata of a whole field apart from its annotation.
        visit = _add if target in field.metadata else _visitor_of(field.annotation, target)
        if visit is not None:
            yield _Step(name, field.alias or name, visit)


class _Contents(NamedTuple):
    """The roles and classes that can occur in a field: `near` outside of inner blocks, `far` inside them."""

    near: set[Role | type]
    far: set[Role | type]


@cache
def _contents(kind: type[Closed]) -> Mapping[str, _Contents]:
    """Return the roles and classes that can occur in each field of a block, by the name of the field."""
    contents: dict[str, _Contents] = {}
    for name, field in kind.model_fields.items():
        contents[name] = _Contents({part for part in field.metadata if isinstance(part, Role)}, set())
        _gather(field.annotation, contents[name])
    return contents


def _gather(shape: Any, contents: _Contents) -> None:
    """Add to `contents` the roles and classes that can occur in a value of an annotation."""
    shape = definition(shape)
    if is_block(shape):
        contents.near.update(shape.__mro__)
        contents.far.update(*(part for inner in _contents(shape).values() for part in inner))
    elif get_origin(shape) is Annotated:
        contents.near.update(part for part in shape.__metadata__ if isinstance(part, Role))
        _gather(shape.__origin__, contents)
    else:
        for part in get_args(shape):
            _gather(part, contents)


def _is_target(shape: Any, target: _Target) -> bool:
    if isinstance(target, Role):
        return target in getattr(shape, "__metadata__", ())
    return is_block(shape) and issubclass(shape, target)


def _visitor_of(shape: Any, target: _Target) -> _Visit | None:
    """Return the function that visits values of an annotation, or None if they cannot contain the target."""
    shape = definition(shape)
    origin, parts = get_origin(shape), get_args(shape)
    if isinstance(target, Role) and _is_target(shape, target):
        return _add
    if origin is Annotated:
        return _visitor_of(parts[0], target)
    if origin in (Union, UnionType):
        return _visitor_of_union([part for part in parts if part is not NoneType], target)
    if origin in (list, dict):
        if origin is dict and _visitor_of(parts[0], target) is not None:
            raise TypeError(f"the keys of a mapping cannot have a role: {shape}")
        visit = _visitor_of(parts[-1], target)
        return None if visit is None else _items(visit) if origin is list else _entries(visit)
    return _visitor_of_block(shape, target) if is_block(shape) else None


def _visitor_of_union(shapes: list[Any], target: _Target) -> _Visit | None:
    """Return the function that visits values of a union: the Python type of a value decides which member it belongs to."""
    if len(shapes) == 1:
        return _visitor_of(shapes[0], target)
    visits: dict[type, _Visit | None] = {}
    for shape in shapes:
        visit = _visitor_of(shape, target)
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


def _fields(steps: tuple[_Step, ...]) -> _Visit | None:
    def visit(block: Any, path: Path, values: _Values) -> None:
        fields = block.__dict__
        for name, key, follow in steps:
            value = fields[name]
            if value is not None:
                follow(value, (*path, key), values)

    return visit if steps else None


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
