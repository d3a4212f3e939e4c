"""What is there: conditions, tables, defaults and computed options."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from tests.laws.reference_numbers import between, exact, fraction, is_number, plain, shortest, sides_of
from tests.laws.reference_plain import Facts, called, is_computed, is_table, listed
from tests.laws.reference_values import refusals


class Found(NamedTuple):
    """The value of each option that is there, the options that are left open, and what was found on the way."""

    there: dict[str, Any]
    open: set[str]
    faults: set[tuple[str, str]]
    ignored: set[str]


def holds(condition: Facts, options: Facts, there: dict[str, Any]) -> bool:
    """Return whether a condition holds of what is there."""
    return all(agrees(asked, options[name], there.get(name)) for name, asked in condition.items())


def agrees(asked: Any, option: Facts, value: Any) -> bool:
    """Return whether an option has what a condition asks of it; None is no value."""
    if not isinstance(asked, dict):
        return equals_one(asked, counted(option, value))
    if "given" in asked:
        return (value is not None) is bool(asked["given"])
    if "not" in asked:
        return not equals_one(asked["not"], counted(option, value))
    number = counted(option, value)
    return is_number(number) and between(asked, number)


def equals_one(asked: Any, value: Any) -> bool:
    """Return whether a value is one of those asked for: text as text, numbers as numbers."""
    same = [each for each in map(called, listed(asked)) if is_number(each) is is_number(value)]
    return any(exact(each) == value for each in same)


def counted(option: Facts, value: Any) -> Any:
    """Return a value as conditions see it: a list by its length, which is 0 where it is not picked."""
    return len(value or ()) if "list" in option else value


def number_at(options: Facts, name: str, there: dict[str, Any]) -> int | Decimal | None:
    """Return the number, or the length of the list, that an option has."""
    number = counted(options[name], there.get(name))
    return number if is_number(number) else None


def looked_up(said: Any, there: dict[str, Any]) -> Any:
    """Return what a table says for what is there, or None where it says nothing; anything else says itself."""
    if not is_table(said):
        return said
    found = said["table"]
    for name in said["by"]:
        found = found.get(word(there.get(name))) if isinstance(found, dict) else found
    return found


def word(value: Any) -> str | None:
    """Return a value as it is written in a table: a number by its shortest text."""
    if type(value) is str:
        return value
    return shortest(value) if is_number(value) else None


def what_is_there(model: Facts, picked: dict[str, Any], wrong: set[str]) -> Found:
    """Return what becomes of each option, each one after all that it hangs on."""
    found = Found({}, set(), set(), set())
    left = list(model["options"])
    while left:
        name = next(each for each in left if not hangs_on(model, each) & set(left))
        settle(model, name, picked, wrong, found)
        left.remove(name)
    return found


def hangs_on(model: Facts, name: str) -> set[str]:
    """Return the options that are asked before it is known what becomes of one."""
    option = model["options"][name]
    names = {*option.get("when", {}), *sources(option)}
    names |= set(option["default"]["by"]) if is_table(option.get("default")) else set()
    return names.union(*ignoring(model, name))


def sources(option: Facts) -> list[str]:
    """Return what an option is computed from."""
    return [name for key in ("of", "pixels", "total") if key in option for name in listed(option[key])]


def ignoring(model: Facts, name: str) -> list[Facts]:
    """Return the conditions under which an option has no effect."""
    return [limit.get("when", {}) for limit in model["limits"] if name in listed(limit.get("ignores", []))]


def settle(model: Facts, name: str, picked: dict[str, Any], wrong: set[str], found: Found) -> None:
    """Find out what becomes of one option: it is open, or not there, or there with a value."""
    options, option = model["options"], model["options"][name]
    if name in wrong or hangs_on(model, name) & found.open:
        found.open.add(name)
    elif any(holds(each, options, found.there) for each in ignoring(model, name)):
        found.ignored.update({name} & set(picked))
    elif holds(option.get("when", {}), options, found.there):
        value = computed(options, option, found.there) if is_computed(option) else picked.get(name)
        take(name, option, looked_up(option.get("default"), found.there) if value is None else value, found)


def take(name: str, option: Facts, value: Any, found: Found) -> None:
    """Note the value of an option that is there, or that it lacks one."""
    untimely = {(code, name) for code in refusals(option.get("values", {}), value)}
    lacks = value is None and not is_computed(option) and not option.get("optional")
    faults = {("missing_field", name)} if lacks else untimely
    found.faults.update(faults)
    if faults:
        found.open.add(name)
    elif value is not None:
        found.there[name] = exact(value)


def computed(options: Facts, option: Facts, there: dict[str, Any]) -> Any:
    """Return what follows from other options, or None where nothing follows."""
    if "of" in option:
        number = number_at(options, option["of"], there)
        ranges = {name: details.get("is", {}) for name, details in option["values"].items()}
        return next((name for name, each in ranges.items() if number is not None and between(each, number)), None)
    if "pixels" in option:
        return pixels(option, there)
    numbers = [number_at(options, each, there) for each in option["total"]]
    return plain(sum((fraction(each) for each in numbers if each is not None), Fraction(0)))


def pixels(option: Facts, there: dict[str, Any]) -> int | None:
    """Return width times height in begun units, of one size or of two numbers."""
    values = [there.get(name) for name in sources(option)]
    sides: Any = sides_of(values[0], "x") if len(values) == 1 else values
    if sides is None or not all(is_number(each) for each in sides):
        return None
    return math.ceil(fraction(sides[0]) * fraction(sides[1]) / fraction(option.get("unit", 1)))
