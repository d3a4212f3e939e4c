"""An allowed decision becomes the body of `POST /creations`, as a dict or as JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

from imgrules.engine.decision import Decision, Refused, Status
from imgrules.engine.exact import written
from imgrules.engine.generated import filler_of, reader_of
from imgrules.engine.parts import Lookup, WirePath
from imgrules.engine.quantities import entries, exact, fits_text, is_whole_text, number_in, pair
from imgrules.engine.table import Model, Send, Table
from imgrules.engine.template import Form, as_json

NOTHING = object()
"""What a leaf holds that is not sent."""


def emit(table: Table, decision: Decision, texts: Mapping[str, Any]) -> dict[str, Any]:
    """
    Answer the request body of a decision, as a new dict, with the texts of the caller by their canonical names.

    Only declared paths appear; an optional field that was not given is left out.

    Raises:
        Refused: the decision is not allowed.

    """
    model = None if decision.model is None else table.models[decision.model]
    if decision.status is not Status.ALLOWED or model is None:
        raise Refused(decision)
    now = model.at(decision.at)
    versions = model.versions if now is None else (now,)
    bodies = [built(each, {**texts, **words(each, decision.select)}) for each in versions]
    # Without a moment, every version of the model has to make the same body.
    if any(each.gone is not None for each in versions) or any(each != bodies[0] for each in bodies):
        raise Refused(decision)
    return bodies[0]


def words(model: Model, select: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was understood of a selection as tables name it: true and false of a switch as words."""
    return {name: model.options[name].word(each) if name in model.options else each for name, each in select.items()}


def built(model: Model, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of what is known of a selection: the words of its options, and the texts of the caller."""
    body: dict[Any, Any] = {}
    for send in model.body:
        value = leaf(send, known)
        if value is NOTHING:
            continue
        if len(send.path) == 1:
            body[send.path[0]] = value
        else:
            _place(body, send.path, value)
    return body


def in_json(body: Mapping[str, Any]) -> bytes:
    """Answer a request body as compact JSON in UTF-8, ready to be sent."""
    return as_json(body).encode("utf-8")


def form(model: Model, select: Mapping[str, Any], names: Collection[str], size: int) -> Form | None:
    """Answer the body of a selection that waits for these texts, or None where more is done with one than to send it."""
    blanks = [each for each in model.body if each.name in names]
    used = [name for each in model.body for name in (each.lookup.by if each.lookup else ())]
    if any(each.form is not None for each in blanks) or not set(names).isdisjoint(used):
        return None
    # No rule holds a control character, so that these stand for the texts and for nothing else.
    marks = {f"\0{each}\0": each for each in names}
    body = built(model, {**select, **{each: mark for mark, each in marks.items()}})
    if any(depth > _DEEPEST for depth in _depths(body, 0)):
        return None
    fill, parts = filler_of(body, marks)
    head, *rest = re.split(r'"\\u0000(.*?)\\u0000"', as_json(body))
    return Form(size, _takes(tuple(names)), fill, parts, head, tuple(zip(rest[::2], rest[1::2], strict=True)))


@lru_cache(1024)
def _takes(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], bool | None]:
    """Answer what asks whether these texts are there, and hold something."""
    reader = reader_of((), names, ())
    takes: Callable[[Mapping[str, Any]], bool | None] = reader({(): True}, None, (), is_whole_text, fits_text, None)
    return takes


_DEEPEST = 32
"""Bodies that are nested deeper are made leaf by leaf: what reads source code has a limit."""


def _depths(part: Any, depth: int) -> Iterator[int]:
    yield depth
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _depths(each, depth + 1)


def leaf(send: Send, picked: Mapping[str, Any]) -> Any:
    """Answer what is sent at a place for a selection, or `NOTHING`."""
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
    """Answer a value as JSON carries it."""
    if isinstance(value, tuple | list):
        return [wire(each) for each in value]
    return float(value) if type(value) is Decimal else value


def spelled(value: Any, form: str) -> Any:
    """Answer a value, or each entry of a list, as a form spells it; what a form does not fit stays as it is."""
    listed = entries(value)
    if listed is not None:
        return [spelled(each, form) for each in listed]
    sides = pair(value, "x:")
    if form in {"width", "height"}:
        return NOTHING if sides is None else sides[form == "height"]
    return [value] if form == "list" else _spelled(value, form, sides)


def _spelled(value: Any, form: str, sides: tuple[int, int] | None) -> Any:
    if form == "number":
        number = number_in(value) if type(value) is str else None
        return value if number is None else number
    known = exact(value)
    if type(value) is not str and known is None:
        return value
    text = value if known is None else written(known)
    if form == "boolean":
        return {"true": True, "false": False}.get(text, text)
    return text if form == "text" else _filled(form, text, sides)


def _filled(form: str, text: str, sides: tuple[int, int] | None) -> str:
    if sides is None and re.search("{(width|height)}", form):
        return text
    parts = dict(zip(("width", "height"), sides or (), strict=False)) | {"value": text}
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
