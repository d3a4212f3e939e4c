"""The numbers that the pixels, the longest and the shortest side of a size, or of two numbers, may be."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import ceil, floor, isqrt

from imgrules.compiler.lower.possible_numbers import PossibleNumbers, rounded_up
from imgrules.table.measures import MOST, limits, pair
from imgrules.table.options import Option
from imgrules.table.terms import Follows, Number, Ratios, Sizes

_TWO = 2
_LONGEST = 99_999  # the greatest side in pixels: a side of a size has at most five digits
_Range = tuple[int, int]


def of_sides(rule: Follows, sources: Sequence[Option], numbers: Sequence[PossibleNumbers | None]) -> PossibleNumbers | None:
    """
    Return the possible numbers of an option that is computed from a size, or from two numbers; None if they are unknown.

    Every number that some size can reach is among them. Of a size by rule, some that no size reaches may be among them too.
    """
    if len(sources) == 1:
        return _of_size(rule, sources[0])
    known = [side for side in numbers if side is not None]
    if len(known) != _TWO or any(source.number is None for source in sources):
        return None
    return _of_numbers(rule, known)


def _of_numbers(rule: Follows, sides: Sequence[PossibleNumbers]) -> PossibleNumbers:
    """Return the possible numbers of two numbers as width and height."""
    first, second = sides
    if rule.measure == "pixels":
        corners = [
            min(max(width * height, -MOST), MOST) for width, height in product(*((side.least, side.greatest) for side in sides))
        ]
        return PossibleNumbers(((_units(min(corners), rule.unit), _units(max(corners), rule.unit)),))
    extreme = max if rule.measure == "longest" else min
    ends = (extreme(first.least, second.least), extreme(first.greatest, second.greatest))
    alike = (first.step, first.base) == (second.step, second.base) and first.are_whole
    return PossibleNumbers((ends,), first.step, first.base) if alike else PossibleNumbers((ends,))


def _of_size(rule: Follows, option: Option) -> PossibleNumbers | None:
    """Return the possible numbers of a size: exactly those of its listed values, and a range for its rule."""
    sizes = [size for size in (pair(value, "x") for value in option.values) if size is not None]
    listed = {_number(rule, size) for size in sizes}
    if option.size is None:
        return PossibleNumbers(tuple((number, number) for number in sorted(listed))) if listed else None
    bounds = _bounds(option.size)
    if bounds is None:
        return None
    shortest, longest, area = bounds
    low, high = {"longest": longest, "shortest": shortest}.get(str(rule.measure), area)
    high = MOST if high in {_LONGEST, _LONGEST**2} else high  # where no bound is stated, a message says "at least"
    step, base = int(option.size.edge.step or 1), int(option.size.edge.min or 0)
    if rule.measure == "pixels":
        low, high, step, base = _units(low, rule.unit), _units(high, rule.unit), 1, 0
    if not all(low <= number <= high and not (number - base) % step for number in listed):
        low, high, step, base = min(low, *listed), max(high, *listed), 1, 0
    return PossibleNumbers(((low, high),), step, base)


def _number(rule: Follows, size: _Range) -> int:
    if rule.measure == "pixels":
        return _units(size[0] * size[1], rule.unit)
    return max(size) if rule.measure == "longest" else min(size)


def _units(pixels: Number, unit: int) -> int:
    return min(rounded_up(Decimal(pixels) / unit), MOST)


@lru_cache(maxsize=256)
def _bounds(rule: Sizes) -> tuple[_Range, _Range, _Range] | None:
    """
    Return bounds of the shorter side, the longer side and the area of all sizes that satisfy a rule; None if there are none.

    Edge, area and aspect ratio narrow one another, until nothing changes any more.
    """
    edges, areas = limits(rule.edge), limits(rule.area)
    side = (max(int(edges[0]), 1), min(int(edges[1]), _LONGEST))
    area = (max(int(areas[0]), 1), min(int(areas[1]), _LONGEST**2))
    least, most = _elongations(rule.ratio)
    shortest = longest = side
    for _ in range(_ROUNDS):
        before = shortest, longest, area
        longest = _both(longest, (max(shortest[0], ceil(least * shortest[0]), -(-area[0] // shortest[1])), _LONGEST))
        longest = _both(longest, (ceil_root(area[0] * least), min(area[1] // shortest[0], floor(most * shortest[1]))))
        longest = _both(longest, (0, isqrt(floor(area[1] * most))))
        if longest[0] > longest[1]:
            return None
        shortest = _both(shortest, (ceil(longest[0] / most), min(longest[1], floor(longest[1] / least))))
        shortest = _both(shortest, (-(-area[0] // longest[1]), isqrt(floor(area[1] / least))))
        shortest = _both(shortest, (ceil_root(area[0] / most), _LONGEST))
        longest, shortest = _on_step(longest, rule), _on_step(shortest, rule)
        if longest[0] > longest[1] or shortest[0] > shortest[1]:
            return None
        area = _both(area, (shortest[0] * longest[0], shortest[1] * longest[1]))
        if area[0] > area[1]:
            return None
        if before == (shortest, longest, area):
            break
    return shortest, longest, area


_ROUNDS = 8  # how often the bounds are narrowed: after a few rounds, hardly anything changes


def _both(one: _Range, other: _Range) -> _Range:
    return max(one[0], other[0]), min(one[1], other[1])


def _on_step(bounds: _Range, rule: Sizes) -> _Range:
    """Return bounds moved inwards to the nearest sides on a step."""
    step, base = int(rule.edge.step or 1), int(rule.edge.min or 0)
    return base - (base - bounds[0]) // step * step, base + (bounds[1] - base) // step * step


def _elongations(rule: Ratios | None) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest quotient of the longer and the shorter side."""
    low, high = (pair(end, ":") for end in (rule.min, rule.max)) if rule is not None else (None, None)
    narrowest = Fraction(*low) if low is not None else Fraction(1, _LONGEST)
    widest = Fraction(*high) if high is not None else Fraction(_LONGEST)
    return max(Fraction(1), narrowest, 1 / widest), max(widest, 1 / narrowest)


def ceil_root(number: Fraction | int) -> int:
    """Return the least whole number whose square is at least a number."""
    whole = ceil(number)
    return isqrt(whole - 1) + 1 if whole > 0 else 0
