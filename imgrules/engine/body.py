"""Build a request from a selection: the body, one leaf at a time, and the method with the address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from imgrules.table.exact import written
from imgrules.table.measures import entries, exact, number_in, pair
from imgrules.table.records import Model, Send
from imgrules.table.terms import NONE, OTHER, Lookup, WirePath

NOTHING = object()
"""Returned in place of a value for a leaf that is not sent."""


def words(model: Model, select: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a decision as the rules name them: a boolean of a switch becomes the text `true` or `false`."""
    return {name: model.options[name].word(value) if name in model.options else value for name, value in select.items()}


def built(model: Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the request body for the values of the options and fields of a model, by name."""
    return placed(model.body, values)


def line_of(model: Model, values: Mapping[str, Any]) -> str | None:
    """Return the method and the address for the values of the options of a model, by name; None if the rules state none."""
    line: str | None = model.request if model.requests is None else model.requests.find(values)
    return line


def unsaid(model: Model) -> tuple[str, ...]:
    """Return the names of the facts, and of the options that are not sent: they may decide a price, and no request says them."""
    picked = [option for option in model.options.values() if option.follows is None]
    return tuple(option.name for option in picked if option.fact or not option.sent)


def placed(sends: Iterable[Send], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a request body with the value of each leaf at its path."""
    body: dict[Any, Any] = {}
    for send in sends:
        value = leaf(send, values)
        if value is NOTHING:
            continue
        if len(send.path) == 1:
            body[send.path[0]] = value
        else:
            _place(body, send.path, value)
    return body


def leaf(send: Send, picked: Mapping[str, Any]) -> Any:
    """Return the JSON value of one leaf for a selection, or `NOTHING` where it is not sent."""
    if send.name is not None:
        value = picked.get(send.name, NOTHING)
        if send.lookup is not None and type(value) is str and value in send.lookup.table:
            literal = send.lookup.table[value]
            return NOTHING if literal is None else wire(literal)
    elif send.lookup is not None:
        value = _looked_up(send.lookup, picked)
        value = NOTHING if value is None else value
    else:
        value = send.constant
    if type(value) is str and send.form is None:
        return value
    return value if value is NOTHING else wire(spelled(value, send.form) if send.form else value)


def _looked_up(lookup: Lookup, picked: Mapping[str, Any]) -> Any:
    listed = entries(picked.get(lookup.by[0])) if len(lookup.by) == 1 else None
    # What is sent for each value of a list has no row for the list as a whole.
    if listed is None or not {NONE, OTHER}.isdisjoint(lookup.table):
        return lookup.find(picked)
    return [lookup.find({lookup.by[0]: entry}) for entry in listed]


def wire(value: Any) -> Any:
    """Return a value for `json.dumps`: a decimal as a float, a tuple as a list."""
    if type(value) is Decimal:
        return float(value)
    return [wire(entry) for entry in value] if isinstance(value, (tuple, list)) else value


def spelled(value: Any, form: str) -> Any:
    """Return a value, or each entry of a list, as `form` of a leaf writes it; unchanged where the form does not apply."""
    listed = entries(value)
    if listed is not None:
        return [spelled(entry, form) for entry in listed]
    if form in {"width", "height"}:
        sides = pair(value, "x:")
        return NOTHING if sides is None else sides[form == "height"]
    return [value] if form == "list" else _spelled(value, form)


def _spelled(value: Any, form: str) -> Any:
    if form == "number":
        number = number_in(value) if type(value) is str else None
        return value if number is None else number
    exact_value = exact(value)
    if type(value) is not str and exact_value is None:
        return value
    text = value if exact_value is None else written(exact_value)
    if form == "boolean":
        return {"true": True, "false": False}.get(text, text)
    return text if form == "text" else _filled(form, text, value)


def _filled(form: str, text: str, value: Any) -> str:
    if "{width}" not in form and "{height}" not in form:
        return form.replace("{value}", text)
    sides = pair(value, "x:")
    if sides is None:
        return text
    parts = {"width": sides[0], "height": sides[1], "value": text}
    return re.sub("{(value|width|height)}", lambda match: str(parts[match[1]]), form)


def _place(body: Any, path: WirePath, value: object) -> None:
    for part, next_part in pairwise(path):
        inner: Any = [] if isinstance(next_part, int) else {}
        if isinstance(part, int):
            _lengthen(body, part)
            body[part] = inner if body[part] is None else body[part]
            body = body[part]
        else:
            body = body.setdefault(part, inner)
        if type(body) is not type(inner):
            return  # only in a table that no build has written: another leaf is already there
    if isinstance(path[-1], int):
        _lengthen(body, path[-1])
    body[path[-1]] = value


def _lengthen(array: list[Any], place: int) -> None:
    array.extend([None] * (place + 1 - len(array)))
