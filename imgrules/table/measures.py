"""Numbers, sizes, shapes and lengths: how they are read from a value, and whether they lie within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from imgrules.table.exact import add, decimal_in, multiply, steps, subtract, tidy
from imgrules.table.terms import Number, Numbers, Ratios, Sizes, Text

MOST = 10**15 - 1
"""The greatest number, up or down, where no bound is stated: 15 digits are what JSON carries exactly everywhere."""

_DIGITS = 17  # so many digits a float has at most; a longer decimal is no number that a caller typed
_POWER = 308  # so far its exponent goes, up or down
_PAIRS = {sign: re.compile(f"([1-9][0-9]{{0,4}})[{sign}]([1-9][0-9]{{0,4}})").fullmatch for sign in ("x", ":", "x:")}
_TEXT_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")


def exact(value: object) -> Number | None:
    """Return the exact number that a value is, or None: true and false are no numbers, nor is what is not finite."""
    if type(value) is int:
        return value
    if type(value) is float:
        return Decimal(repr(value)) if abs(value) < float("inf") else None
    if type(value) is not Decimal or not value.is_finite() or abs(value.adjusted()) > _POWER:
        return None
    return value if len(value.as_tuple().digits) <= _DIGITS else None


def entries(value: object) -> Sequence[Any] | None:
    """Return the entries of a list, or None: what is of another class may be read differently each time."""
    return value if type(value) is list or type(value) is tuple else None


def number_in(text: str) -> Number | None:
    """Return the number that a text spells, or None."""
    if not _TEXT_NUMBER.fullmatch(text):
        return None
    return decimal_in(text) if "." in text else int(text)


def pair(text: object, sign: str) -> tuple[int, int] | None:
    """Return the two numbers of a size (`x`) or a shape (`:`), or None."""
    found = _PAIRS[sign](text) if sign and type(text) is str else None
    if found is None:
        return None
    width, height = found.groups()
    return int(width), int(height)


def within(value: Number, bounds: Numbers) -> bool:
    """Return whether a number keeps its bounds and lies on a step."""
    least, most = limits(bounds)
    if not least <= value <= most:
        return False
    if bounds.step is None:
        return True
    return not steps(subtract(value, bounds.min or 0), bounds.step)[1]


def is_whole(bounds: Numbers) -> bool:
    """Return whether only whole numbers lie on a step."""
    return type(bounds.step) is int and type(bounds.min or 0) is int


def limits(bounds: Numbers) -> tuple[Number, Number]:
    """Return the least and the greatest number, stated or not."""
    return -MOST if bounds.min is None else bounds.min, MOST if bounds.max is None else bounds.max


def sized(size: tuple[int, int], rule: Sizes) -> bool:
    """Return whether a size keeps its rule."""
    width, height = size
    edges = within(width, rule.edge) and within(height, rule.edge)
    return edges and within(width * height, rule.area) and (rule.ratio is None or shaped(size, rule.ratio))


def shaped(shape: tuple[int, int], rule: Ratios) -> bool:
    """Return whether a shape lies between two others; compared by multiplying, so exactly."""
    width, height = shape
    least, most = pair(rule.min, ":"), pair(rule.max, ":")
    return (least is None or width * least[1] >= least[0] * height) and (most is None or width * most[1] <= most[0] * height)


def length(text: str, rule: Text) -> int:
    """Return how long a text is, in the unit of its rule."""
    if rule.unit == "words":
        return len(text.split())
    return len(text.encode("utf-8", "surrogatepass")) if rule.unit == "bytes" else len(text)


def fits_text(text: str, rule: Text) -> bool:
    """Return whether a text is as long as its rule wants it."""
    size = len(text) if rule.unit == "characters" else length(text, rule)
    return size >= rule.shortest and (rule.longest is None or size <= rule.longest)


def is_whole_text(text: str) -> bool:
    """Return whether UTF-8 can carry a text: half a character, a lone surrogate, is none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def stepped(value: Number, bounds: Numbers) -> Number:
    """Return the number within bounds, and on a step, that is nearest; of two equally near the greater one."""
    least, most = limits(bounds)
    value = min(max(value, least), most)
    if bounds.step is None:
        return value
    base = bounds.min or 0
    count, rest = steps(subtract(value, base), bounds.step)
    on = add(base, multiply(count + (multiply(rest, 2) >= bounds.step), bounds.step))
    return tidy(on if on <= most else subtract(on, bounds.step))


def nearest_listed(value: object, listed: Iterable[str]) -> str | None:
    """
    Return the listed number, shape or size that is nearest to a value, if all of them and it are of one kind.

    Numbers are compared by their difference, shapes by their quotient, sizes by their shape and then by their area. Of two
    that are equally near, the greater number is taken, the wider shape, the larger area: the order of the list says nothing.
    """
    names = list(listed)
    for read, far in ((_number, _numbers_apart), (_shape, _shapes_apart), (_size, _sizes_apart)):
        wanted, known = read(value), [read(each) for each in names]
        if wanted is not None and names and None not in known:
            return min(zip(names, known, strict=True), key=lambda each: far(each[1], wanted))[0]
    return None


def _number(value: object) -> Any:
    return number_in(value) if type(value) is str else exact(value)


def _shape(value: object) -> Any:
    return pair(value, ":")


def _size(value: object) -> Any:
    return pair(value, "x")


def _numbers_apart(one: Any, wanted: Any) -> tuple[Any, ...]:
    from fractions import Fraction  # noqa: PLC0415  only a near miss pays for it

    return abs(Fraction(one) - Fraction(wanted)), -Fraction(one)


def _shapes_apart(one: Any, wanted: Any) -> tuple[Any, ...]:
    width, height = one
    return _quotient(width * wanted[1], height * wanted[0]), *_up(one)


def _sizes_apart(one: Any, wanted: Any) -> tuple[Any, ...]:
    (width, height), (wide, high) = one, wanted
    return _quotient(width * high, height * wide), _quotient(width * height, wide * high), *_up(one)


def _up(one: tuple[int, int]) -> tuple[Any, ...]:
    """Return what decides between two that are equally near: the wider shape goes first, then the larger area."""
    from fractions import Fraction  # noqa: PLC0415  as above

    return -Fraction(*one), -one[0] * one[1]


def _quotient(one: int, other: int) -> Any:
    """Return by which factor two numbers differ, exactly: 1 where they are equal."""
    from fractions import Fraction  # noqa: PLC0415  as above

    return Fraction(max(one, other), min(one, other))


def nearest_size(size: tuple[int, int], rule: Sizes) -> tuple[int, int] | None:
    """Return the size that keeps a rule and is nearest in shape and area, or None where none is found."""
    tried = {each for sides in _scaled(size, rule) for each in _on_steps(sides, rule)}
    kept = (each for each in tried if min(each) > 0 and sized(each, rule))
    return min(kept, key=lambda each: _unlike(each, size), default=None)


def _unlike(one: tuple[int, int], other: tuple[int, int]) -> tuple[Any, ...]:
    """Return how unlike two sizes are; another shape is worse than another area."""
    shape, area = _sizes_apart(one, other)[:2]
    return shape * shape * area, *_up(one)


def _scaled(size: tuple[int, int], rule: Sizes) -> Iterator[tuple[float, float]]:
    """Yield sides of the same shape, or of the nearest shapes that there are, of the same area or of one at its bounds."""
    area = float(size[0] * size[1])
    edges = [float(each) for each in limits(rule.edge) if 0 < each < MOST]
    areas = [float(each) for each in limits(rule.area) if 0 < each < MOST]
    found = (pair(each, ":") for each in (rule.ratio.min, rule.ratio.max)) if rule.ratio else ()
    for shape in (size[0] / size[1], *(each[0] / each[1] for each in found if each is not None), 1.0):
        # An edge at its bound gives an area too.
        ends = [area_of for edge in edges for area_of in (edge * edge / shape, edge * edge * shape)]
        for whole in (area, *areas, *ends):
            yield (whole * shape) ** 0.5, (whole / shape) ** 0.5


def _on_steps(sides: tuple[float, float], rule: Sizes) -> Iterator[tuple[int, int]]:
    step = rule.edge.step or 1
    width, height = (int(stepped(Decimal(round(each)), rule.edge)) for each in sides)
    for more in (0, -1, 1, -2):
        yield from ((int(width + more * step), int(height + each * step)) for each in (0, -1, 1, -2))
