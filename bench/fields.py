"""
The part of a model that libraries for checking fields can express: names, types, listed values, bounds and patterns.

Derived from the rules. Left out is what users of types and schemas do not express with them: limits
between options, conditions under which an option exists, prices, gates and dates, steps that are no multiple, areas and
ratios of sizes, words and bytes of texts, unpaired surrogates, aliases, and the request body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from imgrules.table.options import Option
from imgrules.table.records import Field, Model, Table, fields_of
from imgrules.table.terms import Number, Numbers, Text

_SIDE = "[1-9][0-9]{0,4}"


@dataclass(frozen=True)
class Range:
    """Numbers between two bounds; with `whole`, multiples of `step` if there is one."""

    least: int | float | None
    most: int | float | None
    whole: bool
    step: int | None


@dataclass(frozen=True)
class Length:
    """The bounds of the characters of a text, or of the entries of a list."""

    least: int
    most: int | None


@dataclass(frozen=True)
class Shape:
    """The type of one field: words, booleans, a number, or a text of a length or a pattern; or a list of those."""

    name: str
    required: bool
    words: tuple[str, ...] = ()
    switch: bool = False
    number: Range | None = None
    text: Length | None = None
    pattern: str | None = None
    many: Length | None = None


def shapes(table: Table, model: Model) -> list[Shape]:
    """Return the shapes of all fields of a selection except the model."""
    texts = [_of_field(field) for field in fields_of(table, model).values()]
    return [*texts, *(_of_option(option) for option in model.options.values() if option.follows is None)]


def _of_field(field: Field) -> Shape:
    return Shape(field.name, required=field.required, text=_length(field.text))


def _of_option(option: Option) -> Shape:
    free = option.optional or option.default is not None or option.defaults or option.when or option.ignored
    patterns = [*_patterns(option)]
    words = () if option.switch else tuple(option.values)
    text = _length(option.text) if option.text else None
    if option.many is not None and not words:
        text = text or Length(1, None)
    if patterns:
        # A text type cannot be listed words and a pattern at once.
        patterns, words = [*map(re.escape, words), *patterns], ()
    return Shape(
        option.name,
        required=not free,
        words=words,
        switch=option.switch,
        number=_range(option.number) if option.number else None,
        text=text,
        pattern=f"^({'|'.join(patterns)})$" if patterns else None,
        many=_entries(option.many) if option.many is not None else None,
    )


def _patterns(option: Option) -> Iterator[str]:
    if option.size is not None:
        yield f"{_SIDE}x{_SIDE}"
    if option.ratio is not None:
        yield f"{_SIDE}:{_SIDE}"


def _length(rule: Text) -> Length:
    return Length(rule.shortest, rule.longest) if rule.unit == "characters" else Length(min(rule.shortest, 1), None)


def _entries(rule: Numbers) -> Length:
    return Length(int(rule.min or 0), None if rule.max is None else int(rule.max))


def _range(rule: Numbers) -> Range:
    whole = rule.step is not None and all(number is None or number == int(number) for number in (rule.min, rule.max, rule.step))
    counted = whole and rule.step is not None and rule.step > 1 and not (rule.min or 0) % rule.step
    return Range(_number(rule.min), _number(rule.max), whole, int(rule.step) if counted and rule.step else None)


def _number(number: Number | None) -> int | float | None:
    return float(number) if isinstance(number, Decimal) else number
