"""What to type where a list or a block is wanted and a bare value stands, where its meaning is certain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from imgrules.compiler.bind.misplaced import NO_PRICE, NO_VALUE, Word
from imgrules.compiler.read.scalars import range_in
from imgrules.compiler.report.helps import Help, explain, typed
from imgrules.compiler.spec.annotations import is_block, keys, members
from imgrules.compiler.spec.bounds import LengthSpec, NumberSpec, TextSpec
from imgrules.compiler.spec.model import (
    BadgeSpec,
    DatedPriceSpec,
    ExpectSpec,
    FactorSpec,
    ModelSpec,
    OptionSpec,
    PromotionSpec,
    RetiredSpec,
    RoundSpec,
    SurchargeSpec,
    ValuePromotionSpec,
    ValueSpec,
)
from imgrules.compiler.spec.shared import FieldSpec, TargetSpec
from imgrules.compiler.spec.types import Closed, RangeSpec, SourceSpec
from imgrules.quoting import either

_JOINED = re.compile(r"\s(?:and|or|und|oder|et|ou|y|o)\s|[;/]")


def as_list(word: Word) -> Help:
    """Return a value as the list that was meant, where it is certain how many entries it has."""
    value, item = word.value, next((get_args(each)[0] for each in members(word.shape) if get_origin(each) is list), str)
    if isinstance(value, list):
        return explain(_list_length(word))
    if isinstance(value, dict):
        text = typed([value])
        return word.write(text, _DASHES) if len(text) <= _SHORT else explain(_DASHES)
    if is_block(item):
        inside = _in_block(word, item)
        return word.write(f"[{inside}]", _block_words(item)) if inside else explain(_block_words(item))
    return _text_as_list(word, value) if isinstance(value, str) else explain(_ENTRIES)


_DASHES = "begin each entry with a dash"
_SHORT = 80  # what is longer is rather mended where it stands than typed anew
_ENTRIES = "put the entries in brackets, each text in quotes, with commas between them"


def _text_as_list(word: Word, text: str) -> Help:
    if text.strip().lower() in NO_VALUE:
        return explain(f"{word.name} lists the possible values; an option that takes any value has `text:` or `number:`")
    if _JOINED.search(text) or "\n" in text:
        return explain(_ENTRIES)
    return word.write(typed(_parts(text)), _ENTRIES)


def _parts(text: str) -> list[str]:
    return [each.strip() for each in re.split(r",| [+|] ", text)]


def _list_length(word: Word) -> str:
    most = word.error.get("ctx", {}).get("max_length")
    if word.path[-1:] != ("by",):
        return f"it takes at most {most}" if most else "it takes other entries"
    if "credits" in word.path or "factor" in word.path:
        return (
            "a table is by one option or two; write what a third one changes as a factor in `times:` or a surcharge in `plus:`"
        )
    return "a table is by one option or two; offer two of them as one option, whose values are the pairs"


_FIELD: Mapping[type[Closed], tuple[str, ...]] = {
    OptionSpec: ("values",),
    ValueSpec: ("credits", "label"),
    BadgeSpec: ("text",),
    TargetSpec: ("send",),
    FieldSpec: ("send",),
    RetiredSpec: ("on",),
    PromotionSpec: ("credits",),
    ValuePromotionSpec: ("credits",),
    SurchargeSpec: ("credits",),
    FactorSpec: ("factor",),
    ExpectSpec: ("status", "credits", "because", "note"),
}
"""What a bare value is meant for in a block, where that is certain."""


def as_block(word: Word) -> Help:
    """Return a bare value as the block that was meant, where that is certain."""
    shape, otherwise = word.shape, _block_words(word.shape)
    if issubclass(shape, OptionSpec) and isinstance(word.value, list) and word.path[-1] in keys(ModelSpec):
        return explain(
            f"`{word.path[-1]}:` belongs to the top level of the file; begin it in the first column, and indent what is below it less"
        )
    bounds = _as_bounds(word, shape)
    if bounds:
        return word.write(bounds[0], otherwise, bounds[1])
    inside = _in_block(word, shape)
    return word.write(inside, otherwise) if inside else explain(otherwise)


_SAID: Mapping[type[Closed], str] = {
    SourceSpec: "a source has its address as `url:` and the day on which it was last read as `checked:`",
    RoundSpec: "name the direction, `up`, `down` or `nearest`, and the step: a step of 1 gives whole credits",
    DatedPriceSpec: "a list contains prices with dates, each with `credits:`; prices for each value go at the values",
    NumberSpec: "name its bounds, `min` and `max`",
    OptionSpec: "write what it takes: `values:` with a list, `number:`, `size:`, `text:` or `list:`",
    ValueSpec: "write what it is: `credits:` for its price, `label:` for what users read, `send:` for what is sent",
}


def _block_words(shape: Any) -> str:
    """Return in words what a block says."""
    return next((words for kind, words in _SAID.items() if issubclass(shape, kind)), f"it takes {either(taken_keys(shape))}")


_SPAN = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\s*(?:-|\u2013|\.\.+|to|bis)\s*(-?[0-9]+(?:\.[0-9]+)?)")


def _as_bounds(word: Word, shape: Any) -> tuple[str, str] | None:
    """Return the bounds that a number or a comparison stands for, and in words which."""
    value = word.value
    if not issubclass(shape, RangeSpec | LengthSpec | TextSpec):
        return None
    if isinstance(value, str):
        ends = _SPAN.fullmatch(value.strip())
        return (f"{{min: {ends[1]}, max: {ends[2]}}}", "") if ends else (range_in(value) or "", "") if range_in(value) else None
    if isinstance(value, bool) or not isinstance(value, int) or issubclass(shape, NumberSpec):
        return None
    if issubclass(shape, RangeSpec):
        return f"{{min: {value}, max: {value}}}", f", which is exactly {value}"
    return f"{{max: {value}}}", f", which is at most {value}"


def _in_block(word: Word, shape: Any) -> str:
    """Return a bare value in the block that a place takes, or nothing where its meaning is not certain."""
    value = word.value
    if isinstance(value, str) and ("\n" in value or (issubclass(shape, OptionSpec) and re.search(r"\w[./]\w", value))):
        return ""
    if issubclass(shape, ValueSpec) and _is_ambiguous(word):
        return ""
    for name in next((names for kind, names in _FIELD.items() if issubclass(shape, kind)), ()):
        for form in _forms(value, shape):
            text = f"{{{name}: {_plainly(form)}}}"
            if word.accepts(text) or word.accepts(f"[{text}]"):
                return text
    return ""


def _is_ambiguous(word: Word) -> bool:
    """Whether a bare value at a value may be its price or what is sent for it."""
    if isinstance(word.value, bool | list | dict):
        return True
    digits = "".join(filter(str.isdigit, str(word.path[-1])))
    return digits == str(word.value) or (isinstance(word.value, str) and word.value.strip().lower() in NO_PRICE)


def _forms(value: Any, shape: Any) -> list[Any]:
    """Return a bare value as it may stand at the field of a block."""
    if not issubclass(shape, OptionSpec):
        return [value]
    if isinstance(value, list):
        return [value] if all(isinstance(each, str) for each in value) else []
    if not isinstance(value, str) or value.strip().lower() in NO_VALUE or _JOINED.search(value):
        return []
    return [_parts(value)]


def _plainly(value: Any) -> str:
    """Return a value as it is typed, a plain word without quotes."""
    plain = isinstance(value, str) and re.fullmatch(r"[A-Za-z][\w. -]*", value, re.ASCII)
    return value if plain else typed(value)


def taken_keys(shape: Any) -> list[str]:
    """Return the names that a block takes, its own before those that it shares with others."""
    shared = {*keys(shape.__base__)} if is_block(shape) else ()
    return sorted(keys(shape), key=lambda each: each in shared)
