"""Values of an option to try: those that the rules name, and those at the edges of what the rules compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from imgrules.engine.plan.asks import asks_of
from imgrules.engine.request_caps import ENTRIES
from imgrules.table.exact import add, divide, subtract
from imgrules.table.measures import is_whole, limits, nearest_size, shortest_text, stepped, within
from imgrules.table.options import Option
from imgrules.table.records import Model
from imgrules.table.terms import Number, Numbers, Sizes, Text


def points(model: Model, option: Option) -> tuple[Any, ...] | None:
    """Return values of a fact such that each other value has the same effect as one of them; None if they cannot be listed."""
    if is_added(model, option.name):
        return None
    if option.listed:
        return tuple(option.picked(value) for value in option.values)
    values = tried_values(model, option)
    return values or None


def tried_values(model: Model, option: Option) -> tuple[Any, ...]:
    """Return values of an option that is not listed: what the rules name, and numbers at the edges of the rules."""
    named = [*option.values, *(word for word in words_of(model, option.name) if word not in option.values)]
    if option.number is not None:
        return (*option.values, *numbers(option.number, edges(model, option.name)))
    if option.many is not None:
        entry = next(iter(option.values), shortest_text(option.text or Text(), "-"))
        return tuple(lists_of(entry, option.many, edges(model, option.name), ENTRIES))
    if option.text is not None:
        return (*named, shortest_text(option.text, "-"), shortest_text(option.text, "."))
    return tuple(dict.fromkeys((*named, *shapes(option))))


def shapes(option: Option) -> Iterator[str]:
    """Yield sizes or ratios of an option that no rule names."""
    if option.ratio is not None:
        yield from filter(None, (option.ratio.min, option.ratio.max or ("1:1" if option.ratio.min is None else None)))
    if option.size is not None:
        yield from sizes_near(((1, 1), (99_999, 99_999)), option.size)


def lists_of(entry: Any, rule: Numbers, at: Sequence[Number], longest: int) -> Iterator[list[Any]]:
    """Yield lists of one entry whose lengths a rule allows, up to `longest`: its ends, and those at the edges `at`."""
    lengths = Numbers(rule.min or 0, min(limits(rule)[1], longest))
    return ([entry] * int(length) for length in numbers(lengths, at))


def sizes_near(sizes: Iterable[tuple[int, int]], rule: Sizes) -> Iterator[str]:
    """Yield the sizes that a rule allows nearest to each of some sizes, as texts such as `1536x1024`."""
    nearest = (nearest_size(size, rule) for size in sizes)
    return (f"{size[0]}x{size[1]}" for size in nearest if size is not None)


def is_added(model: Model, name: str) -> bool:
    """Whether a number is computed from a fact and others, so that no numbers of the fact alone are the edges of a rule."""
    for option in model.options.values():
        follows = option.follows
        if follows is not None and name in follows.names and (follows.measure is not None or is_added(model, option.name)):
            return True
    return False


def edges(model: Model, name: str) -> tuple[Number, ...]:
    """Return the numbers with which the rules compare a number, or the length of a list, in ascending order."""
    return tuple(sorted(set(_edges(model, name))))


def _edges(model: Model, name: str) -> Iterator[Number]:
    for test in asks_of(model).tests[name]:
        yield from (
            value for value in (test.min, test.max, *test.any, *test.none) if not (value is None or isinstance(value, str))
        )
    for option in model.options.values():
        if option.follows is not None and name in option.follows.names:
            ends = (end for value in option.values.values() for end in (value.min, value.max))
            yield from (end for end in ends if end is not None)
            yield from _edges(model, option.name)


def words_of(model: Model, name: str) -> tuple[str, ...]:
    """Return the texts with which the rules compare an option."""
    asks = asks_of(model)
    tested = (value for test in asks.tests[name] for value in (*test.any, *test.none) if type(value) is str)
    return tuple(dict.fromkeys((*tested, *sorted(asks.rows[name]))))


def numbers(rule: Numbers, at: Sequence[Number]) -> tuple[Number, ...]:
    """Return numbers that a rule allows: its ends, those at the edges and next to them, and one between each two."""
    least, most = limits(rule)
    ends = [least, *(edge for edge in at if least < edge < most), most]
    if rule.step is None:
        between = (divide(add(low, high), 2) for low, high in pairwise(ends))
        tried = [*ends, *between]
    else:
        near = ((edge, add(edge, rule.step), subtract(edge, rule.step)) for edge in ends)
        tried = [stepped(number, rule) for three in near for number in three]
    allowed = {number for number in tried if within(number, rule)}
    whole = is_whole(rule)
    return tuple(int(number) if whole else number for number in sorted(allowed))
