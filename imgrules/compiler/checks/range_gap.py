"""
named ranges that overlap or leave a gap

What: two ranges of an option with `of` contain the same number, a number is in no range, or a range contains no number.
Why: every number that can be picked needs exactly one range; otherwise the order of lines would decide, or nothing would.

Avoid:
    mode: {of: references, values: {edit: {is: {min: 1, max: 2}}, compose: {is: {min: 2}}}}
Prefer:
    mode: {of: references, values: {generate: {is: {max: 0}}, edit: {is: {min: 1, max: 2}}, compose: {is: {min: 3}}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import product

from imgrules.compiler.lower.terms import exactly
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.bounds import SizeSpec
from imgrules.compiler.spec.model import ModelSpec, OptionSpec
from imgrules.compiler.spec.rule_set import RuleSet, gates_of, is_listed, values_of
from imgrules.quoting import quoted
from imgrules.table.measures import MOST, pair
from imgrules.table.terms import Number

CODE = Code("IR224", "range-gap", Severity.ERROR, __doc__)

_SIDES = 2
_FINEST = Decimal("1E-18")  # where no step is stated, one number follows the other at no distance that anybody could write


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers that something can be: stretches of them, in which each is a step from the next."""

    stretches: tuple[tuple[Number, Number], ...]
    step: Number = 1
    base: Number = 0

    def first_from(self, least: Number) -> Number | None:
        """Return the least of them that is no less than a number."""
        for low, high in self.stretches:
            start = max(low, least)
            on = start if start == low else self.base + _whole((Decimal(start) - self.base) / self.step) * self.step
            if on <= high:
                return on
        return None

    def last_below(self, least: Number) -> Number:
        """Return the greatest of them that is less than one of them."""
        return max(min(high, least - self.step) for low, high in self.stretches if low < least)

    @property
    def last(self) -> Number:
        """The greatest of them."""
        return self.stretches[-1][1]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with the range that it stands for."""

    name: str
    min: Number
    max: Number


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find words that leave it open what a number is called."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            if option.of is None:
                continue
            numbers = _numbers(spec, option.of) if values_of(option) else None
            words = sorted(_words(option), key=lambda each: (each.min, each.max))
            if numbers is None or len(words) != len(values_of(option)) or any(each.min > each.max for each in words):
                continue
            idle = [each for each in words if not _meet(numbers, each.min, each.max)]
            yield from (_idle(model, name, str(option.of), each, numbers) for each in idle)
            yield from _between(model, name, [each for each in words if each not in idle], numbers)


def _words(option: OptionSpec) -> Iterator[_Word]:
    for name, said in values_of(option).items():
        if said.is_ is not None:
            least, most = said.is_.min, said.is_.max
            yield _Word(name, -MOST if least is None else least, MOST if most is None else most)


def _between(model: str, name: str, words: list[_Word], numbers: _Numbers) -> Iterator[Finding]:
    reached, before = numbers.first_from(-MOST), None
    for word in words:
        if before is not None:
            shared = numbers.first_from(max(word.min, before.min))
            if shared is not None and shared <= min(word.max, before.max):
                yield _overlap(model, name, word, before, shared)
        if reached is not None and word.min > reached:
            yield _gap(model, name, reached, numbers.first_from(word.min), numbers)
        reached = _after(numbers, reached, word.max)
        before = word if before is None or word.max >= before.max else before
    if reached is not None:
        yield _gap(model, name, reached, None, numbers)


def _after(numbers: _Numbers, reached: Number | None, most: Number) -> Number | None:
    if reached is None or reached > most:
        return reached
    beyond = numbers.first_from(most)
    return numbers.first_from(most + numbers.step) if beyond == most else beyond


def _meet(numbers: _Numbers, least: Number, most: Number) -> bool:
    found = numbers.first_from(least)
    return found is not None and found <= most


def _idle(model: str, name: str, source: str, word: _Word, numbers: _Numbers) -> Finding:
    place = Place((*_path(name), word.name, "is"), file=model)
    reach = f"{quoted(source)} is {_shown(numbers.stretches[0][0], numbers.last)}"
    return Finding(
        CODE,
        f"the range of {quoted(word.name)} contains no possible number",
        place,
        f"{reach}; fix the range, or delete the value",
    )


def _overlap(model: str, name: str, word: _Word, before: _Word, shared: Number) -> Finding:
    message = f"both {quoted(before.name)} and {quoted(word.name)} are names for {exactly(shared)}"
    related = ((Place((*_path(name), before.name, "is"), file=model), "the other range"),)
    hint = "let one range begin after the other ends"
    return Finding(CODE, message, Place((*_path(name), word.name, "is"), file=model), hint, related)


def _gap(model: str, name: str, least: Number, then: Number | None, numbers: _Numbers) -> Finding:
    # The last one left out is one step before the next that has a word.
    most = numbers.last if then is None else numbers.last_below(then)
    hint = "add a value for it, or widen a range"
    if numbers.step == _FINEST:
        hint = "give the number a `step`, and each step a range"
        return Finding(CODE, f"{quoted(name)} leaves gaps between its ranges", _at(model, name), hint)
    return Finding(CODE, f"{quoted(name)} has no range for {_shown(least, most)}", _at(model, name), hint)


def _at(model: str, name: str) -> Place:
    return Place(_path(name), on_key=True, file=model)


def _path(name: str) -> Path:
    return ("options", name, "values")


def _shown(least: Number, most: Number) -> str:
    if least == most:
        return str(exactly(least))
    if least > -MOST and most < MOST:
        return f"{least} to {most}"
    return f"at least {least}" if least > -MOST else f"at most {most}" if most < MOST else "any number"


def _whole(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_CEILING))


def _numbers(spec: ModelSpec, name: str, known: dict[str, _Numbers | None] | None = None) -> _Numbers | None:
    """Return what a number or the length of a list can be, or None where that cannot be told; `known` are told already."""
    known = {} if known is None else known
    if name not in known:
        # Of options that hang on each other in a cycle nothing can be told.
        known[name] = None
        known[name] = _told(spec, name, known)
    return known[name]


def _told(spec: ModelSpec, name: str, known: dict[str, _Numbers | None]) -> _Numbers | None:
    option = spec.options.get(name)
    if option is None:
        return None
    if option.number is not None:
        rule = option.number
        step = _FINEST if isinstance(rule.step, str) else rule.step or 1
        low, high = -MOST if rule.min is None else rule.min, MOST if rule.max is None else rule.max
        return _Numbers(((low, high),), step, rule.min or 0) if low <= high else None
    if option.many is not None:
        least, most = option.many.min or 0, MOST if option.many.max is None else option.many.max
        none = ((0, 0),) if least > 0 and _may_be_absent(spec, name, option) else ()
        return _Numbers((*none, (least, most))) if least <= most else None
    if option.pixels is not None:
        return _pixels(spec, option)
    return None if option.total is None else _total(spec, option.total, known)


def _may_be_absent(spec: ModelSpec, name: str, option: OptionSpec) -> bool:
    ignored = any(name in gates_of(each.ignores) for each in spec.limits or ())
    return bool(option.optional or option.when is not None or ignored)


def _total(spec: ModelSpec, names: list[str], told: dict[str, _Numbers | None]) -> _Numbers | None:
    parts = {each: _numbers(spec, each, told) for each in names}
    if None in parts.values() or not parts:
        return None
    known = [(spec.options[name], name, each) for name, each in parts.items() if each is not None]
    # What is not picked counts as 0.
    ends = [
        (min(0, each.stretches[0][0]) if _may_be_absent(spec, name, option) else each.stretches[0][0], each.last)
        for option, name, each in known
    ]
    whole = all(each.step == int(each.step) and each.base == int(each.base) for _, _, each in known)
    least, most = max(sum(each[0] for each in ends), -MOST), min(sum(each[1] for each in ends), MOST)
    return _Numbers(((least, most),), 1 if whole else _FINEST)


def _pixels(spec: ModelSpec, option: OptionSpec) -> _Numbers | None:
    names = [option.pixels] if isinstance(option.pixels, str) else option.pixels or []
    named = [spec.options.get(each) for each in names]
    unit = option.unit or 1
    if len(named) == 1 and named[0] is not None:
        return _areas(named[0], unit)
    sides = [_numbers(spec, name) for name, each in zip(names, named, strict=True) if each is not None and each.number]
    if len(sides) != _SIDES or None in sides:
        return None
    ends = [(each.stretches[0][0], each.last) for each in sides if each is not None]
    corners = [min(max(one * other, -MOST), MOST) for one, other in product(*ends)]
    return _Numbers(((_units(min(corners), unit), _units(max(corners), unit)),))


def _areas(option: OptionSpec, unit: int) -> _Numbers | None:
    listed = [pair(each, "x") for each in values_of(option)]
    areas = [_units(each[0] * each[1], unit) for each in listed if each is not None]
    if is_listed(option):
        points = tuple((each, each) for each in sorted({*areas}))
        return _Numbers(points) if points else None
    if option.size is None:
        return None
    least, most = _area(option.size)
    ends = [*areas, _units(least, unit), MOST if most is None else _units(most, unit)]
    return _Numbers(((min(ends), max(ends)),))


def _area(rule: SizeSpec) -> tuple[int, int | None]:
    """Return the least and the greatest number of pixels, as far as edges and area tell."""
    edge, area = rule.edge, rule.area
    least = [1, area.min if area and area.min else 1, edge.min**2 if edge and edge.min else 1]
    most = [area.max if area else None, edge.max**2 if edge and edge.max is not None else None]
    return max(least), min((each for each in most if each is not None), default=None)


def _units(pixels: Number, unit: int) -> int:
    return min(_whole(Decimal(pixels) / unit), MOST)
