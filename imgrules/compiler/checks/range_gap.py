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
class _Word:
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
            words = sorted(_words(option), key=lambda word: (word.min, word.max))
            if numbers is None or len(words) != len(values_of(option)) or any(word.min > word.max for word in words):
                continue
            empty = [word for word in words if not numbers.has_any_in(word.min, word.max)]
            yield from (_empty_range(model, name, str(option.of), word, numbers) for word in empty)
            yield from _between(model, name, [word for word in words if word not in empty], numbers)


def _words(option: OptionSpec) -> Iterator[_Word]:
    for name, details in values_of(option).items():
        if details.is_ is not None:
            least, most = details.is_.min, details.is_.max
            yield _Word(name, -MOST if least is None else least, MOST if most is None else most)


def _between(model: str, name: str, words: list[_Word], numbers: PossibleNumbers) -> Iterator[Finding]:
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


def _after(numbers: PossibleNumbers, reached: Number | None, most: Number) -> Number | None:
    if reached is None or reached > most:
        return reached
    following = numbers.first_from(most)
    return numbers.first_from(most + numbers.step) if following == most else following


def _empty_range(model: str, name: str, source: str, word: _Word, numbers: PossibleNumbers) -> Finding:
    place = Place((*_path(name), word.name, "is"), file=model)
    bounds = f"{quoted(source)} is {range_text(numbers.least, numbers.greatest)}"
    return Finding(
        CODE,
        f"the range of {quoted(word.name)} contains no possible number",
        place,
        f"{bounds}; fix the range, or delete the value",
    )


def _overlap(model: str, name: str, word: _Word, before: _Word, shared: Number) -> Finding:
    message = f"the ranges of {quoted(before.name)} and {quoted(word.name)} both contain {to_number(shared)}"
    related = ((Place((*_path(name), before.name, "is"), file=model), "the other range"),)
    hint = "let one range begin after the other ends"
    return Finding(CODE, message, Place((*_path(name), word.name, "is"), file=model), hint, related)


def _gap(model: str, name: str, least: Number, following: Number | None, numbers: PossibleNumbers) -> Finding:
    # The last number without a word is one step before the next number that has one.
    most = numbers.greatest if following is None else numbers.last_below(following)
    hint = "add a value for it, or widen a range"
    if numbers.step == FINEST:
        hint = "give the number a `step:`, so that the ranges can contain all its steps"
        return Finding(CODE, f"{quoted(name)} leaves gaps between its ranges", _place(model, name), hint)
    return Finding(CODE, f"{quoted(name)} has no range for {range_text(least, most)}", _place(model, name), hint)


def _place(model: str, name: str) -> Place:
    return Place(_path(name), on_key=True, file=model)


def _path(name: str) -> Path:
    return ("options", name, "values")
