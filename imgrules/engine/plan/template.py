"""Templates of request bodies: filled with open values, as a dict or as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from json.encoder import encode_basestring
from typing import Any, NamedTuple, TypeAlias

from imgrules.engine.body import NOTHING, leaf, placed, wire
from imgrules.engine.plan.codegen import filler_of
from imgrules.table.measures import is_whole
from imgrules.table.options import Option
from imgrules.table.records import Model, Send

Open: TypeAlias = tuple[Any, ...]
"""An outcome, followed by the open values of a selection, each at its index in the plan."""

Spell: TypeAlias = Callable[[Any], Any]

as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Returns compact JSON as text, without escapes for characters beyond ASCII."""

_DEEPEST = 32
"""The deepest nesting of a body with a generated template: the parser of Python limits its depth."""


class Template(NamedTuple):
    """The functions that build a request body from open values: as a new dict, or as compact JSON in UTF-8."""

    fill: Callable[[Open], dict[str, Any]]
    spliced: Callable[[Open], bytes]


def in_json(body: Mapping[str, Any]) -> bytes:
    """Return a request body as compact JSON in UTF-8."""
    return as_json(body).encode("utf-8")


def template(model: Model, fixed: Mapping[str, Any], places: Mapping[str, int]) -> Template:
    """Return the template of a body; `fixed` maps names to constant values, `places` names to indexes of open values."""
    marks: dict[str, tuple[int, Spell | None]] = {}
    sends = [_marked(model, send, places, marks) for send in model.body]
    body = placed((send for send in sends if send is not None), fixed)
    if None in sends or any(depth > _DEEPEST for depth in _depths(body, 0)):
        return leaf_by_leaf(model, fixed, places)
    return Template(filler_of(body, marks), _splicing(body, marks))


def leaf_by_leaf(model: Model, fixed: Mapping[str, Any], places: Mapping[str, int]) -> Template:
    """Return a template of the same body without generated code: each call computes every leaf."""

    def fill(values: Open) -> dict[str, Any]:
        return placed(model.body, {**fixed, **{name: values[place] for name, place in places.items()}})

    return Template(fill, lambda values: in_json(fill(values)))


def _splicing(body: Mapping[str, Any], marks: Mapping[str, tuple[int, Spell | None]]) -> Callable[[Open], bytes]:
    """Return the function that writes a body as JSON: open values between constant parts, which are encoded once."""
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
    """Return a leaf with a mark in place of an open value, or None where the leaf has to be computed at each call."""
    names: Iterable[str] = (send.name,) if send.name is not None else send.lookup.by if send.lookup else ()
    opened = [name for name in names if name in places]
    if not opened:
        return send
    option = model.options.get(opened[0])
    if send.name is None and (option is None or not option.listed or send.lookup is None or len(send.lookup.by) > 1):
        return None
    # Rules have no control characters, so that this mark is equal to no text of theirs.
    mark = f"\0{len(marks)}\0"
    spell = _spelling(send, opened[0], option)
    if spell is NOTHING:
        return None
    marks[mark] = places[opened[0]], spell
    return Send(send.path, constant=mark)


def _spelling(send: Send, name: str, option: Option | None) -> Any:
    """Return the function that converts an open value for a leaf; None if it is sent as it is, `NOTHING` if none can."""
    form = send.form
    if option is not None and option.listed and (form is not None or send.lookup is not None):
        spelled = {value: leaf(send, {name: value}) for value in option.values}
        return NOTHING if any(sent is NOTHING or type(sent) is list for sent in spelled.values()) else spelled.__getitem__
    if send.lookup is not None:
        return NOTHING
    if form is None:
        if option is not None and option.many:
            return list  # a new list for each body; its entries are texts
        as_it_is = option is None or not (option.number or option.follows)
        return None if as_it_is or (option and option.number and is_whole(option.number)) else wire
    is_size = option is not None and option.size is not None and option.ratio is None
    if form in {"width", "height"}:
        place = 2 * (form == "height")
        return (lambda value: int(value.partition("x")[place])) if is_size else NOTHING
    return _filling(send, name, form, is_size=is_size)


def _filling(send: Send, name: str, form: str, *, is_size: bool) -> Spell:
    """Return the function that converts an open value as `spelled` does, without a call to it in the most frequent cases."""
    parts = ("{value}" if form == "text" else form).split("{value}")
    if "{width}" in form or "{height}" in form:
        # An open value of such an option is a size, never a listed name.
        return _with_sides(form) if is_size else lambda value: leaf(send, {name: value})
    if len(parts) == 1:
        return lambda value: leaf(send, {name: value})

    def filled(value: Any) -> Any:
        if type(value) is str or type(value) is int:
            return str(value).join(parts)
        return leaf(send, {name: value})

    return filled


def _with_sides(form: str) -> Spell:
    """Return the function that fills a form with the sides of a size."""

    def filled(value: str) -> str:
        width, _, height = value.partition("x")
        return form.replace("{width}", width).replace("{height}", height).replace("{value}", value)

    return filled


def _depths(part: Any, depth: int) -> Iterator[int]:
    yield depth
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _depths(inner, depth + 1)
