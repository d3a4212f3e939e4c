"""Shapes that add an option: a number, a size, a list, a computed option and so on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from imgrules.testing.shapes.drawing import NONE, YES_OR_NO, Model, Source, changed, is_priced, limited

_NUMBERS = (
    {"min": 1, "max": 4},
    {"min": 0, "max": 10, "step": 5},
    {"min": Decimal("0.5"), "max": 2, "step": Decimal("0.5")},
    {"min": 0, "max": 1, "step": "any"},
    {"min": -2, "max": 2},
    {"max": 3},
)
_DEFAULTS = (1, 5, Decimal("1.5"), Decimal("0.25"), -1, 2)


def number(source: Source, model: Model) -> Model:
    """Add an option that is a number."""
    at = source.choice(*range(len(_NUMBERS)))
    return source.option(model, "amount", {"number": _NUMBERS[at], **source.unless_picked(_DEFAULTS[at]), **source.snap()})


def size(source: Source, model: Model) -> Model:
    """Add a pixel size by rule, and a part of it in the body."""
    rule = source.choice(
        {"edge": {"min": 16, "max": 64, "step": 8}},
        {"edge": {"min": 16, "max": 64}, "area": {"max": 1024}},
        {"edge": {"max": 64}, "ratio": {"min": "1:2", "max": "2:1"}},
    )
    # A listed value that is written as a size has its own sides, whatever the rule says.
    named = source.choice({}, {"values": ["auto"]}, {"values": ["9x99"]})
    form = source.choice({}, {"as": "{width}*{height}"})
    # Which size is nearest to one that breaks a rule is left open, so that the laws do not ask for it.
    snap = source.choice({}, {}, {"snap": "down"}, {"snap": "up"})
    wide = source.option(model, "frame", {"size": rule, **named, **form, **source.unless_picked("32x32"), **snap})
    return {**wide, "body": {**model.get("body", {}), "part.width": {"of": "frame", "as": "width"}}}


def ratio(source: Source, model: Model) -> Model:
    """Add an aspect ratio, by rule or listed."""
    by_rule = {"ratio": {"min": "1:3", "max": "3:1"}, **source.choice({}, {"snap": "nearest"})}
    listed = {"values": ["16:9", "1:1", "9:16"], "snap": "nearest"}
    form = source.choice({}, {"as": "{width}x{height}"})
    return source.option(model, "form", {**source.choice(by_rule, listed), **form, **source.unless_picked("1:1")})


def size_or_ratio(source: Source, model: Model) -> Model:
    """Add one option of a size, a ratio and a word, and perhaps its pixels."""
    named = source.choice({}, {"values": ["auto"]}, {"values": ["auto", "9x99", "2:5"]})
    rules = {"size": {"edge": {"min": 16, "max": 64, "step": 8}}, "ratio": {"min": "1:2", "max": "2:1"}, **named}
    form = source.choice({}, {}, {"as": "{width}*{height}"})
    wide = source.option(model, "shape", {**rules, **form, **source.unless_picked(source.choice("32x32", "1:1"))})
    part = source.choice({}, {"side": {"of": "shape", "as": source.choice("width", "{height}")}})
    computed = source.choice({}, {"extent": {"of": "shape", "measure": "pixels", "send": "extent"}})
    return {**wide, "options": {**wide["options"], **computed}, "body": {**wide.get("body", {}), **part}}


def shared_path(source: Source, model: Model) -> Model:
    """Add options at one place of the request, which a limit or `when` may keep apart; errors of `check` undo the others."""
    preset = {"values": ["square", "wide"], "optional": True, "send": "place"}
    rule = source.choice(
        {"size": {"edge": {"min": 16, "max": 64, "step": 8}}},
        {"number": {"min": 1, "max": 4}},
        {"text": {"max": 4}},
        {"list": source.choice({"max": 2}, {"min": 1, "max": 2})},
    )
    custom = {**rule, "optional": True, "send": source.choice("place", "place", "place.inner")}
    axes = [
        name
        for name, option in model["options"].items()
        if isinstance(option.get("values"), list) and len(option["values"]) > 1
    ]
    if axes and source.choice(*YES_OR_NO):
        name = source.choice(*axes)
        one, two = (source.choice(*model["options"][name]["values"]) for _ in range(2))
        preset, custom = {**preset, "when": {name: one}}, {**custom, "when": {name: two}}
    wide = source.option(source.option(model, "preset", preset), "custom", custom)
    wide = source.option(wide, "token", {"number": {"min": 1}, "optional": True})
    for limit in source.choice(
        [{"when": {"custom": {"not": NONE}}, "only": {"preset": NONE}}],
        [{"never": {"custom": {"not": NONE}, "preset": {"not": NONE}}}],
        [{"when": {"preset": {"not": NONE}}, "ignores": "custom"}],
        [{"when": {"preset": {"not": NONE}}, "needs": "token"}, {"when": {"custom": {"not": NONE}}, "only": {"token": NONE}}],
        [{"when": {"preset": "square"}, "only": {"custom": NONE}}, {"when": {"preset": "wide"}, "only": {"custom": NONE}}],
        [{"when": {"custom": {"not": NONE}}, "only": {"preset": "wide"}}],
        [],
    ):
        wide = limited(wide, limit)
    return wide


def text(source: Source, model: Model) -> Model:
    """Add an option that is a text."""
    one = {"max": 4, "unit": source.choice("characters", "words", "bytes")}
    rules = source.choice(one, [{"max": 4}, {"min": 1, "max": 2, "unit": "words"}, {"max": 6, "unit": "bytes"}])
    return source.option(model, "aside", {"text": rules, "optional": True})


def list_(source: Source, model: Model) -> Model:
    """Add a list, of texts or of listed values."""
    entries = source.choice({}, {"values": ["ink", "oil"]}, {"text": {"min": 1, "max": 3}})
    return source.option(model, "pics", {"list": source.choice({"max": 3}, {"min": 1, "max": 2}), "optional": True, **entries})


def pixels(source: Source, model: Model) -> Model:
    """Add two sides and the pixels that follow from them, with a limit."""
    side = {"number": {"min": 16, "max": 64, "step": 16}, "default": 32}
    wide = source.option(source.option(model, "broad", side), "high", side)
    computed = {"of": ["broad", "high"], "measure": "pixels", "unit": source.choice(1, 1000)}
    wide["options"]["area"] = computed
    bound = source.choice({"max": 2}, {"max": 1024}) if computed["unit"] == 1 else {"max": 2}
    return limited(wide, {"only": {"area": {"max": 2048}} if computed["unit"] == 1 else {"area": bound}})


def sides(source: Source, model: Model) -> Model:
    """Add a side of a size or of two numbers, perhaps as words for its ranges, and a limit or prices."""
    if source.choice(*YES_OR_NO):
        wide, of = (model if "frame" in model["options"] else size(source, model)), ["frame"]
    else:
        side = {"number": {"min": 16, "max": 64, "step": 16}, **source.unless_picked(32)}
        wide, of = source.option(source.option(model, "across", side), "down", side), ["across", "down"]
    rule: dict[str, Any] = {"of": of, "measure": source.choice("longest", "shortest")}
    words = {"small": {"max": 32}, "large": {"min": source.choice(33, 48)}}
    if "credits" not in model and not is_priced(model) and source.choice(*YES_OR_NO):
        words = {name: {**value, "credits": source.draw(source.amounts)} for name, value in words.items()}
    kind = source.choice("number", "words", "sent", "words")
    rule |= {} if kind == "number" else {"values": words}
    rule |= {"send": "own.bucket"} if kind == "sent" else {}
    wide = {**wide, "options": {**wide["options"], "bucket": rule}}
    bound = {"max": source.choice(32, 40)} if kind == "number" else source.choice("small", {"not": "large"})
    return limited(wide, {"only": {"bucket": bound}}) if source.choice(*YES_OR_NO) else wide


def word_table(source: Source, model: Model) -> Model:
    """Add the words of a table by one option or two, perhaps with holes, and perhaps something that is computed of them."""
    names = [name for name in source.listed(model) if name not in {"follows", "extent_of"}]
    if not names:
        return model
    by = list(dict.fromkeys([source.choice(*names), source.choice(*names)]))[: source.choice(1, 2)]
    words, holes = ("64x64", "64x128", "256x64"), source.choice(*YES_OR_NO)
    first, *rest = ([*map(_word, model["options"][name]["values"])] for name in by)
    cells = ("64x64", "64x64", *words)
    row = (lambda: {other: source.choice(*cells) for other in rest[0]}) if rest else (lambda: source.choice(*cells))
    table = {value: row() for value in (first[1:] if holes and len(first) > 1 else first)}
    rule: dict[str, Any] = {"of": {"by": by, "table": table}, **source.choice({}, {"send": "own.follows"})}
    given = [word for word in words if f"'{word}'" in str(table)]
    if source.choice(*YES_OR_NO):
        rule["values"] = {word: source.choice({}, {"label": f"About {word}"}) for word in given}
    wide = {**model, "options": {**model["options"], "follows": rule}}
    if source.choice(*YES_OR_NO):
        side = {"of": "follows", "measure": source.choice("longest", "pixels", "shortest")}
        sizes = {"values": {"little": {"max": 64}, "much": {"min": 65}}} if "64x64" in given and len(given) > 1 else {}
        wide["options"]["extent_of"] = {"of": "follows", "measure": "longest", **sizes} if sizes else side
    if len(given) == 1 or source.choice(*YES_OR_NO):
        return wide
    return limited(wide, {"never": {"follows": source.choice(*given)}})


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def total(source: Source, model: Model) -> Model:
    """Add a total of a number and of the length of a list, with a limit."""
    wide = model if "pics" in model["options"] else list_(source, model)
    wide = source.option(wide, "count", {"number": {"min": 1, "max": 3}, "default": 1})
    wide["options"]["altogether"] = {"of": ["pics", "count"], "measure": "total"}
    return limited(wide, {"only": {"altogether": {"max": source.choice(2, 3)}}, "because": "too many"})


def mode(source: Source, model: Model) -> Model:
    """Add words for the length of a list."""
    wide = model if "pics" in model["options"] else list_(source, model)
    words = {"none": {"max": 0}, "one": {"min": 1, "max": 1}, "many": {"min": 2}}
    if "credits" not in model and not is_priced(model) and source.choice(*YES_OR_NO):
        words = {name: {**value, "credits": source.draw(source.amounts)} for name, value in words.items()}
    return source.option(wide, "mode", {"of": "pics", "values": words})


def optional(source: Source, model: Model) -> Model:
    """Add an optional option in place of one that has to be picked."""
    return changed(
        source, model, lambda option: {key: value for key, value in option.items() if key != "default"} | {"optional": True}
    )


def conditional(source: Source, model: Model) -> Model:
    """Add an option that exists under a condition."""
    if not model["options"]:
        return model
    facts = {"values": ["soft", "hard"], "when": source.condition(model), **source.unless_picked("soft")}
    return source.option(model, "edge", {**facts, "because": source.choice("only then", "not now")})


def default_table(source: Source, model: Model) -> Model:
    """Add a default by table."""
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


def switch(source: Source, model: Model) -> Model:
    """Add a switch."""
    facts = {"values": [True, False], **source.unless_picked(source.choice(*YES_OR_NO))}
    return source.option(model, "toggle", facts)


def spelled(source: Source, model: Model) -> Model:
    """Add an option that is sent in another form, and an array."""
    flag = {"values": ["true", "false"], "as": "boolean", "default": "false"}
    number = {"values": {"1": {}, "2": {"as": 2}}, "default": "1"}
    switch: dict[str, Any] = {"values": [True, False], **source.unless_picked(source.choice(*YES_OR_NO))}
    flagged = source.option(
        model, "flag", source.choice(switch, switch, flag, number, {"values": ["7", "8"], "as": "number", "default": "7"})
    )
    array = {"items[0].kind": "first", "items[1]": source.choice([1, "two"], 3)}
    return {**flagged, "body": {**model.get("body", {}), **array}}


def row(source: Source, model: Model) -> Model:
    """Draw an array of the body whose first entry may be missing."""
    wide = model if "frame" in model["options"] else size(source, model)
    level = {"number": {"min": 1, "max": 4}, **source.unless_picked(2)}
    words = {"low": {"max": 2}, "top": {"min": 3}}
    kind = source.choice("pixels", "word", "width")
    if kind == "pixels":
        wide = source.option(wide, "dots", {"of": "frame", "measure": "pixels", "send": "row[0]"})
    elif kind == "word":
        wide = source.option(source.option(wide, "level", level), "band", {"of": "level", "values": words, "send": "row[0]"})
        others = {"options": {name: option for name, option in wide["options"].items() if name not in {"level", "band"}}}
        wide = limited(wide, {"when": source.condition(others), "ignores": "level"}) if others["options"] else wide
    first = {} if kind in {"pixels", "word"} else {"row[0]": {"of": "frame", "as": kind}}
    second = source.choice("two", "two", {"of": "frame", "as": "text"})
    return {**wide, "body": {**wide.get("body", {}), **first, "row[1]": second}}
