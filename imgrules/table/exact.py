"""
Arithmetic on exact numbers, whole or decimal, that follows no decimal context of the caller.

Operators between decimals, and methods such as `normalize`, round as the context of the thread says, and raise what it traps.
Every calculation of imgrules is made here, or inside `in_own_context`. Comparisons of finite numbers, `hash`, `int`, `float`
and `format(number, "f")` are the same in every context.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import (
    MAX_EMAX,
    MAX_PREC,
    MIN_EMIN,
    ROUND_HALF_EVEN,
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

_DIGITS = 60  # no number of a rule file or a table is written with more
_POWER = 400  # a float has no greater one
_JSON = 2**53


def _context(prec: int, least: int, most: int, *more: type[DecimalException]) -> Context:
    # Nothing is left to `DefaultContext`, which a program may change.
    traps: list[type[DecimalException]] = [InvalidOperation, DivisionByZero, Overflow, *more]
    return Context(prec, ROUND_HALF_EVEN, least, most, capitals=1, clamp=0, flags=[], traps=traps)


# Sums, products and remainders are never rounded, and take no more room than their digits.
_EXACT = _context(MAX_PREC, MIN_EMIN, MAX_EMAX)
# For quotients; any two floats, however far apart, are subtracted exactly.
_WIDE = _context(1000, MIN_EMIN, MAX_EMAX)
_SHORT = _context(15, MIN_EMIN, MAX_EMAX)

decimal_in: Callable[[str], Decimal] = _context(_DIGITS, -_POWER, _POWER, Inexact).create_decimal
"""Return the decimal that a text spells; raises an ArithmeticError for one that is longer, or further away, than any float."""


def in_own_context(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Return a function of which all calculations with decimals are made in a context of its own."""

    @wraps(function)
    def inside(*args: _P.args, **named: _P.kwargs) -> _T:
        with localcontext(_WIDE):
            return function(*args, **named)

    return inside


def add(one: Number, other: Number) -> Decimal:
    """Return the exact sum of two numbers."""
    return _EXACT.add(Decimal(one), Decimal(other))


def subtract(one: Number, other: Number) -> Decimal:
    """Return the exact difference of two numbers."""
    return _EXACT.subtract(Decimal(one), Decimal(other))


def multiply(one: Number, other: Number) -> Decimal:
    """Return the exact product of two numbers."""
    return _EXACT.multiply(Decimal(one), Decimal(other))


def divide(one: Number, other: Number) -> Decimal:
    """Return the quotient of two numbers, of 15 digits at most: as many as a caller may give."""
    return _SHORT.divide(Decimal(one), Decimal(other))


def total(numbers: Iterable[Number]) -> Number:
    """Return the exact sum of any numbers."""
    whole, rest = 0, Decimal(0)
    for each in numbers:
        if isinstance(each, int):
            whole += each
        else:
            rest = _EXACT.add(rest, each)
    return tidy(_EXACT.add(rest, Decimal(whole))) if rest else whole


def steps(number: Number, step: Number) -> tuple[int, Decimal]:
    """Return how many whole steps lie in a number, and what is left: at least 0, and less than a step."""
    count, rest = _EXACT.divmod(Decimal(number), Decimal(step))
    return (int(count), rest) if rest >= 0 else (int(count) - 1, _EXACT.add(rest, Decimal(step)))


def tidy(number: Number) -> Number:
    """Return the same number as the table writes it: an int where it is whole, else a decimal without idle zeros."""
    return int(number) if number == int(number) else _EXACT.normalize(number)


def digits(number: Number) -> int:
    """Return how many digits a number is written with, zeros before the first left aside."""
    return len(str(abs(number))) if isinstance(number, int) else len(_EXACT.normalize(number).as_tuple().digits)


def carried(number: Number) -> int | float | str:
    """
    Return an exact number as JSON carries it.

    A number of more digits than readers of JSON keep is carried as text, never as another number.
    """
    if isinstance(number, int):
        return number if -_JSON < number < _JSON else str(number)
    close = float(number)
    return close if Decimal(repr(close)) == number else format(number, "f")


def written(number: Number) -> str:
    """Return a number as a person writes it: without an exponent, and without idle zeros."""
    text = format(Decimal(number), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
