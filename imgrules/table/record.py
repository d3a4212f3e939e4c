"""
Records: classes of named attributes with slots, compared by value, and frozen unless they say otherwise.

`@record` gives what `@dataclass(frozen=True, slots=True)` gives, and is imported in a fraction of the time: a constructor is
compiled when the first record of its class is made, and `dataclasses` is loaded when somebody asks it about a record. Its
`fields`, `replace`, `asdict` and `is_dataclass` take a record for one of their own. A record inherits no attributes.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

from imgrules.table.constructor import as_dataclass, constructor

_Class = TypeVar("_Class")
_put = object.__setattr__


class _Field(dict[str, Any]):
    """What is known of an attribute: arguments of `dataclasses.field`."""


def field(**options: Any) -> Any:
    """Describe an attribute by `default`, `default_factory`, `init`, `repr` and `compare`, as `dataclasses.field` does."""
    return _Field(options)


class _Lazy:
    """An attribute of a class that is made at the first look, and then replaced by what was made."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self._make = make

    def __set_name__(self, owner: Any, name: str) -> None:
        self._owner, self._name = owner, name

    def __get__(self, instance: object, kind: Any) -> Any:
        made = self._make(self._owner)
        setattr(self._owner, self._name, made)
        return made.__get__(instance, kind) if hasattr(made, "__get__") else made


@overload
def record(kind: type[_Class]) -> type[_Class]: ...
@overload
def record(*, frozen: bool = True, slots: bool = True) -> Callable[[type[_Class]], type[_Class]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: Any = None, *, frozen: bool = True, slots: bool = True) -> Any:
    """Make a class of records of a class: what it annotates is what each record holds."""
    if kind is None:
        return lambda kind: record(kind, frozen=frozen, slots=slots)  # type: ignore[call-overload]
    own = {name: each for name, each in vars(kind).items() if name not in {"__dict__", "__weakref__"}}
    written = {name: own.pop(name, _Field()) for name in kind.__annotations__}
    known = {name: each if type(each) is _Field else _Field(default=each) for name, each in written.items()}
    body = {
        "__match_args__": tuple(name for name, each in known.items() if each.get("init", True)),
        "__init__": _Lazy(lambda made: constructor(made, known, frozen=frozen)),
        "__eq__": _equal,
        "__hash__": _hash if frozen else None,
        "__repr__": _text,
        "__replace__": replace,
        "__dataclass_fields__": _Lazy(lambda _: as_dataclass(kind, known, frozen=frozen).__dataclass_fields__),
        "__dataclass_params__": _Lazy(lambda _: as_dataclass(kind, known, frozen=frozen).__dataclass_params__),
        "_known": known,
        "_compared": attrgetter(*(name for name, each in known.items() if each.get("compare", True))),
    }
    body |= {"__slots__": tuple(known), "__getstate__": _state, "__setstate__": _restore} if slots else {}
    body |= {"__setattr__": _set, "__delattr__": _delete} if frozen else {}
    return type(kind)(kind.__name__, kind.__bases__, {**body, **own, "__qualname__": kind.__qualname__})


def replace(record: _Class, /, **changes: Any) -> _Class:
    """Return a record that is the same but for some attributes."""
    one: Any = record
    return type(record)(**{name: getattr(one, name) for name in one.__match_args__ if name not in changes} | changes)


def _equal(self: Any, other: Any) -> Any:
    return self._compared(self) == self._compared(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(self._compared(self))


def _text(self: Any) -> str:
    shown = [f"{name}={getattr(self, name)!r}" for name, each in self._known.items() if each.get("repr", True)]
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self._known]


def _restore(self: Any, state: list[Any]) -> None:
    for name, value in zip(self._known, state, strict=True):
        _put(self, name, value)


def _set(self: Any, name: str, value: object) -> None:
    _refuse_where_frozen(self, name, "assign to")
    _put(self, name, value)


def _delete(self: Any, name: str) -> None:
    _refuse_where_frozen(self, name, "delete")
    object.__delattr__(self, name)


def _refuse_where_frozen(self: Any, name: str, verb: str) -> None:
    if name in self._known or "_known" in vars(type(self)):  # a class made of a record's class may hold more
        from dataclasses import FrozenInstanceError  # noqa: PLC0415  it takes longer to load than all records do

        raise FrozenInstanceError(f"cannot {verb} field {name!r}")
