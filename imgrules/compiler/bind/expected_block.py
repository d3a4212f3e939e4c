"""Propose what to type where a list or a block is expected and a bare value is given, if its meaning is certain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, get_args, get_origin

from imgrules.compiler.bind.bounds_meant import TYPES
from imgrules.compiler.bind.misplaced import NO_PRICE, NO_VALUE, MisplacedValue, name_left_out, value_at
from imgrules.compiler.read.scalars import range_in
from imgrules.compiler.report.helps import Help, explain, key_typed, typed
from imgrules.compiler.spec.bounds import NumberSpec, PixelsSpec, RatioSpec, SizeSpec, TextSpec
from imgrules.compiler.spec.examples import ExpectSpec
from imgrules.compiler.spec.facts import FactSpec
from imgrules.compiler.spec.field_types import fits_at, is_block, keys, members, wrong
from imgrules.compiler.spec.kinds import ANY_OF_THEM, RULES
from imgrules.compiler.spec.model import BadgeSpec, GateRuleSpec, ModelSpec, OptionSpec, ValuePromotionSpec, ValueSpec
from imgrules.compiler.spec.price import DatedPriceSpec, FactorSpec, PromotionSpec, RoundSpec, SurchargeSpec
from imgrules.compiler.spec.shared import FieldSpec, TargetSpec
from imgrules.compiler.spec.types import Closed, RangeSpec, SourceSpec
from imgrules.quoting import either

_SEPARATOR = re.compile(r"\s(?:and|or|und|oder|et|ou|y|o)\s|[;/]")


def as_list(misplaced: MisplacedValue) -> Help:
    """Return a hint to write a value as a list, if it is certain how it splits into entries, else an explanation."""
    value, entry_shape = (
        misplaced.value,
        next((get_args(form)[0] for form in members(misplaced.shape) if get_origin(form) is list), str),
    )
    if isinstance(value, list):
        return explain(_length_hint(misplaced))
    if isinstance(value, dict):
        text = typed([value])
        return misplaced.write(text, _DASHES) if len(text) <= _SHORT else explain(_DASHES)
    kind = TYPES.get(value) if isinstance(value, str) and misplaced.path[-1:] == ("values",) else None
    if kind is not None:
        name, _, form = kind.partition(": ")
        return misplaced.write(form, _ENTRIES) if name == "values" else explain(f"use `{kind}` in place of `values:`")
    if entry_shape is GateRuleSpec and isinstance(value, str):
        return explain(_description(entry_shape))
    if is_block(entry_shape):
        inside = _as_flow_block(misplaced, entry_shape)
        return misplaced.write(f"[{inside}]", _description(entry_shape)) if inside else explain(_description(entry_shape))
    return _text_as_list_hint(misplaced, value) if isinstance(value, str) else explain(_ENTRIES)


_DASHES = "begin each entry with a dash"
_SHORT = 80  # characters; a longer text is easier to edit than to type again
_ENTRIES = "put the entries in brackets, each text in quotes, with commas between them"


def _text_as_list_hint(misplaced: MisplacedValue, text: str) -> Help:
    several = _several_meant(misplaced, text)
    if several is not None:
        return explain(several)
    listed = re.fullmatch(r"\((.*)\)", text)
    entries = [entry.strip("\"'") for entry in _split_entries(listed[1])] if listed else _split_entries(text)
    if len(entries) == 1 and re.search(r"\s", text):  # several words, or one value with spaces
        return explain(_ENTRIES)
    return misplaced.write(typed(entries), _ENTRIES)


def _several_meant(misplaced: MisplacedValue, text: str) -> str | None:
    """Return an explanation for a text in place of a list, if it is not certain what its entries are; else None."""
    if text.strip().lower() in NO_VALUE:
        return f"{misplaced.name} lists the possible values; an option that takes others by a rule has {RULES}"
    if re.match(r"-[^\s\d.-]", text):
        return "put a space after each dash"
    numbers = _numbers_in(text) if misplaced.path[-1:] == ("values",) else None
    if numbers is not None:
        return f"a range of numbers is `{numbers}` in place of `values:`; else list each value"
    if _FROM_TO.fullmatch(text):
        return _EACH
    return _ENTRIES if _SEPARATOR.search(text) or "\n" in text or _CALL.match(text) else None


_FROM_TO = re.compile(r"[\w.]*\w\s*(?:\.\.+|\u2026)\s*\w+")
_EACH = "list each value: a list has no ranges, and a range of numbers is `number:` with `min` and `max`"
_CALL = re.compile(r"[A-Za-z_]\w*\(")
"""A call of a function in a programming language, such as `dict(...)`."""


def _split_entries(text: str) -> list[str]:
    return [entry for part in re.split(r" \+ | ?\| ?", text) for entry in split_at_commas(part)]


def split_at_commas(text: str) -> list[str]:
    """Return the parts of a text between its commas; a comma inside a number such as `10,000` in a sentence is none of them."""
    is_sentence = re.search(r"[^0-9, ]", text) is not None
    return [part.strip() for part in re.split(_COMMA if is_sentence else ",", text)]


_COMMA = r"(?<![0-9]),|,(?![0-9]{3}(?![0-9]))"


def _length_hint(misplaced: MisplacedValue) -> str:
    """Return the explanation for a list of the wrong length or with entries of a wrong type."""
    most = misplaced.error.get("ctx", {}).get("max_length")
    if misplaced.path[-1:] != ("by",):
        return f"it takes at most {most}" if most else "it takes other entries"
    if "credits" in misplaced.path or "factor" in misplaced.path:
        return "name one option or two; write what a third one changes as a factor in `times:` or a surcharge in `plus:`"
    return "name one option or two; to use three, offer two of them as one option, whose values are the pairs"


_MAIN_FIELDS: Mapping[type[Closed], tuple[str, ...]] = {
    OptionSpec: ("values",),
    FactSpec: ("values",),
    ValueSpec: ("credits", "label"),
    BadgeSpec: ("text",),
    TargetSpec: ("send",),
    FieldSpec: ("send",),
    PromotionSpec: ("credits",),
    ValuePromotionSpec: ("credits",),
    SurchargeSpec: ("credits",),
    FactorSpec: ("factor",),
    ExpectSpec: ("status", "credits", "because", "note"),
}
"""By class of a block: the fields to which a bare value may belong, the most likely first."""


def as_block(misplaced: MisplacedValue) -> Help:
    """Return a hint to write a bare value as a block with the right field, if that is certain, else an explanation."""
    elsewhere = _belongs_to_the_file(misplaced) or name_left_out(misplaced.path, misplaced.shape, misplaced.value)
    return explain(elsewhere) if elsewhere else _without_colon(misplaced) or _with_a_field(misplaced)


def _with_a_field(misplaced: MisplacedValue) -> Help:
    """Return a hint to write the field to which a bare value belongs, if that is certain, else an explanation."""
    shape, otherwise = misplaced.shape, _description(misplaced.shape)
    if issubclass(shape, ValueSpec) and _is_word_of_a_range(misplaced):
        word_range = _range_of_a_word(misplaced.value)
        return misplaced.write(word_range, _RANGE_OF_A_WORD) if word_range else explain(_RANGE_OF_A_WORD)
    if issubclass(shape, OptionSpec | FactSpec) and isinstance(misplaced.value, str):
        kind = TYPES.get(misplaced.value.strip().lower()) or _numbers_in(misplaced.value)
        if kind:
            return misplaced.write(f"{{{kind}}}", otherwise)
        if _FROM_TO.fullmatch(misplaced.value):
            return explain(_EACH)
    if issubclass(shape, SizeSpec | RatioSpec) and isinstance(misplaced.value, list | str):
        return explain(_LISTED.format("sizes" if issubclass(shape, SizeSpec) else "ratios"))
    bounds = _as_range(misplaced, shape)
    if bounds:
        return misplaced.write(bounds[0], otherwise, bounds[1])
    inside = _as_flow_block(misplaced, shape)
    return misplaced.write(inside, otherwise) if inside else explain(otherwise)


def _without_colon(misplaced: MisplacedValue) -> Help | None:
    """Return a hint for a text that is a key of the block and its value, such as `credits = 5` or `credits 5`, or None."""
    match = re.fullmatch(r"([\w.-]+)(?:\s*=|\s)\s*(\S.*)", misplaced.value) if isinstance(misplaced.value, str) else None
    if match is None or match[1] not in keys(misplaced.shape):
        return None
    if "=" in match[2]:
        return explain(_COLONS)
    return misplaced.write(f"{{{match[1]}: {match[2]}}}", _COLONS)


_COLONS = "write a colon after each name, and begin a new line before the next one"


def _belongs_to_the_file(misplaced: MisplacedValue) -> str | None:
    """Return an explanation that what stands among options is a key of the whole file, such as `limits`, or None."""
    name = misplaced.path[-1] if misplaced.path else ""
    if not issubclass(misplaced.shape, OptionSpec) or name not in keys(ModelSpec):
        return None
    if not isinstance(misplaced.value, list) and not fits_at(ModelSpec, str(name), misplaced.value):
        return None
    return f"`{name}:` belongs to the top level of the file; move it, with its block, to the first column"


def value_with_details(misplaced: MisplacedValue) -> str:
    """Return how the first of several listed values that are blocks is written: its name before its details."""
    first = value_at(misplaced.root, misplaced.path[:-1])[0]
    details: Any = dict(first) if isinstance(first, dict) else {}
    named = next((name for name in _NAMES_OF_A_VALUE if isinstance(details.get(name), str)), None)
    value = details.pop(named) if named else ""
    if not named and len(details) == 1:
        ((value, details),) = details.items()
    text = "{...}" if not isinstance(details, dict) or wrong(ValueSpec, details) else typed(details)
    return f"`{{{key_typed(value)}: {text}}}`" if value and len(text) <= _SHORT else "`{NAME: {...}}`"


_NAMES_OF_A_VALUE = ("value", "id", "name", "key")

_LISTED = "it takes a rule with bounds; {} that are listed stand under `values:`"
_DESCRIPTIONS: Mapping[type[Closed], str] = {
    SourceSpec: "a source is an address or a note, or has `url:`, `note:` and the day on which it was read as `checked:`",
    GateRuleSpec: "an entry has `when:` and `gate:`; the gate of the whole model is `gate: NAME`",
    RoundSpec: "name the direction, `up`, `down` or `nearest`, and the step: a step of 1 gives whole credits",
    DatedPriceSpec: "a list contains prices with dates, each with `credits:`; prices for each value go at the values",
    NumberSpec: "name its bounds, `min` and `max`",
    OptionSpec: f"write what it takes: {ANY_OF_THEM}",
    FactSpec: f"write what it can be: {ANY_OF_THEM}",
    ValueSpec: "write what it is: `credits:` for its price, `label:` for what users read, `as:` for what is sent",
}


def _description(shape: Any) -> str:
    """Return an explanation of what a block takes."""
    return next(
        (description for kind, description in _DESCRIPTIONS.items() if issubclass(shape, kind)),
        f"it takes {either(taken_keys(shape))}",
    )


_RANGE_OF_A_WORD = "a word of a computed option has its range: `min`, `max` or both"


def _is_word_of_a_range(misplaced: MisplacedValue) -> bool:
    """Whether a value belongs to an option that is computed from others, where a word names a range of numbers."""
    if misplaced.path[-2:-1] != ("values",):
        return False
    option = value_at(misplaced.root, misplaced.path[:-2])
    return isinstance(option, dict) and "of" in option and not isinstance(option["of"], dict)


def _range_of_a_word(value: Any) -> str | None:
    """Return the YAML range of a word for `0-9`, `10+`, `>= 10` or `[0, 9]`; None for anything else, such as one number."""
    if isinstance(value, list) and len(value) == len(("min", "max")):
        numbers = [bound for bound in value if isinstance(bound, int | Decimal) and not isinstance(bound, bool)]
        return f"{{min: {value[0]}, max: {value[1]}}}" if numbers == value and sorted(numbers) == value else None
    return range_in(value) if isinstance(value, str) else None


def _numbers_in(text: str) -> str | None:
    """Return what an option or a fact takes that is written as a range of numbers, such as `0-23`; None for another text."""
    bounds = range_in(text)
    return f"number: {bounds}" if bounds else None


def _as_range(misplaced: MisplacedValue, shape: Any) -> tuple[str, str] | None:
    """Return the YAML range for a number, `1-4` or `> 4`, and the end of the hint; or None."""
    value = misplaced.value
    if not issubclass(shape, RangeSpec | PixelsSpec | TextSpec):
        return None
    if isinstance(value, str):
        bounds = range_in(value)
        return (bounds, "") if bounds else None
    if isinstance(value, bool) or not isinstance(value, int) or issubclass(shape, NumberSpec):
        return None
    if issubclass(shape, RangeSpec):
        return f"{{min: {value}, max: {value}}}", f", which is exactly {value}"
    return f"{{max: {value}}}", f", which is at most {value}"


def _as_flow_block(misplaced: MisplacedValue, shape: Any) -> str:
    """Return a bare value as a flow-style block that the place accepts, or "" if its meaning is not certain."""
    value = misplaced.value
    if isinstance(value, str) and ("\n" in value or (issubclass(shape, OptionSpec) and re.search(r"\w[./]\w", value))):
        return ""
    if issubclass(shape, ValueSpec) and _is_ambiguous(misplaced):
        return ""
    for field in next((fields for kind, fields in _MAIN_FIELDS.items() if issubclass(shape, kind)), ()):
        for field_value in _field_values(value, shape):
            text = f"{{{field}: {_plain_or_quoted(field_value)}}}"
            if misplaced.accepts(text) or misplaced.accepts(f"[{text}]"):
                return text
    return ""


def _is_ambiguous(misplaced: MisplacedValue) -> bool:
    """Whether a bare value after the name of a listed value may be its price as well as what is sent for it."""
    if isinstance(misplaced.value, bool | list | dict):
        return True
    digits = "".join(filter(str.isdigit, str(misplaced.path[-1])))
    return digits == str(misplaced.value) or (isinstance(misplaced.value, str) and misplaced.value.strip().lower() in NO_PRICE)


def _field_values(value: Any, shape: Any) -> list[Any]:
    """Return a list with the value of a block's field for a bare value; an empty list if it is not certain."""
    if not issubclass(shape, OptionSpec | FactSpec):
        return [value]
    if isinstance(value, list):
        return [value] if all(isinstance(entry, str) for entry in value) else []
    if not isinstance(value, str) or value.strip().lower() in NO_VALUE or _SEPARATOR.search(value) or _CALL.match(value):
        return []
    return [_split_entries(value)]


def _plain_or_quoted(value: Any) -> str:
    """Return a value as flow-style YAML: a text in quotes, unless it is a plain ASCII word."""
    plain = isinstance(value, str) and re.fullmatch(r"[A-Za-z][\w. -]*", value, re.ASCII)
    return value if plain else typed(value)


def taken_keys(shape: Any) -> list[str]:
    """Return the keys that a block takes: its own before those that it inherits."""
    shared = {*keys(shape.__base__)} if is_block(shape) else ()
    return sorted(keys(shape), key=lambda name: name in shared)
