"""
Verify a whole table before it is used: every attribute, every name, every bound.

The digest of a table detects accidental changes only: whoever changes a table on purpose can compute a new one. With a
verified table, no call raises an undocumented exception or takes long. This reads parsed JSON, and makes no records.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from imgrules.quoting import quoted
from imgrules.table.caps import MOST_MODELS
from imgrules.table.verify.attributes import HEAD, MODEL
from imgrules.table.verify.predicates import InvalidTableError, Verifier
from imgrules.table.verify.references import known_of, verify_model, verify_rest


def verify_lines(head: str, lines: Iterable[tuple[str, str]]) -> None:
    """
    Verify a table given as texts: `head` is the document without its models, `lines` are the id and JSON of each model.

    Raises:
        InvalidTableError: the table is invalid.
        ValueError: a text is not JSON.

    """
    _verify(read(head), ((name, read, line) for name, line in lines))


def verify_whole(text: str) -> None:
    """
    Verify a table given as one text.

    Raises:
        InvalidTableError: the table is invalid.
        ValueError: the text is not JSON.

    """
    document = read(text)
    models, document["table"]["models"] = document["table"]["models"], []
    _verify(document, ((model["id"], _unchanged, model) for model in models))


def _unchanged(model: Any) -> Any:
    return model


def _verify(document: Any, models: Iterable[tuple[str, Callable[[Any], Any], Any]]) -> None:
    if document.keys() != {"format", "digest", "table"}:
        raise InvalidTableError("the document has other keys than `format`, `digest` and `table`")
    verify_head, verify_model_attributes = _verifiers()
    verify_head(document["table"])
    known, ids = known_of(document["table"]), set[str]()
    for name, parse, raw in models:
        try:
            model = parse(raw)
            verify_model_attributes(model)
            _verify_id(model, name, ids)
            verify_model(known, model)
        except InvalidTableError as error:
            error.path += (name, "models")
            raise
        ids.add(name)
    if len(ids) > MOST_MODELS:
        raise InvalidTableError(f"the table has more than {MOST_MODELS:,} models")
    verify_rest(document["table"], known, ids)


def _verify_id(model: Any, name: str, ids: set[str]) -> None:
    if model["id"] != name or name in ids:
        raise InvalidTableError("another model has the same id, or this model has two ids", "id")


@cache
def _verifiers() -> tuple[Verifier, Verifier]:
    return HEAD.verifier(), MODEL.verifier()


def read(text: str) -> Any:
    """
    Return the value of a JSON text, with exact numbers.

    Raises:
        InvalidTableError: it has NaN or an infinite number, a duplicate key, or an invisible character.
        ValueError: the text is not JSON.

    """
    document = _DECODER.decode(text)
    # Without escapes, a text that is printable has no invisible character in any of its strings.
    if "\\" in text or not text.isprintable():
        _verify_visible(document)
    return document


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        [(key, _)] = Counter(key for key, _ in pairs).most_common(1)
        raise InvalidTableError(f"an object has the key {quoted(key)} twice")
    return members


def _no_number(word: str) -> Any:
    raise InvalidTableError(f"{word} is not a finite number")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=Decimal, parse_constant=_no_number)
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069"
    r"\ud800-\udfff\ufeff\ufff0-\ufffb\ufffe\uffff]"
)


def _verify_visible(value: Any) -> None:
    """Verify that no text has a control character, an unpaired surrogate, or an invisible or bidirectional character."""
    pending = [value]
    while pending:
        part = pending.pop()
        if type(part) is str:
            if _INVISIBLE.search(part):
                raise InvalidTableError(f"an invisible or control character in {part[:60]!a}")
        elif type(part) is dict:
            pending += part
            pending += part.values()
        elif type(part) is list:
            pending += part
