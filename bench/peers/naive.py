"""A naive interpreter: walks the YAML documents, which are parsed once, for every selection."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.face import Face, Setting
from bench.peers.around import compact


class RefusedError(Exception):
    """The selection is refused; the argument is the code of the violation."""


@dataclass(frozen=True)
class Documents:
    """The parsed files."""

    shared: dict[str, Any]
    models: dict[str, dict[str, Any]]

    def decide(self, selection: dict[str, Any], grants: frozenset[str]) -> str:
        """Return `allowed`, `locked`, or the code of the violation."""
        model = self.models.get(selection["model"]) if isinstance(selection.get("model"), str) else None
        if model is None:
            return "unknown_model"
        (kind,) = self.shared["types"].values()  # the packaged models are all of one type
        for name, value in selection.items():
            code = _fault(kind, model, name, value)
            if code is not None:
                return code
        closed = False
        for name, option in model["options"].items():
            if name not in selection:
                return "missing_field"
            closed = closed or self._closed(option["values"], selection[name], grants)
        return "locked" if closed else "allowed"

    def _closed(self, values: Any, value: str, grants: frozenset[str]) -> bool:
        gate = values[value].get("gate") if isinstance(values, dict) else None
        return gate is not None and grants.isdisjoint(self.shared["gates"][gate]["opens_with"])

    def emit(self, selection: dict[str, Any], grants: frozenset[str]) -> dict[str, Any]:
        """Return the body, or raise RefusedError."""
        code = self.decide(selection, grants)
        if code != "allowed":
            raise RefusedError(code)
        model = self.models[selection["model"]]
        (kind,) = self.shared["types"].values()  # the packaged models are all of one type
        body: dict[str, Any] = {}
        for path, value in kind["body"].items():
            _place(body, path, value)
        for name, field in kind["fields"].items():
            if not field.get("optional") and name not in selection:
                raise RefusedError("missing_field")
            _place(body, field["send"], selection[name])
        _place(body, kind["provider"]["send"], model["provider"])
        _place(body, kind["model"]["send"], model["model"])
        for name, option in model["options"].items():
            _place(body, option.get("send") or kind["options"][name]["send"], selection[name])
        return body

    def emit_json(self, selection: dict[str, Any], grants: frozenset[str]) -> bytes:
        """Return the body as compact JSON, or raise RefusedError."""
        return compact(self.emit(selection, grants))


def _fault(kind: dict[str, Any], model: dict[str, Any], name: str, value: Any) -> str | None:
    if name == "model":
        return None
    if not isinstance(value, str):
        return "wrong_type"
    if name in model["options"]:
        return None if value in model["options"][name]["values"] else "not_offered"
    if name not in kind["fields"]:
        return "refused_field" if name in kind["refused"] else "unknown_field"
    if len(value) < kind["fields"][name]["text"]["min"]:
        return "text_length"
    try:
        value.encode()
    except UnicodeEncodeError:
        return "wrong_type"
    return None


def _place(body: dict[str, Any], path: str, value: Any) -> None:
    *outer, last = path.split(".")
    for key in outer:
        body = body.setdefault(key, {})
    body[last] = value


def prepare(setting: Setting) -> Face:
    """Return the documents of a folder with the functions over them."""
    shared, models = {}, {}
    for path in sorted(setting.rules.glob("*.yaml")):
        document = _read(path)
        if path.stem == "_shared":
            shared = document
        else:
            models[path.stem] = document
    documents = Documents(shared, models)
    return Face(documents.decide, documents.emit, documents.emit_json, (RefusedError,), _status)


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return document


def _status(code: str) -> str:
    return code if code in {"allowed", "locked"} else "impossible"
