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

from imgrules.compiler.lower.convert import to_number
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.bounds import SizeSpec
from imgrules.compiler.spec.model import ModelSpec, OptionSpec
from imgrules.compiler.spec.rule_set import RuleSet, as_names, is_listed, values_of
from imgrules.quoting import quoted
from imgrules.table.measures import MOST, pair
from imgrules.table.terms import Number

CODE = Code("IR224", "range-gap", Severity.ERROR, __doc__)

_SIDES = 2
_FINEST = Decimal("1E-18")  # where no step is stated: smaller than any difference that an author writes


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers that an option can be: closed intervals, in ascending order, in which neighbours differ by a step."""

    intervals: tuple[tuple[Number, Number], ...]
    step: Number = 1
    base: Number = 0

    def first_from(self, least: Number) -> Number | None:
        """Return the smallest of the numbers that is at least `least`, or None."""
        for low, high in self.intervals:
            start = max(low, least)
            number = start if start == low else self.base + _rounded_up((Decimal(start) - self.base) / self.step) * self.step
            if number <= high:
                return number
        return None

    def last_below(self, least: Number) -> Number:
        """Return the greatest of the numbers below `least`, which is one of them."""
        return max(min(high, least - self.step) for low, high in self.intervals if low < least)

    @property
    def last(self) -> Number:
        """Return the greatest of the numbers."""
        return self.intervals[-1][1]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its range, both ends included."""

    name: str
    min: Number
    max: Number


def check(rules: RuleSet) -> Iterator[Finding]:
    """Find words for ranges that overlap, leave a gap, or contain no number."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            if option.of is None:
                continue
            numbers = _numbers(spec, option.of) if values_of(option) else None
            words = sorted(_words(option), key=lambda word: (word.min, word.max))
            if numbers is None or len(words) != len(values_of(option)) or any(word.min > word.max for word in words):
                continue
            empty = [word for word in words if not _contains_any(numbers, word.min, word.max)]
            yield from (_empty_range(model, name, str(option.of), word, numbers) for word in empty)
            yield from _between(model, name, [word for word in words if word not in empty], numbers)


def _words(option: OptionSpec) -> Iterator[_Word]:
    for name, details in values_of(option).items():
        if details.is_ is not None:
            least, most = details.is_.min, details.is_.max
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
    following = numbers.first_from(most)
    return numbers.first_from(most + numbers.step) if following == most else following


def _contains_any(numbers: _Numbers, least: Number, most: Number) -> bool:
    number = numbers.first_from(least)
    return number is not None and number <= most


def _empty_range(model: str, name: str, source: str, word: _Word, numbers: _Numbers) -> Finding:
    place = Place((*_path(name), word.name, "is"), file=model)
    bounds = f"{quoted(source)} is {_range_text(numbers.intervals[0][0], numbers.last)}"
    return Finding(
        CODE,
        f"the range of {quoted(word.name)} contains no possible number",
        place,
        f"{bounds}; fix the range, or delete the value",
    )


def _overlap(model: str, name: str, word: _Word, before: _Word, shared: Number) -> Finding:
    message = f"both {quoted(before.name)} and {quoted(word.name)} are names for {to_number(shared)}"
    related = ((Place((*_path(name), before.name, "is"), file=model), "the other range"),)
    hint = "let one range begin after the other ends"
    return Finding(CODE, message, Place((*_path(name), word.name, "is"), file=model), hint, related)


def _gap(model: str, name: str, least: Number, following: Number | None, numbers: _Numbers) -> Finding:
    # The last number without a word is one step before the next number that has one.
    most = numbers.last if following is None else numbers.last_below(following)
    hint = "add a value for it, or widen a range"
    if numbers.step == _FINEST:
        hint = "give the number a `step`, and each step a range"
        return Finding(CODE, f"{quoted(name)} leaves gaps between its ranges", _place(model, name), hint)
    return Finding(CODE, f"{quoted(name)} has no range for {_range_text(least, most)}", _place(model, name), hint)


def _place(model: str, name: str) -> Place:
    return Place(_path(name), on_key=True, file=model)


def _path(name: str) -> Path:
    return ("options", name, "values")


def _range_text(least: Number, most: Number) -> str:
    if least == most:
        return str(to_number(least))
    if least > -MOST and most < MOST:
        return f"{least} to {most}"
    return f"at least {least}" if least > -MOST else f"at most {most}" if most < MOST else "any number"


def _rounded_up(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_CEILING))


def _numbers(spec: ModelSpec, name: str, cache: dict[str, _Numbers | None] | None = None) -> _Numbers | None:
    """Return the numbers that an option or the length of a list can be, or None if unknown; results are kept in `cache`."""
    cache = {} if cache is None else cache
    if name not in cache:
        # Options in a dependency cycle stay unknown.
        cache[name] = None
        cache[name] = _compute_numbers(spec, name, cache)
    return cache[name]


def _compute_numbers(spec: ModelSpec, name: str, cache: dict[str, _Numbers | None]) -> _Numbers | None:
    option = spec.options.get(name)
    if option is None:
        return None
    if option.number is not None:
        bounds = option.number
        step = _FINEST if isinstance(bounds.step, str) else bounds.step or 1
        low, high = -MOST if bounds.min is None else bounds.min, MOST if bounds.max is None else bounds.max
        return _Numbers(((low, high),), step, bounds.min or 0) if low <= high else None
    if option.many is not None:
        least, most = option.many.min or 0, MOST if option.many.max is None else option.many.max
        absent = ((0, 0),) if least > 0 and _may_be_absent(spec, name, option) else ()
        return _Numbers((*absent, (least, most))) if least <= most else None
    if option.pixels is not None:
        return _pixels(spec, option)
    return None if option.total is None else _total(spec, option.total, cache)


def _may_be_absent(spec: ModelSpec, name: str, option: OptionSpec) -> bool:
    ignored = any(name in as_names(limit.ignores) for limit in spec.limits or ())
    return bool(option.optional or option.when is not None or ignored)


def _total(spec: ModelSpec, names: list[str], cache: dict[str, _Numbers | None]) -> _Numbers | None:
    parts = {name: _numbers(spec, name, cache) for name in names}
    if None in parts.values() or not parts:
        return None
    summands = [(spec.options[name], name, numbers) for name, numbers in parts.items() if numbers is not None]
    # What is not picked counts as 0.
    bounds = [
        (min(0, numbers.intervals[0][0]) if _may_be_absent(spec, name, option) else numbers.intervals[0][0], numbers.last)
        for option, name, numbers in summands
    ]
    whole = all(numbers.step == int(numbers.step) and numbers.base == int(numbers.base) for _, _, numbers in summands)
    least, most = max(sum(ends[0] for ends in bounds), -MOST), min(sum(ends[1] for ends in bounds), MOST)
    return _Numbers(((least, most),), 1 if whole else _FINEST)


def _pixels(spec: ModelSpec, option: OptionSpec) -> _Numbers | None:
    names = [option.pixels] if isinstance(option.pixels, str) else option.pixels or []
    options = [spec.options.get(name) for name in names]
    unit = option.unit or 1
    if len(options) == 1 and options[0] is not None:
        return _areas(options[0], unit)
    sides = [
        _numbers(spec, name)
        for name, candidate in zip(names, options, strict=True)
        if candidate is not None and candidate.number
    ]
    if len(sides) != _SIDES or None in sides:
        return None
    ends = [(side.intervals[0][0], side.last) for side in sides if side is not None]
    corners = [min(max(width * height, -MOST), MOST) for width, height in product(*ends)]
    return _Numbers(((_units(min(corners), unit), _units(max(corners), unit)),))


def _areas(option: OptionSpec, unit: int) -> _Numbers | None:
    sizes = [pair(value, "x") for value in values_of(option)]
    areas = [_units(size[0] * size[1], unit) for size in sizes if size is not None]
    if is_listed(option):
        points = tuple((area, area) for area in sorted({*areas}))
        return _Numbers(points) if points else None
    if option.size is None:
        return None
    least, most = _area(option.size)
    ends = [*areas, _units(least, unit), MOST if most is None else _units(most, unit)]
    return _Numbers(((min(ends), max(ends)),))


def _area(rule: SizeSpec) -> tuple[int, int | None]:
    """Return the least and the greatest number of pixels, as far as edge and area state them."""
    edge, area = rule.edge, rule.area
    least = [1, area.min if area and area.min else 1, edge.min**2 if edge and edge.min else 1]
    most = [area.max if area else None, edge.max**2 if edge and edge.max is not None else None]
    return max(least), min((bound for bound in most if bound is not None), default=None)


def _units(pixels: Number, unit: int) -> int:
    return min(_rounded_up(Decimal(pixels) / unit), MOST)
