"""Read numbers, sizes, ratios and lengths from values, test them against bounds, and find the nearest allowed ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import product
from math import floor, sqrt
from typing import Any

from imgrules.table.exact import add, decimal_in, multiply, steps, subtract, tidy
from imgrules.table.terms import Length, Number, Numbers, Ratios, Sizes, Text

MOST = 10**15 - 1
"""The greatest number, positive or negative, where there is no bound: every reader of JSON keeps 15 digits."""

_LONGEST = 99_999  # the longest side that a size can name
_DIGITS = 17  # a float needs no more significant digits; a decimal with more is no number that a caller typed
_POWER = 308  # the greatest exponent, positive or negative
_PAIRS = {sign: re.compile(f"([1-9][0-9]{{0,4}})[{sign}]([1-9][0-9]{{0,4}})").fullmatch for sign in ("x", ":", "x:")}
_TEXT_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")


def exact(value: object) -> Number | None:
    """Return a value as an exact number, or None for booleans, for numbers that are not finite, and for anything else."""
    if type(value) is int:
        return value
    if type(value) is float:
        return Decimal(repr(value)) if abs(value) < float("inf") else None
    if type(value) is not Decimal or not value.is_finite() or abs(value.adjusted()) > _POWER:
        return None
    return value if len(value.as_tuple().digits) <= _DIGITS else None


def entries(value: object) -> Sequence[Any] | None:
    """Return a value that is a list or tuple, else None; also for a subclass, which may return other entries each time."""
    return value if type(value) is list or type(value) is tuple else None


def number_in(text: str) -> Number | None:
    """Return the number that a text spells, such as `12.5`, or None."""
    if not _TEXT_NUMBER.fullmatch(text):
        return None
    return decimal_in(text) if "." in text else int(text)


def pair(text: object, sign: str) -> tuple[int, int] | None:
    """Return the two numbers of a size (separator `x`) or a ratio (separator `:`), or None."""
    match = _PAIRS[sign](text) if sign and type(text) is str else None
    if match is None:
        return None
    width, height = match.groups()
    return int(width), int(height)


def within(value: Number, bounds: Numbers) -> bool:
    """Whether a number is within bounds, and a whole number of steps away from `min`, or from 0 without one."""
    least, most = limits(bounds)
    if not least <= value <= most:
        return False
    if bounds.step is None:
        return True
    if type(value) is int and type(bounds.step) is int and type(bounds.min or 0) is int:
        return not (value - (bounds.min or 0)) % bounds.step  # as below, without decimals
    return not steps(subtract(value, bounds.min or 0), bounds.step)[1]


def is_whole(bounds: Numbers) -> bool:
    """Whether `min` and `step` allow whole numbers only."""
    return type(bounds.step) is int and type(bounds.min or 0) is int


def limits(bounds: Numbers) -> tuple[Number, Number]:
    """Return the least and the greatest allowed number."""
    return -MOST if bounds.min is None else bounds.min, MOST if bounds.max is None else bounds.max


def sized(size: tuple[int, int], rule: Sizes) -> bool:
    """Whether a size in pixels satisfies a rule."""
    return all(within(side, rule.edge) for side in size) and _proportioned(size, rule)


def _proportioned(size: tuple[int, int], rule: Sizes) -> bool:
    """Whether the area and the ratio of a size satisfy a rule."""
    return within(size[0] * size[1], rule.area) and (rule.ratio is None or shaped(size, rule.ratio))


def shaped(shape: tuple[int, int], rule: Ratios) -> bool:
    """Whether a ratio lies within bounds; compared by multiplication, which is exact."""
    width, height = shape
    least, most = pair(rule.min, ":"), pair(rule.max, ":")
    return (least is None or width * least[1] >= least[0] * height) and (most is None or width * most[1] <= most[0] * height)


def length(text: str, rule: Length | Text) -> int:
    """Return the length of a text in the unit of its rule."""
    if rule.unit == "words":
        return len(text.split())
    return len(text.encode("utf-8", "surrogatepass")) if rule.unit == "bytes" else len(text)


def fits_text(text: str, rule: Length | Text) -> bool:
    """Whether the length of a text satisfies a rule."""
    size = len(text) if rule.unit == "characters" else length(text, rule)
    return size >= rule.shortest and (rule.longest is None or size <= rule.longest)


def shortest_text(rule: Text, letter: str) -> str:
    """Return a shortest text of at least one letter that satisfies the least lengths of a rule, made of this ASCII letter."""
    least = {one.unit: one.shortest for one in rule.rules}
    words = " ".join(letter * max(least.get("words", 0), 1))
    return words + letter * (max(least.get("characters", 0), least.get("bytes", 0)) - len(words))


def is_whole_text(text: str) -> bool:
    """Whether UTF-8 can encode a text: it contains no unpaired surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def stepped(value: Number, bounds: Numbers) -> Number:
    """Return the allowed number that is nearest to a value; of two that are equally near, the greater."""
    least, most = limits(bounds)
    value = min(max(value, least), most)
    if bounds.step is None:
        return value
    base = bounds.min or 0
    count, rest = steps(subtract(value, base), bounds.step)
    nearest = add(base, multiply(count + (multiply(rest, 2) >= bounds.step), bounds.step))
    if nearest < least:
        nearest = add(nearest, bounds.step)
    return tidy(nearest if nearest <= most else subtract(nearest, bounds.step))


def nearest_listed(value: object, listed: Iterable[str]) -> str | None:
    """
    Return the listed number, ratio or size that is nearest to a value, or None unless all of them are of one kind.

    Numbers are compared by their difference, ratios by their quotient, sizes by their ratio and then by their area. Of two
    that are equally near, the greater number, the wider ratio or the larger area is returned, whatever the order of the list.
    """
    names = list(listed)
    for read, distance in ((_number, _numbers_apart), (_shape, _shapes_apart), (_size, _sizes_apart)):
        target, candidates = read(value), [read(name) for name in names]
        if target is not None and names and None not in candidates:
            # The name is compared last: two names of one number, such as 1 and 1.0, are equally near.
            return min(zip(names, candidates, strict=True), key=lambda named: (*distance(named[1], target), named[0]))[0]
    return None


def _number(value: object) -> Any:
    return number_in(value) if type(value) is str else exact(value)


def _shape(value: object) -> Any:
    return pair(value, ":")


def _size(value: object) -> Any:
    return pair(value, "x")


def _numbers_apart(number: Any, target: Any) -> tuple[Any, ...]:
    from fractions import Fraction  # noqa: PLC0415  only a near miss needs it

    return abs(Fraction(number) - Fraction(target)), -Fraction(number)


def _shapes_apart(shape: Any, target: Any) -> tuple[Any, ...]:
    width, height = shape
    return _quotient(width * target[1], height * target[0]), *_tie_break(shape)


def _sizes_apart(size: Any, target: Any) -> tuple[Any, ...]:
    (width, height), (wide, high) = size, target
    return _quotient(width * high, height * wide), _quotient(width * height, wide * high), *_tie_break(size)


def _tie_break(sides: tuple[int, int]) -> tuple[Any, ...]:
    """Return what decides between two equally near ratios or sizes: the wider one first, then the one of larger area."""
    from fractions import Fraction  # noqa: PLC0415  as above

    return -Fraction(*sides), -sides[0] * sides[1]


def _quotient(number: int, other: int) -> Any:
    """Return the exact factor, at least 1, by which two numbers differ."""
    from fractions import Fraction  # noqa: PLC0415  as above

    return Fraction(max(number, other), min(number, other))


def nearest_size(size: tuple[int, int], rule: Sizes) -> tuple[int, int] | None:
    """
    Return the size in pixels that satisfies a rule and is nearest in ratio, then in area, or None if none is found.

    The sides of the nearest size without steps have steps next to them. Of the sizes with these, the nearest in ratio is
    returned, and of equally near ones the nearest in area; if none of them satisfies the rule, those one step further count too.
    """
    sides = _unstepped(size, rule)
    for reach in (0, 1) if sides is not None else ():
        fitting = [near for near in _next_to(sides, rule.edge, reach) if _proportioned(near, rule)] if sides else ()
        if fitting:
            return min(fitting, key=lambda near: _sizes_apart(near, size))
    tried = {candidate for sides in _scaled(size, rule) for candidate in _on_steps(sides, rule.edge)}
    possible = (candidate for candidate in tried if _proportioned(candidate, rule))
    return min(possible, key=lambda candidate: _distance(candidate, size), default=None)


def _unstepped(size: tuple[int, int], rule: Sizes) -> tuple[float, float] | None:
    """Return the sides of the nearest size without steps: its ratio first, then its area; None if the bounds allow none."""
    least, most = max(float(limits(rule.edge)[0]), 1.0), min(float(limits(rule.edge)[1]), float(_LONGEST))
    smallest, largest = max(float(limits(rule.area)[0]), 1.0), min(float(limits(rule.area)[1]), float(_LONGEST) ** 2)
    flattest = min(most / least, largest / least**2, most**2 / smallest)
    if flattest < 1:
        return None
    low, high = (pair(bound, ":") for bound in (rule.ratio.min, rule.ratio.max)) if rule.ratio else (None, None)
    shape = max(size[0] / size[1], low[0] / low[1] if low else 0.0, 1 / flattest)
    shape = min(shape, high[0] / high[1] if high else shape, flattest)
    flat = max(shape, 1 / shape)
    area = min(max(float(size[0] * size[1]), smallest, least**2 * flat), largest, most**2 / flat)
    return sqrt(area * shape), sqrt(area / shape)


def _next_to(sides: tuple[float, float], edge: Numbers, reach: int) -> Iterator[tuple[int, int]]:
    """Yield the sizes whose sides are allowed, and on a step next to a pair of sides or up to `reach` steps further away."""
    base, step = int(edge.min or 0), int(edge.step or 1)
    below = [base + floor((side - base) / step) * step for side in sides]
    offsets = [count * step for count in range(-reach, reach + 2)]
    widths, heights = ([side + offset for offset in offsets if _is_side(side + offset, edge)] for side in below)
    return product(widths, heights)


def _is_side(length: int, edge: Numbers) -> bool:
    return 0 < length <= _LONGEST and within(length, edge)


def _distance(size: tuple[int, int], other: tuple[int, int]) -> tuple[Any, ...]:
    """Return the distance of sizes that bounds keep far apart, in which a different ratio counts more than a different area."""
    shape, area = _sizes_apart(size, other)[:2]
    return shape * shape * area, *_tie_break(size)


def _scaled(size: tuple[int, int], rule: Sizes) -> Iterator[tuple[float, float]]:
    """Yield pairs of sides that have the ratio of a size, or the nearest allowed one, and its area or an area at a bound."""
    area = float(size[0] * size[1])
    edges = [float(bound) for bound in limits(rule.edge) if 0 < bound < MOST]
    areas = [float(bound) for bound in limits(rule.area) if 0 < bound < MOST]
    ratios = (pair(text, ":") for text in (rule.ratio.min, rule.ratio.max)) if rule.ratio else ()
    for shape in (size[0] / size[1], *(ratio[0] / ratio[1] for ratio in ratios if ratio is not None), 1.0):
        # An edge at its bound determines an area as well.
        ends = [area_of for edge in edges for area_of in (edge * edge / shape, edge * edge * shape)]
        for target_area in (area, *areas, *ends):
            yield (target_area * shape) ** 0.5, (target_area / shape) ** 0.5


def _on_steps(sides: tuple[float, float], edge: Numbers) -> Iterator[tuple[int, int]]:
    """Yield the sizes whose sides are allowed, and at most two steps away from a pair of sides."""
    widths, heights = (list(_steps_near(side, edge)) for side in sides)
    return product(widths, heights)


def _steps_near(side: float, edge: Numbers) -> Iterator[int]:
    """Yield the lengths of a side that are on its steps next to a length, without those that its bounds exclude."""
    near, step = int(stepped(Decimal(round(side)), edge)), edge.step or 1
    lengths = (int(near + count * step) for count in (0, -1, 1, -2))
    return (length for length in lengths if _is_side(length, edge))
