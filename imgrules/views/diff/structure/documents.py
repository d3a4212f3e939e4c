"""
The resolved rules as nested mappings, and the edits that turn one such document into another.

Records become mappings of their attributes without defaults; lists of records that have names of their own become mappings
by these names, with their order as a list of its own at `ORDER`. So an edit names what it changes, and not a number in a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from imgrules.table.options import Badge
from imgrules.table.records import Cell, Change, GateRule, Send
from imgrules.table.terms import Alias
from imgrules.table.texts.labels import say
from imgrules.views.diff.diff_records import ABSENT, Edit

ORDER = "(order)"
"""The key of the list of keys of an ordered mapping."""

_NAMES: Mapping[type, Callable[[Any], str]] = {
    Badge: lambda badge: say(badge.text, None),
    Alias: lambda alias: alias.name,
    Cell: lambda cell: " / ".join(str(value) for value in cell.values),
    Change: lambda change: change.at,
    GateRule: lambda rule: ", ".join(rule.gates),
    Send: lambda send: ".".join(map(str, send.path)),
}
"""The name of a record in a list; records of other classes have the number of their place."""


def resolved(value: Any) -> Any:
    """Return a record, or anything that records hold, as a document of nested mappings with scalars at the leaves."""
    if hasattr(value, "__match_args__"):
        attributes = ((name, getattr(value, name), default) for name, default in _defaults(_class(value)))
        return {name: resolved(item) for name, item, default in attributes if item != default or item is True}
    if isinstance(value, Mapping):
        return _ordered((str(name), resolved(item)) for name, item in value.items())
    if isinstance(value, tuple) and any(hasattr(item, "__match_args__") for item in value):
        return _ordered((_name(item, place), resolved(item)) for place, item in enumerate(value))
    return value


def _name(item: Any, place: int) -> str:
    named = _NAMES.get(type(item))
    return str(place) if named is None else named(item)


def _ordered(items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return a mapping with its order; a name that was taken before gets a number."""
    document: dict[str, Any] = {}
    for name, item in items:
        number, unique = 1, name
        while unique in document:
            number += 1
            unique = f"{name} #{number}"
        document[unique] = item
    return {**document, ORDER: tuple(document)} if len(document) > 1 else document


def _class(value: Any) -> Any:
    return type(value)


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    from dataclasses import MISSING, fields  # noqa: PLC0415  only a comparison needs it

    defaults = {
        part.name: part.default_factory() if part.default is MISSING and part.default_factory is not MISSING else part.default
        for part in fields(kind)
    }
    return tuple((name, defaults[name]) for name in kind.__match_args__)


def edits(old: Any, new: Any, path: tuple[str, ...] = ()) -> Iterator[Edit]:
    """Yield the edits that turn one document into another, each at the shortest path where one side has nothing."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            yield from edits(old.get(name, ABSENT), new.get(name, ABSENT), (*path, name))
    elif repr(old) != repr(new):  # 1 and true are equal, and are not the same
        yield Edit(path, old, new)


def applied(document: Any, changes: Iterable[Edit]) -> Any:
    """Return a document after some edits of it."""
    for edit in changes:
        document = _edited(document, edit.path, edit.new)
    return document


def _edited(document: Any, path: tuple[str, ...], new: Any) -> Any:
    if not path:
        return new
    name, *rest = path
    inner = _edited(document.get(name, ABSENT), tuple(rest), new)
    others = {key: item for key, item in document.items() if key != name}
    return others if inner is ABSENT else {**others, name: inner}


_LISTS = ("badges", "aliases", "meta")


def single(changes: Iterable[Edit]) -> Iterator[Edit]:
    """Yield edits of a whole list of badges, aliases or notes as one for each of them."""
    for edit in changes:
        whole = next((side for side in (edit.old, edit.new) if isinstance(side, dict)), None)
        if edit.path[-1] in _LISTS and whole is not None:
            for name in (name for name in whole if name != ORDER):
                old, new = (side[name] if isinstance(side, dict) else side for side in (edit.old, edit.new))
                yield Edit((*edit.path, name), old, new)
        else:
            yield edit
