"""
Keywords of other languages, such as JSON Schema, and their equivalents in the rule language.

For a keyword with one equivalent, the hint proposes to rename it; for any other, it explains what to use instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from imgrules.compiler.read.scalars import UNUSABLE, is_money
from imgrules.compiler.report.helps import Help, did_you_mean, explain
from imgrules.compiler.spec.bounds import SizeSpec
from imgrules.compiler.spec.examples import ExampleSpec, ExpectSpec
from imgrules.compiler.spec.facts import FactSpec, FactValueSpec
from imgrules.compiler.spec.field_types import fields_of, fits_at, is_block, keys, members
from imgrules.compiler.spec.model import (
    GateRuleSpec,
    LimitSpec,
    ModelSpec,
    OptionSpec,
    OwnFieldSpec,
    PartSpec,
    SharedOptionSpec,
    ValueSpec,
)
from imgrules.compiler.spec.price import DatedPriceSpec, FormulaSpec
from imgrules.compiler.spec.shared import FieldSpec, GateSpec, SharedSpec
from imgrules.compiler.spec.types import CURRENCY, Closed, DatedSpec, SourceSpec, TestSpec
from imgrules.quoting import either, quoted

_PRICE_WORDS = ("price", "cost", "costs", "amount", "fee")
_SENTENCE = dict.fromkeys(("desc", "tooltip", "help", "hint", "summary"), "description")
EQUIVALENTS: Mapping[type[Closed], Mapping[str, str]] = {
    ModelSpec: {
        **dict.fromkeys(("title", "display_name", "displayName", "label"), "name"),
        **dict.fromkeys(("params", "parameters", "inputs", "settings"), "options"),
        **dict.fromkeys(("constraints", "conditions"), "limits"),
        **dict.fromkeys(("tests", "cases"), "examples"),
        **dict.fromkeys(("alias", "also_known_as"), "aliases"),
        **dict.fromkeys(("payload", "constants"), "body"),
        **dict.fromkeys(_PRICE_WORDS, "credits"),
        **dict.fromkeys(("slug", "model_id", "public_id"), "id"),
        **_SENTENCE,
        **dict.fromkeys(("kind", "content_type", "model_type"), "type"),
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
        **_SENTENCE,
        "alias": "aliases",
        "clamp": "snap",
        "round": "snap",
    },
    ValueSpec: {
        **dict.fromkeys(("title", "name", "display_name", "displayName"), "label"),
        **dict.fromkeys(("grant", "requires_grant"), "gate"),
        **dict.fromkeys(("sent_as", "wire_value"), "as"),
        **dict.fromkeys(_PRICE_WORDS, "credits"),
        **_SENTENCE,
        "alias": "aliases",
        "badge": "badges",
    },
    LimitSpec: {
        **dict.fromkeys(("if", "where", "condition"), "when"),
        **dict.fromkeys(("then", "must", "allow", "allowed"), "only"),
        **dict.fromkeys(("not", "forbid", "deny", "disallow"), "never"),
        **dict.fromkeys(("requires", "require", "required"), "needs"),
        **dict.fromkeys(("reason", "message", "why", "error", "description", *_SENTENCE), "because"),
        "ignore": "ignores",
    },
    ExampleSpec: {
        **dict.fromkeys(("given", "input", "selection", "pick"), "select"),
        **dict.fromkeys(("then", "result", "expected"), "expect"),
        **dict.fromkeys(("date", "now", "when", "moment"), "at"),
        **dict.fromkeys(("context", "known", "stated"), "facts"),
        "grant": "grants",
        **dict.fromkeys(("each", "matrix", "parametrize", "combinations", "every"), "over"),
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
    FieldSpec: {**dict.fromkeys(("path", "wire", "param"), "send"), **_SENTENCE, "length": "text"},
    PartSpec: {
        **dict.fromkeys(("option", "field", "fact", "value", "name", "from", "source"), "of"),
        **dict.fromkeys(("form", "format", "type", "sent_as"), "as"),
    },
    TestSpec: {
        **dict.fromkeys(("ne", "neq", "not_in", "notIn", "nin", "isnt", "is_not", "except", "excluding"), "not"),
        **dict.fromkeys(("gte", "ge"), "min"),
        **dict.fromkeys(("lte", "le"), "max"),
    },
    OwnFieldSpec: _SENTENCE,
    SharedOptionSpec: {
        **dict.fromkeys(("path", "wire", "param"), "send"),
        **dict.fromkeys(("title", "name"), "label"),
        **_SENTENCE,
    },
    FactSpec: {
        **dict.fromkeys(("enum", "choices", "options", "allowed", "one_of", "oneOf"), "values"),
        **dict.fromkeys(("default_value", "defaultValue", "initial"), "default"),
        **dict.fromkeys(("integer", "range"), "number"),
        **dict.fromkeys(("array", "items"), "list"),
        **dict.fromkeys(("title", "name"), "label"),
        **_SENTENCE,
        "string": "text",
    },
    GateRuleSpec: dict.fromkeys(("if", "where", "condition", "only_if"), "when"),
    FactValueSpec: {**dict.fromkeys(("title", "name"), "label"), **_SENTENCE},
    GateSpec: {
        **dict.fromkeys(("grants", "grant", "plans", "roles", "opens"), "opens_with"),
        **dict.fromkeys(("title", "name", "description", *_SENTENCE), "label"),
    },
    SourceSpec: {
        **dict.fromkeys(("link", "href", "address"), "url"),
        **dict.fromkeys(("date", "read", "accessed"), "checked"),
        **dict.fromkeys(("comment", "notes"), "note"),
    },
}
"""By class of a block: the equivalent of each foreign keyword; also for subclasses of the class."""

VALUES_ALONE = "list the values alone, as in `{OPTION: [VALUE, VALUE]}`"
_PRICE = "write what it costs at `credits:`; what the number is in is `currency` in `_shared.yaml`"
CORRECT_FORM: Mapping[str, str] = {
    "when": "use `when:` with an option and its value",
    "badges": "use `badges:` with a list of blocks that have `text:`",
    "values": "use `values:` with a list",
    "needs": "use `needs:` with the names of options",
    "opens_with": "use `opens_with:` with a list of grants",
    "number": "use `number:` with `min` and `max`",
    "credits": _PRICE,
}
"""By key: how it is written, for a foreign keyword whose value is not valid for the key."""

OTHER_WORDS: Mapping[str, tuple[str, ...]] = {
    "impossible": ("deny", "denied", "refuse", "refused", "reject", "rejected", "forbidden", "error", "disallowed"),
    "allowed": ("allow", "ok", "accept", "accepted", "valid", "success", "permitted"),
    "locked": ("gated", "paywall", "payment_required"),
}
"""By choice: the words of other languages for it."""

_BOUNDS = dict.fromkeys(
    ("minimum", "min_length", "minLength", "min_items", "minItems", "least", "from"), "min"
) | dict.fromkeys(("maximum", "max_length", "maxLength", "max_items", "maxItems", "most", "to", "up_to"), "max")
"""The equivalents of foreign names of bounds, in a block that has `min` and `max`."""

_GATED = "use `gate:` with the name of a gate in _shared.yaml; a gate decides who may use something"
_REMARK = (
    "put a remark for editors of the file in a comment after `#`, and a sentence for users at the `description:` of a model, "
    "an option, a value, a field or a fact"
)
_SOLD = "delete it, since every listed value is offered; use `until:` for a value that ends on a day"
_LIMIT = "write which values conflict under `limits:`"
_EXPLANATIONS: Mapping[str, str] = {
    **dict.fromkeys(_PRICE_WORDS, _PRICE),
    **dict.fromkeys(("premium", "members_only", "member_only", "plan", "plans", "tier", "locked", "paid", "pro"), _GATED),
    **dict.fromkeys(("description", "comment", "notes", "remark"), _REMARK),
    **dict.fromkeys(("disabled", "enabled", "hidden", "active", "available", "visible", "deprecated"), _SOLD),
    **dict.fromkeys(
        ("discount", "sale", "promo"), "use `promotion:` with the lower price as `credits`, and with `from` and `until`"
    ),
    **dict.fromkeys(("requires", "needs", "excludes", "conflicts_with", "conflicts"), _LIMIT),
    **dict.fromkeys(("omit", "omitted", "unsent", "not_sent"), "use `send: false` for what is not sent"),
    **dict.fromkeys(
        ("longest", "shortest"), "use `of: size` and `measure:` with this word; `values:` has words for its ranges"
    ),
    "measure": "name an option in `by:` that has `of:`, `measure:` and `values:` with words for its ranges",
    "nullable": "use `optional: true` for an option that may be left out",
    "on": "use `from:` for the first moment, or `until:` for the end",
    "unless": "use `when:` with `not` in the condition",
    **dict.fromkeys(("else", "otherwise"), "list each case as an entry with its own `when:`"),
    **dict.fromkeys(("pattern", "regex"), "list the values, or accept any `text:`; the rule language has no patterns"),
    **dict.fromkeys(("id", "slug", "model_id"), "delete it; the name before the colon is the id"),
    "required": "delete it; an option is required unless it is `optional:` or has a `default:`",
    "value": "delete it; the value is the name before the colon; use `as:` if another value is sent for it",
    **dict.fromkeys(("multiple", "many", "repeat"), "use `list:` with `min` and `max` for several values"),
    **dict.fromkeys(
        ("minimum", "maximum", "min_length", "max_length", "minLength", "maxLength"),
        "put bounds inside `number:`, `text:` or `list:`",
    ),
}
"""For each foreign keyword without an equivalent: what to use instead, or why nothing is needed."""


_EXPLAINED_IN: Mapping[type[Closed], Mapping[str, str]] = {
    OptionSpec: {
        "cap": "a cap is a field of a type in `_shared.yaml`: `fields: {max_credits: {send: max_credits, cap: true}}`"
    },
    ExampleSpec: dict.fromkeys(
        ("name", "title", "label", "description", "comment", "note", "id", "it"),
        "an example has no name; say what it shows in a comment after `#`",
    ),
    TestSpec: {
        **dict.fromkeys(
            ("gt", "lt", "above", "below", "over", "under", "between"), "use `min:` and `max:`, which include their bounds"
        ),
        **dict.fromkeys(("in", "or", "any", "is", "eq", "equals"), VALUES_ALONE),
    },
    FieldSpec: {"number": "delete it; a field is a text, and one with `cap: true` a number from 0 on"},
    DatedPriceSpec: {
        "when": "a list has prices one after the other in time; a price by a value is a table, or stands at the values"
    },
}
"""By class of a block: what to use in place of a keyword that stands in other blocks."""


def help_for_foreign_word(shape: Any, block: Mapping[str, Any], name: str, instead: str | None = None) -> Help | None:
    """
    Return a hint for a keyword of another language in a block of type `shape`, or None for any other word.

    For a keyword without an equivalent, `instead` is what to write in its place.
    """
    if not is_block(shape):
        return None
    equivalent = next(
        (equivalents[name] for kind, equivalents in EQUIVALENTS.items() if issubclass(shape, kind) and name in equivalents),
        None,
    )
    if equivalent is None and {"min", "max"} <= {*keys(shape)} and not issubclass(shape, OptionSpec):
        equivalent = _BOUNDS.get(name)
    if equivalent is not None and isinstance(block[name], dict) and {*block[name]} & {*keys(shape)}:
        return explain(f"no `{name}:` belongs around {either(block[name], word='and')}")
    if equivalent is not None:
        explanation = CORRECT_FORM.get(equivalent, f"use `{equivalent}:`") + (
            ", which is given here already" if equivalent in block else ""
        )
        return did_you_mean(
            equivalent if equivalent not in block and fits_at(shape, equivalent, block[name]) else None, explanation
        )
    here = next((words[name] for kind, words in _EXPLAINED_IN.items() if issubclass(shape, kind) and name in words), None)
    otherwise = instead or here or money_meant({name: block[name]}, "credits: ") or _EXPLANATIONS.get(name)
    return None if otherwise is None else explain(otherwise)


def is_number(value: Any) -> bool:
    """Whether a value as it was read is a number, and no switch."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and value is not UNUSABLE


def money_meant(prices: Mapping[str, Any], key: str = "") -> str | None:
    """Return how a price such as `{usd: 0.03}` is written, after its `key`; None for anything but one currency with a number."""
    currency, amount = next(iter(prices.items())) if len(prices) == 1 else ("", None)
    if not is_number(amount) or not re.fullmatch(CURRENCY, currency.upper()) or not is_money(f"1 {currency}"):
        return None
    return f"the price is `{key}{amount}`, with `currency: {currency.upper()}` in `_shared.yaml`"


def where_it_belongs(shapes: list[Any], name: str, value: Any) -> str | None:
    """Return an explanation in which block a key belongs that the innermost block does not take; None if no block takes it."""
    innermost = shapes[-1]
    is_of_a_model, is_shared = shapes[0] is ModelSpec, name in keys(SharedSpec) and fits_at(SharedSpec, name, value)
    if innermost is ModelSpec and is_shared:
        return _OF_ALL_MODELS.format(quoted(name))
    if innermost is ModelSpec and isinstance(value, dict | list):
        return f"put an option under `options:`{_as_a_field(name, value)}"
    fields = fields_of(innermost) if is_block(innermost) else {}
    keys_with_it = [key for key, field in fields.items() if name in _keys_of(members(field.annotation))]
    if keys_with_it:
        return f"put {quoted(name)} inside {either(keys_with_it)}"
    keys_with_entries = [key for key, field in fields.items() if name in _keys_of(_entries_of(field.annotation))]
    if keys_with_entries:
        return f"put {quoted(name)} at the entries of {either(keys_with_entries)}, not here"
    outer_block = next((block for block in reversed(shapes[:-1]) if is_block(block) and name in keys(block)), None)
    if outer_block is not None:
        return _of_an_outer_block(outer_block, name)
    return _OF_ALL_MODELS.format(quoted(name)) if is_of_a_model and is_shared else None


def _of_an_outer_block(outer_block: Any, name: str) -> str:
    """Return an explanation for a key of an outer block; a date of the whole model is hardly meant in one of its blocks."""
    if outer_block is ModelSpec and name in keys(DatedSpec):
        return f"there is no time here; {quoted(name)} at the top level is about the whole model"
    return f"{quoted(name)} belongs to an outer block: {_BLOCK_NAMES.get(outer_block, 'the block around this one')}"


_OF_ALL_MODELS = "{} belongs to `_shared.yaml`, for all models"


def _as_a_field(name: str, value: Any) -> str:
    """Return the part of a hint about shared fields, with the length that is given at the top level of a model."""
    if isinstance(value, dict) and value and not value.keys() - {"min", "max", "unit"}:
        length = ", ".join(f"{key}: {bound}" for key, bound in value.items())
        return f"; the length of a shared field is `fields: {{{name}: {{text: {{{length}}}}}}}`"
    return ", and what this model changes of a shared field under `fields:`"


_BLOCK_NAMES: Mapping[Any, str] = {ModelSpec: "the top level of the file", OptionSpec: "the option", ValueSpec: "the value"}


def _keys_of(shapes: Iterable[Any]) -> set[str]:
    return {name for shape in shapes for name in keys(shape)}


def _entries_of(shape: Any) -> Iterator[Any]:
    """Yield the types of the entries, if a place accepts a list or a mapping."""
    for form in members(shape):
        for item in getattr(form, "__args__", ())[-1:]:
            yield from members(item)
