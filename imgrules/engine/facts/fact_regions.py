"""The regions of the values of a fact: the rules treat the values of one region alike."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from imgrules.engine.facts.tried_values import edges, is_added, numbers, words_of
from imgrules.engine.plan.asks import asks_of
from imgrules.table.exact import add, multiply, steps, subtract, tidy
from imgrules.table.measures import exact
from imgrules.table.options import Option
from imgrules.table.records import Model
from imgrules.table.terms import Number, Numbers


class Region(NamedTuple):
    """
    The values of a fact that the rules treat alike: `value` is one of them, and the only one if it is `exact`.

    For a list, these are lengths. None as `value` is any text that the rules do not name. `min` and `max` are the least and the
    greatest of the numbers or lengths; where they may be any decimals, they may also be all numbers `above` one and `below`
    another. None is no bound. `counted` says that the number itself matters, as in a price, and not where it lies.
    """

    value: Any
    exact: bool = False
    min: Number | None = None
    max: Number | None = None
    above: Number | None = None
    below: Number | None = None
    counted: bool = False


def region(model: Model, name: str, value: Any) -> Region:
    """Return the region of a model's fact in which a value lies; the value is one that the fact takes."""
    option = model.options[name]
    if option.many is not None:
        return _region_of_number(model, option, len(value), Numbers(option.many.min or 0, option.many.max))
    if option.listed or (type(value) is str and value in option.values):
        return Region(option.word(value), exact=True)
    if option.number is not None:
        return _region_of_number(model, option, value, option.number)
    if _is_counted(model, name):
        return Region(value, exact=True, counted=True)
    return Region(value, exact=True) if value in words_of(model, name) else Region(None)


def _region_of_number(model: Model, option: Option, value: Number, rule: Numbers) -> Region:
    if _is_counted(model, option.name):
        return Region(value, exact=True, counted=True)
    key = "regions", option.name
    cached: tuple[list[Cut], dict[int, Region]] | None = model.memory.get(key)
    ends, regions = cached or model.memory.keep(key, (cuts(model, option.name), {}))
    place = _place(ends, exact(value) or 0)
    if place not in regions:
        regions[place] = _region_at(model, option, rule, ends, place)
    found = regions[place]
    return found if found.value is not None else found._replace(value=value)


def _region_at(model: Model, option: Option, rule: Numbers, ends: Sequence[Cut], place: int) -> Region:
    """Return the region of numbers above so many cuts; its value is None where no number of it is known."""
    low, high = (ends[place - 1] if place else None), (ends[place] if place < len(ends) else None)
    least, above = _bound(low, reached=False)
    most, below = _bound(high, reached=True)
    if rule.step is not None and below is not None:
        most, below = tidy(subtract(below, rule.step)), None
    alike = [number for number in numbers(rule, edges(model, option.name)) if _place(ends, number) == place]
    # Without a number to try, the region has an end on the steps, or is the only one.
    one = alike[0] if alike else next((end for end in (least, most) if end is not None), None)
    return Region(one, least is not None and least == most, least, most, above, below)


def _bound(cut: Cut | None, *, reached: bool) -> tuple[Number | None, Number | None]:
    """Return the last number on one side of a cut if there is one, else the number at which it lies; `reached` is below it."""
    if cut is None:
        return None, None
    number, above = cut
    return (number, None) if above is reached else (None, number)


Cut: TypeAlias = tuple[Number, bool]
"""A place between numbers, just below one (False) or just above it (True)."""


def cuts(model: Model, name: str) -> list[Cut]:
    """Return the places between numbers at which the outcome of a rule about a fact may change, in ascending order."""
    found = set[Cut]()
    for least, most in _ranges(model, name):
        found |= {(least, False)} if least is not None else set()
        found |= {(most, True)} if most is not None else set()
    rule = model.options[name].number or Numbers()
    return sorted(found if rule.step is None else {(_first_above(cut, rule, rule.step), False) for cut in found})


def _ranges(model: Model, name: str) -> Iterator[tuple[Number | None, Number | None]]:
    """Yield the bounds of each range with which the rules compare the number of a fact, or of what is computed from it."""
    for test in asks_of(model).tests[name]:
        yield test.min, test.max
        yield from ((value, value) for value in (*test.any, *test.none) if not isinstance(value, str))
    for option in model.options.values():
        if option.follows is not None and name in option.follows.names:
            yield from ((value.min, value.max) for value in option.values.values())
            yield from _ranges(model, option.name)


def _first_above(cut: Cut, rule: Numbers, step: Number) -> Number:
    """Return the least number above a cut that is on the steps of a rule."""
    number, above = cut
    count, rest = steps(subtract(number, rule.min or 0), step)
    return tidy(add(rule.min or 0, multiply(count + (above or rest > 0), step)))


def _place(ends: Sequence[Cut], value: Number) -> int:
    """Return the number of cuts below a value."""
    return bisect_left(ends, (value, True))


def _is_counted(model: Model, name: str) -> bool:
    """Whether the exact number of a fact matters: a price counts it, it is added to others, or an option shows it."""
    return name in asks_of(model).counted or is_added(model, name) or _is_shown(model, name)


def _is_shown(model: Model, name: str) -> bool:
    """Whether an option is computed from a fact and has no named ranges, so that its value, which catalogs show, is the number."""
    follows = [option.follows for option in model.options.values() if not option.values and option.follows is not None]
    return any(name in computed.names and computed.table is None for computed in follows)
