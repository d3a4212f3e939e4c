"""The chain of `hand_written` for many models: the same lines once per model, as many projects end up with."""

from __future__ import annotations

import json
from typing import Any

from bench.face import Face, Setting
from bench.facts import Model
from bench.peers.hand_parts import FIELDS, FOREIGN, RefusedError, is_unicode, odd, status

_HEAD = """
def check(selection, grants):
    if not FIELDS.issuperset(selection):
        return "unknown_field" if FOREIGN.isdisjoint(selection) else "refused_field"
    model = selection.get("model")
    ratio = selection.get("ratio")
    quality = selection.get("quality")
"""

_CHECK = """
    if model == {id!r}:
        if ratio not in {ratios!r}:
            return odd(ratio)
        if quality not in {qualities!r}:
            return odd(quality)
        return texts(selection) or ("locked" if quality == {members_only!r} and "member" not in grants else "allowed")
"""

_MIDDLE = """
    return "unknown_model"

def body(selection):
    model = selection["model"]
"""

_BODY = """
    if model == {id!r}:
        return {{
            "type": "image",
            "prompt": selection["prompt"],
            "language": selection["language"],
            "image_generation": {{"provider": {provider!r}, "model": {id!r}{beside_model}}},
            "extra_config": {{"output": {{"aspect_ratio": selection["ratio"]{beside_ratio}}}}},
        }}
"""


def prepare(setting: Setting) -> Face:
    """Return the functions of the chain."""
    source = _HEAD + "".join(map(_checked, setting.models)) + _MIDDLE + "".join(map(_sent, setting.models))
    names: dict[str, Any] = {"FIELDS": FIELDS, "FOREIGN": FOREIGN, "odd": odd, "texts": texts}
    exec(compile(source, "chain", "exec"), names)  # noqa: S102  generated from our own lines
    check, body = names["check"], names["body"]

    def emit(selection: dict[str, Any], grants: frozenset[str]) -> Any:
        code = check(selection, grants)
        if code != "allowed":
            raise RefusedError(code)
        if "prompt" not in selection or "language" not in selection:
            raise RefusedError("missing_field")
        return body(selection)

    def emit_json(selection: dict[str, Any], grants: frozenset[str]) -> bytes:
        return json.dumps(emit(selection, grants), ensure_ascii=False, separators=(",", ":")).encode()

    return Face(check, emit, emit_json, (RefusedError,), status)


def texts(selection: dict[str, Any]) -> str | None:
    """Return the code of the first wrong text, or None."""
    prompt, language = selection.get("prompt", "-"), selection.get("language", "-")
    if not isinstance(prompt, str) or not isinstance(language, str):
        return "wrong_type"
    if not prompt or not language:
        return "text_length"
    sound = (prompt.isascii() or is_unicode(prompt)) and (language.isascii() or is_unicode(language))
    return None if sound else "wrong_type"


def _checked(model: Model) -> str:
    return _CHECK.format(**vars(model))


def _sent(model: Model) -> str:
    quality = ', "quality": selection["quality"]'
    beside_model, beside_ratio = (quality, "") if model.quality_beside_model else ("", quality)
    return _BODY.format(id=model.id, provider=model.provider, beside_model=beside_model, beside_ratio=beside_ratio)
