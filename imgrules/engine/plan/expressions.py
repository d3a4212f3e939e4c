"""
Expressions in the source of a generated reader (`codegen`): the test of a value, and what it contributes to the key.

Each function returns Python source for a variable named `v`, which holds a value or None; `bound` returns a name for a
constant. Only short expressions are written inline; the rest are calls.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeAlias

from imgrules.engine.plan.accepts import Accept, float_limits
from imgrules.table.measures import MOST, is_whole, limits
from imgrules.table.options import Value
from imgrules.table.terms import Length, Number, Numbers, Test

Bound: TypeAlias = Callable[[Any], str]
Write: TypeAlias = Callable[[str, Bound], str]


def itself(v: str, _: Bound) -> str:
    """Return the value itself."""
    return v


def is_given(v: str, _: Bound) -> str:
    """Return an expression for whether there is a value."""
    return f"{v} is not None"


def length(v: str, _: Bound) -> str:
    """Return an expression for the length of a list."""
    return f"None if {v} is None else len({v})"


def result_of(function: Callable[[Any], Any]) -> Write:
    """Return an expression for the result of a function of the value."""
    return lambda v, bound: f"None if {v} is None else {bound(function)}({v})"


def is_accepted(accept: Accept) -> Write:
    """Return an expression for whether `accept` accepts the value; it replaces the value by the result."""
    return lambda v, bound: f"({v} := {bound(accept)}({v})) is not None"


def is_size(sides: Callable[[Any], Any]) -> Write:
    """Return an expression for whether the value is a size; its sides are assigned to a second variable, for `area`."""
    return lambda v, bound: f"({v}s := {bound(sides)}({v})) is not None"


def measure_of_size(measure: str | None, unit: int, otherwise: Number | None) -> Write:
    """Return an expression for a measure of a size, an area in units of `unit` pixels rounded up; `otherwise` without a size."""

    def write(v: str, bound: Bound) -> str:
        counted = f"-(-{v}s[0] * {v}s[1] // {bound(unit)})"
        longer = ">" if measure == "longest" else "<"
        side = f"({v}s[0] if {v}s[0] {longer} {v}s[1] else {v}s[1])"
        return f"{bound(otherwise)} if {v} is None else {counted if measure == 'pixels' else side} if {v}s else None"

    return write


def is_switch(v: str, _: Bound) -> str:
    """Return an expression for whether the value is true or false."""
    return f"type({v}) is bool"


def is_any_text(v: str, _: Bound) -> str:
    """Return an expression for whether the value is a text."""
    return f"type({v}) is str"


def row_of(rows: Collection[str]) -> Write:
    """Return an expression for the row that the value names, or True for any other value."""
    return lambda v, bound: f"{v} if {v} is None or {v} in {bound(rows)} else True"


def is_one_of(values: Collection[str]) -> Write:
    """Return an expression for whether the value is one of these texts."""
    return lambda v, bound: f"type({v}) is str and {v} in {bound(values)}"


def is_text(rule: Length) -> Write:
    """Return an expression for whether the value is a text of a length that fits a rule in characters."""

    def write(v: str, bound: Bound) -> str:
        fits = f"{bound(rule.shortest)} <= len({v}) <= {bound(MOST if rule.longest is None else rule.longest)}"
        condition = v if (rule.shortest, rule.longest) == (1, None) else fits
        return f"type({v}) is str and {condition} and ({v}.isascii() or is_whole_text({v}))"

    return write


def is_number(rule: Numbers, accept: Accept) -> Write:
    """Return an expression for whether the value is a number that fits a rule; `accept` tests it where no short one does."""
    (least, most), base, step = limits(rule), rule.min or 0, rule.step or 1
    if is_whole(rule):
        whole: Write = lambda v, bound: f"type({v}) is int and {bound(least)} <= {v} <= {bound(most)}"  # noqa: E731
        return whole if step == 1 else lambda v, bound: f"{whole(v, bound)} and not ({v} - {bound(base)}) % {bound(step)}"
    floats = float_limits(rule)
    if floats is None:
        return is_accepted(accept)
    low, high = floats
    return lambda v, bound: f"type({v}) is float and {bound(low)} <= {v} <= {bound(high)} or {bound(accept)}({v}) is not None"


def lies_in(bounds: Test | Value) -> Write:
    """Return an expression for whether a number lies in a range."""

    def write(v: str, bound: Bound) -> str:
        if bounds.min is not None and bounds.max is not None:
            return f"{bound(bounds.min)} <= {v} <= {bound(bounds.max)}"
        return (
            "True"
            if bounds.min is bounds.max
            else f"{v} >= {bound(bounds.min)}"
            if bounds.max is None
            else f"{v} <= {bound(bounds.max)}"
        )

    return write


def ranges(tests: Iterable[Test], *, of_length: bool) -> Write:
    """Return an expression for a tuple of truth values: in which of these ranges a number, or the length of a list, lies."""
    expressions = [lies_in(test) for test in tests]

    def write(v: str, bound: Bound) -> str:
        number = f"len({v})" if of_length else v
        return f"None if {v} is None else ({''.join(f'{expression(number, bound)}, ' for expression in expressions)})"

    return write


def word(values: Iterable[Value]) -> Write:
    """Return an expression for the name of the first range in which a number lies."""
    ranges_by_name = [(value.name, lies_in(value)) for value in values]

    def write(v: str, bound: Bound) -> str:
        names = (f"{bound(name)} if {is_in(v, bound)} else " for name, is_in in ranges_by_name)
        return f"None if {v} is None else {''.join(names)}None"

    return write
