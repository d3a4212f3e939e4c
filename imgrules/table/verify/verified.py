"""
A look at a whole table before it is used, for whoever did not build it: every attribute, every name, every bound.

The digest of a table tells that it was not changed by accident; whoever changes it on purpose writes a new one. After
this look, no question that is asked of the table raises anything that is not documented, or takes long.
No record is made: what is looked at is the parsed JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from imgrules.table.caps import MOST_MODELS
from imgrules.table.verify.attributes import HEAD, MODEL
from imgrules.table.verify.predicates import Look, OddError
from imgrules.table.verify.references import known_of, look_at_model, look_at_rest


def verify_lines(head: str, lines: Iterable[tuple[str, str]]) -> None:
    """
    Look at a table of which each model is a text of its own, with its id; `head` is the document without them.

    Raises:
        OddError: something that no build writes.
        ValueError: a text is no JSON.

    """
    _verify(read(head), ((name, read, line) for name, line in lines))


def verify_whole(text: str) -> None:
    """
    Look at a table that is one text.

    Raises:
        OddError: something that no build writes.
        ValueError: the text is no JSON.

    """
    document = read(text)
    models, document["table"]["models"] = document["table"]["models"], []
    _verify(document, ((each["id"], _as_it_is, each) for each in models))


def _as_it_is(model: Any) -> Any:
    return model


def _verify(document: Any, models: Iterable[tuple[str, Callable[[Any], Any], Any]]) -> None:
    if document.keys() != {"format", "digest", "table"}:
        raise OddError("a document has a format, a digest and a table, and nothing else")
    look_at_head, look = _looks()
    look_at_head(document["table"])
    known, ids = known_of(document["table"]), set[str]()
    for name, parsed, raw in models:
        try:
            model = parsed(raw)
            look(model)
            _named(model, name, ids)
            look_at_model(known, model)
        except OddError as odd:
            odd.path += (name, "models")
            raise
        ids.add(name)
    if len(ids) > MOST_MODELS:
        raise OddError(f"more than {MOST_MODELS:,} models")
    look_at_rest(document["table"], known, ids)


def _named(model: Any, name: str, ids: set[str]) -> None:
    if model["id"] != name or name in ids:
        raise OddError("two models of one id, or two ids of one model", "id")


@cache
def _looks() -> tuple[Look, Look]:
    return HEAD.look(), MODEL.look()


def read(text: str) -> Any:
    """
    Return what a JSON text holds: numbers exactly, no key twice, and no character that nobody can see.

    Raises:
        OddError: it holds what JSON does not have, or what nobody can see.
        ValueError: it is no JSON.

    """
    found = _DECODER.decode(text)
    # What prints as it is written, and writes nothing by its code point, holds nothing that cannot be seen.
    if "\\" in text or not text.isprintable():
        _visible(found)
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise OddError("a key that stands there twice")
    return found


def _no_number(word: str) -> Any:
    raise OddError(f"{word} is no number")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=Decimal, parse_constant=_no_number)
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069"
    r"\ud800-\udfff\ufeff\ufff0-\ufffb\ufffe\uffff]"
)


def _visible(value: Any) -> None:
    """Look at every text: none holds a control character, half a character, or what turns the direction of text."""
    left = [value]
    while left:
        each = left.pop()
        if type(each) is str:
            if _UNSEEN.search(each):
                raise OddError(f"a character that nobody can see, in {each[:60]!a}")
        elif type(each) is dict:
            left += each
            left += each.values()
        elif type(each) is list:
            left += each
