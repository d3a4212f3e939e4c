"""
A catalog as a document for `json.dumps` and as JSON, with its digest.

The function that writes the records of a class is compiled from their annotations at its first use, because reflection takes
three times as long; a test compares the two.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from imgrules.engine.decision import Status
from imgrules.table.codec import plain
from imgrules.table.exact import json_number
from imgrules.table.record_base import default_of
from imgrules.table.record_readers import annotation_of, parts_of
from imgrules.table.terms import Number
from imgrules.views.catalog.catalog_records import IF_STATED, Catalog, OptionOffer


def sealed(catalog: Catalog) -> tuple[dict[str, Any], bytes]:
    """Return the document of a catalog and its compact JSON in UTF-8, both with the SHA-256 digest of the rest of the JSON."""
    import hashlib  # noqa: PLC0415  it loads OpenSSL, which the rows of a picker do not need

    document = catalog_document(catalog) | {"digest": ""}
    text = _in_json(document)
    document["digest"] = "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    whole = text.removesuffix('""}') + f'"{document["digest"]}"}}'
    # An unpaired surrogate, which no compiled table contains, becomes its JSON escape.
    return document, whole.encode("utf-8", "backslashreplace")


_in_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def catalog_document(catalog: Catalog) -> dict[str, Any]:
    """Return a catalog as nested dicts and lists; no object is shared between places, so the caller may change them."""
    return _writer(Catalog)(catalog)


def option_documents(options: Iterable[OptionOffer]) -> list[dict[str, Any]]:
    """Return rows of the picker as documents for `json.dumps`."""
    return [*map(_writer(OptionOffer), options)]


@cache
def _writer(kind: Any) -> Callable[[Any], dict[str, Any]]:
    """
    Compile the function that writes a record of a class as a document.

    For `FactValueOffer`, which has a description in few rules, the source is

        def write(record):
            document = {'name': record.name, 'label': record.label}
            if record.description is not None: document['description'] = plain(record.description)
            return document

    A record of another class is written by the function for that class, which has its name.
    """
    names: dict[str, Any] = {"plain": plain, "number": json_number, "status": _STATUS}
    sources = {name: _source(f"record.{name}", annotation_of(kind, name), names) for name in kind.__match_args__}
    rare = IF_STATED.get(kind, ())
    items = ", ".join(f"{name!r}: {source}" for name, source in sources.items() if name not in rare)
    lines = [f"if {_is_stated(kind, name)}: document[{name!r}] = {sources[name]}" for name in rare]
    exec("\n    ".join(["def write(record):", f"document = {{{items}}}", *lines, "return document"]), names)  # noqa: S102  our own names
    writer: Callable[[Any], dict[str, Any]] = names["write"]
    return writer


def _is_stated(kind: Any, name: str) -> str:
    """Return the source of the test whether an attribute differs from its default."""
    default = default_of(kind, name)
    return f"record.{name} is not None" if default is None else f"not record.{name}" if default is True else f"record.{name}"


def _source(value: str, annotation: Any, names: dict[str, Any]) -> str:
    """Return the source of the JSON of an attribute; the functions that it calls are added to `names`."""
    container, item = parts_of(annotation)
    if hasattr(item, "__match_args__"):
        names[item.__name__] = _writer(item)
        if container is tuple:
            # Most are empty, and need no call.
            return f"[{item.__name__}(item) for item in {value}] if {value} else []"
        if container is None:
            return f"None if {value} is None else {item.__name__}({value})"
    if item in {str, bool, int}:
        return {tuple: f"[*{value}]", dict: f"{{**{value}}}"}.get(container, value)
    if annotation is Status:
        return f"status[{value}]"
    return f"None if {value} is None else number({value})" if annotation == Number else f"plain({value})"


_STATUS = {status: status.value for status in Status}  # looked up once: slow in Python 3.11
