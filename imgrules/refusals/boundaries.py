"""Where the rules of a model draw a line for one option: the numbers and the words that they compare it with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from imgrules.engine.resolve import amount
from imgrules.table.measures import exact
from imgrules.table.records import Model
from imgrules.table.terms import Test

_Lines: TypeAlias = Mapping[str, frozenset[Fraction]]
"""The numbers that an option is compared with, by the name of the option."""


def words(model: Model, name: str) -> tuple[str, ...]:
    """Return the texts that conditions compare an option with, each once."""
    found: Mapping[str, tuple[str, ...]] | None = model.memory.get("words")
    if found is None:
        found = model.memory.keep("words", _words(model))
    return found.get(name, ())


def _words(model: Model) -> dict[str, tuple[str, ...]]:
    named: dict[str, dict[str, None]] = {}
    for test in _tests(model):
        texts = (each for each in (*test.any, *test.none) if type(each) is str)
        named.setdefault(test.name, {}).update(dict.fromkeys(texts))
    return {name: tuple(each) for name, each in named.items()}


class Marks:
    """
    The numbers at which a rule may begin or cease to hold while one option changes, and the rest stays.

    `values` are the options that are there: of a total, a line is what the other parts leave; of pixels, it is the other
    side, or the area. What is asked of one option costs as much as the lines that are drawn for it.
    """

    def __init__(self, model: Model, values: Mapping[str, Any]) -> None:
        self.model, self.values = model, values
        self._lines = _lines_seen(model)
        self._totals: dict[str, Fraction] = {}

    def of(self, name: str) -> tuple[Fraction, ...]:
        """Return the numbers for one option, the least first."""
        lines = self._lines.get(name, {})
        return tuple(sorted({mark for about, bounds in lines.items() for mark in self._seen(about, name, bounds)}))

    def stay(self, name: str) -> bool:
        """Whether the numbers for one option are the same, whatever else is there."""
        return not any(_is_sum(self.model, about) for about in self._lines.get(name, ()) if about != name)

    def _seen(self, about: str, name: str, bounds: frozenset[Fraction]) -> Iterator[Fraction]:
        """Yield what the bounds of one option mean for another from which it is computed."""
        rule = None if about == name else self.model.options[_root(self.model, about)].follows
        if rule is None:
            yield from bounds
        elif rule.total:
            others = self._total(about, rule.total) - self._amount(name)
            yield from (each - others for each in bounds)
        else:
            other = [Fraction(exact(self.values.get(each)) or 1) for each in rule.pixels if each != name]
            # Pixels count in begun units: a line lies where a unit ends, and where the one before it does.
            yield from (end * rule.unit / (other[0] if other else 1) for each in bounds for end in (each - 1, each))

    def _total(self, about: str, names: tuple[str, ...]) -> Fraction:
        if about not in self._totals:
            self._totals[about] = sum(map(self._amount, names), Fraction(0))
        return self._totals[about]

    def _amount(self, name: str) -> Fraction:
        return Fraction(amount(self.model, name, self.values) or 0)


def _lines_seen(model: Model) -> Mapping[str, _Lines]:
    """Return for each option the lines that are drawn for it, or for what is computed from it."""
    found: Mapping[str, _Lines] | None = model.memory.get("lines")
    return model.memory.keep("lines", _by_option(model)) if found is None else found


def _by_option(model: Model) -> Mapping[str, _Lines]:
    drawn: dict[str, set[Fraction]] = {}
    for about, some in _lines(model):
        drawn.setdefault(about, set()).update(some)
    seen: dict[str, dict[str, frozenset[Fraction]]] = {}
    for about, numbers in drawn.items():
        bounds = frozenset(numbers)
        for name in {about, *_parts(model, about)}:
            seen.setdefault(name, {})[about] = bounds
    return seen


def _parts(model: Model, about: str) -> tuple[str, ...]:
    """Return the options of which a computed one is a count, a sum or a product."""
    root = _root(model, about)
    rule = model.options[root].follows if root in model.options else None
    return (root,) if rule is None else (*rule.total, *rule.pixels)


def _root(model: Model, about: str) -> str:
    """Return the option of which words only name the ranges; an option without words is itself."""
    seen = {about}
    while about in model.options:
        rule = model.options[about].follows
        if rule is None or rule.of is None or rule.of in seen:
            break
        about = rule.of
        seen.add(about)
    return about


def _is_sum(model: Model, about: str) -> bool:
    root = _root(model, about)
    return root in model.options and model.options[root].follows is not None


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
