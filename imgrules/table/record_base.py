"""
Records: classes of named attributes with slots, compared by value, and frozen by default.

`@record` is a replacement for `@dataclass(frozen=True, slots=True)` that is imported in a fraction of the time: a constructor
is compiled when the first record of its class is made, and `dataclasses` is imported when one of its functions is called
with a record. Its `fields`, `replace`, `asdict` and `is_dataclass` accept records. A record class inherits no attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

_Class = TypeVar("_Class")
_put = object.__setattr__


class _Field(dict[str, Any]):
    """The description of an attribute: arguments of `dataclasses.field`."""


def field(**options: Any) -> Any:
    """Describe an attribute by `default`, `default_factory`, `init`, `repr` and `compare`, as `dataclasses.field` does."""
    return _Field(options)


class _Lazy:
    """A lazy class attribute: it is made at its first access, and then replaces this object."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self._make = make

    def __set_name__(self, owner: Any, name: str) -> None:
        self._owner, self._name = owner, name

    def __get__(self, instance: object, kind: Any) -> Any:
        value = self._make(self._owner)
        setattr(self._owner, self._name, value)
        return value.__get__(instance, kind) if hasattr(value, "__get__") else value


@overload
def record(kind: type[_Class]) -> type[_Class]: ...
@overload
def record(*, frozen: bool = True, slots: bool = True, eq: bool = True) -> Callable[[type[_Class]], type[_Class]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: Any = None, *, frozen: bool = True, slots: bool = True, eq: bool = True) -> Any:
    """Turn a class into a record class; its annotations are the attributes of each record, which without `eq` equals only itself."""
    if kind is None:
        return lambda kind: record(kind, frozen=frozen, slots=slots, eq=eq)  # type: ignore[call-overload]
    rest = {name: value for name, value in vars(kind).items() if name not in {"__dict__", "__weakref__"}}
    written = {name: rest.pop(name, _Field()) for name in kind.__annotations__}
    attributes = {name: default if type(default) is _Field else _Field(default=default) for name, default in written.items()}
    body = {
        "__match_args__": tuple(name for name, settings in attributes.items() if settings.get("init", True)),
        "__init__": _Lazy(lambda owner: _constructor(owner, attributes, frozen=frozen)),
        "__repr__": _text,
        "__replace__": replace,
        "__dataclass_fields__": _Lazy(lambda _: _as_dataclass(kind, attributes, frozen=frozen).__dataclass_fields__),
        "__dataclass_params__": _Lazy(lambda _: _as_dataclass(kind, attributes, frozen=frozen).__dataclass_params__),
        "_attributes": attributes,
        "_compared": attrgetter(*(name for name, settings in attributes.items() if settings.get("compare", True))),
    }
    body |= {"__eq__": _equal, "__hash__": _hash if frozen else None} if eq else {}
    body |= {"__slots__": tuple(attributes), "__getstate__": _state, "__setstate__": _restore} if slots else {}
    body |= {"__setattr__": _set, "__delattr__": _delete} if frozen else {}
    return type(kind)(kind.__name__, kind.__bases__, {**body, **rest, "__qualname__": kind.__qualname__})


def _constructor(kind: Any, attributes: Mapping[str, Mapping[str, Any]], *, frozen: bool) -> Any:
    """
    Compile the constructor of a record class; `attributes` maps each attribute to its arguments of `dataclasses.field`.

    A default factory has the default `...` in the signature. For the class `Length` of `terms`, the source is

        def __init__(self, shortest=_shortest, longest=_longest, unit=_unit):
            _put_shortest(self, shortest)
            _put_longest(self, longest)
            _put_unit(self, unit)

    What sets an attribute is its slot, which takes a third of the time of `object.__setattr__`.
    """
    names: dict[str, Any] = {"_put": _put}
    parameters, lines = ["self"], []
    for name, settings in attributes.items():
        is_parameter, default = settings.get("init", True), ""
        if "default_factory" in settings:
            names[f"_{name}"], default, value = settings["default_factory"], "...", f"_{name}()"
            value = f"{value} if {name} is ... else {name}" if is_parameter else value
        elif "default" in settings:
            names[f"_{name}"], default, value = settings["default"], f"_{name}", name if is_parameter else f"_{name}"
        else:
            value = name
        if is_parameter:
            parameters.append(f"{name}={default}" if default else name)
        if is_parameter or default:
            names[f"_put_{name}"] = setter = getattr(vars(kind).get(name), "__set__", None)
            set_frozen = f"_put_{name}(self, {value})" if setter else f"_put(self, {name!r}, {value})"
            lines.append(set_frozen if frozen else f"self.{name} = {value}")
    lines += ["self.__post_init__()"] if hasattr(kind, "__post_init__") else []
    exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines), names)  # noqa: S102  all names are our own
    function = names["__init__"]
    function.__qualname__, function.__module__ = f"{kind.__qualname__}.__init__", kind.__module__
    function.__annotations__ = {name: kind.__annotations__[name] for name in kind.__match_args__} | {"return": None}
    return function


def _as_dataclass(kind: Any, attributes: Mapping[str, Mapping[str, Any]], *, frozen: bool) -> Any:
    """Return a dataclass with the same attributes, for functions of `dataclasses` that are called with a record."""
    import dataclasses  # noqa: PLC0415  its import takes longer than that of all records

    described = {name: dataclasses.field(**settings) for name, settings in attributes.items()}
    body = {"__annotations__": kind.__annotations__, "__module__": kind.__module__, **described}
    return dataclasses.dataclass(frozen=frozen)(type(kind.__name__, (), body))


def replace(record: _Class, /, **changes: Any) -> _Class:
    """Return a copy of a record with some attributes changed."""
    original: Any = record
    return type(record)(**{name: getattr(original, name) for name in original.__match_args__ if name not in changes} | changes)


def default_of(kind: Any, name: str) -> Any:
    """Return the default of an attribute of a record class."""
    settings: Any = kind._attributes[name]  # noqa: SLF001  written above
    return settings["default_factory"]() if "default_factory" in settings else settings["default"]


def _equal(self: Any, other: Any) -> Any:
    return self._compared(self) == self._compared(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(self._compared(self))


def _text(self: Any) -> str:
    parts = [f"{name}={getattr(self, name)!r}" for name, settings in self._attributes.items() if settings.get("repr", True)]
    return f"{self.__class__.__qualname__}({', '.join(parts)})"


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self._attributes]


def _restore(self: Any, state: list[Any]) -> None:
    for name, value in zip(self._attributes, state, strict=True):
        _put(self, name, value)


def _set(self: Any, name: str, value: object) -> None:
    _refuse_where_frozen(self, name, "assign to")
    _put(self, name, value)


def _delete(self: Any, name: str) -> None:
    _refuse_where_frozen(self, name, "delete")
    object.__delattr__(self, name)


def _refuse_where_frozen(self: Any, name: str, verb: str) -> None:
    if name in self._attributes or "_attributes" in vars(type(self)):  # a subclass of a record class may have other attributes
        from dataclasses import FrozenInstanceError  # noqa: PLC0415  see `_as_dataclass`

        raise FrozenInstanceError(f"cannot {verb} field {name!r}")
