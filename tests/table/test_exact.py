"""Arithmetic is exact: nothing is rounded, whatever decimal context the caller has set."""

from __future__ import annotations

import json
from decimal import (
    ROUND_UP,
    Clamped,
    Context,
    Decimal,
    DecimalException,
    FloatOperation,
    Inexact,
    Rounded,
    Subnormal,
    getcontext,
    localcontext,
)

import pytest

from imgrules.table.exact import add, decimal_in, half_up, in_own_context, json_number, multiply, steps, subtract, tidy, total
from imgrules.table.terms import Number

HARSH = Context(1, ROUND_UP, -1, 1, 0, 1, [], [Inexact, Rounded, Clamped, Subnormal, FloatOperation])


def test_no_context_of_the_caller_matters() -> None:
    """A context with one digit, tiny exponents and every trap changes no result."""
    far, near = Decimal("123456789012345.5"), Decimal("1E-14")
    with localcontext(HARSH):
        results = (add(far, near), subtract(near, far), multiply(far, near), steps(far, near), tidy(Decimal("1.2300")))
        assert total([1, far, Decimal("0.5")]) == 123456789012347
        assert decimal_in("123456.5E-3") == Decimal("123.4565")
        assert [half_up(Decimal(text)) for text in ("2.5", "-2.5", "1234567.4")] == [3, -3, 1234567]
    assert results == (
        Decimal("123456789012345.50000000000001"),
        Decimal("-123456789012345.49999999999999"),
        Decimal("1.234567890123455"),
        (12345678901234550000000000000, Decimal(0)),
        Decimal("1.23"),
    )


def test_a_function_in_a_context_of_its_own_leaves_that_of_the_caller() -> None:
    """`in_own_context` neither traps nor rounds to few digits, and leaves the caller's context unchanged."""

    @in_own_context
    def third() -> Decimal:
        return Decimal(1) / 3

    with localcontext(HARSH) as mine:
        result = third()
        assert getcontext() is mine
        assert not any(mine.flags.values())
    assert len(result.as_tuple().digits) > 100


@pytest.mark.parametrize(
    ("number", "step", "counted"),
    [
        (7, 2, (3, 1)),
        (-7, 2, (-4, 1)),
        (Decimal("-0.5"), Decimal("0.25"), (-2, 0)),
        (Decimal("0.3"), Decimal("0.1"), (3, 0)),
        (10**30 + 1, 10, (10**29, 1)),
    ],
)
def test_steps(number: Number, step: Number, counted: tuple[int, Number]) -> None:
    """The number of steps is rounded down, so that the remainder is never negative."""
    assert steps(number, step) == counted


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (Decimal("2.0"), "2"),
        (Decimal("2.50"), "2.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0E-9"), "0"),
        (Decimal("0.30000000000000004"), "0.30000000000000004"),
        (Decimal("12345678901234567.25"), "12345678901234567.25"),
        (7, "7"),
    ],
)
def test_tidy(number: Number, written: str) -> None:
    """A whole number becomes an int, and any other keeps all its digits."""
    result = tidy(number)
    assert (str(result), type(result)) == (written, Decimal if "." in written else int)


@pytest.mark.parametrize("text", ["1e401", "1e999999999999999999999", "1" + "0" * 60 + "1", "nine", "1e"])
def test_what_no_float_reaches_is_no_decimal(text: str) -> None:
    """A number that cannot be kept exactly, or that is no number, raises an ArithmeticError."""
    with pytest.raises((ArithmeticError, DecimalException)):
        decimal_in(text)


@pytest.mark.parametrize(
    ("number", "token"),
    [
        (20, "20"),
        (Decimal("4.5"), "4.5"),
        (Decimal("999999999999999.5"), "999999999999999.5"),
        (Decimal("1369999999999998.63"), '"1369999999999998.63"'),
        (Decimal("0.1000000000000000000001"), '"0.1000000000000000000001"'),
        (2**53 - 1, str(2**53 - 1)),
        (2**53, f'"{2**53}"'),
    ],
)
def test_json_carries_a_number_exactly_or_as_text(number: Number, token: str) -> None:
    """A number is written to JSON as a number if every reader gets it exactly, and as a string otherwise."""
    assert json.dumps(json_number(number)) == token
    assert Decimal(str(json_number(number))) == number
