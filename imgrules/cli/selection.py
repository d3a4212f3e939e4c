"""How the words of a command line become the values of a selection."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from imgrules.engine.normalize import model_named
from imgrules.errors import ImgrulesError
from imgrules.quoting import quoted
from imgrules.table.measures import number_in
from imgrules.table.records import MODEL, Model, Option, Table


def read(table: Table, name: str, moment: str | None, assignments: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """
    Return the selection that names and texts make: for an option of numbers, what reads as a number becomes one.

    An option that takes a list may be named several times; nothing is an empty list, and a JSON list all of its texts.
    What fits no option stays text, for the decision to refuse.

    Raises:
        ImgrulesError: a name is given twice that takes one value.

    """
    model = model_named(table, name, moment)[0]
    options = {} if model is None else _named(model)
    picked: dict[str, Any] = {MODEL: name}
    for named, text in assignments:
        option = options.get(named)
        if option is not None and option.many is not None:
            picked.setdefault(named, []).extend(_entries(text))
        elif named in picked:
            raise ImgrulesError(f"{quoted(named)} is given twice")
        else:
            picked[named] = text if option is None else _value(option, text)
    return picked


def _named(model: Model) -> Mapping[str, Option]:
    """Return the options by every name that they have."""
    aliases = {alias.name: model.options[alias.means] for alias in model.aliases if alias.means in model.options}
    return {**aliases, **model.options}


def _entries(text: str) -> list[str]:
    """Return the entries that a text gives to a list: none, those of a JSON list, or itself."""
    if not text:
        return []
    try:
        read = json.loads(text) if text.startswith("[") else text
    except ValueError:
        return [text]
    return read if isinstance(read, list) and all(isinstance(entry, str) for entry in read) else [text]


def _value(option: Option, text: str) -> Any:
    if option.switch and text in option.values:
        return option.picked(text)
    number = None if option.number is None or text in option.values else number_in(text)
    if number is None:
        return text
    # As a request carries it: JSON knows one kind of decimal.
    return float(number) if isinstance(number, Decimal) else number
