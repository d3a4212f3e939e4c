"""What a careful engineer writes by hand for more than a few models: a dict of rows, and one function over it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bench.face import Face, Setting
from bench.facts import Model
from bench.peers.hand_parts import FIELDS, FOREIGN, RefusedError, is_unicode, odd, status


@dataclass(frozen=True)
class ByHand:
    """The rows by model, and the functions over them."""

    rows: dict[str, Model]

    def check(self, selection: dict[str, Any], grants: frozenset[str]) -> str:
        """Return `allowed`, `locked`, or the code of the violation; texts may still be missing."""
        if not FIELDS.issuperset(selection):
            return "unknown_field" if FOREIGN.isdisjoint(selection) else "refused_field"
        model = selection.get("model")
        row = self.rows.get(model) if isinstance(model, str) else None
        if row is None:
            return "unknown_model"
        ratio, quality = selection.get("ratio"), selection.get("quality")
        if ratio not in row.ratios:
            return odd(ratio)
        if quality not in row.qualities:
            return odd(quality)
        for name in ("prompt", "language"):
            text = selection.get(name, "-")
            if not isinstance(text, str) or not (text.isascii() or is_unicode(text)):
                return "wrong_type"
            if not text:
                return "text_length"
        return "locked" if quality == row.members_only and "member" not in grants else "allowed"

    def emit(self, selection: dict[str, Any], grants: frozenset[str]) -> dict[str, Any]:
        """Return the body, or raise RefusedError."""
        code = self.check(selection, grants)
        if code != "allowed":
            raise RefusedError(code)
        if "prompt" not in selection or "language" not in selection:
            raise RefusedError("missing_field")
        return body(self.rows[selection["model"]], selection)

    def emit_json(self, selection: dict[str, Any], grants: frozenset[str]) -> bytes:
        """Return the body as compact JSON, or raise RefusedError."""
        return json.dumps(self.emit(selection, grants), ensure_ascii=False, separators=(",", ":")).encode()


def body(row: Model, selection: dict[str, Any]) -> dict[str, Any]:
    """Return the body of a sound selection; the libraries that only check use it too."""
    generation = {"provider": row.provider, "model": row.id}
    output = {"aspect_ratio": selection["ratio"]}
    if row.quality_beside_model:
        generation["quality"] = selection["quality"]
    else:
        output["quality"] = selection["quality"]
    return {
        "type": "image",
        "prompt": selection["prompt"],
        "language": selection["language"],
        "image_generation": generation,
        "extra_config": {"output": output},
    }


def prepare(setting: Setting) -> Face:
    """Return the rows with the functions over them."""
    by_hand = ByHand({model.id: model for model in setting.models})
    return Face(by_hand.check, by_hand.emit, by_hand.emit_json, (RefusedError,), status)
