"""A request body that waits for its open values, as a dict and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from json.encoder import encode_basestring
from typing import Any, NamedTuple, TypeAlias

from imgrules.engine.body import NOTHING, leaf, placed, wire
from imgrules.engine.plan.codegen import filler_of
from imgrules.table.measures import is_whole
from imgrules.table.records import Model, Option, Send

Open: TypeAlias = tuple[Any, ...]
"""What comes of a selection, and behind it its open values, each at the place that its plan gives it."""

Spell: TypeAlias = Callable[[Any], Any]

as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Writes compact JSON; texts keep their characters."""

_DEEPEST = 32
"""Bodies that are nested deeper are made leaf by leaf: what reads source code has a limit."""


class Template(NamedTuple):
    """What makes a request body of open values: a new dict all through, or compact JSON in UTF-8."""

    fill: Callable[[Open], dict[str, Any]]
    spliced: Callable[[Open], bytes]


def in_json(body: Mapping[str, Any]) -> bytes:
    """Return a request body as compact JSON in UTF-8, ready to be sent."""
    return as_json(body).encode("utf-8")


def template(model: Model, known: Mapping[str, Any], places: Mapping[str, int]) -> Template:
    """Return what makes the body of what is known of a selection, and of open values at their places."""
    marks: dict[str, tuple[int, Spell | None]] = {}
    sends = [_marked(model, each, places, marks) for each in model.body]
    body = placed((each for each in sends if each is not None), known)
    if None in sends or any(depth > _DEEPEST for depth in _depths(body, 0)):
        return leaf_by_leaf(model, known, places)
    return Template(filler_of(body, marks), _splicing(body, marks))


def leaf_by_leaf(model: Model, known: Mapping[str, Any], places: Mapping[str, int]) -> Template:
    """Return what makes the same body without anything that is made beforehand."""

    def fill(values: Open) -> dict[str, Any]:
        return placed(model.body, {**known, **{name: values[place] for name, place in places.items()}})

    return Template(fill, lambda values: in_json(fill(values)))


def _splicing(body: Mapping[str, Any], marks: Mapping[str, tuple[int, Spell | None]]) -> Callable[[Open], bytes]:
    """Return what writes a body as JSON: its open values between the parts that are always the same."""
    head, *rest = re.split(r'"(\\u0000.*?\\u0000)"', as_json(body))
    tails = [(*marks[name.replace("\\u0000", "\0")], tail) for name, tail in zip(rest[::2], rest[1::2], strict=True)]

    def spliced(values: Open) -> bytes:
        parts = [head]
        for place, spell, tail in tails:
            value = values[place] if spell is None else spell(values[place])
            parts.append(encode_basestring(value) if type(value) is str else as_json(value))
            parts.append(tail)
        return "".join(parts).encode("utf-8")

    return spliced


def _marked(model: Model, send: Send, places: Mapping[str, int], marks: dict[str, tuple[int, Spell | None]]) -> Send | None:
    """Return a leaf with a mark in place of an open value, or None where it has to be made anew for each selection."""
    names: Iterable[str] = (send.name,) if send.name is not None else send.lookup.by if send.lookup else ()
    opened = [each for each in names if each in places]
    if not opened:
        return send
    option = model.options.get(opened[0])
    if send.name is None and (option is None or not option.listed or send.lookup is None or len(send.lookup.by) > 1):
        return None
    # No rule holds a control character, so that this stands for a value and for nothing else.
    mark = f"\0{len(marks)}\0"
    spell = _spelling(send, opened[0], option)
    if spell is NOTHING:
        return None
    marks[mark] = places[opened[0]], spell
    return Send(send.path, constant=mark)


def _spelling(send: Send, name: str, option: Option | None) -> Any:
    """Return what spells an open value for the wire: None where it is sent as it is, `NOTHING` where it may not be sent."""
    form = send.form
    if option is not None and option.listed and (form is not None or send.name is None):
        known = {each: leaf(send, {name: each}) for each in option.values}
        return NOTHING if any(each is NOTHING or type(each) is list for each in known.values()) else known.__getitem__
    if form is None:
        if option is not None and option.many:
            return list  # a new one for each body; its entries are texts
        as_it_is = option is None or not (option.number or option.follows)
        return None if as_it_is or (option and option.number and is_whole(option.number)) else wire
    is_size = option is not None and option.size is not None
    if form in {"width", "height"}:
        place = 2 * (form == "height")
        return (lambda value: int(value.partition("x")[place])) if is_size else NOTHING
    return _filling(send, name, form, is_size=is_size)


def _filling(send: Send, name: str, form: str, *, is_size: bool) -> Spell:
    """Return what spells an open value in a form, as `spelled` does; in a line for what is sent most."""
    parts = ("{value}" if form == "text" else form).split("{value}")
    if "{width}" in form or "{height}" in form:
        # What is open is no other name of a size.
        return _with_sides(form) if is_size else lambda value: leaf(send, {name: value})
    if len(parts) == 1:
        return lambda value: leaf(send, {name: value})

    def filled(value: Any) -> Any:
        if type(value) is str or type(value) is int:
            return str(value).join(parts)
        return leaf(send, {name: value})

    return filled


def _with_sides(form: str) -> Spell:
    """Return what fills a form that holds the sides of a size."""

    def filled(value: str) -> str:
        width, _, height = value.partition("x")
        return form.replace("{width}", width).replace("{height}", height).replace("{value}", value)

    return filled


def _depths(part: Any, depth: int) -> Iterator[int]:
    yield depth
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _depths(each, depth + 1)
