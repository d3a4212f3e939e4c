"""The numbers and texts with which the rules of a model compare an option: a value near them may be a repair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor
from typing import Any, TypeAlias

from imgrules.engine.resolve import amount
from imgrules.table.measures import exact
from imgrules.table.records import Model
from imgrules.table.terms import Test

_Bounds: TypeAlias = Mapping[str, frozenset[Fraction]]
"""The numbers with which rules compare an option, by the name of the option."""


def words(model: Model, name: str) -> tuple[str, ...]:
    """Return the texts with which conditions compare an option, deduplicated; cached with the model."""
    cached: Mapping[str, tuple[str, ...]] | None = model.memory.get("words")
    if cached is None:
        cached = model.memory.keep("words", _words(model))
    return cached.get(name, ())


def _words(model: Model) -> dict[str, tuple[str, ...]]:
    by_option: dict[str, dict[str, None]] = {}
    for test in _tests(model):
        texts = (value for value in (*test.any, *test.none) if type(value) is str)
        by_option.setdefault(test.name, {}).update(dict.fromkeys(texts))
    return {name: tuple(texts) for name, texts in by_option.items()}


class Boundaries:
    """
    The numbers at which the result of a rule may change while one option changes and the others stay.

    `values` are the other options with their values. If a rule compares a computed option with a bound, the boundary of its
    source is calculated: for a part of a total, the bound minus the other parts; for a side of a pixel count, the bound
    divided by the other side. The cost for one option grows with the number of its boundaries.
    """

    def __init__(self, model: Model, values: Mapping[str, Any]) -> None:
        self.model, self.values = model, values
        self._bounds = _bounds_by_option(model)
        self._totals: dict[str, Fraction] = {}

    def of(self, name: str) -> tuple[Fraction, ...]:
        """Return the boundaries for one option, in ascending order."""
        bounds_of = self._bounds.get(name, {})
        mapped = (
            self._mapped(compared, name, bounds) for compared, bounds in bounds_of.items() if not self._side(compared, name)
        )
        return tuple(sorted({boundary for boundaries in mapped for boundary in boundaries}))

    def sides_of(self, name: str) -> tuple[tuple[str, int], ...]:
        """Return the boundaries of the sides of a size, each with `longest` or `shortest`, in ascending order."""
        bounds_of = self._bounds.get(name, {})
        sides = ((self._side(compared, name), bounds) for compared, bounds in bounds_of.items())
        return tuple(sorted({(side, floor(bound)) for side, bounds in sides if side is not None for bound in bounds}))

    def _side(self, compared: str, name: str) -> str | None:
        """Return the side of a size that an option is, `longest` or `shortest`; None if it is none, or is of two numbers."""
        rule = None if compared == name else self.model.options[_number_source(self.model, compared)].follows
        is_side = rule is not None and rule.of == (name,) and rule.of_sides and rule.measure != "pixels"
        return rule.measure if rule is not None and is_side else None

    def is_constant(self, name: str) -> bool:
        """Whether the boundaries for one option are the same, whatever the values of the others."""
        return not any(_is_computed(self.model, compared) for compared in self._bounds.get(name, ()) if compared != name)

    def _mapped(self, compared: str, name: str, bounds: frozenset[Fraction]) -> Iterator[Fraction]:
        """Yield the numbers of option `name` at which option `compared`, which is computed from it, reaches its bounds."""
        rule = None if compared == name else self.model.options[_number_source(self.model, compared)].follows
        if rule is None:
            yield from bounds
        elif rule.measure == "total":
            others = self._total(compared, rule.of) - self._amount(name)
            yield from (bound - others for bound in bounds)
        elif rule.measure != "pixels":
            yield from bounds
        else:
            other = [Fraction(exact(self.values.get(side)) or 1) for side in rule.of if side != name]
            # Pixels are counted in units, rounded up: a boundary lies at the end of a unit and of the one before.
            yield from (end * rule.unit / (other[0] if other else 1) for bound in bounds for end in (bound - 1, bound))

    def _total(self, compared: str, names: tuple[str, ...]) -> Fraction:
        if compared not in self._totals:
            self._totals[compared] = sum(map(self._amount, names), Fraction(0))
        return self._totals[compared]

    def _amount(self, name: str) -> Fraction:
        return Fraction(amount(self.model, name, self.values) or 0)


def _bounds_by_option(model: Model) -> Mapping[str, _Bounds]:
    """Return, by option, its own bounds and those of each option that is computed from it; cached with the model."""
    cached: Mapping[str, _Bounds] | None = model.memory.get("bounds")
    return model.memory.keep("bounds", _find_bounds(model)) if cached is None else cached


def _find_bounds(model: Model) -> Mapping[str, _Bounds]:
    collected: dict[str, set[Fraction]] = {}
    for compared, numbers in _comparisons(model):
        collected.setdefault(compared, set()).update(numbers)
    by_option: dict[str, dict[str, frozenset[Fraction]]] = {}
    for compared, unique in collected.items():
        bounds = frozenset(unique)
        for name in {compared, *_parts(model, compared)}:
            by_option.setdefault(name, {})[compared] = bounds
    return by_option


def _parts(model: Model, compared: str) -> tuple[str, ...]:
    """Return the options from which the number of an option is computed; for an option that is not computed, itself."""
    source = _number_source(model, compared)
    rule = model.options[source].follows if source in model.options else None
    return (source,) if rule is None else rule.of


def _number_source(model: Model, compared: str) -> str:
    """Return the option whose number the words of a computed option name ranges of; for any other option, itself."""
    seen = {compared}
    while compared in model.options:
        rule = model.options[compared].follows
        if rule is None or rule.measure is not None or rule.table is not None or rule.of[0] in seen:
            break
        compared = rule.of[0]
        seen.add(compared)
    return compared


def _is_computed(model: Model, compared: str) -> bool:
    source = _number_source(model, compared)
    return source in model.options and model.options[source].follows is not None


def _comparisons(model: Model) -> Iterator[tuple[str, list[Fraction]]]:
    """Yield each option that a rule compares with numbers, and these numbers."""
    for test in _tests(model):
        values = (test.min, test.max, *test.any, *test.none)
        yield test.name, [Fraction(value) for value in values if value is not None and type(value) is not str]
    for option in model.options.values():
        if option.follows is not None:
            ends = (end for value in option.values.values() for end in (value.min, value.max))
            yield option.name, [Fraction(end) for end in ends if end is not None]


def _tests(model: Model) -> Iterator[Test]:
    for limit in model.limits:
        yield from (*limit.when, *limit.only, *limit.never)
    for option in model.options.values():
        yield from option.when
        yield from (test for limit in option.ignored for test in limit.when)
