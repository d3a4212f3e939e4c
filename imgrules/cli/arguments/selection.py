"""Conversion of command line texts to the values of a selection."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from imgrules.engine.normalize import model_named, model_of
from imgrules.errors import ImgrulesError
from imgrules.quoting import either, quoted
from imgrules.refusals.suggest import did_you_mean, nearest
from imgrules.table.measures import number_in
from imgrules.table.options import Option
from imgrules.table.records import CAP, MODEL, Model, Table, cap_of, fields_of


def read(table: Table, name: str | None, moment: str | None, assignments: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """
    Return the selection of a model, or of the default one, from names and texts; for an option of numbers, a numeric text becomes a number.

    An option that takes a list may be repeated; an empty text is an empty list, and a JSON list of texts adds all of them.
    A text that cannot be converted stays text: the decision refuses it.

    Raises:
        ImgrulesError: an option that takes one value is given twice.

    """
    picked = {} if name is None else {MODEL: name}
    model = model_of(table, picked, moment)[0]
    options: dict[str, Option] = {} if model is None else {**_caps(table, model), **_by_name(model)}
    return _read(options, assignments, picked)


def has_field(table: Table, model: Model, name: str) -> bool:
    """Whether a selection of a model may hold a name: that of an option or a field, or an alias of one."""
    aliases = {alias.name for alias in model.aliases}
    return name in model.options or name in fields_of(table, model) or name in aliases


def read_facts(table: Table, model: str | None, assignments: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """
    Return facts by name, converted from texts as the options of a selection are; without a model, as any model has them.

    A name such as `MODEL:NAME` is about one model: then the fact has a mapping of model ids.

    Raises:
        ImgrulesError: a fact that takes one value is given twice, or there is no such model, or it has no such fact.

    """
    owned = [(*_owner(table, named), text) for named, text in assignments]
    models = [table.models[model]] if model is not None and model in table.models else table.models.values()
    own = {name: found.options[name] for found in models for name in found.facts}
    stated = _read({**table.facts, **own}, [(name, text) for owner, name, text in owned if owner is None], {})
    for owner in dict.fromkeys(owner for owner, _, _ in owned if owner is not None):
        given = [(name, text) for other, name, text in owned if other == owner]
        for name, value in _read(table.models[owner].options, given, {}).items():
            stated[name] = {**_of_all(table, name, stated), owner: value}
    return stated


def _owner(table: Table, named: str) -> tuple[str | None, str]:
    """Return the id of the model before the colon of a name such as `MODEL:NAME`, or None, and the name of a fact."""
    before, colon, name = named.rpartition(":")
    if not colon:
        return None, named
    model = model_named(table, before, None)[0]
    if model is None:
        raise ImgrulesError(f"there is no model {quoted(before)}{did_you_mean(nearest(before, table.models))}")
    if name not in model.facts:
        has = f"it has {either(model.facts, word='and')}" if model.facts else "it has none"
        raise ImgrulesError(f"{model.id} has no fact {quoted(name)}; {has}")
    return model.id, name


def _of_all(table: Table, name: str, stated: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what is stated of a fact by the ids of the models that have it."""
    if name not in stated:
        return {}
    value = stated[name]
    return value if isinstance(value, Mapping) else {model.id: value for model in table.models.values() if name in model.facts}


def _read(options: Mapping[str, Option], assignments: Iterable[tuple[str, str]], picked: dict[str, Any]) -> dict[str, Any]:
    for named, text in assignments:
        option = options.get(named)
        if option is not None and option.many is not None:
            picked.setdefault(named, []).extend(_entries(text))
        elif named in picked:
            raise ImgrulesError(f"{quoted(named)} is given twice, but takes one value")
        else:
            picked[named] = text if option is None else _value(option, text)
    return picked


def _caps(table: Table, model: Model) -> dict[str, Option]:
    """Return the field of a model that is a number, by name and by alias, as an option of numbers."""
    cap = cap_of(table, model)
    aliases = () if cap is None else (alias.name for alias in model.aliases if alias.means == cap.name)
    return {} if cap is None else dict.fromkeys((*aliases, cap.name), Option(cap.name, cap.name, number=CAP))


def _by_name(model: Model) -> Mapping[str, Option]:
    """Return the options of a model by name and by alias."""
    aliases = {alias.name: model.options[alias.means] for alias in model.aliases if alias.means in model.options}
    return {**aliases, **model.options}


def _entries(text: str) -> list[str]:
    """Return the list entries of a text: none if it is empty, those of a JSON list of texts, else the text itself."""
    if not text:
        return []
    try:
        entries = json.loads(text) if text.startswith("[") else text
    except ValueError:
        return [text]
    return entries if isinstance(entries, list) and all(isinstance(entry, str) for entry in entries) else [text]


def _value(option: Option, text: str) -> Any:
    if option.switch and text in option.values:
        return option.picked(text)
    number = None if option.number is None or text in option.values else number_in(text)
    if number is None:
        return text
    # In JSON requests, decimals are floats.
    return float(number) if isinstance(number, Decimal) else number
