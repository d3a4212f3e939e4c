"""What an option might be instead of what it is: values that it takes, the nearest first, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, pairwise
from math import floor
from typing import Any, NamedTuple

from imgrules.engine.normalize import once_meant
from imgrules.engine.reasons import ViolationCode
from imgrules.engine.request_caps import ENTRIES
from imgrules.refusals.boundaries import Marks, words
from imgrules.refusals.constraints import option_faults
from imgrules.refusals.suggest import nearest
from imgrules.table.exact import divide, written
from imgrules.table.measures import (
    entries,
    exact,
    limits,
    nearest_size,
    number_in,
    pair,
    stepped,
    within,
)
from imgrules.table.records import Option
from imgrules.table.terms import Number, Numbers, Ratios, Sizes, Text

NOTHING = object()
"""Stands for an option that is not picked."""

MEANT, CHANGED, DROPPED, ADDED = range(4)
"""How much is taken from a caller: what was meant is set right, a pick is another, it is left out, or nobody asked for it."""


class Candidate(NamedTuple):
    """A value that an option takes, or `NOTHING`, and how much that takes from the caller."""

    value: Any
    rank: int


def is_written(option: Option, value: object) -> bool:
    """Whether this is a text of the caller's own, which is never shortened, lengthened or replaced."""
    if option.text is None or option.many is not None or type(value) is not str:
        return False
    kinds = {each.code for each in option_faults(option, value)}
    return kinds <= {ViolationCode.TEXT_LENGTH, ViolationCode.WRONG_TYPE}


def mended(marks: Marks, option: Option, given: Any) -> list[Candidate]:
    """Return what a pick that is wrong by itself might be: what was probably meant, then anything else, or nothing."""
    meant = _meant(option, given)
    found = [Candidate(each, MEANT) for each in meant]
    if may_be_absent(option):
        # What nobody can read is left out; what can be is not.
        found.append(Candidate(NOTHING, DROPPED if meant else MEANT))
    known = given if option.many is None else meant[0] if meant else ()
    found += (Candidate(each, CHANGED) for each in _takes(marks, option, known))
    return _sound(option, found)


def instead(marks: Marks, option: Option, picked: Any, *, filler: bool) -> list[Candidate]:
    """
    Return what an option might be instead of what is picked, or of nothing, beside what is there.

    With a filler, texts that nobody has written are stood for by a dash: for asking whether anything fits at all.
    """
    missing = picked is NOTHING
    rank = CHANGED
    if missing:
        rank = ADDED if option.optional else CHANGED if _has_default(option) else MEANT
    given = marks.values.get(option.name) if missing else picked
    found = [Candidate(each, rank) for each in _takes(marks, option, given)]
    if filler:
        found += (Candidate(each, rank) for each in _fillers(marks, option))
    if not missing and may_be_absent(option):
        found.append(Candidate(NOTHING, DROPPED))
    return [each for each in _sound(option, found) if each.value is NOTHING or each.value != picked]


def may_be_absent(option: Option) -> bool:
    """Whether there is a selection without this option."""
    return bool(option.optional or option.when or option.ignored or _has_default(option))


def _has_default(option: Option) -> bool:
    return option.default is not None or option.defaults is not None


def _sound(option: Option, found: Iterable[Candidate]) -> list[Candidate]:
    """Return what the option takes, each value once."""
    kept: dict[Any, Candidate] = {}
    for each in found:
        key = plain_key(each.value)
        if key not in kept and (each.value is NOTHING or not any(option_faults(option, each.value))):
            kept[key] = each
    return list(kept.values())


def plain_key(value: Any) -> Any:
    """Return what tells values apart that options take: lists are no keys of a dict."""
    return tuple(value) if type(value) is list else value


def _meant(option: Option, given: Any) -> list[Any]:
    """Return the value that was probably meant by a wrong one, if that can be told."""
    listed = entries(given)
    if option.many is not None:
        return [] if not listed else _shortened(option, listed)
    word = _word(option, given)
    if word is not None:
        return [word]
    if option.number is not None:
        number = _number(given)
        return [] if number is None else [stepped(number, option.number)]
    if option.size is not None:
        size = pair(given, "x")
        near = None if size is None else nearest_size(size, option.size)
        return [] if near is None else [f"{near[0]}x{near[1]}"]
    shape = pair(given, ":")
    return [] if option.ratio is None or shape is None else [_nearest_shape(shape, option.ratio)]


def _word(option: Option, given: Any) -> str | None:
    """Return the listed value that was probably meant: what took its place, what it was called, or what is spelled alike."""
    if type(given) is not str:
        number = exact(given)
        spelled = None if number is None else written(number)
        return spelled if spelled in option.values else None
    gone = option.gone.get(given)
    if gone is not None and gone.use is not None:
        return gone.use
    return once_meant(option.aliases, given) or nearest(given, option.values)


def _number(given: Any) -> Number | None:
    return number_in(given) if type(given) is str else exact(given)


def _nearest_shape(shape: tuple[int, int], rule: Ratios) -> str | None:
    least = pair(rule.min, ":")
    if least is not None and shape[0] * least[1] < least[0] * shape[1]:
        return rule.min
    return rule.max


def _shortened(option: Option, listed: Sequence[Any]) -> list[Any]:
    """Return the entries of a list that the option takes, as many of the first as it may have; none of far too many."""
    if len(listed) > ENTRIES:
        return []
    most = int(limits(option.many or Numbers())[1])
    known = listed[: most if len(listed) > most else None]
    one = Option(option.name, option.label, option.values, text=option.text, many=Numbers(0), gone=option.gone)
    sound = [each if not any(option_faults(one, [each])) else _word(option, each) for each in known]
    kept = [each for each in sound if each is not None]
    return [kept] if kept else []


def _takes(marks: Marks, option: Option, given: Any) -> Iterator[Any]:
    """Yield values that an option takes, nearest first: those at which a rule draws a line, and those that are listed."""
    if option.many is not None:
        yield from _lists(option, given, marks.of(option.name))
        return
    if option.number is not None:
        yield from _numbers(option.number, _number(given), marks.of(option.name))
    elif option.size is not None:
        yield from _sizes(option.size, pair(given, "x"), marks.of(option.name))
    elif option.ratio is not None:
        yield from (each for each in ("1:1", option.ratio.min, option.ratio.max) if each is not None)
    yield from option.values
    if not option.listed:
        yield from words(marks.model, option.name)


def _numbers(rule: Numbers, given: Number | None, lines: Sequence[Fraction]) -> Iterator[Number]:
    ends = [Fraction(each) for each in (rule.min, rule.max) if each is not None]
    known = sorted({*lines, *ends, Fraction(0)} if not ends else {*lines, *ends})
    if rule.step is None:
        between = ((one + other) / 2 for one, other in pairwise(known))
        tried = [_decimal(each) for each in chain(known, between)]
    else:
        tried = [each for mark in known for each in _on_steps(mark, rule)]
    wanted = Fraction(given) if given is not None else known[0] if rule.min is not None else Fraction(0)
    yield from sorted((each for each in tried if within(each, rule)), key=lambda each: abs(Fraction(each) - wanted))


def _on_steps(mark: Fraction, rule: Numbers) -> Iterator[Number]:
    """Yield the steps next to a line: below, at and above it."""
    base, step = Fraction(rule.min or 0), Fraction(rule.step or 1)
    at = floor((mark - base) / step)
    for more in (-1, 0, 1):
        yield _decimal(base + (at + more) * step)


def _decimal(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else divide(value.numerator, value.denominator)


def _sizes(rule: Sizes, given: tuple[int, int] | None, lines: Sequence[Fraction]) -> Iterator[str]:
    least, most = limits(rule.area)
    areas = [floor(each) for each in lines]
    lower = (Numbers(rule.area.min, min(each, most), rule.area.step) for each in areas)
    upper = (Numbers(max(each + 1, least), rule.area.max, rule.area.step) for each in areas)
    for area in (rule.area, *lower, *upper):
        near = nearest_size(given or (1024, 1024), Sizes(rule.edge, area, rule.ratio))
        if near is not None:
            yield f"{near[0]}x{near[1]}"


def _lists(option: Option, given: Any, lines: Sequence[Fraction]) -> Iterator[list[Any]]:
    """Yield the first entries of a list, as many as some rule asks for; only listed values are added to them."""
    held = list(entries(given) or ())
    known_already = frozenset(held)
    more = [each for each in option.values if each not in known_already]
    rule = option.many or Numbers()
    bounds = (int(rule.min or 0), *(floor(each) for each in lines))
    known = {each + step for each in bounds for step in (-1, 0, 1)} | {len(held)}
    for length in sorted(known, key=lambda each: (abs(each - len(held)), -each)):
        # To leave all of them out is to leave out the option, where that can be.
        least = 1 if may_be_absent(option) else 0
        if least <= length <= len(held) + len(more) and within(length, rule):
            yield (held + more)[:length]


def _fillers(marks: Marks, option: Option) -> Iterator[Any]:
    """Yield texts, or lists of them, of a length that the option takes; nobody has written them."""
    text = option.text or Text()
    blank = " ".join("-" * text.shortest) if text.unit == "words" else "-" * text.shortest
    if option.many is not None and not option.values:
        bounds = {int(option.many.min or 0), *(floor(each) for each in marks.of(option.name))}
        lengths = sorted(each + step for each in bounds for step in (0, 1) if 0 <= each < _FEW)
        yield from ([blank] * each for each in lengths)
    elif option.text is not None:
        yield blank


_FEW = 100
