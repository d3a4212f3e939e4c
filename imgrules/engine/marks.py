"""Where the rules of a model draw a line for one option: the numbers and the words that they compare it with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from imgrules.engine.parts import Test
from imgrules.engine.picks import amount
from imgrules.engine.quantities import exact
from imgrules.engine.table import Model


def words(model: Model, name: str) -> tuple[str, ...]:
    """Return the texts that conditions compare an option with, each once."""
    named = (value for test in _tests(model) if test.name == name for value in (*test.any, *test.none))
    return tuple(dict.fromkeys(each for each in named if type(each) is str))


def marks(model: Model, name: str, values: Mapping[str, Any]) -> tuple[Fraction, ...]:
    """
    Return the numbers at which a rule may begin or cease to hold while one option changes, and the rest stays.

    `values` are the options that are there: of a total, a line is what the other parts leave; of pixels, it is the other
    side, or the area.
    """
    found = (mark for about, bounds in _lines(model) for mark in _seen_from(model, about, name, bounds, values))
    return tuple(sorted(set(found)))


def _lines(model: Model) -> Iterator[tuple[str, list[Fraction]]]:
    """Yield each option that a rule compares with numbers, and the numbers."""
    for test in _tests(model):
        said = (test.min, test.max, *test.any, *test.none)
        yield test.name, [Fraction(each) for each in said if each is not None and type(each) is not str]
    for option in model.options.values():
        if option.follows is not None and option.follows.of is not None:
            ranges = (each for value in option.values.values() for each in (value.min, value.max))
            yield option.follows.of, [Fraction(each) for each in ranges if each is not None]


def _tests(model: Model) -> Iterator[Test]:
    for limit in model.limits:
        yield from (*limit.when, *limit.only, *limit.never)
    for option in model.options.values():
        yield from option.when
        yield from (test for limit in option.ignored for test in limit.when)


def _seen_from(model: Model, about: str, name: str, bounds: list[Fraction], values: Mapping[str, Any]) -> Iterator[Fraction]:
    """Yield what the bounds of one option mean for another from which it is computed."""
    rule = model.options[about].follows if about in model.options else None
    if about == name:
        yield from bounds
    elif rule is None:
        return
    elif rule.of is not None:
        yield from _seen_from(model, rule.of, name, bounds, values)
    elif name in rule.total:
        others = sum(Fraction(amount(model, each, values) or 0) for each in rule.total if each != name)
        yield from (each - others for each in bounds)
    elif name in rule.pixels:
        other = [Fraction(exact(values.get(each)) or 1) for each in rule.pixels if each != name]
        # Pixels count in begun units: a line lies where a unit ends, and where the one before it does.
        yield from (end * rule.unit / (other[0] if other else 1) for each in bounds for end in (each - 1, each))
