"""Shapes that change how a model is written and shown, and no decision about it."""

from __future__ import annotations

from typing import Any

from imgrules.testing.shapes.source import Model, Source


def short(source: Source, model: Model) -> Model:
    """Leave out what a file may leave out: its name, and brackets around one name."""
    left_out = source.choice({"name"}, set())
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
