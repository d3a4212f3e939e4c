"""Shapes beyond listed options: each function adds a part of the rule language to a model; errors of `check` undo it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

Model: TypeAlias = dict[str, Any]
_Sound: TypeAlias = Callable[[Mapping[str, Any], Mapping[str, Any]], bool]

_MOMENTS = ("2026-01-01", "2026-07-01T12:00:00Z", "2027-01-01")
_NUMBERS = (
    {"min": 1, "max": 4},
    {"min": 0, "max": 10, "step": 5},
    {"min": Decimal("0.5"), "max": 2, "step": Decimal("0.5")},
    {"min": 0, "max": 1, "step": "any"},
    {"min": -2, "max": 2},
    {"max": 3},
)
_YES_OR_NO = (True, False)
_DEFAULTS = (1, 5, Decimal("1.5"), Decimal("0.25"), -1, 2)


@st.composite
def widened(  # noqa: PLR0913, PLR0917  a strategy takes its sources and its wish
    draw: DrawFn, model: Model, shared: Mapping[str, Any], has_no_errors: _Sound, amounts: SearchStrategy[Any], wanted: str = ""
) -> Model:
    """Draw the same model with some of the shapes added; the shape named `wanted` is added whenever it causes no error."""
    source = _Source(draw, shared, amounts)
    # In the order of `SHAPES`: later shapes build on earlier ones.
    shapes = [candidate for candidate in SHAPES if draw(st.integers(0, 4)) == 1 or candidate.__name__ == f"_{wanted}"]
    wide = model
    for shape in shapes:
        wide = shape(source, wide)
    if has_no_errors(shared, wide):
        return wide
    kept = model
    for shape in shapes:
        tried = shape(source, kept)
        kept = tried if has_no_errors(shared, tried) else kept
    return kept


class _Source:
    """What the shapes draw from: a draw function, the shared file, and a strategy for amounts."""

    def __init__(self, draw: DrawFn, shared: Mapping[str, Any], amounts: SearchStrategy[Any]) -> None:
        self.shared = shared
        self.amounts = amounts
        self._draw = draw

    def choice(self, *choices: Any) -> Any:
        """Draw one of the choices."""
        return self._draw(st.sampled_from(choices))

    def draw(self, strategy: SearchStrategy[Any]) -> Any:
        """Draw from a strategy."""
        return self._draw(strategy)

    def option(self, model: Model, name: str, facts: dict[str, Any]) -> Model:
        """Return the model with a further option."""
        return {**model, "options": {**model["options"], name: {"send": f"own.{name}", **facts}}}

    def unless_picked(self, default: Any) -> dict[str, Any]:
        """Draw the keys for an option that is not picked: `optional`, `default`, or no key."""
        return dict(self.choice({}, {"optional": True}, {"default": default}, {"default": default}))

    def condition(self, model: Model) -> dict[str, Any]:
        """Draw a condition on an option of the model."""
        names = [name for name, option in model["options"].items() if "total" not in option or "pixels" not in option]
        name = self.choice(*names)
        return {name: self._test(model["options"][name])}

    def _test(self, option: dict[str, Any]) -> Any:
        if "list" in option or "total" in option or "pixels" in option:
            return self.choice({"min": 1}, {"max": 1}, {"min": 1, "max": 2})
        if "number" in option:
            return self.choice({"min": 1}, {"max": 1}, 1, {"given": True})
        if "values" in option:
            value = self.choice(*option["values"])
            return self.choice(value, [value], {"not": value}, {"given": True})
        return {"given": self.choice(*_YES_OR_NO)}


def _number(source: _Source, model: Model) -> Model:
    at = source.choice(*range(len(_NUMBERS)))
    snap = source.choice({}, {}, {"snap": True})
    return source.option(model, "amount", {"number": _NUMBERS[at], **source.unless_picked(_DEFAULTS[at]), **snap})


def _size(source: _Source, model: Model) -> Model:
    rule = source.choice(
        {"edge": {"min": 16, "max": 64, "step": 8}},
        {"edge": {"min": 16, "max": 64}, "area": {"max": 1024}},
        {"edge": {"max": 64}, "ratio": {"min": "1:2", "max": "2:1"}},
    )
    # A listed value that is written as a size has its own sides, whatever the rule says.
    named = source.choice({}, {"values": ["auto"]}, {"values": ["9x99"]})
    form = source.choice({}, {"as": "{width}*{height}"}) if not named else {}
    wide = source.option(model, "frame", {"size": rule, **named, **form, **source.unless_picked("32x32")})
    return {**wide, "body": {**model.get("body", {}), "part.width": {"of": "frame", "as": "width"}}}


def _ratio(source: _Source, model: Model) -> Model:
    by_rule = {"ratio": {"min": "1:3", "max": "3:1"}}
    listed = {"values": ["16:9", "1:1", "9:16"], "snap": True}
    form = source.choice({}, {"as": "{width}x{height}"})
    return source.option(model, "form", {**source.choice(by_rule, listed), **form, **source.unless_picked("1:1")})


def _text(source: _Source, model: Model) -> Model:
    unit = source.choice("characters", "words", "bytes")
    return source.option(model, "aside", {"text": {"max": 4, "unit": unit}, "optional": True})


def _list(source: _Source, model: Model) -> Model:
    entries = source.choice({}, {"values": ["ink", "oil"]}, {"text": {"min": 1, "max": 3}})
    return source.option(model, "pics", {"list": source.choice({"max": 3}, {"min": 1, "max": 2}), "optional": True, **entries})


def _pixels(source: _Source, model: Model) -> Model:
    side = {"number": {"min": 16, "max": 64, "step": 16}, "default": 32}
    wide = source.option(source.option(model, "broad", side), "high", side)
    computed = {"pixels": ["broad", "high"], "unit": source.choice(1, 1000)}
    wide["options"]["area"] = computed
    bound = source.choice({"max": 2}, {"max": 1024}) if computed["unit"] == 1 else {"max": 2}
    return _limited(wide, {"only": {"area": {"max": 2048}} if computed["unit"] == 1 else {"area": bound}})


def _total(source: _Source, model: Model) -> Model:
    wide = model if "pics" in model["options"] else _list(source, model)
    wide = source.option(wide, "count", {"number": {"min": 1, "max": 3}, "default": 1})
    wide["options"]["altogether"] = {"total": ["pics", "count"]}
    return _limited(wide, {"only": {"altogether": {"max": source.choice(2, 3)}}, "because": "too many"})


def _limited(model: Model, limit: dict[str, Any]) -> Model:
    return {**model, "limits": [*model.get("limits", []), limit]}


def _mode(source: _Source, model: Model) -> Model:
    wide = model if "pics" in model["options"] else _list(source, model)
    words = {"none": {"is": {"max": 0}}, "one": {"is": {"min": 1, "max": 1}}, "many": {"is": {"min": 2}}}
    if "credits" not in model and not _is_priced(model) and source.choice(*_YES_OR_NO):
        words = {name: {**value, "credits": source.draw(source.amounts)} for name, value in words.items()}
    return source.option(wide, "mode", {"of": "pics", "values": words})


def _optional(source: _Source, model: Model) -> Model:
    return _changed(
        source, model, lambda option: {key: value for key, value in option.items() if key != "default"} | {"optional": True}
    )


def _conditional(source: _Source, model: Model) -> Model:
    if not model["options"]:
        return model
    facts = {"values": ["soft", "hard"], "when": source.condition(model), **source.unless_picked("soft")}
    return source.option(model, "edge", {**facts, "because": source.choice("only then", "not now")})


def _changed(source: _Source, model: Model, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Model:
    names = [name for name, option in model["options"].items() if "values" in option and "of" not in option]
    if not names:
        return model
    name = source.choice(*names)
    return {**model, "options": {**model["options"], name: change(model["options"][name])}}


def _default_table(source: _Source, model: Model) -> Model:
    listed = [
        name
        for name, option in model["options"].items()
        if isinstance(option.get("values"), dict | list) and "of" not in option
    ]
    plain = [name for name in listed if not {"list", "size", "optional"} & set(model["options"][name])]
    if not plain:
        return model
    by = source.choice(*plain)
    table = {value: source.choice(1, 2, 3) for value in model["options"][by]["values"]}
    return source.option(model, "tries", {"number": {"min": 1, "max": 3}, "default": {"by": [by], "table": table}})


def _joint(source: _Source, model: Model) -> Model:
    if not model["options"]:
        return model
    free = [name for name, option in model["options"].items() if option.get("optional")]
    because = source.choice({}, {"because": "so it is"})
    if free and source.choice(*_YES_OR_NO):
        name = source.choice(*free)
        others = {other: option for other, option in model["options"].items() if other != name and name not in str(option)}
        when = {"when": source.condition({"options": others})} if others else {}
        return _limited(model, {**when, source.choice("needs", "excludes", "ignores"): source.choice(name, [name]), **because})
    says = source.choice({"only": source.condition(model)}, {"never": source.condition(model)})
    return _limited(model, {"when": source.condition(model), **says, **because})


def _joint_again(source: _Source, model: Model) -> Model:
    return _joint(source, model)


def _formula(source: _Source, model: Model) -> Model:
    rest = {name: value for name, value in model.items() if name not in {"credits", "promotion"}}
    options = rest["options"]
    counted = [name for name, option in options.items() if {"number", "list", "total", "pixels"} & set(option)]
    credits_: dict[str, Any] = {} if _is_priced(rest) else {"base": source.draw(source.amounts)}
    if options:
        factor = {"factor": source.choice(2, Decimal("1.5"), Decimal("0.25"))}
        credits_["times"] = [factor | source.choice({}, {"when": source.condition(rest)})]
        credits_["plus"] = [{"credits": source.draw(source.amounts), **source.choice({}, {"when": source.condition(rest)})}]
    if counted:
        per = {"credits": source.choice(1, Decimal("0.5")), "per": source.choice(*counted), **source.choice({}, {"beyond": 1})}
        credits_["plus"] = [*credits_.get("plus", []), per]
        credits_ |= source.choice({}, {"each": source.choice(*counted)})
    return {
        **rest,
        "credits": credits_ | {"round": source.choice({"up": 1}, {"nearest": Decimal("0.5")}, {"down": Decimal("0.1")})},
    }


def _each(source: _Source, model: Model) -> Model:
    """Draw a price for each unit of a number that may be negative, or of a total of it."""
    number = {"number": source.choice({"max": 4}, {"min": -3, "max": 3}, {"min": 1, "max": 4})}
    wide = source.option(
        {name: value for name, value in model.items() if name not in {"credits", "promotion"}}, "shots", number
    )
    wide["options"]["made"] = {"total": ["shots", "pics"] if "pics" in wide["options"] else ["shots"]}
    price = {"each": source.choice("shots", "made"), **source.choice({}, {"plus": [{"credits": 2, "per": "shots"}]})}
    return {**wide, "credits": price if _is_priced(wide) else {"base": source.choice(2, Decimal("0.5")), **price}}


def _alike(source: _Source, model: Model) -> Model:
    """Draw an option with two values that may be sent as the same value, and prices that may depend on it."""
    sent = source.choice(1, 2)
    wide = source.option(model, "tier", {"values": {"plain": {"send": 1}, "fine": {"send": sent}}})
    rest = {name: value for name, value in wide.items() if name not in {"credits", "promotion"}}
    when = {"tier": "fine", **source.choice({}, source.condition(model) if model["options"] else {})}
    price = {"plus": [{"credits": source.choice(2, Decimal("0.5")), "when": when}]}
    return {**rest, "credits": price if _is_priced(wide) else {"base": source.choice(2, 3), **price}}


def _is_priced(model: Model) -> bool:
    """Whether values of a model have prices."""
    mappings = (option["values"] for option in model["options"].values() if isinstance(option.get("values"), dict))
    return any("credits" in value for values in mappings for value in values.values())


def _promotion(source: _Source, model: Model) -> Model:
    now = {"credits": source.choice(1, Decimal("2.5")), "from": _MOMENTS[0], "until": source.choice(*_MOMENTS[1:])}
    if not _is_priced(model):
        return {"credits": source.draw(source.amounts), **model, "promotion": now}

    def promoted(option: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(option["values"], dict) or not any("credits" in details for details in option["values"].values()):
            return option
        value = source.choice(*option["values"])
        return {**option, "values": {**option["values"], value: {**option["values"][value], "promotion": now}}}

    return _changed(source, model, promoted)


def _dated_price(source: _Source, model: Model) -> Model:
    if isinstance(model.get("credits"), list) or _is_priced(model):
        return model
    at, before = source.choice(*_MOMENTS), model.get("credits", 3)
    return {**model, "credits": [{"credits": before, "until": at}, {"credits": source.draw(source.amounts), "from": at}]}


def _gates(source: _Source, model: Model) -> Model:
    names = list(source.shared.get("gates", {}))
    if not names or not model["options"]:
        return model
    dated = source.choice({}, {"until": source.choice(*_MOMENTS)}, {"from": _MOMENTS[0], "until": _MOMENTS[2]})
    rule = {"when": source.condition(model), "gate": source.choice(*names), **dated}
    return {**model, "gates": [*model.get("gates", []), rule]}


def _dated_value(source: _Source, model: Model) -> Model:
    listed = [
        name for name, option in model["options"].items() if isinstance(option.get("values"), dict) and "of" not in option
    ]
    if not listed:
        return model
    name = source.choice(*listed)
    values = model["options"][name]["values"]
    value, other = source.choice(*values), source.choice(*values)
    dates = source.choice({"from": _MOMENTS[0]}, {"until": _MOMENTS[1]}, {"retired": {"on": _MOMENTS[2], "use": other}})
    changed = {**model["options"][name], "values": {**values, value: {**values[value], **dates}}}
    return {**model, "options": {**model["options"], name: changed}}


def _dated_model(source: _Source, model: Model) -> Model:
    return {**model, **source.choice({"from": _MOMENTS[0]}, {"until": _MOMENTS[2]}, {"retired": {"on": _MOMENTS[1]}})}


def _aliases(source: _Source, model: Model) -> Model:
    ends = source.choice(["other"], {"other": _MOMENTS[1]})
    named = _changed(source, model, lambda option: {**option, "aliases": ends})

    def valued(option: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(option["values"], dict) or not option["values"]:
            return option
        value = source.choice(*option["values"])
        return {**option, "values": {**option["values"], value: {**option["values"][value], "aliases": ["another name"]}}}

    provided = model["model"] if isinstance(model["model"], str) else next(iter(model["model"]["table"].values()))
    return {**_changed(source, named, valued), "aliases": [f"old-{provided.partition('/')[0]}"]}


def _switch(source: _Source, model: Model) -> Model:
    facts = {"values": [True, False], **source.unless_picked(source.choice(*_YES_OR_NO))}
    return source.option(model, "toggle", facts)


def _spelled(source: _Source, model: Model) -> Model:
    flag = {"values": ["true", "false"], "as": "boolean", "default": "false"}
    number = {"values": {"1": {}, "2": {"send": 2}}, "default": "1"}
    switch: dict[str, Any] = {"values": [True, False], **source.unless_picked(source.choice(*_YES_OR_NO))}
    flagged = source.option(
        model, "flag", source.choice(switch, switch, flag, number, {"values": ["7", "8"], "as": "number", "default": "7"})
    )
    array = {"items[0].kind": "first", "items[1]": source.choice([1, "two"], 3)}
    return {**flagged, "body": {**model.get("body", {}), **array}}


def _row(source: _Source, model: Model) -> Model:
    """Draw an array of the body whose first entry may be missing."""
    wide = model if "frame" in model["options"] else _size(source, model)
    level = {"number": {"min": 1, "max": 4}, **source.unless_picked(2)}
    words = {"low": {"is": {"max": 2}}, "top": {"is": {"min": 3}}}
    kind = source.choice("pixels", "word", "width")
    if kind == "pixels":
        wide = source.option(wide, "dots", {"pixels": "frame", "send": "row[0]"})
    elif kind == "word":
        wide = source.option(source.option(wide, "level", level), "band", {"of": "level", "values": words, "send": "row[0]"})
        others = {"options": {name: option for name, option in wide["options"].items() if name not in {"level", "band"}}}
        wide = _limited(wide, {"when": source.condition(others), "ignores": "level"}) if others["options"] else wide
    first = {} if kind in {"pixels", "word"} else {"row[0]": {"of": "frame", "as": kind}}
    second = source.choice("two", "two", {"of": "frame", "as": "text"})
    return {**wide, "body": {**wide.get("body", {}), **first, "row[1]": second}}


def _fields(source: _Source, model: Model) -> Model:
    texts = source.shared["types"][model["type"]]["fields"]
    if not texts:
        return model
    name, rule = source.choice(*texts), {"min": 2, "max": 3, "unit": source.choice("characters", "words", "bytes")}
    # A model may narrow the rule of its type, and may inherit a bound from it.
    kept = source.choice(("unit", "min", "max"), ("unit", "min", "max"), ("unit", "min"), ("unit", "max"))
    return {**model, "fields": {name: {"text": {key: rule[key] for key in kept}}}}


def _sources(source: _Source, model: Model) -> Model:
    read = {"url": "https://example.com/prices", "checked": "2026-01-01"}
    badge = {"text": "New", "until": source.choice(*_MOMENTS)}
    return {**model, "source": source.choice(read, [read, {**read, "note": "otherwise"}]), "badges": [badge]}


SHAPES: tuple[Callable[[_Source, Model], Model], ...] = (
    _number,
    _size,
    _ratio,
    _text,
    _list,
    _pixels,
    _total,
    _mode,
    _optional,
    _conditional,
    _default_table,
    _switch,
    _spelled,
    _row,
    _fields,
    _sources,
    _joint,
    _joint_again,
    _formula,
    _each,
    _alike,
    _promotion,
    _dated_price,
    _gates,
    _dated_value,
    _dated_model,
    _aliases,
)
"""Every shape; later ones build on earlier ones."""
