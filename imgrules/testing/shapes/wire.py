"""Shapes about what is not sent, and what a model refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imgrules.testing.shapes.drawing import NONE, YES_OR_NO, Model, Source


def unsent_value(source: Source, model: Model) -> Model:
    """Add an option of which one value is not sent, and another is sent literally as something else."""
    standard = {"send": False, **source.choice({}, {"label": "Standard"})}
    values = {"standard": standard, "flex": source.choice({}, {"as": "flex-2"}, {"as": 2}), "late": {}}
    return source.option(model, "tier", {"values": values, **source.unless_picked(source.choice("standard", "flex"))})


def unsent_word(source: Source, model: Model) -> Model:
    """Add an option by rule with a word beside it, for which nothing is sent, or something literally."""
    word = source.choice({"send": False}, {"as": "AUTO"}, {"as": True})
    spelling = source.choice({}, {"as": "{width}*{height}"})
    facts = {"size": {"edge": {"min": 64, "max": 128, "step": 32}}, "values": {"auto": word}, **spelling}
    return source.option(model, "canvas", {**facts, **source.unless_picked("auto")})


def unsent_cell(source: Source, model: Model) -> Model:
    """Add a table to the body that sends nothing for some values of an option, which may not be sent itself."""
    plain = {"values": ["thin", "thick"], **source.unless_picked("thin"), **source.choice({}, {"send": False})}
    wide = source.option(model, "stroke", plain)
    entries = source.choice({"thin": NONE, "thick": 2}, {"thin": 1, "thick": NONE}, {"thin": NONE, "thick": NONE})
    body: dict[str, Any] = {"made.stroke": {"by": ["stroke"], "table": entries}}
    shared: Mapping[str, Any] = source.shared["types"][model["type"]].get("body", {})
    if shared and source.choice(*YES_OR_NO):
        body[source.choice(*shared)] = source.choice(NONE, "own")
    return {**wide, "body": {**wide.get("body", {}), **body}}


def refused(source: Source, model: Model) -> Model:
    """Add a field that the model refuses, or take the place of one that its type refuses."""
    if source.choice(*YES_OR_NO):
        return {**model, "refused": {source.choice("length", "voice", "mood"): source.choice("not here", "no such thing")}}
    return source.option(model, "voice", {"values": ["deep", "shrill"], **source.unless_picked("deep")})
