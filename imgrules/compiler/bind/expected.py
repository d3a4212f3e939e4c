"""Describe what a place in a rule file accepts, and propose what to type instead of a value that it does not accept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from imgrules.compiler.bind.conditions_meant import CONDITIONS, as_condition, word_meant
from imgrules.compiler.bind.expected_block import as_block, as_list, value_with_details
from imgrules.compiler.bind.expected_number import expected_number
from imgrules.compiler.bind.misplaced import NO_VALUE, MisplacedValue, value_at
from imgrules.compiler.read.scalars import UNUSABLE, as_text
from imgrules.compiler.report.helps import Help, certainly, explain, key_typed, typed
from imgrules.compiler.spec.bounds import RatioSpec
from imgrules.compiler.spec.field_types import field_at, is_block, kinds
from imgrules.compiler.spec.price import RoundSpec
from imgrules.compiler.spec.types import MOMENT, PATTERNS, Label, truth_meant
from imgrules.table.record_base import replace


def expected(misplaced: MisplacedValue) -> tuple[str, Help]:
    """Return a phrase for what a place accepts, such as `a list`, and a hint about what to type instead of the value."""
    accepted = set(kinds(misplaced.shape))
    if is_block(misplaced.shape):
        return "named values", as_block(misplaced)
    by_key = _expected_by_key(misplaced)
    if by_key is not None:
        return by_key
    if list in accepted:
        is_length = misplaced.path[-1:] == ("text",) and type(misplaced.value) is int
        return _expected_length(misplaced) if is_length else ("a list", as_list(misplaced))
    if {str, bool, int} <= accepted:
        return "one value", _one_value(misplaced)
    if accepted & {int, Decimal}:
        return expected_number(misplaced, accepted)
    return _EXPECTED[bool](misplaced) if accepted == {bool} else _EXPECTED[str if str in accepted else dict](misplaced)


def _one_value(misplaced: MisplacedValue) -> Help:
    """Return a hint what to write in place of a block or a list where one value stands, such as in a condition or in the body."""
    path = misplaced.path[:-1] if isinstance(misplaced.path[-1], int) else misplaced.path
    if path[-2:-1] == ("body",) and isinstance(misplaced.value, dict):
        return explain("write one path with dots for each value, such as `a.b: 5`")
    otherwise = word_meant(path, misplaced.root) or "write one text or one whole number"
    beside = value_at(misplaced.root, path[:-1])
    if path[-1] == "default" and isinstance(beside, dict) and "list" in beside:
        return explain("a list has no default; make it `optional:` if it is not required")
    only = misplaced.value[0] if isinstance(misplaced.value, list) and len(misplaced.value) == 1 else None
    return misplaced.write(as_text(only) if isinstance(only, str) else typed(only), otherwise)


def _expected_length(misplaced: MisplacedValue) -> tuple[str, Help]:
    most = misplaced.value
    return "a length", misplaced.write(f"{{max: {most}}}", "a length has `min`, `max` or both", f", which is at most {most}")


_UNSURE = "leave it out, and mark the price as an estimate: `plus: [{credits: about 0}]`"


def _expected_by_key(misplaced: MisplacedValue) -> tuple[str, Help] | None:
    """Return the same as `expected` for keys with hints of their own, such as `gate`; None for other keys."""
    key, value = misplaced.path[-1] if misplaced.path else "", misplaced.value
    if key == "gate" or misplaced.path[-2:-1] == ("gate",):
        entry = "a gate for some combinations is an entry of `gates:` with `when:` and `gate:`"
        named = "name a gate that _shared.yaml declares under `gates:`"
        return "the name of a gate", explain(entry if isinstance(value, dict) and "when" in value else named)
    if key == "source" and not isinstance(value, list):
        return "a block of named values", as_list(misplaced)
    if key == "round":
        unsure = isinstance(value, str) and value.strip().lower() in NO_VALUE
        return "a step or `exact`", explain(_UNSURE) if unsure else as_block(replace(misplaced, shape=RoundSpec))
    field_of_line = {"times": "factor", "plus": "credits"}
    if key in field_of_line and isinstance(value, dict):
        return "a list", _as_table(misplaced, field_of_line[str(key)])
    if key == "credits" and isinstance(value, dict | list) and len(misplaced.path) > 1 and isinstance(misplaced.path[-2], int):
        return "a price", explain("write the price alone; prices for each value go in a table")
    return _expected_path(misplaced) if key == "send" and bool in kinds(misplaced.shape) else None


def _expected_path(misplaced: MisplacedValue) -> tuple[str, Help]:
    if misplaced.path[-3:-2] == ("values",):
        meant = "what is sent for it is said with `as:`"
        if misplaced.value == "":
            return "`false`", misplaced.write("false", meant, f" if nothing is sent for it; {meant}")
        return "`false`", explain(f"it takes `false`, by which nothing is sent for it; {meant}")
    return "a path or `false`", explain("write a path, or `false` for nowhere")


def _as_table(misplaced: MisplacedValue, field: str) -> Help:
    """Return a hint to write a mapping from values to factors or surcharges as one entry with a table."""
    option = option_listing(misplaced.root, misplaced.value)
    otherwise = f"begin each entry with a dash, and give it `{field}:`"
    if option is None:
        return explain(otherwise)
    return misplaced.write(f"[{{{field}: {table_by(option, misplaced.value)}}}]", otherwise)


def option_listing(root: Any, names: Mapping[str, Any]) -> str | None:
    """Return the name of the only option whose values contain all given names, or None."""
    options = root.get("options") if isinstance(root, dict) else None
    declared = options.items() if isinstance(options, dict) else ()
    values_by_option = ((name, option.get("values")) for name, option in declared if isinstance(option, dict))
    options_listing = [
        name for name, values in values_by_option if isinstance(values, list | dict) and {*names} <= {*map(str, values)}
    ]
    return options_listing[0] if len(options_listing) == 1 else None


def table_by(option: str, row_values: Mapping[str, Any]) -> str:
    """Return a table by one option as flow-style YAML."""
    row = ", ".join(f"{key_typed(name)}: {value}" for name, value in row_values.items())
    return f"{{by: [{option}], table: {{{row}}}}}"


def _expected_text(misplaced: MisplacedValue) -> tuple[str, Help]:
    if (
        issubclass(misplaced.block, RatioSpec)
        and isinstance(misplaced.value, int | Decimal)
        and misplaced.value is not UNUSABLE
        and misplaced.value > 0
    ):
        ratio = Fraction(misplaced.value).limit_denominator(100)
        return "an aspect ratio", misplaced.write(
            f'"{ratio.numerator}:{ratio.denominator}"', 'an aspect ratio is written as `"16:9"`'
        )
    if isinstance(misplaced.value, bool) and _is_for_users(misplaced):
        noun = "sentence" if "refused" in misplaced.path else "text"
        return "text", explain(f"write the {noun} that users read, in quotes")
    if isinstance(misplaced.value, dict) and _is_listed_value(misplaced):
        return "text", explain(f"values with details are one block, without dashes: {value_with_details(misplaced)}")
    if isinstance(misplaced.value, int | Decimal):
        otherwise = PATTERNS[MOMENT] if misplaced.path[-1:] in _MOMENTS else "write one text, in quotes"
        return "text", misplaced.write(f'"{misplaced.typed}"', otherwise, _SENT_AS_TEXT if _is_listed_value(misplaced) else "")
    only_entry = misplaced.value[0] if isinstance(misplaced.value, list) and len(misplaced.value) == 1 else None
    return "text", misplaced.write(typed(only_entry), "write one text") if isinstance(only_entry, str) else explain(
        "write one text"
    )


def _is_for_users(misplaced: MisplacedValue) -> bool:
    """Whether a place takes a text that users read: only such a text may be in several languages, and be one of them."""
    field = field_at(misplaced.block, str(misplaced.path[misplaced.depth]))
    return (field is not None and field.annotation is Label) or misplaced.accepts('{en: "a"}')


_SENT_AS_TEXT = ", and `as: number` at the option if a number is sent"


def _is_listed_value(misplaced: MisplacedValue) -> bool:
    return misplaced.path[-2:-1] == ("values",) and isinstance(misplaced.path[-1], int)


def _as_named_values(misplaced: MisplacedValue) -> Help:
    """Return a hint to write a list of mappings with one key each as one block, if it is short."""
    if isinstance(misplaced.value, str) and misplaced.path and misplaced.path[-1] in CONDITIONS:
        return as_condition(misplaced)
    entries = misplaced.value if isinstance(misplaced.value, list) else []
    if misplaced.path[-1:] in _OF_NAMES:
        entries = [{entry: {}} if isinstance(entry, str) else entry for entry in entries]
    merged = {name: value for entry in entries if isinstance(entry, dict) for name, value in entry.items()}
    single = all(isinstance(entry, dict) and len(entry) == 1 for entry in entries) and len(merged) == len(entries)
    text = typed(merged)
    if merged and single and len(text) <= _SHORT:
        return misplaced.write(text, _NAMED)
    return explain(_NAMED + (", and no dash before it" if entries else ""))


_SHORT = 80
_OF_NAMES = {("facts",), ("options",)}
"""The blocks in which a name alone has what the type, or the shared file, says of it."""
_NAMED = "each line has a name, a colon and a value"
_MOMENTS = {("from",), ("until",), ("at",), ("checked",), ("released",)}


def _expected_switch(misplaced: MisplacedValue) -> tuple[str, Help]:
    return "true or false", certainly(misplaced.write(truth_meant(misplaced.value), "it takes true or false"))


_EXPECTED: Mapping[type, Callable[[MisplacedValue], tuple[str, Help]]] = {
    bool: _expected_switch,
    str: _expected_text,
    dict: lambda misplaced: ("named values", _as_named_values(misplaced)),
}
