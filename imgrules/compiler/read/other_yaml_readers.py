"""Find out how YAML 1.1 readers resolve a plain scalar, and write values so that YAML 1.1 and 1.2 readers agree."""

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
    """Return a value as a plain scalar that every YAML reader resolves to the same value."""
    return str(value).lower() if isinstance(value, bool) else f"{value:f}" if isinstance(value, Decimal) else str(value)


def in_quotes(text: str) -> str:
    """Return a text in double quotes, with backslashes and quotes escaped."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@lru_cache(maxsize=4096)
def other_reading(text: str, value: Any) -> str | None:
    """Return a phrase for the value of a plain scalar in YAML 1.1, or None if that is `value`, its value in YAML 1.2."""
    if value == text and text[0] not in yaml.SafeLoader.yaml_implicit_resolvers and text not in _SHORT_ANSWERS:
        return None  # YAML 1.1 reads every scalar with this first character as text
    reader = yaml.SafeLoader("")
    tag = reader.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # missing in the stubs
    if len(text) > _LONGEST_NUMBER and tag != _TEXT_TAG:
        return "a date" if "timestamp" in tag else "a number"  # PyYAML and `str` fail for thousands of digits
    try:
        other_value = reader.construct_object(yaml.ScalarNode(tag, text))
    except (yaml.YAMLError, ValueError):  # PyYAML fails for words such as `=` and `2026-99-99`
        return "an invalid value"
    if text in _SHORT_ANSWERS:
        return "true or false"
    same = type(other_value) is type(value) and other_value == value
    both_numbers = isinstance(value, int | Decimal) and isinstance(other_value, float) and not isinstance(value, bool)
    return None if same or (both_numbers and float(value) == other_value) else in_words(other_value)


def in_words(value: Any) -> str:
    """Return a phrase for a value, such as `the number 1`, `text` or `a date`."""
    if isinstance(value, str):
        return "text"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return f"the number {value}" if isinstance(value, int | float | Decimal) else "a date"
