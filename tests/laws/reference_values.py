"""Each field alone: the values that an option or a text accepts, and the value that a near miss is read as."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from tests.laws.reference_numbers import (
    MOST,
    between,
    exact,
    fraction,
    is_number,
    is_whole,
    nearest_step,
    next_step,
    number_of,
    on_step,
    sides_of,
)
from tests.laws.reference_plain import Facts, listed


class Read(NamedTuple):
    """The value that was read, the codes of its faults, and whether it was an alias or snapped."""

    value: Any
    faults: set[str]
    notes: set[str]


def read(option: Facts, value: Any) -> Read:
    """Return the value that an option reads."""
    return read_list(option, value) if "list" in option else read_one(option, value)


def read_list(option: Facts, value: Any) -> Read:
    """Return the list that an option reads: each entry alone, then their number."""
    if type(value) not in {list, tuple} or any(type(entry) is not str or has_surrogate(entry) for entry in value):
        return Read(None, {"wrong_type"}, set())
    taken = option if {"values", "text"} & set(option) else {"text": {}}
    entries = [read_one(taken, entry) for entry in value]
    faults = set() if between(option["list"], len(value)) else {"out_of_range"}
    return Read(
        [entry.value for entry in entries],
        faults.union(*(entry.faults for entry in entries)),
        set().union(*(entry.notes for entry in entries)),
    )


def read_one(option: Facts, value: Any) -> Read:
    """Return one value that an option reads: a listed value, one by its rule, or the nearest."""
    values = option.get("values", {})
    named = unaliased(values, value)
    if named is not None:
        return Read(named, refusals(values, named), {"alias"} if named != value else set())
    faults = wrong_by_rule(option, value)
    if option.get("snap") and faults & {"not_offered", "out_of_range"}:
        near = snapped(option, value)
        if near is not None:
            return Read(near, refusals(values, near), {"snapped"})
    return Read(exact(value), faults, set())


def unaliased(values: dict[str, Facts], value: Any) -> str | None:
    """Return the listed value with a name or an alias, or None."""
    if type(value) is not str or value in values:
        return value if type(value) is str else None
    return next((name for name, details in values.items() if value in details["aliases"]), None)


def refusals(values: dict[str, Facts], value: Any) -> set[str]:
    """Return the codes by which a listed value is not available at the moment."""
    code = values[value]["refused"] if type(value) is str and value in values else None
    return {code} if code else set()


def wrong_by_rule(option: Facts, value: Any) -> set[str]:
    """Return the faults of a value that is not listed."""
    # A ratio and a size are never mistaken for each other: with both rules, a value breaks that of its own form.
    shapes = [shape for shape in RULES if shape in option]
    if shapes == ["size", "ratio"]:
        shapes = ["ratio"] if sides_of(value, ":") else ["size"]
    for shape in shapes:
        return RULES[shape](option, value)
    return {"not_offered"} if type(value) is str else {"wrong_type"}


def wrong_number(option: Facts, value: Any) -> set[str]:
    """Return the faults of a number; a side without a bound allows 15 digits."""
    rule = {"min": -MOST, "max": MOST} | option["number"]
    if type(value) is str and "values" in option:
        return {"not_offered"}
    if not is_number(value) or (is_whole(option["number"]) and type(value) is not int):
        return {"wrong_type"}
    fits = between(rule, exact(value)) and on_step(option["number"], value)
    return set() if fits else {"out_of_range"}


def wrong_size(option: Facts, value: Any) -> set[str]:
    """Return the faults of a size: its edges, its area or its ratio."""
    sides, rule = sides_of(value, "x"), option["size"]
    if sides is None:
        return {"not_offered"} if type(value) is str else {"wrong_type"}
    edge = rule.get("edge", {})
    fits = all(between(edge, side) and on_step(edge, side) for side in sides)
    fits = fits and between(rule.get("area", {}), sides[0] * sides[1])
    return set() if fits and between(fractions(rule.get("ratio", {})), Fraction(*sides)) else {"out_of_range"}


def wrong_ratio(option: Facts, value: Any) -> set[str]:
    """Return the faults of a ratio."""
    sides = sides_of(value, ":")
    if sides is None:
        return {"not_offered"} if type(value) is str else {"wrong_type"}
    return set() if between(fractions(option["ratio"]), Fraction(*sides)) else {"out_of_range"}


def fractions(rule: Facts) -> dict[str, Fraction]:
    """Return the bounds of a ratio as fractions."""
    return {bound: Fraction(*map(int, text.split(":"))) for bound, text in rule.items()}


def wrong_text(option: Facts, value: Any) -> set[str]:
    """Return the faults of a text of the caller."""
    if type(value) is not str:
        return {"wrong_type"}
    faults = {"wrong_type"} if has_surrogate(value) else set()
    fits = all(between(rule, length(value, rule.get("unit"))) for rule in listed(option["text"]))
    return faults if fits else faults | {"text_length"}


def has_surrogate(text: str) -> bool:
    """Return whether a text contains an unpaired surrogate, which UTF-8 cannot encode."""
    return any(0xD800 <= ord(sign) <= 0xDFFF for sign in text)


def length(text: str, unit: str | None) -> int:
    """Return the length of a text in its unit."""
    if unit == "words":
        return len(text.split())
    return len(text.encode("utf-8", "surrogatepass")) if unit == "bytes" else len(text)


RULES: dict[str, Callable[[Facts, Any], set[str]]] = {
    "number": wrong_number,
    "size": wrong_size,
    "ratio": wrong_ratio,
    "text": wrong_text,
}


def snapped(option: Facts, value: Any) -> Any:
    """Return the value that an option with `snap` accepts in place of one, or None if none is near, or next to it."""
    way = option["snap"]
    if "number" in option and is_number(value):
        number = exact(value)
        return nearest_step(option["number"], number) if way == "nearest" else next_step(option["number"], number, way)
    if "size" in option and (sides := sides_of(value, "x")):
        return next_size(option, sides, way)
    if "ratio" in option and (sides := sides_of(value, ":")):
        rule = option["ratio"]
        return rule["min"] if Fraction(*sides) < fractions(rule).get("min", 0) else rule["max"]
    values = list(option.get("values", {}))
    return nearest_listed(values, value) if way == "nearest" else next_listed(values, value, way)


def next_size(option: Facts, sides: tuple[int, int], way: str) -> str | None:
    """Return the size with both sides on the next step, or None if it breaks another rule."""
    if way == "nearest":
        raise NotImplementedError("which size near one that breaks a rule is taken, the page leaves open")
    width, height = (next_step(option["size"].get("edge", {}), side, way) for side in sides)
    size = f"{width}x{height}"
    return None if wrong_size(option, size) else size


def next_listed(values: list[str], value: Any, way: str) -> str | None:
    """Return the greatest listed number below a text that is a number, or the least one above it."""
    numbers = [number_of(listed_value) for listed_value in values]
    asked = number_of(value) if type(value) is str else None
    if asked is None or None in numbers:
        return None
    places = [(fraction(number), name) for number, name in zip(numbers, values, strict=True)]
    beyond = [place for place in places if (place[0] <= asked if way == "down" else place[0] >= asked)]
    return (max if way == "down" else min)(beyond)[1] if beyond else None


def nearest_listed(values: list[str], value: Any) -> str | None:
    """Return the listed value nearest to a text of the same form; the greater one of two equally near values."""
    forms: list[Callable[[str], Any]] = [number_of, lambda text: sides_of(text, ":"), lambda text: sides_of(text, "x")]
    for away, form in zip((numbers_apart, ratios_apart, sizes_apart), forms, strict=True):
        places = {listed_value: form(listed_value) for listed_value in values}
        asked = form(value) if type(value) is str else None
        if values and asked is not None and None not in places.values():
            return min(values, key=lambda listed_value: (away(places[listed_value], asked), more_first(places[listed_value])))
    return None


def more_first(place: Any) -> Any:
    """Return a sort key that puts the greater number first, or the wider ratio and then the larger area."""
    if not isinstance(place, tuple):
        return -fraction(place)
    return -Fraction(*place), -place[0] * place[1]


def numbers_apart(left: Any, other: Any) -> Fraction:
    """Return the distance of two numbers."""
    return abs(fraction(left) - fraction(other))


def ratios_apart(left: tuple[int, int], other: tuple[int, int]) -> Fraction:
    """Return the factor between two ratios, which grows with the distance of their logarithms."""
    factor = Fraction(*left) / Fraction(*other)
    return max(factor, 1 / factor)


def sizes_apart(left: tuple[int, int], other: tuple[int, int]) -> tuple[Fraction, Fraction]:
    """Return the factors between two sizes: of their ratios, then of their areas."""
    return ratios_apart(left, other), ratios_apart((left[0] * left[1], 1), (other[0] * other[1], 1))
