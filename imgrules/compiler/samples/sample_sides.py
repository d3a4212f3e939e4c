"""
Sides of images at the edges of measures: for each number that a rule compares pixels or a side with, sizes on both sides of it.

A bucket such as 1537 to 2048 pixels of the longest side is missed by samples that do not know it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import islice, zip_longest
from math import isqrt

from imgrules.table.measures import MOST, limits
from imgrules.table.terms import Follows, Number, Numbers

Sides = tuple[int, int]
"""A width and a height in pixels."""

_QUOTIENTS = tuple(Fraction(*pair) for pair in ((1, 1), (3, 4), (2, 3), (9, 16), (1, 2), (1, 3), (3, 1)))
"""The quotients of the two sides of the sizes that are tried."""
_MOST_NUMBERS = 64  # the most sides, or areas, that are looked for
_STEPS = 8  # the most widths beside a square root that are tried for an area
_LONGEST = 99_999  # the greatest side in pixels: a side of a size has at most five digits


def sides_at(
    rule: Follows, edges: Iterable[Number], sides: tuple[Numbers, Numbers], accepts: Callable[[Sides], bool]
) -> Iterator[Sides]:
    """
    Yield accepted sides whose measure is at, or next to, each of some numbers; `sides` are the rules of width and height.

    Each number has its first sides before any has further ones. What is next to a number of pixels is the nearest that is
    found, which need not be the nearest of all.
    """
    if rule.measure == "pixels":
        areas = dict.fromkeys(int(units * rule.unit) for edge in edges for units in (edge - 1, edge))
        of_each = [_around_area(area, sides, accepts) for area in islice(areas, _MOST_NUMBERS)]
    else:
        lengths = dict.fromkeys(
            length for edge in edges for at in (edge - 1, edge, edge + 1) for length in _around(at, sides[0])
        )
        extreme = max if rule.measure == "longest" else min
        of_each = [_of_length(length, extreme, sides, accepts) for length in islice(lengths, _MOST_NUMBERS)]
    yield from dict.fromkeys(pair for pairs in zip_longest(*of_each) for pair in pairs if pair is not None)


def _of_length(
    length: int, extreme: Callable[[Sides], int], sides: tuple[Numbers, Numbers], accepts: Callable[[Sides], bool]
) -> Sequence[Sides]:
    """Return two accepted sides of which the longer, or the shorter, has this length."""
    fitting = [pair for pair in _with_side(length, sides, accepts) if extreme(pair) == length]
    # The first has a usual shape, and the last has its other side at a bound, as that of another length may have.
    return (*fitting[:1], *fitting[-1:])


def _around(number: Number | Fraction, rule: Numbers) -> Iterator[int]:
    """Yield the sides on a step just up to a number and just from it on, as far as a rule allows them."""
    least, most = limits(rule)
    base, step = int(rule.min or 0), int(rule.step or 1)
    for side in dict.fromkeys((base + int((number - base) // step * step), base - int((base - number) // step * step))):
        if max(least, 1) <= side <= min(most, _LONGEST):
            yield side


def _with_side(length: int, sides: tuple[Numbers, Numbers], accepts: Callable[[Sides], bool]) -> Iterator[Sides]:
    """Yield accepted sides, one of this length: wide and tall in turn, of usual shapes, then with the other side at a bound."""
    bounds = [bound for rule in sides for bound in limits(rule) if 0 < bound < MOST]
    for other in (*(length * quotient for quotient in _QUOTIENTS), *bounds):
        pairs = [(length, side) for side in _around(other, sides[1])] + [(side, length) for side in _around(other, sides[0])]
        yield from filter(accepts, pairs)


def _around_area(area: int, sides: tuple[Numbers, Numbers], accepts: Callable[[Sides], bool]) -> Sequence[Sides]:
    """Return the accepted sides with the most pixels up to an area, and those with the fewest above it, among those tried."""
    if area < 1:
        return ()
    step = int(sides[0].step or 1)
    roots = [isqrt(max(int(area * quotient), 1)) for quotient in _QUOTIENTS]
    widths = [*roots, *(roots[0] + step * count for count in range(-_STEPS, _STEPS + 1))]
    tried = {
        (width, height)
        for near in widths
        for width in _around(near, sides[0])
        for height in _around(Fraction(area, width), sides[1])
    }
    fitting = sorted((width * height, width, height) for width, height in tried if accepts((width, height)))
    below = [pair for pair in fitting if pair[0] <= area][-1:]
    return [pair[1:] for pair in (*below, *[pair for pair in fitting if pair[0] > area][:1])]
