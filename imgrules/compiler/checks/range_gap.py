"""
named ranges that overlap or leave a gap

What: in an option with `of`, two ranges contain the same number, a possible number is in no range, or a range contains no
possible number.
Why: every number that can be picked needs exactly one range; otherwise the value of the option is not defined for it.

Avoid:
    mode: {of: references, values: {edit: {min: 1, max: 2}, compose: {min: 2}}}
Prefer:
    mode: {of: references, values: {generate: {max: 0}, edit: {min: 1, max: 2}, compose: {min: 3}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.lower.convert import to_number
from imgrules.compiler.lower.known_options import known_options_of_model
from imgrules.compiler.lower.possible_numbers import FINEST, PossibleNumbers, range_text
from imgrules.compiler.report.diagnostics import Code, Finding, Place, Severity
from imgrules.compiler.spec.model import Measure, OptionSpec
from imgrules.compiler.spec.rule_set import RuleSet, source_names, values_of
from imgrules.quoting import quoted
from imgrules.table.exact import written
from imgrules.table.measures import MOST
from imgrules.table.record_base import record
from imgrules.table.terms import Number

CODE = Code("IR224", "range-gap", Severity.ERROR, __doc__)


@record
class _NamedRange:
    """A value of an option with `of`: the name of a range of numbers, and the range with both ends included."""

    name: str
    min: Number
    max: Number


@record
class _Computed:
    """An option with `of`: its model, its name, and what its ranges are about, such as `the longest side of 'size'`."""

    model: str
    name: str
    measure: str
    is_measured: bool
    """Whether it has a `measure`, and is not the number itself."""
    step: str
    """A step on which all ends of its ranges are, such as `0.1`."""

    def place(self, *word: str) -> Place:
        """Return the place of a word of the option, or without one that of all its words."""
        return Place(("options", self.name, "values", *word), on_key=not word, file=self.model)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each range that overlaps another or contains no possible number, and for each gap between ranges."""
    for model, spec in rules.models.items():
        for name, option in spec.options.items():
            if option.of is None or not values_of(option):
                continue
            numbers = known_options_of_model(rules, model)[name].measured
            ranges = sorted(_named_ranges(option), key=lambda named_range: (named_range.min, named_range.max))
            if (
                numbers is None
                or len(ranges) != len(values_of(option))
                or any(named_range.min > named_range.max for named_range in ranges)
            ):
                continue
            empty = [named_range for named_range in ranges if not numbers.has_any_in(named_range.min, named_range.max)]
            computed = _Computed(model, name, _measure(option), option.measure is not None, _step(option))
            yield from (_empty_range(computed, named_range, numbers) for named_range in empty)
            yield from _between(computed, [named_range for named_range in ranges if named_range not in empty], numbers)


def _named_ranges(option: OptionSpec) -> Iterator[_NamedRange]:
    for name, details in values_of(option).items():
        if details.min is not None or details.max is not None:
            yield _NamedRange(name, -MOST if details.min is None else details.min, MOST if details.max is None else details.max)


def _step(option: OptionSpec) -> str:
    """Return the step with as many decimals as the ends of the ranges of an option, at least one."""
    ends = (end for details in values_of(option).values() for end in (details.min, details.max) if end is not None)
    decimals = max((len(written(end).partition(".")[2]) for end in ends), default=1)
    return f"0.{'0' * (decimals - 1)}1"


def _measure(option: OptionSpec) -> str:
    """Return what the ranges of a computed option are about, for a message, such as `the longest side of 'size'`."""
    names = " and ".join(map(quoted, source_names(option)))
    if option.measure is None:
        return names
    side = "" if option.measure in {Measure.PIXELS, Measure.TOTAL} else " side"
    unit = f" in units of {option.unit}" if option.unit is not None else ""
    return f"the {option.measure.value}{side} of {names}{unit}"


def _between(computed: _Computed, ranges: list[_NamedRange], numbers: PossibleNumbers) -> Iterator[Finding]:
    reached, previous = numbers.first_from(-MOST), None
    for named_range in ranges:
        if previous is not None:
            shared = numbers.first_from(max(named_range.min, previous.min))
            if shared is not None and shared <= min(named_range.max, previous.max):
                yield _overlap(computed, named_range, previous, shared, numbers)
        if reached is not None and named_range.min > reached:
            yield _gap(computed, reached, numbers.first_from(named_range.min), numbers)
        reached = _after(numbers, reached, named_range.max)
        previous = named_range if previous is None or named_range.max >= previous.max else previous
    if reached is not None:
        yield _gap(computed, reached, None, numbers)


def _after(numbers: PossibleNumbers, reached: Number | None, most: Number) -> Number | None:
    if reached is None or reached > most:
        return reached
    following = numbers.first_from(most)
    return numbers.first_from(most + numbers.step) if following == most else following


def _empty_range(computed: _Computed, named_range: _NamedRange, numbers: PossibleNumbers) -> Finding:
    bounds = f"{computed.measure} is {range_text(numbers.least, numbers.greatest)}"
    return Finding(
        CODE,
        f"the range of {quoted(named_range.name)} contains no possible number",
        computed.place(named_range.name),
        f"{bounds}; fix the range, or delete the value",
    )


def _overlap(
    computed: _Computed, named_range: _NamedRange, previous: _NamedRange, shared: Number, numbers: PossibleNumbers
) -> Finding:
    message = f"the ranges of {quoted(previous.name)} and {quoted(named_range.name)} both contain {to_number(shared)}"
    message += f" as {computed.measure}" if computed.is_measured else ""
    related = ((computed.place(previous.name), "the other range"),)
    hint = "let one range begin after the other ends"
    if numbers.step == FINEST:
        # Of numbers without a step there is always one between two ranges that do not share one.
        hint = f"{_stepless(computed)}, and let one range begin one step after the other ends"
    return Finding(CODE, message, computed.place(named_range.name), hint, related)


def _stepless(computed: _Computed) -> str:
    """Return the hint for numbers without a step, of which ranges can never name each exactly once."""
    if computed.is_measured:
        return f"{computed.measure} may be any decimal; let it be the sum of whole numbers"
    return f"the number may be any decimal; give it a step, such as `step: {computed.step}`"


def _gap(computed: _Computed, least: Number, following: Number | None, numbers: PossibleNumbers) -> Finding:
    # The last number without a word is one step before the next number that has one.
    most = numbers.greatest if following is None else numbers.last_below(following)
    hint = "add a value for it, or widen a range"
    if numbers.step == FINEST:
        hint = _stepless(computed)
        begin = f"from {to_number(least)} on" if least == numbers.least else f"above {to_number(least - FINEST)}"
        return Finding(CODE, f"{quoted(computed.name)} has no range for some numbers {begin}", computed.place(), hint)
    lacking = f"where {computed.measure} is" if computed.is_measured else "for"
    message = f"{quoted(computed.name)} has no range {lacking} {range_text(least, most)}"
    return Finding(CODE, message, computed.place(), hint)
