"""
The anchor: what a careful engineer writes by hand for exactly these two models.

`if` and `else`, one reason per refusal, nothing that the job does not need.
`hand_chain` generates the same chain for more than two models.
"""

from __future__ import annotations

import json
from typing import Any

from bench.face import Face, Setting
from bench.peers import hand_chain
from bench.peers.hand_parts import FIELDS, FOREIGN, RefusedError, is_unicode, odd, status

Selection = dict[str, Any]
Grants = frozenset[str]


def check(selection: Selection, grants: Grants) -> str:
    """Return `allowed`, `locked`, or the code of the violation; texts may still be missing."""
    if not FIELDS.issuperset(selection):
        return "unknown_field" if FOREIGN.isdisjoint(selection) else "refused_field"
    model = selection.get("model")
    ratio = selection.get("ratio")
    quality = selection.get("quality")
    if model == "gpt-image-2":
        if ratio not in ("3:2", "2:3", "1:1"):
            return odd(ratio)
        if quality not in ("low", "medium", "high"):
            return odd(quality)
        for_members = quality == "high"
    elif model == "nano-banana-2":
        if ratio not in ("16:9", "9:16", "1:1"):
            return odd(ratio)
        if quality not in ("1K", "2K", "4K"):
            return odd(quality)
        for_members = quality == "4K"
    else:
        return "unknown_model"
    prompt = selection.get("prompt", "-")
    language = selection.get("language", "-")
    if not isinstance(prompt, str) or not isinstance(language, str):
        return "wrong_type"
    if not prompt or not language:
        return "text_length"
    if not (prompt.isascii() or is_unicode(prompt)) or not (language.isascii() or is_unicode(language)):
        return "wrong_type"
    if for_members and "member" not in grants:
        return "locked"
    return "allowed"


def emit_code(selection: Selection, grants: Grants) -> tuple[dict[str, Any] | None, str]:
    """Return the body and `allowed`, or None and the code of the violation."""
    code = check(selection, grants)
    if code != "allowed":
        return None, code
    prompt = selection.get("prompt")
    language = selection.get("language")
    if prompt is None or language is None:
        return None, "missing_field"
    return _body(selection, prompt, language), code


def emit(selection: Selection, grants: Grants) -> dict[str, Any]:
    """Return the body, or raise RefusedError."""
    code = check(selection, grants)
    if code != "allowed":
        raise RefusedError(code)
    prompt = selection.get("prompt")
    language = selection.get("language")
    if prompt is None or language is None:
        raise RefusedError("missing_field")
    return _body(selection, prompt, language)


def _body(selection: Selection, prompt: str, language: str) -> dict[str, Any]:
    if selection["model"] == "gpt-image-2":
        return {
            "type": "image",
            "prompt": prompt,
            "language": language,
            "image_generation": {"provider": "azure_openai", "model": "gpt-image-2", "quality": selection["quality"]},
            "extra_config": {"output": {"aspect_ratio": selection["ratio"]}},
        }
    return {
        "type": "image",
        "prompt": prompt,
        "language": language,
        "image_generation": {"provider": "gemini", "model": "nano-banana-2"},
        "extra_config": {"output": {"aspect_ratio": selection["ratio"], "quality": selection["quality"]}},
    }


def emit_json(selection: Selection, grants: Grants) -> bytes:
    """Return the body as compact JSON, or raise RefusedError."""
    return json.dumps(emit(selection, grants), ensure_ascii=False, separators=(",", ":")).encode()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def emit_json_encoder(selection: Selection, grants: Grants) -> bytes:
    """Return the same with a reused encoder, which `json.dumps` does not offer."""
    return _encode(emit(selection, grants)).encode()


def prepare(setting: Setting) -> Face:
    """Return the functions above; `hand_chain` is used for more than the two models."""
    if len(setting.models) > 2:
        return hand_chain.prepare(setting)
    more = {"first": check, "emit_code": emit_code, "emit_json_encoder": emit_json_encoder}
    return Face(check, emit, emit_json, (RefusedError,), status, more)
