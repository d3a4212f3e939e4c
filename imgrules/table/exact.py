"""
Exact arithmetic on `int` and `Decimal`, independent of the decimal context of the caller.

Operators between decimals, and methods such as `normalize`, use the context of the thread: its precision, rounding and traps.
All calculations of imgrules use these functions, or run inside `in_own_context`. Comparisons of finite numbers, `hash`,
`int`, `float` and `format(number, "f")` do not depend on the context.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import (
    MAX_EMAX,
    MAX_PREC,
    MIN_EMIN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    localcontext,
)
from functools import wraps
from typing import ParamSpec, TypeVar

from imgrules.table.terms import Number

_P = ParamSpec("_P")
_T = TypeVar("_T")

_DIGITS = 60  # no number of a rule file or a table has more
_POWER = 400  # beyond the exponent of any float
_JSON = 2**53  # below it, all readers of JSON keep whole numbers exactly


def _context(prec: int, least: int, most: int, *more_traps: type[DecimalException]) -> Context:
    # Every argument is given, because a program may change `DefaultContext`.
    traps: list[type[DecimalException]] = [InvalidOperation, DivisionByZero, Overflow, *more_traps]
    return Context(prec, ROUND_HALF_EVEN, least, most, capitals=1, clamp=0, flags=[], traps=traps)


# Sums, products and remainders are never rounded, and take only the memory of their digits.
_EXACT = _context(MAX_PREC, MIN_EMIN, MAX_EMAX)
# For quotients; wide enough to subtract any two floats exactly.
_WIDE = _context(1000, MIN_EMIN, MAX_EMAX)
_SHORT = _context(15, MIN_EMIN, MAX_EMAX)

decimal_in: Callable[[str], Decimal] = _context(_DIGITS, -_POWER, _POWER, Inexact).create_decimal
"""Return the decimal of a text; raises an ArithmeticError for more digits, or a larger exponent, than any float needs."""


def in_own_context(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Return a function whose decimal calculations use a context of its own."""

    @wraps(function)
    def wrapper(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        with localcontext(_WIDE):
            return function(*args, **kwargs)

    return wrapper


def add(left: Number, right: Number) -> Number:
    """Return the exact sum of two numbers."""
    if type(left) is int and type(right) is int:
        return left + right
    return _EXACT.add(Decimal(left), Decimal(right))


def subtract(left: Number, right: Number) -> Number:
    """Return the exact difference of two numbers."""
    if type(left) is int and type(right) is int:
        return left - right
    return _EXACT.subtract(Decimal(left), Decimal(right))


def multiply(left: Number, right: Number) -> Number:
    """Return the exact product of two numbers."""
    if type(left) is int and type(right) is int:
        return left * right
    return _EXACT.multiply(Decimal(left), Decimal(right))


def divide(left: Number, right: Number) -> Decimal:
    """Return the quotient of two numbers, rounded to 15 digits, as many as a caller may send."""
    return _SHORT.divide(Decimal(left), Decimal(right))


def total(numbers: Iterable[Number]) -> Number:
    """Return the exact sum of numbers."""
    whole, rest = 0, Decimal(0)
    for number in numbers:
        if isinstance(number, int):
            whole += number
        else:
            rest = _EXACT.add(rest, number)
    return tidy(_EXACT.add(rest, Decimal(whole))) if rest else whole


def steps(number: Number, step: Number) -> tuple[int, Decimal]:
    """Return how many whole steps fit into a number, rounded down, and the remainder, from 0 to less than a step."""
    count, rest = _EXACT.divmod(Decimal(number), Decimal(step))
    return (int(count), rest) if rest >= 0 else (int(count) - 1, _EXACT.add(rest, Decimal(step)))


def half_up(number: Number) -> Decimal:
    """Return the nearest whole number; of two, the one further from 0."""
    return Decimal(number).to_integral_value(ROUND_HALF_UP, _EXACT)


def tidy(number: Number) -> Number:
    """Return a number as the table writes it: an `int` if it is whole, else a decimal without trailing zeros."""
    if type(number) is int:
        return number
    return int(number) if number == int(number) else _EXACT.normalize(number)


def digits(number: Number) -> int:
    """Return the number of digits of a number, without leading zeros."""
    return len(str(abs(number))) if isinstance(number, int) else len(_EXACT.normalize(number).as_tuple().digits)


def json_number(number: Number) -> int | float | str:
    """
    Return an exact number for `json.dumps`: an `int` or `float` if JSON readers keep all of its digits, else a string.

    The string has every digit, so that no reader sees a rounded number.
    """
    if isinstance(number, int):
        return number if -_JSON < number < _JSON else str(number)
    nearest = float(number)
    return nearest if Decimal(repr(nearest)) == number else format(number, "f")


def written(number: Number) -> str:
    """Return a number as text without an exponent, and without trailing zeros."""
    text = format(Decimal(number), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
