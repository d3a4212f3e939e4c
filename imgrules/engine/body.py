"""How the body of `POST /creations` is made, leaf by leaf."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from imgrules.table.exact import written
from imgrules.table.measures import entries, exact, number_in, pair
from imgrules.table.records import Model, Send
from imgrules.table.terms import Lookup, WirePath

NOTHING = object()
"""What a leaf holds that is not sent."""


def words(model: Model, select: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was understood of a selection as tables name it: true and false of a switch as words."""
    return {name: model.options[name].word(each) if name in model.options else each for name, each in select.items()}


def built(model: Model, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of what is known of a selection: the words of its options, and the texts of the caller."""
    return placed(model.body, known)


def placed(sends: Iterable[Send], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is sent, each leaf at its place."""
    body: dict[Any, Any] = {}
    for send in sends:
        value = leaf(send, known)
        if value is NOTHING:
            continue
        if len(send.path) == 1:
            body[send.path[0]] = value
        else:
            _place(body, send.path, value)
    return body


def leaf(send: Send, picked: Mapping[str, Any]) -> Any:
    """Return what is sent at a place for a selection, or `NOTHING`."""
    if send.name is not None:
        value = picked.get(send.name, NOTHING)
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
    return lookup.find(picked) if listed is None else [lookup.find({lookup.by[0]: each}) for each in listed]


def wire(value: Any) -> Any:
    """Return a value as JSON carries it."""
    if type(value) is Decimal:
        return float(value)
    return [wire(each) for each in value] if isinstance(value, (tuple, list)) else value


def spelled(value: Any, form: str) -> Any:
    """Return a value, or each entry of a list, as a form spells it; what a form does not fit stays as it is."""
    listed = entries(value)
    if listed is not None:
        return [spelled(each, form) for each in listed]
    if form in {"width", "height"}:
        sides = pair(value, "x:")
        return NOTHING if sides is None else sides[form == "height"]
    return [value] if form == "list" else _spelled(value, form)


def _spelled(value: Any, form: str) -> Any:
    if form == "number":
        number = number_in(value) if type(value) is str else None
        return value if number is None else number
    known = exact(value)
    if type(value) is not str and known is None:
        return value
    text = value if known is None else written(known)
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
    return re.sub("{(value|width|height)}", lambda place: str(parts[place[1]]), form)


def _place(body: Any, path: WirePath, value: object) -> None:
    for name, then in pairwise(path):
        inner: Any = [] if isinstance(then, int) else {}
        if isinstance(name, int):
            _lengthen(body, name)
            body[name] = inner if body[name] is None else body[name]
            body = body[name]
        else:
            body = body.setdefault(name, inner)
    if isinstance(path[-1], int):
        _lengthen(body, path[-1])
    body[path[-1]] = value


def _lengthen(array: list[Any], place: int) -> None:
    array.extend([None] * (place + 1 - len(array)))
