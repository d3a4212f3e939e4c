"""
Make the records of a table from parsed JSON, as the annotations of their attributes say.

An attribute holds constants, one record, a list of records or a mapping of records. Constants are scalars, lists of scalars,
and mappings of both. A mapping of records whose first attribute is their name is written as a list, in its order.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from sys import intern
from types import GenericAlias, NoneType, UnionType
from typing import Any, TypeAlias

from imgrules.table.options import Badge, Option, Value
from imgrules.table.records import Cell, Field, Send
from imgrules.table.terms import Alias, Limit, Text

Shared: TypeAlias = dict[Any, dict[str, Any]]
"""Deduplicated records of a loaded table, by class and then by the `repr` of their JSON."""

Reader: TypeAlias = Callable[[Any, Shared], Any]

DEDUPLICATED = frozenset({Option, Value, Cell, Send, Badge, Limit, Alias, Field, Text})
"""The classes of records that many models have in common."""

_FEW = 16
"""The most combinations that models have in common: for those of a longer list, the keys would take as much memory as they."""

_LONGEST, _MOST = 600, 1024  # characters of such a `repr`, and records of one class
_BUILT_IN = {"str": str, "int": int, "bool": bool, "None": NoneType}
_SCALARS = frozenset({*_BUILT_IN.values(), Decimal})


@cache
def reader_of(kind: Any) -> Reader:
    """Return the reader of a record class: each attribute has a reader of its own, and missing ones their default."""
    return _deduplicated(kind, _plain_reader_of(kind)) if kind in DEDUPLICATED else _plain_reader_of(kind)


@cache
def _plain_reader_of(kind: Any) -> Reader:
    def read(raw: Any, shared: Shared) -> Any:
        readers = _readers_of(kind)
        return kind(**{name: readers.get(name, _constant)(item, shared) for name, item in raw.items()})

    return read


def _deduplicated(kind: Any, read: Reader) -> Reader:
    """Return a reader that returns one record for all equal JSON, which is safe because records are frozen."""

    def deduplicated(raw: Any, shared: Shared) -> Any:
        # The key is the `repr`, because values that compare equal may differ: 1 and true, or labels in two orders.
        key = repr(raw)
        if len(key) > _LONGEST:
            return read(raw, shared)
        records = shared.setdefault(kind, {})
        record = records.get(key)
        if record is None:
            record = read(raw, shared)
            if len(records) < _MOST:
                records[key] = record
        return record

    return deduplicated


@cache
def _readers_of(kind: Any) -> Mapping[str, Reader]:
    return {name: _reader(*content_of(kind, name)) for name in kind.__match_args__}


def _reader(container: Any, kind: Any) -> Reader:
    if kind is None:
        return _constant
    read = reader_of(kind)
    if container is tuple:
        own = _plain_reader_of(kind) if kind is Cell else read
        return lambda raw, shared: tuple([(read if len(raw) <= _FEW else own)(item, shared) for item in raw])
    if container is list:
        key = kind.__match_args__[0]
        return lambda raw, shared: {intern(item[key]): read(item, shared) for item in raw}
    if container is dict:
        return lambda raw, shared: {name: read(item, shared) for name, item in raw.items()}
    return read


def _constant(raw: Any, _: object = None) -> Any:
    """Return a constant, with lists as tuples; texts are interned, because a table repeats many of them."""
    if type(raw) is str:
        return intern(raw)
    if isinstance(raw, list):
        return tuple([intern(item) if type(item) is str else item for item in raw])
    return {key: _constant(item) for key, item in raw.items()} if isinstance(raw, dict) else raw


def content_of(kind: Any, name: str) -> tuple[Any, Any]:
    """
    Return what an attribute of a record class holds: the class of its records, behind what contains them.

    A mapping is a `list` where documents write it as one, and else a `dict`. Constants are `(None, None)`.

    Raises:
        NotImplementedError: the annotation is none that documents are written for.

    """
    text = kind.__annotations__[name]
    content = _content(text, kind.__module__)
    if content is None:
        raise NotImplementedError(f"no table document holds what {kind.__qualname__}.{name} is annotated with: {text}")
    return content


def annotation_of(kind: Any, name: str) -> Any:
    """Return the type of an attribute of a record class, without None; a KeyError for one that the codec does not read."""
    return _annotation(kind.__annotations__[name], kind.__module__)


def _annotation(text: str, module: str) -> Any:
    return _evaluated(text.removesuffix(" | None"), vars(sys.modules[module]))


@cache
def _content(text: str, module: str) -> tuple[Any, Any] | None:
    try:
        annotation = _annotation(text, module)
    except KeyError:
        return None
    container, item = parts_of(annotation)
    if isinstance(item, type) and hasattr(item, "__match_args__"):
        return list if container is dict and item.__match_args__[0] in {"name", "id"} else container, item
    return (None, None) if _is_constant(annotation) else None


def _evaluated(text: str, names: dict[str, Any]) -> Any:
    """Return the type that an annotation means; a KeyError for any but the few forms that the codec reads, as start-up waits."""
    if text in names:
        return names[text]
    if text.startswith("tuple[") and text.endswith(", ...]"):
        return GenericAlias(tuple, (_evaluated(text[6:-6], names), ...))
    if text.startswith("Mapping[str, ") and text.endswith("]"):
        return GenericAlias(Mapping, (str, _evaluated(text[13:-1], names)))
    first, bar, others = text.partition(" | ")
    return _evaluated(first, names) | _evaluated(others, names) if bar else _BUILT_IN[text]


def parts_of(annotation: Any) -> tuple[Any, Any]:
    """Return `tuple` or `dict` and X of `tuple[X, ...]` and `Mapping[str, X]`; None and the annotation of any other."""
    origin: Any = getattr(annotation, "__origin__", None)
    arguments: tuple[Any, ...] = getattr(annotation, "__args__", ())
    if origin is tuple and arguments[1:] == (...,):
        return tuple, arguments[0]
    if origin is Mapping and arguments[0] is str:
        return dict, arguments[1]
    return None, annotation


def _is_constant(annotation: Any, *, in_tuple: bool = False) -> bool:
    """Whether `_constant` returns every value of this type from its JSON; for a mapping, `Any` means any constants."""
    if annotation in _SCALARS:
        return True
    if isinstance(annotation, UnionType):
        return all(_is_constant(part, in_tuple=in_tuple) for part in annotation.__args__)
    container, item = parts_of(annotation)
    if container is None or in_tuple:
        return False
    return (container is dict and item is Any) or _is_constant(item, in_tuple=container is tuple)
