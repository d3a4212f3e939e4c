"""What a place in a rule file takes, in words, and what to type in place of the value that is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from imgrules.compiler.bind.expected_block import as_block, as_list
from imgrules.compiler.bind.expected_number import wanted_number
from imgrules.compiler.bind.misplaced import Word
from imgrules.compiler.read.scalars import UNUSABLE
from imgrules.compiler.report.helps import Help, explain, key_typed, typed
from imgrules.compiler.spec.annotations import is_block, kinds
from imgrules.compiler.spec.types import MOMENT, PATTERNS, truth_meant


def wanted(word: Word) -> tuple[str, Help]:
    """Return in words what a place takes, and what to type instead of the value that is there."""
    taken = set(kinds(word.shape))
    if is_block(word.shape):
        return "named values", as_block(word)
    own = _wanted_by_name(word)
    if own is not None:
        return own
    if list in taken:
        return "a list", as_list(word)
    if {str, bool, int} <= taken:
        return "one value", explain("write one text or one whole number")
    if taken & {int, Decimal}:
        return wanted_number(word, taken)
    return _WANTED[bool](word) if taken == {bool} else _WANTED[str if str in taken else dict](word)


def _wanted_by_name(word: Word) -> tuple[str, Help] | None:
    """Return what a key takes of which more can be said than its kind, or None."""
    key, value = word.path[-1] if word.path else "", word.value
    if key == "gate":
        return "the name of a gate", explain("name a gate that _shared.yaml declares under `gates:`")
    if key == "source" and not isinstance(value, list):
        return "a block of named values", as_list(word)
    parts = {"times": "factor", "plus": "credits"}
    if key in parts and isinstance(value, dict):
        return "a list", _as_table_line(word, parts[str(key)])
    if key == "credits" and len(word.path) > 1 and isinstance(word.path[-2], int):
        return "a price", explain("write the price alone; prices for each value go in a table")
    return None


def _as_table_line(word: Word, part: str) -> Help:
    """Return factors or surcharges of the values of an option as one line with a table."""
    listing = listing_of(word.whole, word.value)
    otherwise = f"begin each entry with a dash, and give it `{part}:`"
    if listing is None:
        return explain(otherwise)
    return word.write(f"[{{{part}: {table_by(listing, word.value)}}}]", otherwise)


def listing_of(whole: Any, names: Mapping[str, Any]) -> str | None:
    """Return the one option that lists the names of a block as its values, or None."""
    options = whole.get("options") if isinstance(whole, dict) else None
    listed = ((name, each.get("values")) for name, each in (options or {}).items() if isinstance(each, dict))
    fitting = [name for name, values in listed if isinstance(values, list | dict) and {*names} <= {*map(str, values)}]
    return fitting[0] if len(fitting) == 1 else None


def table_by(option: str, said: Mapping[str, Any]) -> str:
    """Return a table by one option as it is typed in braces."""
    row = ", ".join(f"{key_typed(name)}: {each}" for name, each in said.items())
    return f"{{by: [{option}], table: {{{row}}}}}"


def _wanted_text(word: Word) -> tuple[str, Help]:
    if (
        word.path[-2:-1] == ("ratio",)
        and isinstance(word.value, int | Decimal)
        and word.value is not UNUSABLE
        and word.value > 0
    ):
        shape = Fraction(word.value).limit_denominator(100)
        return "an aspect ratio", word.write(
            f'"{shape.numerator}:{shape.denominator}"', 'an aspect ratio is written as `"16:9"`'
        )
    if isinstance(word.value, int | Decimal):
        otherwise = PATTERNS[MOMENT] if word.path[-1:] in _MOMENTS else "write one text, in quotes"
        return "text", word.write(f'"{word.typed}"', otherwise)
    only = word.value[0] if isinstance(word.value, list) and len(word.value) == 1 else None
    return "text", word.write(typed(only), "write one text") if isinstance(only, str) else explain("write one text")


def _as_named(word: Word) -> Help:
    """Return a list of named values as one block, where it is short."""
    entries = word.value if isinstance(word.value, list) else []
    merged = {name: each for entry in entries if isinstance(entry, dict) for name, each in entry.items()}
    single = all(isinstance(entry, dict) and len(entry) == 1 for entry in entries) and len(merged) == len(entries)
    text = typed(merged)
    if merged and single and len(text) <= _SHORT:
        return word.write(text, _NAMED)
    return explain(_NAMED + (", and no dash before it" if entries else ""))


_SHORT = 80
_NAMED = "each line has a name, a colon and a value"
_MOMENTS = {("from",), ("until",), ("on",), ("at",), ("checked",)}


def _wanted_switch(word: Word) -> tuple[str, Help]:
    return "true or false", word.write(truth_meant(word.value), "it takes true or false")


_WANTED: Mapping[type, Callable[[Word], tuple[str, Help]]] = {
    bool: _wanted_switch,
    str: _wanted_text,
    dict: lambda word: ("named values", _as_named(word)),
}
