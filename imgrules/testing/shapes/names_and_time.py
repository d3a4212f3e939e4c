"""Shapes that add a date or another name to a model, an option or a value."""

from __future__ import annotations

from typing import Any

from imgrules.testing.shapes.drawing import MOMENTS, Model, Source, changed


def dated_value(source: Source, model: Model) -> Model:
    """Add dates at a value."""
    listed = [
        name for name, option in model["options"].items() if isinstance(option.get("values"), dict) and "of" not in option
    ]
    if not listed:
        return model
    name = source.choice(*listed)
    values = model["options"][name]["values"]
    value = source.choice(*values)
    others = [name for name in values if name != value][:8]
    use = {"use": source.choice(others[0], others, others)} if others else {}
    ends = [{"until": moment, **use} for moment in MOMENTS]
    dates = source.choice({"from": MOMENTS[0]}, *ends)
    changed = {**model["options"][name], "values": {**values, value: {**values[value], **dates}}}
    return {**model, "options": {**model["options"], name: changed}}


def dated_model(source: Source, model: Model) -> Model:
    """Add dates at the model."""
    return {**model, **source.choice({"from": MOMENTS[0]}, {"until": MOMENTS[2]}, {"until": MOMENTS[1]})}


def aliases(source: Source, model: Model) -> Model:
    """Add other names of the model, an option and a value."""
    ends = source.choice(["other"], {"other": MOMENTS[1]})
    named = changed(source, model, lambda option: {**option, "aliases": ends})

    def valued(option: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(option["values"], dict) or not option["values"]:
            return option
        value = source.choice(*option["values"])
        return {**option, "values": {**option["values"], value: {**option["values"][value], "aliases": ["another name"]}}}

    provided = model["model"] if isinstance(model["model"], str) else next(iter(model["model"]["table"].values()))
    return {**changed(source, named, valued), "aliases": [f"old-{provided.partition('/')[0]}"]}
