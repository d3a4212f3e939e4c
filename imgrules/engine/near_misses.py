"""The value that an option with `snap` takes in place of one that it would refuse: the nearest one, or the next one down or up."""

from __future__ import annotations

from typing import Any

from imgrules.table.exact import add, multiply, steps, subtract, tidy
from imgrules.table.measures import (
    exact,
    is_whole,
    limits,
    nearest_listed,
    nearest_size,
    number_in,
    pair,
    shaped,
    sized,
    stepped,
    within,
)
from imgrules.table.options import Option
from imgrules.table.terms import Number, Numbers, Ratios, Sizes


def snapped(option: Option, value: Any) -> str | Number | None:
    """Return the value that replaces one that the option refuses; None if it takes the value, or nothing is near."""
    if type(value) is str and (value in option.values or value in option.gone):
        return None
    number, size, shape = exact(value), pair(value, "x"), pair(value, ":")
    if option.number is not None and number is not None:
        # A number of another kind, such as 1.5 for a whole number, is no near miss.
        fits = within(number, option.number) or (type(value) is not int and is_whole(option.number))
        return None if fits else _near_number(number, option.number, option.snap)
    if option.size is not None and size is not None:
        near = None if sized(size, option.size) else _near_size(size, option.size, option.snap)
        return None if near is None else f"{near[0]}x{near[1]}"
    if option.ratio is not None and shape is not None:
        return None if shaped(shape, option.ratio) else _nearer_bound(shape, option.ratio)
    listed = option.listed and option.follows is None and type(value) is str
    return _near_listed(option, value) if listed else None


def _near_number(number: Number, rule: Numbers, way: str | None) -> Number | None:
    return stepped(number, rule) if way == "nearest" else _next_step(number, rule, up=way == "up")


def _next_step(number: Number, rule: Numbers, *, up: bool) -> Number | None:
    """Return the allowed number next to one, downwards or upwards; None below the least, or above the greatest."""
    least, most = limits(rule)
    if number > most if up else number < least:
        return None
    start = max(number, least) if up else min(number, most)
    if rule.step is None:
        return start
    base = rule.min or 0
    count, rest = steps(subtract(start, base), rule.step)
    step = tidy(add(base, multiply(count + (up and rest > 0), rule.step)))
    return step if least <= step <= most else None


def _near_size(size: tuple[int, int], rule: Sizes, way: str | None) -> tuple[int, int] | None:
    """Return the nearest size, or the one with each side on the next step, if that keeps the area and the aspect ratio."""
    if way == "nearest":
        return nearest_size(size, rule)
    width, height = (_next_step(side, rule.edge, up=way == "up") for side in size)
    sides = pair(f"{width}x{height}", "x")  # None where a side is missing, is 0 or has more digits than a size may have
    return sides if sides is not None and sized(sides, rule) else None


def _nearer_bound(shape: tuple[int, int], rule: Ratios) -> str | None:
    least = pair(rule.min, ":")
    return rule.min if least is not None and shape[0] * least[1] < least[0] * shape[1] else rule.max


def _near_listed(option: Option, value: str) -> str | None:
    """Return the listed value that is nearest, or the next listed number."""
    if option.snap == "nearest":
        return nearest_listed(value, option.values)
    asked, numbers = number_in(value), {name: number_in(name) for name in option.values}
    if asked is None or None in numbers.values():
        return None
    up = option.snap == "up"
    # Two names of one number, such as 1 and 1.0, are told apart by their text, so that the order of the list is unimportant.
    reachable = [
        (number, name)
        for name, number in numbers.items()
        if number is not None and (number >= asked if up else number <= asked)
    ]
    return (min if up else max)(reachable, default=(0, None))[1]
