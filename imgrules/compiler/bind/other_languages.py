"""
Words that people bring from other languages, such as JSON Schema, and what the rule language has instead.

A word with one meaning is renamed; of any other it is said where the thing stands. One table for all blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from imgrules.compiler.read.scalars import UNUSABLE
from imgrules.compiler.report.helps import Help, explain, meant
from imgrules.compiler.spec.annotations import fields_of, fits_at, is_block, keys, members
from imgrules.compiler.spec.bounds import SizeSpec
from imgrules.compiler.spec.model import (
    ExampleSpec,
    ExpectSpec,
    FormulaSpec,
    LimitSpec,
    ModelSpec,
    OptionSpec,
    ValueSpec,
)
from imgrules.compiler.spec.shared import FieldSpec, GateSpec, SharedOptionSpec
from imgrules.compiler.spec.types import Closed, DatedSpec, SourceSpec
from imgrules.quoting import either, quoted

_SAME: Mapping[type[Closed], Mapping[str, str]] = {
    ModelSpec: {
        **dict.fromkeys(("title", "display_name", "displayName", "label"), "name"),
        **dict.fromkeys(("params", "parameters", "inputs", "settings"), "options"),
        **dict.fromkeys(("constraints", "conditions"), "limits"),
        **dict.fromkeys(("tests", "cases"), "examples"),
        **dict.fromkeys(("alias", "also_known_as"), "aliases"),
        **dict.fromkeys(("payload", "constants"), "body"),
        "vendor": "provider",
    },
    OptionSpec: {
        **dict.fromkeys(("value", "enum", "choices", "options", "allowed", "allowed_values", "one_of", "oneOf"), "values"),
        **dict.fromkeys(("default_value", "defaultValue", "preset", "initial"), "default"),
        **dict.fromkeys(("title", "name", "display_name", "displayName"), "label"),
        **dict.fromkeys(("if", "only_if", "show_if", "visible_if", "visible_when", "depends_on", "condition"), "when"),
        **dict.fromkeys(("path", "wire", "wire_path", "json_path", "param", "api_name", "target"), "send"),
        **dict.fromkeys(("format", "sent_as", "send_as"), "as"),
        **dict.fromkeys(("length", "string"), "text"),
        **dict.fromkeys(("integer", "range"), "number"),
        **dict.fromkeys(("array", "items"), "list"),
        "alias": "aliases",
        "sum": "total",
        "clamp": "snap",
        "round": "snap",
    },
    ValueSpec: {
        **dict.fromkeys(("title", "name", "display_name", "displayName"), "label"),
        **dict.fromkeys(("grant", "requires_grant"), "gate"),
        **dict.fromkeys(("sent_as", "wire_value"), "send"),
        "alias": "aliases",
        "badge": "badges",
    },
    LimitSpec: {
        **dict.fromkeys(("if", "where", "condition"), "when"),
        **dict.fromkeys(("then", "must", "allow", "allowed"), "only"),
        **dict.fromkeys(("not", "forbid", "deny", "disallow"), "never"),
        **dict.fromkeys(("requires", "require", "required"), "needs"),
        **dict.fromkeys(("exclude", "forbids", "conflicts", "conflicts_with"), "excludes"),
        **dict.fromkeys(("reason", "message", "why", "error"), "because"),
        "ignore": "ignores",
    },
    ExampleSpec: {
        **dict.fromkeys(("given", "input", "selection", "pick"), "select"),
        **dict.fromkeys(("then", "result", "expected"), "expect"),
        **dict.fromkeys(("date", "now", "when", "moment"), "at"),
        "grant": "grants",
    },
    ExpectSpec: {
        **dict.fromkeys(("price", "cost"), "credits"),
        **dict.fromkeys(("code", "reason", "error", "violation"), "because"),
        **dict.fromkeys(("result", "state", "outcome"), "status"),
        **dict.fromkeys(("payload", "request"), "body"),
    },
    FormulaSpec: {
        **dict.fromkeys(("start", "fixed", "flat"), "base"),
        **dict.fromkeys(("multiply", "factors", "multipliers"), "times"),
        **dict.fromkeys(("add", "surcharges", "extra"), "plus"),
        **dict.fromkeys(("per_image", "per_output"), "each"),
        "rounding": "round",
    },
    SizeSpec: {
        **dict.fromkeys(("edges", "side", "sides"), "edge"),
        **dict.fromkeys(("pixels", "megapixels"), "area"),
        **dict.fromkeys(("shape", "aspect"), "ratio"),
    },
    DatedSpec: {
        **dict.fromkeys(("start", "starts", "since", "start_date", "valid_from"), "from"),
        **dict.fromkeys(("end", "ends", "to", "end_date", "valid_until", "expires"), "until"),
    },
    FieldSpec: {**dict.fromkeys(("path", "wire", "param"), "send"), "length": "text"},
    SharedOptionSpec: {**dict.fromkeys(("path", "wire", "param"), "send"), **dict.fromkeys(("title", "name"), "label")},
    GateSpec: {
        **dict.fromkeys(("grants", "grant", "plans", "roles", "opens"), "opens_with"),
        **dict.fromkeys(("title", "name"), "label"),
    },
    SourceSpec: {
        **dict.fromkeys(("link", "href", "address"), "url"),
        **dict.fromkeys(("date", "read", "accessed"), "checked"),
        **dict.fromkeys(("comment", "notes"), "note"),
    },
}
"""What a word of one meaning is called in a block, and in the blocks that are made of it."""

_HOW: Mapping[str, str] = {
    "when": "use `when:` with an option and its value",
    "badges": "use `badges:` with a list of blocks that have `text:`",
    "values": "use `values:` with a list",
    "needs": "use `needs:` with the names of options",
    "opens_with": "use `opens_with:` with a list of grants",
    "number": "use `number:` with `min` and `max`",
}
"""How a word is written where what stands after another word does not fit."""

_BOUNDS = dict.fromkeys(
    ("minimum", "min_length", "minLength", "min_items", "minItems", "least", "from"), "min"
) | dict.fromkeys(("maximum", "max_length", "maxLength", "max_items", "maxItems", "most", "to", "up_to"), "max")
"""What bounds are called in a block that has them."""

_GATED = "a gate decides who may have it: use `gate:` with the name of a gate in _shared.yaml"
_REMARK = "users see only the label; write a remark for editors of the file as a comment after `#`"
_SOLD = "every listed value is offered; leave out the others, and use `retired:` for what ends on a day"
_PRICE = "write what it costs at `credits:`, in credits and not in money"
_LIMIT = "write which values conflict under `limits:`"
_ELSEWHERE: Mapping[str, str] = {
    **dict.fromkeys(("price", "cost", "costs", "amount", "usd", "eur", "fee"), _PRICE),
    **dict.fromkeys(("premium", "members_only", "member_only", "plan", "plans", "tier", "locked", "paid", "pro"), _GATED),
    **dict.fromkeys(("description", "desc", "help", "tooltip", "comment", "hint", "notes", "remark"), _REMARK),
    **dict.fromkeys(("disabled", "enabled", "hidden", "active", "available", "visible", "deprecated"), _SOLD),
    **dict.fromkeys(
        ("discount", "sale", "promo"), "a promotion states its price: use `promotion:` with `credits`, `from` and `until`"
    ),
    **dict.fromkeys(("requires", "needs", "excludes", "conflicts_with", "conflicts"), _LIMIT),
    "unless": "use `when:` with `not` in the condition",
    **dict.fromkeys(("else", "otherwise"), "name each case, with a `when:` of its own"),
    **dict.fromkeys(("pattern", "regex"), "there are no patterns; list the values, or accept any `text:`"),
    **dict.fromkeys(("id", "slug", "model_id"), "the name of the file is the id of the model"),
    "required": "an option is required unless it is `optional:` or has a `default:`",
    "value": "the value is the name before the colon; use `send:` if something else is sent for it",
    **dict.fromkeys(("multiple", "many", "repeat"), "use `list:` with `min` and `max` for several values"),
    **dict.fromkeys(
        ("minimum", "maximum", "min_length", "max_length", "minLength", "maxLength"),
        "bounds go in the block of the kind, such as `number:`",
    ),
}
"""Of a word without a word of the same meaning: where the thing stands, or why there is none."""


def brought(shape: Any, block: Mapping[str, Any], name: str) -> Help | None:
    """Return what is said of a word that people bring from elsewhere, in a block of some shape; nothing of any other."""
    if not is_block(shape):
        return None
    same = next((words[name] for kind, words in _SAME.items() if issubclass(shape, kind) and name in words), None)
    if same is None and {"min", "max"} <= {*keys(shape)} and not issubclass(shape, OptionSpec):
        same = _BOUNDS.get(name)
    if same is not None:
        why = _HOW.get(same, f"use `{same}:`") + (", which is given here already" if same in block else "")
        return meant(same if same not in block and fits_at(shape, same, block[name]) else None, why)
    said = _ELSEWHERE.get(name)
    return None if said is None else explain(said)


_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("integer", "int", "whole"), "number: {}"),
    **dict.fromkeys(("number", "float", "decimal"), "number: {step: any}"),
    **dict.fromkeys(("boolean", "bool", "switch", "toggle"), "values: [true, false]"),
    **dict.fromkeys(("string", "text", "str"), "text: {}"),
    **dict.fromkeys(("array", "list"), "list: {}"),
}
"""What an option takes that has such a `type:` elsewhere."""

_KINDS = {"values", "number", "size", "ratio", "text", "list", "of", "pixels", "total"}
_RANGE = {"min": "min", "max": "max", "step": "step", "minimum": "min", "maximum": "max", "multipleOf": "step"}


def bounds_beside(shape: Any, block: Mapping[str, Any]) -> tuple[list[str], Help] | None:
    """
    Return the bounds of a number that stand at the option itself, with what to write in place of them all.

    A text and a list have bounds too: only of two ends, of a step or of a word for its type it is certain that a number is meant.
    """
    if not (is_block(shape) and issubclass(shape, OptionSpec)) or not all(map(_is_number, _ends(block).values())):
        return None
    ends, said, present = _ends(block), block.get("type"), {_SAME[OptionSpec].get(each, each) for each in block}
    kind = _TYPES.get(said) if isinstance(said, str) else None
    names = [each for each in block if each in _RANGE or (each == "type" and kind)]
    if not names or (not ends and kind is None):
        return None
    if _KINDS & present:
        return names, _kind_beside(_KINDS & present, ends)
    number = kind is None or kind.startswith("number")
    if not number and ends:
        return names, explain(f"the bounds go inside `{str(kind).partition(':')[0]}:`")
    if kind is None and not ({"min", "max"} <= {*ends} or "step" in ends):
        return names, explain("the bounds go inside what the option takes: `number:`, `text:` or `list:`")
    return names, _number(ends, kind)


def _kind_beside(present: set[str], ends: Mapping[str, Any]) -> Help:
    """Return what is said of bounds or a type beside what already says which kind of option it is."""
    inside = sorted(present & {"number", "text", "list"})
    if ends and inside:
        return explain(f"the bounds go inside `{inside[0]}:`")
    said = f"`{min(present)}:` already says what the option takes"
    return explain(said) if ends else Help(f"delete it; {said}", (), "")


def _ends(block: Mapping[str, Any]) -> dict[str, Any]:
    return {_RANGE[name]: block[name] for name in block if name in _RANGE}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and value is not UNUSABLE


def _number(ends: dict[str, Any], kind: str | None) -> Help:
    """Return the rule of a number with its bounds; decimals have a step that lets them through."""
    if kind is not None and not ends:
        return Help(f"write `{kind}`", (), kind)
    if "step" not in ends and (any(each != int(each) for each in ends.values()) or "any" in str(kind)):
        ends["step"] = "any"
    text = "number: {" + ", ".join(f"{name}: {each}" for name, each in ends.items()) + "}"
    return Help(f"write `{text}`", (), text)


def elsewhere(shapes: list[Any], name: str, value: Any) -> str | None:
    """Return where a name belongs that the innermost of some blocks does not take: inside one of its fields, or further out."""
    own = shapes[-1]
    if own is ModelSpec and isinstance(value, dict | list):
        return "an option goes under `options:`, and what this model changes of a shared field under `fields:`"
    fields = fields_of(own) if is_block(own) else {}
    inside = [each for each, field in fields.items() if name in _keys_of(members(field.annotation))]
    if inside:
        return f"{quoted(name)} goes inside {either(inside)}"
    among = [each for each, field in fields.items() if name in _keys_of(_entries_of(field.annotation))]
    if among:
        return f"{quoted(name)} goes at the entries of {either(among)}, not here"
    outer = next((each for each in reversed(shapes[:-1]) if is_block(each) and name in keys(each)), None)
    return (
        None if outer is None else f"{quoted(name)} belongs to an outer block: {_WHERE.get(outer, 'the block around this one')}"
    )


_WHERE: Mapping[Any, str] = {ModelSpec: "the top level of the file", OptionSpec: "the option", ValueSpec: "the value"}


def _keys_of(shapes: Iterable[Any]) -> set[str]:
    return {name for each in shapes for name in keys(each)}


def _entries_of(shape: Any) -> Iterator[Any]:
    """Yield what the entries of a list or of a mapping are, where a place takes one."""
    for each in members(shape):
        for part in getattr(each, "__args__", ())[-1:]:
            yield from members(part)
