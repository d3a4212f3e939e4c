"""
A catalog as a document for `json.dumps` and as JSON, with its digest.

The fields of each record are listed by hand, because reflection takes three times as long; a test compares the two.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from imgrules.engine.decision import Status, lock_document
from imgrules.table.codec import plain
from imgrules.table.exact import json_number
from imgrules.table.terms import Credits, Number
from imgrules.views.catalog_records import (
    Catalog,
    FieldOffer,
    GateOffer,
    LimitOffer,
    ModelOffer,
    Offer,
    OptionOffer,
    ValueOffer,
)


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
    return {"models": [_model(model) for model in catalog.models], "until": catalog.until, "digest": catalog.digest}


def option_documents(options: Iterable[OptionOffer]) -> list[dict[str, Any]]:
    """Return rows of the picker as documents for `json.dumps`."""
    return [_option(option) for option in options]


def _model(model: ModelOffer) -> dict[str, Any]:
    return {
        "id": model.id,
        "label": model.label,
        "type": model.type,
        "status": _STATUS[model.status],
        "badges": [plain(badge) for badge in model.badges],
        "fields": [_field(field) for field in model.fields],
        "options": option_documents(model.options),
        "offers": [_offer(offer) for offer in model.offers],
        "limits": [_limit(limit) for limit in model.limits],
        "gates": [_gate(gate) for gate in model.gates],
        "price": plain(model.price),
    }


def _field(field: FieldOffer) -> dict[str, Any]:
    return {
        "name": field.name,
        "required": field.required,
        "shortest": field.shortest,
        "longest": field.longest,
        "unit": field.unit,
        "also": [plain(rule) for rule in field.also],
    }


def _option(option: OptionOffer) -> dict[str, Any]:
    return {
        "name": option.name,
        "label": option.label,
        "default": plain(option.default),
        "values": [_value(value) for value in option.values],
        "optional": option.optional,
        "snap": option.snap,
        "defaults": plain(option.defaults),
        "number": plain(option.number),
        "size": plain(option.size),
        "ratio": plain(option.ratio),
        "text": plain(option.text),
        "many": plain(option.many),
        "follows": plain(option.follows),
        "when": [plain(test) for test in option.when],
        "because": option.because,
        "ignored": [_limit(limit) for limit in option.ignored],
        "switch": option.switch,
    }


def _value(value: ValueOffer) -> dict[str, Any]:
    return {
        "name": value.name,
        "label": value.label,
        "status": _STATUS[value.status],
        "credits": _number(value.credits),
        "credits_vary": value.credits_vary,
        "gates": [lock_document(lock) for lock in value.gates],
        "badges": [plain(badge) for badge in value.badges],
        "min": _number(value.min),
        "max": _number(value.max),
        "regular": _number(value.regular),
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "select": dict(offer.select),
        "status": _STATUS[offer.status],
        "credits": _number(offer.credits),
        "gates": [lock_document(lock) for lock in offer.gates],
        "regular": _number(offer.regular),
    }


def _limit(limit: LimitOffer) -> dict[str, Any]:
    return {
        "when": [plain(test) for test in limit.when],
        "only": [plain(test) for test in limit.only],
        "never": [plain(test) for test in limit.never],
        "needs": list(limit.needs),
        "because": limit.because,
    }


def _gate(gate: GateOffer) -> dict[str, Any]:
    return {"when": [plain(test) for test in gate.when], "gates": [lock_document(lock) for lock in gate.gates]}


_STATUS = {status: status.value for status in Status}  # looked up once: slow in Python 3.11


def _number(number: Credits | Number | None) -> int | float | str | None:
    return None if number is None else json_number(number)
