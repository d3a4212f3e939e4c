"""Shapes that change how a model is written and shown, and no decision about it."""

from __future__ import annotations

from typing import Any

from imgrules.testing.shapes.drawing import Model, Source, changed


def shown(source: Source, model: Model) -> Model:
    """Add what only a picker shows, at the model, an option and a value."""
    text = {"description": "fine grain", "meta": {"icon": source.choice("star", "moon")}}

    def described(option: dict[str, Any]) -> dict[str, Any]:
        values = option["values"]
        if isinstance(values, dict) and values:
            value = source.choice(*values)
            return {**option, **text, "values": {**values, value: {**values[value], **text}}}
        return {**option, **text}

    return {**changed(source, model, described), **text, "released": source.choice("2026-10", "2026-10-01")}


def short(source: Source, model: Model) -> Model:
    """Leave out what a file may leave out: its name, and brackets around one name."""
    left_out = source.choice({"name"}, {"name"}, set())
    return {key: _without_brackets(part) for key, part in model.items() if key not in left_out}


def _without_brackets(part: Any) -> Any:
    """Return a part of a model with `by: name` in place of `by: [name]`."""
    if isinstance(part, list):
        return [_without_brackets(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    by = part.get("by")
    short_by = {"by": by[0]} if isinstance(by, list) and len(by) == 1 and "table" in part else {}
    return {key: _without_brackets(entry) for key, entry in part.items()} | short_by


def accepting(source: Source, model: Model) -> Model:
    """Accept a warning of `check`, which is there or not."""
    return {**model, "accept": {source.choice("IR210", "IR244", "IR321", "IR322"): "it is meant"}}
