"""
Whether a value is taken as it is given: one function for each kind of rule, made once for an option.

`faults` says what is wrong with a value, bound by bound. What is accepted here is what it finds no fault with, which a law
holds; here it is asked for each request, so that bounds are read beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from imgrules.engine.request_caps import ENTRIES
from imgrules.table.measures import MOST, entries, exact, fits_text, is_whole, is_whole_text, limits, pair, sized, within
from imgrules.table.records import Option
from imgrules.table.terms import Numbers, Ratios, Sizes, Text

Accept: TypeAlias = Callable[[Any], Any]
"""Returns the value as the rules name it, or None where it is not accepted as it is given."""


def accepts(option: Option) -> Accept:
    """Return what accepts the values of an option that is picked."""
    if option.many is not None:
        return _list(option, option.many)
    if option.switch:
        words: dict[Any, str] = {each == "true": each for each in option.values}
        # True equals 1 in Python, so the kind is asked first.
        return lambda value: words.get(value) if type(value) is bool else None
    by_rule, values = _by_rule(option), option.values
    if not values:
        return _unless_named(option, by_rule)
    return _unless_named(option, lambda value: value if type(value) is str and value in values else by_rule(value))


def accepts_text(rules: Sequence[Text]) -> Accept:
    """Return what accepts texts that keep every one of these rules."""
    bounds = [(each.shortest, MOST if each.longest is None else each.longest) for each in rules if each.unit == "characters"]
    least, most = max((each[0] for each in bounds), default=0), min((each[1] for each in bounds), default=MOST)
    other = tuple(each for each in rules if each.unit != "characters")

    def accept(value: Any) -> Any:
        if type(value) is not str or not least <= len(value) <= most or not (value.isascii() or is_whole_text(value)):
            return None
        return value if not other or all(fits_text(value, each) for each in other) else None

    return accept


def _unless_named(option: Option, rule: Accept) -> Accept:
    """Return the same, but for texts that are the name of something else: of a value that is gone, or of another value."""
    other = frozenset((*option.gone, *(each.name for each in option.aliases))) - option.values.keys()
    return _but_for(other, rule)


def _but_for(names: Collection[str], accept: Accept) -> Accept:
    """Return the same, but for these names."""
    return accept if not names else lambda value: None if type(value) is str and value in names else accept(value)


def _one_of(values: Collection[str]) -> Accept:
    return lambda value: value if type(value) is str and value in values else None


def _by_rule(option: Option) -> Accept:
    if option.number is not None:
        return _number(option.number)
    if option.text is not None:
        return accepts_text((option.text,))
    if option.size is not None:
        return _size(option.size)
    return _shape(option.ratio) if option.ratio is not None else lambda _: None


def _number(rule: Numbers) -> Accept:
    whole = is_whole(rule)

    def accept(value: Any) -> Any:
        number = exact(value)
        if number is None or (whole and type(value) is not int):
            return None
        return value if within(number, rule) else None

    return accept


def float_limits(rule: Numbers) -> tuple[float, float] | None:
    """Return between which floats all floats are accepted; None where it has to be found for each."""
    least, most = limits(rule)
    # Floats compare as the decimals do that they are written as, where the bounds are floats themselves.
    quick = rule.step is None and all(Decimal(repr(float(each))) == each for each in (least, most))
    return (float(least), float(most)) if quick else None


def sides_of(option: Option) -> Callable[[Any], tuple[int, int] | None] | None:
    """Return what returns the sides of a value that is accepted; None where not every one is a size, or a size has another name."""
    values = option.values
    if option.size is None or option.many is not None or option.gone or option.aliases:
        return None
    if not values:
        return _sides(option.size)
    listed, by_rule = {each: pair(each, "x") for each in values}, _sides(option.size)
    return (
        None
        if None in listed.values()
        else lambda value: listed[value] if type(value) is str and value in listed else by_rule(value)
    )


def _size(rule: Sizes) -> Accept:
    sides = _sides(rule)
    return lambda value: value if sides(value) is not None else None


def _sides(rule: Sizes) -> Callable[[Any], tuple[int, int] | None]:
    """Return what returns the sides of a size that keeps a rule, and None for anything else."""
    (least, most), (low, high) = limits(rule.edge), limits(rule.area)
    base, step, first, each = rule.edge.min or 0, rule.edge.step or 1, rule.area.min or 0, rule.area.step or 1
    whole = all(type(one) is int for one in (base, step, first, each))
    fits = _fits_shape(rule.ratio)

    def sides(value: Any) -> tuple[int, int] | None:
        size = pair(value, "x")
        if size is None:
            return None
        width, height = size
        if not whole:
            return size if sized(size, rule) else None
        kept = least <= width <= most and least <= height <= most and low <= width * height <= high and fits(size)
        if not kept or (width - base) % step or (height - base) % step or (width * height - first) % each:
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
    """Return whether a shape lies between two others, as `shaped` does."""
    least, most = (None, None) if rule is None else (pair(rule.min, ":"), pair(rule.max, ":"))
    (low, over), (high, under) = least or (0, 1), most or (1, 0)
    return lambda size: size[0] * over >= low * size[1] and size[0] * under <= high * size[1]


def _list(option: Option, rule: Numbers) -> Accept:
    """Return what accepts lists, as new ones: what the caller does to the own one later changes nothing."""
    least, most = limits(rule)
    most, step = min(most, ENTRIES), rule.step
    values, other = option.values, frozenset(each.name for each in option.aliases) - option.values.keys() - option.gone.keys()
    by_text = option.text is not None or not (values or option.gone)
    entry = _but_for(other, accepts_text((option.text or Text(),)) if by_text else _one_of(values))

    def accept(value: Any) -> Any:
        listed = entries(value)
        if listed is None or not least <= len(listed) <= most or not (step == 1 or within(len(listed), rule)):
            return None
        # A copy first: another thread may change what was given.
        taken = [*listed]
        for each in taken:
            if entry(each) is None:
                return None
        return taken

    return accept
