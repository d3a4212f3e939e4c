"""Conversion of command line texts to the values of a selection."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from imgrules.engine.normalize import model_of
from imgrules.errors import ImgrulesError
from imgrules.quoting import quoted
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

    Raises:
        ImgrulesError: a fact that takes one value is given twice.

    """
    models = [table.models[model]] if model is not None and model in table.models else table.models.values()
    own = {name: found.options[name] for found in models for name in found.facts}
    return _read({**table.facts, **own}, assignments, {})


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
