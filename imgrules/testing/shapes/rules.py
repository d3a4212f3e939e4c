"""Shapes that add a limit, a gate rule, a text rule or a source to a model."""

from __future__ import annotations

from imgrules.testing.shapes.drawing import MOMENTS, NONE, YES_OR_NO, Model, Source, absent, limited


def fields(source: Source, model: Model) -> Model:
    """Add a length for a shared text."""
    texts = source.shared["types"][model["type"]]["fields"]
    if not texts:
        return model
    name, rule = source.choice(*texts), {"min": 2, "max": 3, "unit": source.choice("characters", "words", "bytes")}
    # A model may narrow the rule of its type, and may inherit a bound from it.
    kept = source.choice(("unit", "min", "max"), ("unit", "min", "max"), ("unit", "min"), ("unit", "max"))
    return {**model, "fields": {name: {"text": {key: rule[key] for key in kept}}}}


def sources(source: Source, model: Model) -> Model:
    """Add a source and a badge."""
    read = source.choice(
        {"url": "https://example.com/prices", "checked": "2026-01-01"},
        {"checked": "2026-01", "note": "a manual on paper"},
        "https://example.com/prices",
    )
    badge = {"text": "New", "until": source.choice(*MOMENTS)}
    return {**model, "source": source.choice(read, [read, {"note": "otherwise"}]), "badges": [badge]}


def request(source: Source, model: Model) -> Model:
    """Add the request, or a table of requests by an option, or a fact, with listed values."""
    spaces = {**model["options"], **model.get("facts", {})}
    listed = [name for name, option in spaces.items() if "values" in option and "of" not in option]
    if not listed or source.choice(*YES_OR_NO):
        return {**model, "request": source.choice("POST /images", "PUT https://example.com/images?v=1")}
    name = source.choice(*listed)
    # Nothing is sent to no address, so that what may have no value needs a row for that.
    rows = [*spaces[name]["values"], *([NONE] if {"optional", "when"} & set(spaces[name]) else [])]
    lines = {str(value).lower() if isinstance(value, bool) else value: f"POST /{at}" for at, value in enumerate(rows)}
    return {**model, "request": {"by": [name], "table": lines}}


def joint(source: Source, model: Model) -> Model:
    """Add a limit about options of any kind."""
    if not model["options"]:
        return model
    free = [name for name, option in model["options"].items() if option.get("optional")]
    because = source.choice({}, {"because": "so it is"})
    if free and source.choice(*YES_OR_NO):
        name = source.choice(*free)
        others = {other: option for other, option in model["options"].items() if other != name and name not in str(option)}
        when = {"when": source.condition({"options": others})} if others else {}
        says = source.choice({"only": absent(name)}, {"needs": name}, {"needs": [name]}, {"ignores": name}, {"ignores": [name]})
        return limited(model, {**when, **says, **because})
    says = source.choice({"only": source.condition(model)}, {"never": source.condition(model)})
    return limited(model, {"when": source.condition(model), **says, **because})


def joint_again(source: Source, model: Model) -> Model:
    """Add one more limit."""
    return joint(source, model)


def gates(source: Source, model: Model) -> Model:
    """Add a gate rule."""
    names = list(source.shared.get("gates", {}))
    if not names or not model["options"]:
        return model
    dated = source.choice({}, {"until": source.choice(*MOMENTS)}, {"from": MOMENTS[0], "until": MOMENTS[2]})
    rule = {"when": source.condition(model), "gate": source.choice(*names), **dated}
    return {**model, "gates": [*model.get("gates", []), rule]}
