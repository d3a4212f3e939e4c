"""
named ranges that overlap or leave a gap

What: in an option with `of`, two ranges contain the same number, a possible number is in no range, or a range contains no
possible number.
Why: every number that can be picked needs exactly one range; otherwise the value of the option is not defined for it.

Avoid:
    mode: {of: references, values: {edit: {is: {min: 1, max: 2}}, compose: {is: {min: 2}}}}
Prefer:
    mode: {of: references, values: {generate: {is: {max: 0}}, edit: {is: {min: 1, max: 2}}, compose: {is: {min: 3}}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imgrules.compiler.lower.convert import to_number
from imgrules.compiler.lower.facts import facts_of_model
from imgrules.compiler.lower.possible_numbers import FINEST, PossibleNumbers, range_text
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.model import OptionSpec
from imgrules.compiler.spec.rule_set import RuleSet, values_of
from imgrules.quoting import quoted
from imgrules.table.measures import MOST
from imgrules.table.terms import Number

CODE = Code("IR224", "range-gap", Severity.ERROR, __doc__)


@dataclass(frozen=True, slots=True)
class _NamedRange:
    """A value of an option with `of`: the name of a range of numbers, and the range with both ends included."""

    name: str
    min: Number
    max: Number


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each range that overlaps another or contains no possible number, and for each gap between ranges."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            if option.of is None:
                continue
            source = facts_of_model(rules, model).get(option.of)
            numbers = source.numbers if source is not None and values_of(option) else None
            ranges = sorted(_named_ranges(option), key=lambda named_range: (named_range.min, named_range.max))
            if (
                numbers is None
                or len(ranges) != len(values_of(option))
                or any(named_range.min > named_range.max for named_range in ranges)
            ):
                continue
            empty = [named_range for named_range in ranges if not numbers.has_any_in(named_range.min, named_range.max)]
            yield from (_empty_range(model, name, str(option.of), named_range, numbers) for named_range in empty)
            yield from _between(model, name, [named_range for named_range in ranges if named_range not in empty], numbers)


def _named_ranges(option: OptionSpec) -> Iterator[_NamedRange]:
    for name, details in values_of(option).items():
        if details.is_ is not None:
            least, most = details.is_.min, details.is_.max
            yield _NamedRange(name, -MOST if least is None else least, MOST if most is None else most)


def _between(model: str, name: str, ranges: list[_NamedRange], numbers: PossibleNumbers) -> Iterator[Finding]:
    reached, previous = numbers.first_from(-MOST), None
    for named_range in ranges:
        if previous is not None:
            shared = numbers.first_from(max(named_range.min, previous.min))
            if shared is not None and shared <= min(named_range.max, previous.max):
                yield _overlap(model, name, named_range, previous, shared)
        if reached is not None and named_range.min > reached:
            yield _gap(model, name, reached, numbers.first_from(named_range.min), numbers)
        reached = _after(numbers, reached, named_range.max)
        previous = named_range if previous is None or named_range.max >= previous.max else previous
    if reached is not None:
        yield _gap(model, name, reached, None, numbers)


def _after(numbers: PossibleNumbers, reached: Number | None, most: Number) -> Number | None:
    if reached is None or reached > most:
        return reached
    following = numbers.first_from(most)
    return numbers.first_from(most + numbers.step) if following == most else following


def _empty_range(model: str, name: str, source: str, named_range: _NamedRange, numbers: PossibleNumbers) -> Finding:
    place = Place((*_path(name), named_range.name, "is"), file=model)
    bounds = f"{quoted(source)} is {range_text(numbers.least, numbers.greatest)}"
    return Finding(
        CODE,
        f"the range of {quoted(named_range.name)} contains no possible number",
        place,
        f"{bounds}; fix the range, or delete the value",
    )


def _overlap(model: str, name: str, named_range: _NamedRange, previous: _NamedRange, shared: Number) -> Finding:
    message = f"the ranges of {quoted(previous.name)} and {quoted(named_range.name)} both contain {to_number(shared)}"
    related = ((Place((*_path(name), previous.name, "is"), file=model), "the other range"),)
    hint = "let one range begin after the other ends"
    return Finding(CODE, message, Place((*_path(name), named_range.name, "is"), file=model), hint, related)


def _gap(model: str, name: str, least: Number, following: Number | None, numbers: PossibleNumbers) -> Finding:
    # The last number without a word is one step before the next number that has one.
    most = numbers.greatest if following is None else numbers.last_below(following)
    hint = "add a value for it, or widen a range"
    if numbers.step == FINEST:
        hint = "the number may be any decimal; give it a step, such as `step: 0.1`, or let the ranges meet"
        begin = f"from {to_number(least)} on" if least == numbers.least else f"above {to_number(least - FINEST)}"
        message = f"{quoted(name)} has no range for some numbers {begin}"
        return Finding(CODE, message, _place(model, name), hint)
    return Finding(CODE, f"{quoted(name)} has no range for {range_text(least, most)}", _place(model, name), hint)


def _place(model: str, name: str) -> Place:
    return Place(_path(name), on_key=True, file=model)


def _path(name: str) -> Path:
    return ("options", name, "values")
