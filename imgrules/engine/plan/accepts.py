"""
Functions that accept or refuse a value: one for each option or text, made once, with all bounds precomputed.

They are called for every request. `refusals/faults.py` reports which bound a value breaks; a test proves that it finds a
fault exactly for the values that these functions refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from imgrules.engine.request_caps import ENTRIES
from imgrules.table.measures import MOST, entries, exact, fits_text, is_whole, is_whole_text, limits, pair, sized, within
from imgrules.table.options import Option
from imgrules.table.records import CAP, Table
from imgrules.table.terms import Length, Numbers, Ratios, Sizes, Text

Accept: TypeAlias = Callable[[Any], Any]
"""Returns the value as the rules name it, or None where it is not accepted as given."""


def accepts(option: Option) -> Accept:
    """Return the function that accepts the values of an option that callers pick."""
    if option.many is not None:
        return _list(option, option.many)
    if option.switch:
        words: dict[Any, str] = {word == "true": word for word in option.values}
        # True equals 1 in Python, so the class is compared first.
        return lambda value: words.get(value) if type(value) is bool else None
    by_rule, values = _by_rule(option), option.values
    if not values:
        return _except_other_names(option, by_rule)
    return _except_other_names(option, lambda value: value if type(value) is str and value in values else by_rule(value))


def accepts_shared(table: Table, name: str) -> Accept:
    """Return the function that accepts the values of a fact that models share; cached with the table."""
    cached: dict[str, Accept] | None = table.memory.get("facts")
    if cached is None:
        cached = table.memory.keep("facts", {fact: accepts(option) for fact, option in table.facts.items()})
    return cached[name]


def accepts_cap() -> Accept:
    """Return the function that accepts the most that a caller is willing to pay: a number."""
    return _number(CAP)


def accepts_text(rules: Sequence[Length]) -> Accept:
    """Return the function that accepts texts whose length fits all of these rules."""
    ranges = [(rule.shortest, MOST if rule.longest is None else rule.longest) for rule in rules if rule.unit == "characters"]
    least = max((shortest for shortest, _ in ranges), default=0)
    most = min((longest for _, longest in ranges), default=MOST)
    other = tuple(rule for rule in rules if rule.unit != "characters")

    def accept(value: Any) -> Any:
        if type(value) is not str or not least <= len(value) <= most or not (value.isascii() or is_whole_text(value)):
            return None
        return value if not other or all(fits_text(value, rule) for rule in other) else None

    return accept


def _except_other_names(option: Option, rule: Accept) -> Accept:
    """Return a function like `rule` that refuses aliases, and values that are not offered yet or not any more."""
    reserved = frozenset((*option.gone, *(alias.name for alias in option.aliases))) - option.values.keys()
    return _except(reserved, rule)


def _except(names: Collection[str], accept: Accept) -> Accept:
    """Return a function like `accept` that refuses these names."""
    return accept if not names else lambda value: None if type(value) is str and value in names else accept(value)


def _one_of(values: Collection[str]) -> Accept:
    return lambda value: value if type(value) is str and value in values else None


def _by_rule(option: Option) -> Accept:
    if option.number is not None:
        return _number(option.number)
    if option.text is not None:
        return accepts_text(option.text.rules)
    if option.size is not None:
        return _size(option.size) if option.ratio is None else _size_or_shape(_size(option.size), _shape(option.ratio))
    return _shape(option.ratio) if option.ratio is not None else lambda _: None


def _size_or_shape(size: Accept, shape: Accept) -> Accept:
    return lambda value: shape(value) if size(value) is None else value


def _number(rule: Numbers) -> Accept:
    whole = is_whole(rule)

    def accept(value: Any) -> Any:
        number = exact(value)
        if number is None or (whole and type(value) is not int):
            return None
        return value if within(number, rule) else None

    return accept


def float_limits(rule: Numbers) -> tuple[float, float] | None:
    """Return the bounds between which every float is accepted, or None where each float has to be tested as a decimal."""
    least, most = limits(rule)
    # A float compares like its shortest decimal notation if both bounds are equal to floats in that notation.
    quick = rule.step is None and all(Decimal(repr(float(bound))) == bound for bound in (least, most))
    return (float(least), float(most)) if quick else None


def sides_of(option: Option) -> Callable[[Any], tuple[int, ...] | None] | None:
    """
    Return a function that returns the sides of an accepted size in pixels, none for a listed word, and None for any other value.

    Return None if the option takes anything but sizes and words, or has aliases or values that are gone.
    """
    values = option.values
    if option.size is None or option.ratio is not None or option.many is not None or option.gone or option.aliases:
        return None
    if not values:
        return _sides(option.size)
    listed, by_rule = {name: pair(name, "x") or () for name in values}, _sides(option.size)
    return lambda value: listed[value] if type(value) is str and value in listed else by_rule(value)


def _size(rule: Sizes) -> Accept:
    sides = _sides(rule)
    return lambda value: value if sides(value) is not None else None


def _sides(rule: Sizes) -> Callable[[Any], tuple[int, int] | None]:
    """Return a function that returns the sides in pixels of a size that satisfies a rule, and None for any other value."""
    (least, most), (low, high) = limits(rule.edge), limits(rule.area)
    base, step, area_base, area_step = rule.edge.min or 0, rule.edge.step or 1, rule.area.min or 0, rule.area.step or 1
    whole = all(type(number) is int for number in (base, step, area_base, area_step))
    fits = _fits_shape(rule.ratio)

    def sides(value: Any) -> tuple[int, int] | None:
        size = pair(value, "x")
        if size is None:
            return None
        width, height = size
        if not whole:
            return size if sized(size, rule) else None
        in_bounds = least <= width <= most and least <= height <= most and low <= width * height <= high and fits(size)
        if not in_bounds or (width - base) % step or (height - base) % step or (width * height - area_base) % area_step:
            return None
        return size

    return sides


def _shape(rule: Ratios) -> Accept:
    fits = _fits_shape(rule)

    def accept(value: Any) -> Any:
        shape = pair(value, ":")
        return value if shape is not None and fits(shape) else None

    return accept


def _fits_shape(rule: Ratios | None) -> Callable[[tuple[int, int]], bool]:
    """Return a function that tells whether a shape lies within the bounds of a rule, as `shaped` does."""
    least, most = (None, None) if rule is None else (pair(rule.min, ":"), pair(rule.max, ":"))
    (low, over), (high, under) = least or (0, 1), most or (1, 0)
    return lambda size: size[0] * over >= low * size[1] and size[0] * under <= high * size[1]


def _list(option: Option, rule: Numbers) -> Accept:
    """Return the function that accepts lists; it returns a copy, because the caller may change the list later."""
    least, most = limits(rule)
    most, step = min(most, ENTRIES), rule.step
    values = option.values
    aliases = frozenset(alias.name for alias in option.aliases) - values.keys() - option.gone.keys()
    by_text = option.text is not None or not (values or option.gone)
    entry = _except(aliases, accepts_text((option.text or Text()).rules) if by_text else _one_of(values))

    def accept(value: Any) -> Any:
        listed = entries(value)
        if listed is None or not least <= len(listed) <= most or not (step == 1 or within(len(listed), rule)):
            return None
        # Copied before the entries are read, because another thread may change the list.
        copied = [*listed]
        for text in copied:
            if entry(text) is None:
                return None
        return copied

    return accept
