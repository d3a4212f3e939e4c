"""The options that are present: conditions, tables, defaults and computed options."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from tests.laws.reference_numbers import between, exact, fraction, is_number, plain, shortest, sides_of
from tests.laws.reference_plain import Facts, called, is_computed, is_table, listed
from tests.laws.reference_values import refusals


class Settled(NamedTuple):
    """The value of each present option, the options that are still open, the faults, and the ignored options."""

    present: dict[str, Any]
    open: set[str]
    faults: set[tuple[str, str]]
    ignored: set[str]


def holds(condition: Facts, options: Facts, present: dict[str, Any]) -> bool:
    """Return whether a condition holds for the present options."""
    return all(agrees(asked, options[name], present.get(name)) for name, asked in condition.items())


def agrees(asked: Any, option: Facts, value: Any) -> bool:
    """Return whether an option meets a part of a condition; None is an absent value."""
    if not isinstance(asked, dict):
        return is_one(asked, option, value)
    if "not" in asked and is_one(asked["not"], option, value):
        return False
    number = counted(option, value)
    return not {"min", "max"} & set(asked) or (is_number(number) and between(asked, number))


def is_one(asked: Any, option: Facts, value: Any) -> bool:
    """Return whether a value is among those asked for, or is nothing and `(none)` is asked for."""
    absent = value in (None, [], ())
    return (absent and "(none)" in listed(asked)) or equals_one(
        [one for one in listed(asked) if one != "(none)"], counted(option, value)
    )


def equals_one(asked: Any, value: Any) -> bool:
    """Return whether a value is among those asked for: text as text, numbers as numbers."""
    same = [wanted for wanted in map(called, listed(asked)) if is_number(wanted) is is_number(value)]
    return any(exact(wanted) == value for wanted in same)


def counted(option: Facts, value: Any) -> Any:
    """Return a value as conditions read it: a list as its length, which is 0 if it is not picked."""
    return len(value or ()) if "list" in option else value


def number_at(options: Facts, name: str, present: dict[str, Any]) -> int | Decimal | None:
    """Return the number of an option, or the length of its list, or None."""
    number = counted(options[name], present.get(name))
    return number if is_number(number) else None


def looked_up(entry: Any, present: dict[str, Any]) -> Any:
    """Return the entry of a table for the present options, or None without one; anything else is returned unchanged."""
    if not is_table(entry):
        return entry
    row = entry["table"]
    for name in entry["by"]:
        row = row.get(row_of(row, present.get(name))) if isinstance(row, dict) else row
    return None if row == "(none)" else row


def row_of(rows: Facts, value: Any) -> str:
    """Return the row for a value: its own, `(other)` without one, or `(none)` for no value and an empty list."""
    own = word(value)
    if own in rows and own not in {"(none)", "(other)"}:
        return str(own)
    return "(none)" if value in (None, [], ()) else "(other)"


def word(value: Any) -> str | None:
    """Return a value as the key of a table: a number as its shortest text."""
    if type(value) is str:
        return value
    return shortest(value) if is_number(value) else None


def present_options(model: Facts, picked: dict[str, Any], wrong: set[str]) -> Settled:
    """Return the state of each option, each one after those that it depends on."""
    settled = Settled({}, set(), set(), set())
    left = list(model["options"])
    while left:
        name = next(name for name in left if not depends_on(model, name) & set(left))
        settle(model, name, picked, wrong, settled)
        left.remove(name)
    return settled


def depends_on(model: Facts, name: str) -> set[str]:
    """Return the options that an option depends on."""
    option = model["options"][name]
    names = {*option.get("when", {}), *sources(option)}
    names |= set(option["default"]["by"]) if is_table(option.get("default")) else set()
    return names.union(*ignoring(model, name))


def sources(option: Facts) -> list[str]:
    """Return the options that an option is computed from."""
    if not is_computed(option):
        return []
    return list(option["of"]["by"]) if is_table(option["of"]) else listed(option["of"])


def ignoring(model: Facts, name: str) -> list[Facts]:
    """Return the conditions under which an option has no effect."""
    return [limit.get("when", {}) for limit in model["limits"] if name in listed(limit.get("ignores", []))]


def settle(model: Facts, name: str, picked: dict[str, Any], wrong: set[str], settled: Settled) -> None:
    """Decide whether one option is open, absent, or present with a value."""
    options, option = model["options"], model["options"][name]
    if name in wrong or depends_on(model, name) & settled.open:
        settled.open.add(name)
    elif any(holds(condition, options, settled.present) for condition in ignoring(model, name)):
        settled.ignored.update({name} & set(picked))
    elif holds(option.get("when", {}), options, settled.present):
        value = computed(options, option, settled.present) if is_computed(option) else picked.get(name)
        take(name, option, looked_up(option.get("default"), settled.present) if value is None else value, settled)


def take(name: str, option: Facts, value: Any, settled: Settled) -> None:
    """Record the value of an option, or that a value is missing."""
    untimely = {(code, name) for code in refusals(option.get("values", {}), value)}
    lacks = value is None and not is_computed(option) and not option.get("optional")
    faults = {("missing_field", name)} if lacks else untimely
    settled.faults.update(faults)
    if faults:
        settled.open.add(name)
    elif value is not None:
        settled.present[name] = exact(value)


def computed(options: Facts, option: Facts, present: dict[str, Any]) -> Any:
    """Return the value of a computed option, or None if it has none."""
    if is_table(option["of"]):
        return looked_up(option["of"], present)
    number = measured(options, option, present)
    if number is None or "values" not in option:
        return number
    return next((name for name, details in option["values"].items() if between(details, number)), None)


def measured(options: Facts, option: Facts, present: dict[str, Any]) -> int | Decimal | None:
    """Return the number that is computed: a sum, a number itself, or something of one size or of two numbers."""
    numbers = [number_at(options, name, present) for name in sources(option)]
    if option.get("measure") == "total":
        return plain(sum((fraction(addend) for addend in numbers if addend is not None), Fraction(0)))
    if "measure" not in option:
        return numbers[0]
    sides: Any = sides_of(present.get(sources(option)[0]), "x") if len(numbers) == 1 else numbers
    if sides is None or not all(is_number(side) for side in sides):
        return None
    if option["measure"] == "pixels":
        return math.ceil(fraction(sides[0]) * fraction(sides[1]) / fraction(option.get("unit", 1)))
    shorter, longer = sorted(map(exact, sides))
    side: int | Decimal = longer if option["measure"] == "longest" else shorter
    return side
