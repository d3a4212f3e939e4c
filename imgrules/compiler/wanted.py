"""What a place in a rule file takes, in words, and what to type in place of the value that is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args, get_origin

from imgrules.compiler.diagnostics import Code, Finding, Path, Place
from imgrules.compiler.scalars import UNUSABLE, grouped_in, number_in, share_in
from imgrules.compiler.shapes import fields_of, fits, is_block, keys, kinds, members
from imgrules.compiler.words import UNKNOWN
from imgrules.engine.wording import either, nearest, quoted


@dataclass(frozen=True, slots=True)
class Word:
    """A value that cannot stand where it stands: what was read, what was typed, and what the place takes."""

    path: Path
    value: Any
    typed: Any
    shape: Any
    error: Mapping[str, Any]
    required: bool
    whole: Any

    @property
    def name(self) -> str:
        """The field, or the list that the value stands in."""
        named = next((each for each in reversed(self.path) if isinstance(each, str)), None)
        if named is None:
            return "the file"
        return quoted(named) if self.path[-1] == named else f"an entry of {quoted(named)}"

    @property
    def otherwise(self) -> str:
        """What may be done where nothing can be written."""
        if self.required:
            return ""
        return f", or delete `{self.path[-1]}:`" if isinstance(self.path[-1], str) else ", or delete the line"

    def says(self, code: Code, message: str, hint: str, fix: str | None = None) -> Finding:
        """Answer a finding at the value."""
        return Finding(code, message, Place(self.path), hint, (), fix)


def wanted(word: Word) -> tuple[str, str]:
    """Answer in words what a place takes, and what to type instead of the value that is there."""
    taken, value = set(kinds(word.shape)), word.value
    if is_block(word.shape):
        return _wanted_block(value, word.shape)
    own = _wanted_by_name(word)
    if own is not None:
        return own
    if list in taken:
        return "a list", _as_list(value, word.shape)
    if {str, bool, int} <= taken:
        return "one value", "write one text or one whole number"
    if taken & {int, Decimal}:
        return _wanted_number(word.typed if isinstance(value, Decimal) else value, taken, _is_price(word.path))
    return _WANTED[bool](word) if taken == {bool} else _WANTED[str if str in taken else dict](word)


def _wanted_by_name(word: Word) -> tuple[str, str] | None:
    """Answer what a key takes of which more can be said than its kind, or None."""
    key, value = word.path[-1] if word.path else "", word.value
    if key == "gate":
        return "the name of a gate", "name a gate that _shared.yaml declares under `gates:`"
    parts = {"times": "factor", "plus": "credits"}
    if key in parts and isinstance(value, dict):
        return "a list", f"write `[{{{parts[str(key)]}: {{by: [{_listing(word)}], table: {_row(value)}}}}}]`"
    return None


def _listing(word: Word) -> str:
    """Answer the option that lists the names of a block as its values."""
    options = word.whole.get("options") if isinstance(word.whole, dict) else None
    listed = ((name, each.get("values")) for name, each in (options or {}).items() if isinstance(each, dict))
    return next((name for name, values in listed if values and set(word.value) <= {*values}), "OPTION")


def _row(value: Mapping[str, Any]) -> str:
    plain = [f"{name}: {each}" for name, each in value.items() if isinstance(each, int | Decimal)]
    return "{" + ", ".join(plain or ["..."]) + "}"


def _wanted_text(word: Word) -> tuple[str, str]:
    if (
        word.path[-2:-1] == ("ratio",)
        and isinstance(word.value, int | Decimal)
        and word.value is not UNUSABLE
        and word.value > 0
    ):
        shape = Fraction(word.value).limit_denominator(100)
        return "a shape", f'write `"{shape.numerator}:{shape.denominator}"`'
    if isinstance(word.value, int | Decimal):
        return "text", f'write `"{word.typed}"`'
    only = word.value[0] if isinstance(word.value, list) and len(word.value) == 1 else None
    return "text", f"write `{only}`" if isinstance(only, str) else "write one text"


_WANTED: Mapping[type, Callable[[Word], tuple[str, str]]] = {
    bool: lambda _: ("true or false", "write `true` or `false`"),
    str: _wanted_text,
    dict: lambda _: ("named values", "write `name: value` lines"),
}


def _is_price(path: Path) -> bool:
    return "credits" in path and not {"factor", "beyond", "round"}.intersection(path)


def _wanted_number(value: Any, taken: set[Any], price: bool) -> tuple[str, str]:  # noqa: FBT001  as its place says
    wanted = "a whole number" if Decimal not in taken else "a number or `unknown`" if str in taken else "a number"
    number = number_meant(value, taken) if isinstance(value, str) else None
    if number is not None:
        return wanted, f"write `{number}`"
    if isinstance(value, str) and re.match(r"[0-9].*[^0-9.,_ ]", value):
        return wanted, f"write a number without a unit, such as {1000000 if Decimal not in taken else 5}"
    if nearest(value, [UNKNOWN]) and str in taken:
        return wanted, f"did you mean `{UNKNOWN}`?"
    if Decimal not in taken:
        return wanted, "write a whole number, such as 1"
    if not price:
        return wanted, "write a number, such as 5"
    return wanted, "write a number, such as 5; 0 is free, and `unknown` is a price that nobody has stated"


def number_meant(text: str, taken: set[Any]) -> int | Decimal | None:
    """Answer the number that a text most likely means, if the place takes such a number."""
    grouped = grouped_in(text)
    # One group alone is as likely a decimal, where decimals may stand.
    if grouped is not None and (Decimal not in taken or len(re.findall("[^0-9]", text)) > 1):
        return grouped
    number = share_in(text) if Decimal in taken else None
    number = number_in(text) if number is None else number
    return number if isinstance(number, int) or Decimal in taken else None


def _as_list(value: Any, shape: Any) -> str:
    item = next((get_args(each)[0] for each in members(shape) if get_origin(each) is list), str)
    if not isinstance(value, str) or "\n" in value:
        return "write a list: `[...]`"
    if is_block(item):
        return f"write `[{_in_block(value, item)}]`"
    return f"write `{flow([each.strip() for each in re.split(r',| [+|] ', value)])}`"


def _wanted_block(value: Any, shape: Any) -> tuple[str, str]:
    inside = _in_block(value, shape)
    return "named values", f"write `{inside}`" if inside else f"it takes {either(taken_keys(shape))}"


def _in_block(value: Any, shape: Any) -> str:
    """Answer a block that takes a bare value where it fits, or nothing where it fits nowhere."""
    fields = fields_of(shape)
    required_first = sorted(fields, key=lambda name: not fields[name].is_required())
    forms = ((name, form) for name in required_first for form in (value, [value]) if fits(shape, {name: form}))
    name, form = next(forms, ("", None))
    # A plain word that begins with a digit may be read as a number or a day.
    plain = isinstance(form, str) and form[:1].isdigit()
    return f"{{{name}: {flow([form])[1:-1] if plain else flow(form)}}}" if name and "\n" not in str(value) else ""


def flow(value: Any) -> str:
    """Answer a value as it is typed in brackets."""
    if isinstance(value, list):
        return "[" + ", ".join(f'"{each}"' if isinstance(each, str) else str(each) for each in value) + "]"
    return str(value)


def found(word: Word) -> str:
    """Answer in words what stands there."""
    if isinstance(word.value, str):
        return f"the text {quoted(word.value)}"
    if isinstance(word.value, bool):
        return quoted(word.typed)
    if isinstance(word.value, int | Decimal):
        return f"the number {word.typed}"
    return "a list" if isinstance(word.value, list) else "a block of named values"


def taken_keys(shape: Any) -> list[str]:
    """Answer the names that a block takes, its own before those that it shares with others."""
    shared = {*keys(shape.__base__)} if is_block(shape) else ()
    return sorted(keys(shape), key=lambda each: each in shared)
