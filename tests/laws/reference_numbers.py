"""The numbers of the reference interpreter: exact numbers, bounds and steps, and the sides of sizes and ratios."""

from __future__ import annotations

import math
import re
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

MOST = 10**15 - 1
PLENTY = Context(prec=1000)


def is_number(value: Any) -> bool:
    """Return whether a value is a finite number; a boolean is none."""
    return type(value) is int or (type(value) in {float, Decimal} and bool(exact(value).is_finite()))


def exact(value: Any) -> Any:
    """Return a float as the decimal of its shortest text, and anything else unchanged."""
    return Decimal(repr(value)) if type(value) is float else value


def fraction(value: Any) -> Fraction:
    """Return a number as an exact fraction."""
    return Fraction(exact(value))


def plain(number: Fraction) -> int | Decimal:
    """Return a fraction as an int or a Decimal."""
    decimal = PLENTY.divide(Decimal(number.numerator), Decimal(number.denominator))
    return int(decimal) if decimal == decimal.to_integral_value() else decimal


def shortest(number: int | Decimal) -> str:
    """Return a number as text without an exponent and without trailing zeros."""
    if type(number) is int or number == 0:
        return str(int(number))
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def between(rule: dict[str, Any], number: Any) -> bool:
    """Return whether a number is within the bounds of a rule, each of which may be absent."""
    return bool(exact(rule.get("min", number)) <= number <= exact(rule.get("max", number)))


def on_step(rule: dict[str, Any], number: Any) -> bool:
    """Return whether a number is a whole number of steps away from the start of the steps."""
    if rule.get("step") == "any":
        return True
    away = fraction(number) - fraction(rule.get("min", 0))
    return away % fraction(rule.get("step", 1)) == 0


def is_whole(rule: dict[str, Any]) -> bool:
    """Return whether a rule takes whole numbers only: always, unless its step is a decimal or `any`."""
    step = rule.get("step", 1)
    return step != "any" and fraction(step).denominator == 1


def nearest_step(rule: dict[str, Any], number: Any) -> int | Decimal:
    """Return the step nearest to a number within the bounds; a half is rounded up."""
    least, most = exact(rule.get("min", -MOST)), exact(rule.get("max", MOST))
    held = min(max(number, least), most)
    if rule.get("step") == "any":
        return plain(fraction(held))
    base, step = fraction(rule.get("min", 0)), fraction(rule.get("step", 1))
    count = math.floor((fraction(held) - base) / step + Fraction(1, 2))
    count = min(count, math.floor((fraction(most) - base) / step))
    count = max(count, math.ceil((fraction(least) - base) / step))
    return plain(base + count * step)


def next_step(rule: dict[str, Any], number: Any, way: str) -> int | Decimal | None:
    """Return the step below a number, or above it; None if there is none within the bounds."""
    least, most = fraction(rule.get("min", -MOST)), fraction(rule.get("max", MOST))
    if rule.get("step") == "any":
        step = min(fraction(number), most) if way == "down" else max(fraction(number), least)
    else:
        base, width = fraction(rule.get("min", 0)), fraction(rule.get("step", 1))
        below, above = (
            math.floor((min(fraction(number), most) - base) / width),
            math.ceil((max(fraction(number), least) - base) / width),
        )
        step = base + (below if way == "down" else above) * width
    reaches = step <= fraction(number) if way == "down" else step >= fraction(number)
    return plain(step) if reaches and least <= step <= most else None


def rounded(rule: Any, number: Fraction) -> Fraction:
    """Return a price rounded by `round`, or unchanged without it."""
    for way, step in () if rule == "exact" else rule.items():
        counts = number / fraction(step)
        ways = {"up": math.ceil(counts), "down": math.floor(counts), "nearest": math.floor(counts + Fraction(1, 2))}
        return ways[way] * fraction(step)
    return number


def sides_of(text: Any, sign: str) -> tuple[int, int] | None:
    """Return the two sides of a size or a ratio, or None if a text is neither."""
    side = "([1-9][0-9]{0,4})"
    match = re.fullmatch(side + sign + side, text) if type(text) is str else None
    return (int(match[1]), int(match[2])) if match else None


def number_of(text: str) -> int | Decimal | None:
    """Return the number that a text represents, or None."""
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return None
    return Decimal(text) if "." in text else int(Decimal(text))
