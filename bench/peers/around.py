"""
The code around a library that can only check a selection, as its users would write it.

The gate, the texts that a body needs, unpaired surrogates if the library lets them pass, and the body itself.
The exception of the library is the refusal, if it raises one; otherwise one is raised here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bench.face import Face
from bench.facts import Model, Models
from bench.peers.hand_parts import FIELDS, RefusedError, is_unicode
from bench.peers.hand_table import body

Selection = dict[str, Any]
Grants = frozenset[str]


def around(
    models: Models,
    fine: Callable[[Selection], bool],
    errors: tuple[type[Exception], ...] = (),
    encode: Callable[[Any], bytes] | None = None,
) -> Face:
    """Return the face of a library that says whether a selection is fine, or raises one of its errors."""
    rows = {model.id: model for model in models}

    def check(selection: Selection, grants: Grants) -> str:
        if not fine(selection):
            return "impossible"
        return (
            "locked" if selection["quality"] == rows[selection["model"]].members_only and "member" not in grants else "allowed"
        )

    return face(rows, check, errors, encode)


def face(
    rows: dict[str, Model],
    check: Callable[[Selection, Grants], str],
    errors: tuple[type[Exception], ...] = (),
    encode: Callable[[Any], bytes] | None = None,
) -> Face:
    """Return the face of a library that says `allowed`, `locked` or `impossible` by itself, or raises one of its errors."""
    to_json = encode or compact

    def decide(selection: Selection, grants: Grants) -> str:
        try:
            return check(selection, grants)
        except errors:
            return "impossible"

    def emit(selection: Selection, grants: Grants) -> dict[str, Any]:
        status = check(selection, grants)
        if status != "allowed":
            raise RefusedError(status)
        if "prompt" not in selection or "language" not in selection:
            raise RefusedError("missing_field")
        return body(rows[selection["model"]], selection)

    def emit_json(selection: Selection, grants: Grants) -> bytes:
        return to_json(emit(selection, grants))

    return Face(decide if errors else check, emit, emit_json, (RefusedError, *errors))


def compact(sent: dict[str, Any]) -> bytes:
    """Return a body as JSON in the form of the hand-written code."""
    return json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode()


def texts_are_unicode(selection: Selection) -> bool:
    """Return whether the texts of an otherwise sound selection can be encoded."""
    prompt, language = selection.get("prompt", ""), selection.get("language", "")
    return (prompt.isascii() or is_unicode(prompt)) and (language.isascii() or is_unicode(language))


def plain(selection: Selection) -> bool:
    """Return whether all fields are known and hold texts: for engines whose conditions would otherwise accept them."""
    if not FIELDS.issuperset(selection):
        return False
    for value in selection.values():
        if not isinstance(value, str) or not value or not (value.isascii() or is_unicode(value)):
            return False
    return True


def schema(model: Model) -> dict[str, Any]:
    """Return the JSON Schema of a selection of one model."""
    text = {"type": "string", "minLength": 1}
    return {
        "type": "object",
        "properties": {
            "model": {"const": model.id},
            "ratio": {"enum": [*model.ratios]},
            "quality": {"enum": [*model.qualities]},
            "prompt": text,
            "language": text,
        },
        "required": ["model", "ratio", "quality"],
        "additionalProperties": False,
    }


def one_schema(models: Models) -> dict[str, Any]:
    """Return the JSON Schema of a selection of any of the models."""
    return {"oneOf": [schema(model) for model in models]}
