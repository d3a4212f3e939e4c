"""Candidates for an option in a repair: values that it takes, nearest first, or no value at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, pairwise
from math import floor
from typing import Any, NamedTuple

from imgrules.engine.decision_records import ViolationCode
from imgrules.engine.normalize import meaning_at_any_time
from imgrules.engine.request_caps import ENTRIES
from imgrules.refusals.faults import option_faults
from imgrules.refusals.repairs.boundaries import Boundaries, words
from imgrules.refusals.suggest import nearest
from imgrules.table.exact import divide, written
from imgrules.table.measures import (
    entries,
    exact,
    limits,
    nearest_size,
    number_in,
    pair,
    shortest_text,
    stepped,
    within,
)
from imgrules.table.options import Option
from imgrules.table.terms import Number, Numbers, Ratios, Sizes, Text

NOTHING = object()
"""Stands in place of a value if the option is not picked."""

MEANT, CHANGED, DROPPED, ADDED = range(4)
"""The rank of a candidate: what the caller probably meant, another value, no value, or a value for an option not picked."""


class Candidate(NamedTuple):
    """A value that an option takes, or `NOTHING`, and its rank: a lower one is nearer to the caller's pick."""

    value: Any
    rank: int


def is_written(option: Option, value: object) -> bool:
    """Whether a value is a free text of the caller, which is never shortened, lengthened or replaced."""
    if option.text is None or option.many is not None or type(value) is not str:
        return False
    codes = {fault.code for fault in option_faults(option, value)}
    return codes <= {ViolationCode.TEXT_LENGTH, ViolationCode.WRONG_TYPE}


def repaired(boundaries: Boundaries, option: Option, given: Any) -> list[Candidate]:
    """Return the candidates for a pick that is invalid alone: what was probably meant, no value, or any other value."""
    meant = _meant(option, given)
    candidates = [Candidate(value, MEANT) for value in meant]
    if may_be_absent(option):
        # Removing the pick is the best repair only if no meaning can be guessed.
        candidates.append(Candidate(NOTHING, DROPPED if meant else MEANT))
    start = given if option.many is None else meant[0] if meant else ()
    candidates += (Candidate(value, CHANGED) for value in _accepted_values(boundaries, option, start))
    return _accepted(option, candidates)


def replacements(boundaries: Boundaries, option: Option, picked: Any, *, filler: bool) -> list[Candidate]:
    """
    Return the candidates for an option in place of what is picked, which may be `NOTHING`.

    With `filler`, texts of dashes are candidates too: a search for any possible selection needs texts although no caller
    wrote one.
    """
    missing = picked is NOTHING
    rank = CHANGED
    if missing:
        rank = ADDED if option.optional else CHANGED if _has_default(option) else MEANT
    start = boundaries.values.get(option.name) if missing else picked
    candidates = [Candidate(value, rank) for value in _accepted_values(boundaries, option, start)]
    if filler:
        candidates += (Candidate(value, rank) for value in _filler_values(boundaries, option))
    if not missing and may_be_absent(option):
        candidates.append(Candidate(NOTHING, DROPPED))
    valid = _accepted(option, candidates)
    return [candidate for candidate in valid if candidate.value is NOTHING or candidate.value != picked]


def may_be_absent(option: Option) -> bool:
    """Whether there is a selection without this option."""
    return bool(option.optional or option.when or option.ignored or _has_default(option))


def _has_default(option: Option) -> bool:
    return option.default is not None or option.defaults is not None


def _accepted(option: Option, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates that the option takes, deduplicated by value."""
    valid: dict[Any, Candidate] = {}
    for candidate in candidates:
        key = plain_key(candidate.value)
        if key not in valid and (candidate.value is NOTHING or not any(option_faults(option, candidate.value))):
            valid[key] = candidate
    return list(valid.values())


def plain_key(value: Any) -> Any:
    """Return a hashable key of a value of an option: a list becomes a tuple."""
    return tuple(value) if type(value) is list else value


def _meant(option: Option, given: Any) -> list[Any]:
    """Return the values that were probably meant by a wrong one: several where equals replace a retired value."""
    listed = entries(given)
    if option.many is not None:
        return [] if not listed else _meant_list(option, listed)
    meant_words = _meant_words(option, given)
    if meant_words:
        return meant_words
    if option.number is not None:
        number = _number(given)
        return [] if number is None else [stepped(number, option.number)]
    size = None if option.size is None else pair(given, "x")
    if option.size is not None and size is not None:
        near = nearest_size(size, option.size)
        return [] if near is None else [f"{near[0]}x{near[1]}"]
    ratio = pair(given, ":")
    return [] if option.ratio is None or ratio is None else [_nearest_ratio(ratio, option.ratio)]


def _meant_words(option: Option, given: Any) -> list[str]:
    """Return the listed values that were probably meant: those to use for a retired one, the target of an alias, or a typo."""
    if type(given) is not str:
        number = exact(given)
        spelled = None if number is None else written(number)
        return [spelled] if spelled is not None and spelled in option.values else []
    gone = option.gone.get(given)
    if gone is not None and gone.use:
        return [*gone.use]
    meant = meaning_at_any_time(option.aliases, given) or nearest(given, option.values)
    return [] if meant is None else [meant]


def _number(given: Any) -> Number | None:
    return number_in(given) if type(given) is str else exact(given)


def _nearest_ratio(ratio: tuple[int, int], rule: Ratios) -> str | None:
    least = pair(rule.min, ":")
    if least is not None and ratio[0] * least[1] < least[0] * ratio[1]:
        return rule.min
    return rule.max


def _meant_list(option: Option, listed: Sequence[Any]) -> list[Any]:
    """Return the valid entries of a list, truncated to as many as the option may have, in a list, or an empty list."""
    if len(listed) > ENTRIES:
        return []
    most = int(limits(option.many or Numbers())[1])
    truncated = listed[: most if len(listed) > most else None]
    single = Option(option.name, option.label, option.values, text=option.text, many=Numbers(0), gone=option.gone)
    repaired_entries = (
        [entry] if not any(option_faults(single, [entry])) else _meant_words(option, entry) for entry in truncated
    )
    valid = [entries[0] for entries in repaired_entries if entries]
    return [valid] if valid else []


def _accepted_values(boundaries: Boundaries, option: Option, given: Any) -> Iterator[Any]:
    """Yield values that an option takes, nearest to the given one first: those at boundaries of rules, then listed ones."""
    if option.many is not None:
        yield from _lists(option, given, boundaries.of(option.name))
        return
    if option.number is not None:
        yield from _numbers(option.number, _number(given), boundaries.of(option.name))
    if option.size is not None:
        yield from _sizes(option.size, pair(given, "x"), boundaries.of(option.name))
        yield from _sizes_by_side(option.size, pair(given, "x") or (1024, 1024), boundaries.sides_of(option.name))
    if option.ratio is not None:
        yield from (ratio for ratio in ("1:1", option.ratio.min, option.ratio.max) if ratio is not None)
    yield from option.values
    if not option.listed:
        yield from words(boundaries.model, option.name)


def _numbers(rule: Numbers, given: Number | None, boundaries: Sequence[Fraction]) -> Iterator[Number]:
    ends = [Fraction(end) for end in (rule.min, rule.max) if end is not None]
    points = sorted({*boundaries, *ends, Fraction(0)} if not ends else {*boundaries, *ends})
    if rule.step is None:
        midpoints = ((low + high) / 2 for low, high in pairwise(points))
        numbers = [_decimal(point) for point in chain(points, midpoints)]
    else:
        numbers = [number for point in points for number in _on_steps(point, rule)]
    wanted = Fraction(given) if given is not None else points[0] if rule.min is not None else Fraction(0)
    accepted = (number for number in numbers if within(number, rule))
    yield from sorted(accepted, key=lambda number: abs(Fraction(number) - wanted))


def _on_steps(boundary: Fraction, rule: Numbers) -> Iterator[Number]:
    """Yield the numbers on a step next to a boundary: below, at and above it."""
    base, step = Fraction(rule.min or 0), Fraction(rule.step or 1)
    steps = floor((boundary - base) / step)
    for offset in (-1, 0, 1):
        yield _decimal(base + (steps + offset) * step)


def _decimal(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else divide(value.numerator, value.denominator)


def _sizes(rule: Sizes, given: tuple[int, int] | None, boundaries: Sequence[Fraction]) -> Iterator[str]:
    least, most = limits(rule.area)
    areas = [floor(boundary) for boundary in boundaries]
    lower = (Numbers(rule.area.min, min(area, most), rule.area.step) for area in areas)
    upper = (Numbers(max(area + 1, least), rule.area.max, rule.area.step) for area in areas)
    for area_rule in (rule.area, *lower, *upper):
        near = nearest_size(given or (1024, 1024), Sizes(rule.edge, area_rule, rule.ratio))
        if near is not None:
            yield f"{near[0]}x{near[1]}"


def _sizes_by_side(rule: Sizes, given: tuple[int, int], sides: Iterable[tuple[str, int]]) -> Iterator[str]:
    """Yield the sizes nearest to a given one whose longest or shortest side is next to a boundary: below, at and above it."""
    step = int(rule.edge.step or 1)
    lengths = {"longest": max(given), "shortest": min(given)}
    for side, bound in sorted(sides, key=lambda boundary: abs(boundary[1] - lengths[boundary[0]])):
        edge = lengths[side]
        below = nearest_size(
            given, Sizes(Numbers(rule.edge.min, min(bound, limits(rule.edge)[1]), step), rule.area, rule.ratio)
        )
        scaled = (nearest_size(_scaled(given, end, edge), rule) for end in (bound, bound + step) if end > 0)
        yield from (f"{size[0]}x{size[1]}" for size in (below, *scaled) if size is not None)


def _scaled(size: tuple[int, int], wanted: int, edge: int) -> tuple[int, int]:
    """Return a size scaled so that a side of length `edge` has the wanted length; no side is shorter than a pixel."""
    width, height = (max(side * wanted // edge, 1) for side in size)
    return width, height


def _lists(option: Option, given: Any, boundaries: Sequence[Fraction]) -> Iterator[list[Any]]:
    """Yield the given list truncated or extended to each length at a boundary of a rule; only listed values are added."""
    held = list(entries(given) or ())
    unique = frozenset(held)
    extra = [value for value in option.values if value not in unique]
    rule = option.many or Numbers()
    bounds = (int(rule.min or 0), *(floor(boundary) for boundary in boundaries))
    lengths = {bound + offset for bound in bounds for offset in (-1, 0, 1)} | {len(held)}
    for length in sorted(lengths, key=lambda length: (abs(length - len(held)), -length)):
        # An empty list means the same as no list, which is a candidate already where the option may be absent.
        least = 1 if may_be_absent(option) else 0
        if least <= length <= len(held) + len(extra) and within(length, rule):
            yield (held + extra)[:length]


def _filler_values(boundaries: Boundaries, option: Option) -> Iterator[Any]:
    """Yield texts of dashes, or lists of them, of a length that the option takes."""
    text = option.text or Text()
    filler = shortest_text(text, "-") if any(rule.shortest for rule in text.rules) else ""
    if option.many is not None and not option.values:
        bounds = {int(option.many.min or 0), *(floor(boundary) for boundary in boundaries.of(option.name))}
        lengths = sorted(bound + offset for bound in bounds for offset in (0, 1) if 0 <= bound < _MOST_FILLERS)
        yield from ([filler] * length for length in lengths)
    elif option.text is not None:
        yield filler


_MOST_FILLERS = 100  # a longer list of fillers is not tried
