"""
A version of a model in other names for its options and values, wherever its rules name them.

What two versions differ in beside their names is then what their records differ in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from imgrules.table.options import Option, Value
from imgrules.table.record_base import replace
from imgrules.table.records import Formula, Line, Model, Send
from imgrules.table.terms import Alias, Follows, Limit, Lookup, Test
from imgrules.views.diff.structure.names import Names, Renames

Word = Callable[[Any], Any]
"""Returns the old name of a value; of anything else, the same."""

_NAMING: Mapping[type, str] = {
    Test: "name",
    Lookup: "by",
    Follows: "of",
    Limit: "needs",
    Line: "per",
    Formula: "each",
    Send: "name",
    Option: "name",
}
"""The attribute that names options, one or several, of each kind of record that has one."""


def in_old_names(new: Model, names: Names) -> Model:
    """Return the new version of a model in the names of the old one, without the aliases that keep these."""
    return new if names.is_empty else _record(spelled_out(new, names), names)


def spelled_out(model: Model, names: Names) -> Model:
    """Return a version of a model with a row for each value of an option with renamed values, also where it is sent as its own name."""
    return replace(model, body=tuple(_spelled_out(send, model, names) for send in model.body))


def _spelled_out(send: Send, model: Model, names: Names) -> Send:
    renames = names.values.get(names.option(send.name))
    if send.name is None or renames is None or not renames.all:
        return send
    rows = {**{name: name for name in model.options[send.name].values}, **(send.lookup.table if send.lookup else {})}
    return replace(send, lookup=Lookup((send.name,), rows))


def _translated(part: Any, names: Names) -> Any:
    if isinstance(part, tuple):
        return tuple(_translated(item, names) for item in part)
    if isinstance(part, Mapping):
        return {key: _translated(item, names) for key, item in part.items()}
    return _record(part, names) if hasattr(part, "__match_args__") else part


def _record(record: Any, names: Names) -> Any:
    kind = type(record)
    parts = _PARTS[kind](record, names) if kind in _PARTS else {}
    if kind in _NAMING:
        parts[_NAMING[kind]] = _named(getattr(record, _NAMING[kind]), names)
    others = (name for name in record.__match_args__ if name not in parts)
    return replace(record, **parts, **{name: _translated(getattr(record, name), names) for name in others})


def _named(named: Any, names: Names) -> Any:
    return tuple(map(names.option, named)) if isinstance(named, tuple) else names.option(named)


def _model(model: Model, names: Names) -> dict[str, Any]:
    words = [names.word(names.option(name)) for name in model.axes]
    return {
        "options": {names.option(name): _record(option, names) for name, option in model.options.items()},
        "cells": tuple(
            replace(cell, values=tuple(word(value) for word, value in zip(words, cell.values, strict=True)))
            for cell in model.cells
        ),
        "aliases": _aliases(model.aliases, names.options, names.option),
    }


def _option(option: Option, names: Names) -> dict[str, Any]:
    old = names.option(option.name)
    word = names.word(old)
    follows = option.follows
    return {
        "values": {word(name): _value(value, word) for name, value in option.values.items()},
        "default": word(option.default),
        "defaults": option.defaults and _lookup(option.defaults, names, word),
        "follows": follows and replace(_record(follows, names), table=follows.table and _lookup(follows.table, names, word)),
        "gone": {name: replace(absence, use=tuple(map(word, absence.use))) for name, absence in option.gone.items()},
        "aliases": _aliases(option.aliases, names.values.get(old, Renames()), word),
    }


def _value(value: Value, word: Word) -> Value:
    return replace(value, name=word(value.name), use=tuple(map(word, value.use)))


def _aliases(aliases: Sequence[Alias], renames: Renames, word: Word) -> tuple[Alias, ...]:
    kept = renames.kept.values()
    return tuple(replace(alias, means=word(alias.means)) for alias in aliases if alias.name not in kept)


def _test(test: Test, names: Names) -> dict[str, Any]:
    word = names.word(names.option(test.name))
    return {"any": tuple(map(word, test.any)), "none": tuple(map(word, test.none))}


def _rows(table: Any, levels: Sequence[Word], entry: Word) -> Any:
    """Return a nested table with the old names of its rows, by one word for each level, and of its entries."""
    if not levels or not isinstance(table, Mapping):
        return entry(table)
    return {levels[0](row): _rows(inner, levels[1:], entry) for row, inner in table.items()}


def _lookup(lookup: Lookup, names: Names, entry: Word) -> Lookup:
    by = _named(lookup.by, names)
    return Lookup(by, _rows(lookup.table, [names.word(name) for name in by], entry))


def _table(lookup: Lookup, names: Names) -> dict[str, Any]:
    return {"table": _lookup(lookup, names, lambda entry: entry).table}


_PARTS: Mapping[type, Callable[[Any, Names], dict[str, Any]]] = {
    Model: _model,
    Option: _option,
    Test: _test,
    Lookup: _table,
}
"""The parts of records that name values, or are by the names of options."""
