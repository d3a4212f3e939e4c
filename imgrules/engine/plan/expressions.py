"""
What is found of a value while it is read, written as an expression in the source of a reader (`generated`).

Each is written for the name `v` of a variable, which holds a value or None; `bound` gives a name to what is known beforehand.
Only what is cheap to say in a line is written here: the rest is called.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeAlias

from imgrules.engine.plan.accepts import Accept, float_limits
from imgrules.table.measures import MOST, is_whole, limits
from imgrules.table.records import Value
from imgrules.table.terms import Number, Numbers, Test, Text

Bound: TypeAlias = Callable[[Any], str]
Write: TypeAlias = Callable[[str, Bound], str]


def itself(v: str, _: Bound) -> str:
    """Write a value as it is."""
    return v


def is_given(v: str, _: Bound) -> str:
    """Write whether there is a value."""
    return f"{v} is not None"


def length(v: str, _: Bound) -> str:
    """Write the length of a list."""
    return f"None if {v} is None else len({v})"


def result_of(function: Callable[[Any], Any]) -> Write:
    """Write what a function returns for a value."""
    return lambda v, bound: f"None if {v} is None else {bound(function)}({v})"


def is_accepted(accept: Accept) -> Write:
    """Write whether a function accepts a value, which is replaced by what the function returns."""
    return lambda v, bound: f"({v} := {bound(accept)}({v})) is not None"


def is_size(sides: Callable[[Any], Any]) -> Write:
    """Write whether a value is a size of which a function returns the sides; they are kept beside it, for `area`."""
    return lambda v, bound: f"({v}s := {bound(sides)}({v})) is not None"


def area(unit: int, otherwise: Number | None) -> Write:
    """Write in how many units, the last of which may be begun only, the area of a size is counted."""
    return lambda v, bound: f"{bound(otherwise)} if {v} is None else -(-{v}s[0] * {v}s[1] // {bound(unit)})"


def is_switch(v: str, _: Bound) -> str:
    """Write whether a value is true or false."""
    return f"type({v}) is bool"


def is_any_text(v: str, _: Bound) -> str:
    """Write whether a value is a text."""
    return f"type({v}) is str"


def is_one_of(values: Collection[str]) -> Write:
    """Write whether a value is one of some texts."""
    return lambda v, bound: f"type({v}) is str and {v} in {bound(values)}"


def is_text(rule: Text) -> Write:
    """Write whether a value is a text that is as long as a rule in characters wants it."""

    def write(v: str, bound: Bound) -> str:
        long = f"{bound(rule.shortest)} <= len({v}) <= {bound(MOST if rule.longest is None else rule.longest)}"
        kept = v if (rule.shortest, rule.longest) == (1, None) else long
        return f"type({v}) is str and {kept} and ({v}.isascii() or is_whole_text({v}))"

    return write


def is_number(rule: Numbers, accept: Accept) -> Write:
    """Write whether a value is a number that a rule wants, which `accept` accepts."""
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
    """Write whether a number lies in a range."""

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
    """Write in which of some ranges a number lies, or the length of a list."""
    kept = [lies_in(each) for each in tests]

    def write(v: str, bound: Bound) -> str:
        number = f"len({v})" if of_length else v
        return f"None if {v} is None else ({''.join(f'{each(number, bound)}, ' for each in kept)})"

    return write


def word(values: Iterable[Value]) -> Write:
    """Write the name of the first range in which a number lies."""
    known = [(each.name, lies_in(each)) for each in values]

    def write(v: str, bound: Bound) -> str:
        names = (f"{bound(name)} if {kept(v, bound)} else " for name, kept in known)
        return f"None if {v} is None else {''.join(names)}None"

    return write
