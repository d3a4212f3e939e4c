"""What other readers of YAML, of version 1.1, make of a plain word, and how it is typed so that all of them agree."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml

from imgrules.compiler.read.scalars import MOST_DIGITS

_SHORT_ANSWERS = frozenset({"y", "Y", "n", "N"})
_LONGEST_NUMBER = 4 * MOST_DIGITS
_TEXT_TAG = "tag:yaml.org,2002:str"


def canonical(value: Any) -> str:
    """Return a word as every reader of YAML takes it."""
    return str(value).lower() if isinstance(value, bool) else f"{value:f}" if isinstance(value, Decimal) else str(value)


def in_quotes(text: str) -> str:
    """Return a text in double quotes, as it is typed."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@lru_cache(maxsize=4096)
def other_reading(text: str, value: Any) -> str | None:
    """Return what a reader of YAML 1.1 makes of a plain word, where that is something else."""
    if value == text and text[0] not in yaml.SafeLoader.yaml_implicit_resolvers and text not in _SHORT_ANSWERS:
        return None  # no word that begins so is anything but text
    reader = yaml.SafeLoader("")
    tag = reader.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # the stubs leave it out
    if len(text) > _LONGEST_NUMBER and tag != _TEXT_TAG:
        return "a date" if "timestamp" in tag else "a number"  # PyYAML and `str` stumble over thousands of digits
    try:
        other = reader.construct_object(yaml.ScalarNode(tag, text))
    except (yaml.YAMLError, ValueError):  # PyYAML itself stumbles over words such as `=` and `2026-99-99`
        return "no value at all"
    if text in _SHORT_ANSWERS:
        return "true or false"
    same = type(other) is type(value) and other == value
    both_numbers = isinstance(value, int | Decimal) and isinstance(other, float) and not isinstance(value, bool)
    return None if same or (both_numbers and float(value) == other) else in_words(other)


def in_words(value: Any) -> str:
    """Return what a plain word is, such as `the number 1` or `text`."""
    if isinstance(value, str):
        return "text"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    return f"the number {value}" if isinstance(value, int | float | Decimal) else "a date"
