"""The picks of each option and field: values, and regions of numbers and lengths in which the rules and a contract treat all alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

from imgrules.compiler.contract.judging.nodes import Known, Node, Range, Series, Words
from imgrules.compiler.lower.known_options import KnownOption, known_options_of_version
from imgrules.compiler.lower.possible_numbers import FINEST
from imgrules.compiler.samples.sample_selections import thresholds_of, values_to_try
from imgrules.table.caps import MOST_LIST
from imgrules.table.exact import add, multiply, steps, subtract, tidy
from imgrules.table.measures import MOST, fits_text, limits, shortest_text, stepped
from imgrules.table.options import Option
from imgrules.table.record_base import record
from imgrules.table.records import CAP, Field, Model, Table, fields_of
from imgrules.table.terms import Length, Number, Numbers, Text

_FEW = 16
"""So many numbers are looked at one by one."""

_MOST_REGIONS = 64
_MOST_ENTRIES = 64
_LONGEST_SAMPLE, _LONGEST_PLAIN = 1_000, 1_000_000  # characters of texts of several kinds, and of one plain text
_LONGEST_SIZE = 11  # characters of 99999x99999


@record
class Pick:
    """
    What can be picked for an option or a field: one value, nothing, or a region of values.

    `value` is a value of it to try, None for nothing, and `others` are further ones. `raw` is what it is before a leaf writes
    it, None for one known value. Unless `is_sample`, no value of the region was found, and `value` only stands for one.
    """

    value: Any
    raw: Node | None = None
    others: tuple[Any, ...] = ()
    is_sample: bool = True

    @property
    def samples(self) -> tuple[Any, ...]:
        """All values to try."""
        return (self.value, *self.others)


NOTHING = Pick(None)


def picks_of(table: Table, model: Model, constants: tuple[Any, ...]) -> dict[str, tuple[Pick, ...]]:
    """Return the picks of each option and field of a model in one period; `constants` are those of its contract."""
    known = known_options_of_version(model)
    numbers = [value for value in constants if type(value) in {int, float}]
    lengths = (
        *(value for value in numbers if type(value) is int),
        *(len(value) for value in constants if isinstance(value, str)),
    )
    sold = {name: dict.fromkeys(cell.values[at] for cell in model.cells) for at, name in enumerate(model.axes)}
    picks = {
        name: tuple(map(Pick, sold[name])) if name in sold else tuple(_of_option(model, known[name], numbers, lengths))
        for name in model.options
    }
    return {**picks, **{name: tuple(_of_field(field, numbers, lengths)) for name, field in fields_of(table, model).items()}}


def _of_option(model: Model, known: KnownOption, numbers: list[Any], lengths: tuple[int, ...]) -> Iterator[Pick]:
    option = known.option
    listed = () if option.many is not None else option.values
    yield from map(Pick, listed)
    rules = [*thresholds_of(model, option.name)]
    if option.many is not None:
        yield from _of_list(option, [*lengths, *map(int, rules)])
    elif option.follows is not None and not option.values:
        yield from _of_computed(known, [*numbers, *rules])
    elif option.number is not None:
        yield from _of_number(option.number, [*numbers, *rules])
    elif option.text is not None:
        yield from _of_text(option.text, lengths)
    yield from _by_rule(model, option)
    if _may_be_absent(known):
        yield NOTHING


def _may_be_absent(known: KnownOption) -> bool:
    option = known.option
    left_out = option.optional and option.default is None
    return left_out or option.conditional or option.fact or known.may_lack_source or option.defaults is not None


def _by_rule(model: Model, option: Option) -> Iterator[Pick]:
    """Yield the region of the sizes or ratios of an option that takes them by rule."""
    if option.size is not None or option.ratio is not None:
        samples = [value for value in values_to_try(model, option) if value not in option.values]
        # As of texts, one may exist where none was found.
        yield Pick(samples[0] if samples else "", Words(3, _LONGEST_SIZE), tuple(samples[1:]), is_sample=bool(samples))


def _of_computed(known: KnownOption, cuts: list[Any]) -> Iterator[Pick]:
    if known.measured is None:
        yield Pick(0, Range(-MOST, MOST, FINEST))
        return
    for low, high in known.measured.intervals:
        for least, greatest in _regions(low, high, cuts):
            yield Pick(least, Range(least, greatest, known.measured.step, known.measured.base))


def _of_number(rule: Numbers, cuts: list[Any]) -> Iterator[Pick]:
    least, greatest = limits(rule)
    base = rule.min or 0
    if rule.step is not None and subtract(greatest, least) < multiply(rule.step, _FEW):
        numbers = (
            add(base, multiply(steps(subtract(least, base), rule.step)[0] + count, rule.step)) for count in range(_FEW + 2)
        )
        yield from (Pick(tidy(number)) for number in numbers if least <= number <= greatest)
        return
    for low, high in _regions(least, greatest, cuts):
        yield from _of_region(rule, low, high)


def _of_region(rule: Numbers, low: Number, high: Number) -> Iterator[Pick]:
    """Yield the numbers of a rule between two bounds, or nothing where there are none."""
    step = FINEST if rule.step is None else rule.step
    tried = (
        (low, high, add(low, step)) if rule.step is not None else (low, high, tidy(multiply(add(low, high), Decimal("0.5"))))
    )
    inside = sorted({number for number in (stepped(number, rule) for number in tried) if low <= number <= high})
    if inside:
        is_point = low == high or (rule.step is not None and add(inside[0], step) > high)
        raw = None if is_point else Range(inside[0] if rule.step is not None else low, high, step, rule.min or 0)
        yield Pick(inside[0], raw, () if is_point else tuple(inside[1:]))


def _regions(least: Number, greatest: Number, cuts: Iterable[Any]) -> Iterator[tuple[Number, Number]]:
    """Yield closed regions that together hold all numbers from one to another: each cut alone, and what lies between cuts."""
    inner = sorted({_exact(cut) for cut in cuts if least <= cut <= greatest})[:_MOST_REGIONS]
    edges: list[tuple[Number, Number]] = [(cut, cut) for cut in inner]
    ends = [least - FINEST, *inner, greatest + FINEST]
    between = [(low + FINEST, high - FINEST) for low, high in pairwise(ends)]
    yield from sorted(edges + [(tidy(low), tidy(high)) for low, high in between if low <= high])


def _exact(number: Any) -> Number:
    return number if type(number) is int else Decimal(repr(number)) if isinstance(number, float) else number


def _of_list(option: Option, cuts: list[int]) -> Iterator[Pick]:
    rule = option.many or Numbers()
    low, high = int(rule.min or 0), int(MOST_LIST if rule.max is None else min(rule.max, MOST_LIST))
    entries: tuple[Node, ...] = tuple(map(Known, option.values))
    words = option.text or Text(1)
    if not entries:
        entries = tuple(pick.raw or Known(pick.value) for pick in _of_text(words, ()))
    tried = list(option.values) or [text for pick in _of_text(words, ()) for text in pick.samples]
    for least, greatest in _whole_regions(low, high, cuts):
        lists = [[entry] * max(least, 1) for entry in tried[:_MOST_ENTRIES]] if greatest else []
        samples = [*lists, *([[]] if not least else []), *([tried[:1] * min(greatest, 20)] if greatest > 1 else [])]
        yield Pick(samples[0], Series(entries, least, greatest), tuple(samples[1:]))


def _whole_regions(least: int, greatest: int, cuts: Iterable[int]) -> Iterator[tuple[int, int]]:
    inner = sorted({cut for cut in (*cuts, 0) if least <= cut <= greatest})[:_MOST_REGIONS]
    yield from ((cut, cut) for cut in inner)
    yield from ((low + 1, high - 1) for low, high in pairwise([least - 1, *inner, greatest + 1]) if low + 1 < high)


def _of_field(field: Field, numbers: list[Any], lengths: tuple[int, ...]) -> Iterator[Pick]:
    if field.cap:
        yield from _of_number(CAP, numbers)
    else:
        yield from _of_text(field.text, lengths)
    if not field.required:
        yield NOTHING


@lru_cache(maxsize=32)
def _of_text(rule: Text, cuts: tuple[int, ...]) -> tuple[Pick, ...]:
    """Return the regions of the lengths of a text, in characters; most fields of most models have one of few rules."""
    return tuple(_regions_of_text(rule, cuts))


def _regions_of_text(rule: Text, cuts: tuple[int, ...]) -> Iterator[Pick]:
    bounds = rule.rules
    shortest, longest = _characters(bounds)
    top = max([shortest, *cuts]) + 1 if longest is None else longest
    for low, high in _whole_regions(shortest, top, cuts):
        open_end = longest is None and high == top
        texts = (*_texts(low, high), shortest_text(rule, "x").ljust(min(low, _LONGEST_PLAIN), "x"))
        samples = [text for text in texts if low <= len(text) <= high and all(fits_text(text, one) for one in bounds)]
        raw = Known("") if (low, high) == (0, 0) else Words(low, None if open_end else high)
        # Without a sample there may still be such a text, so the region stays: what is refused of it is then not proved.
        yield Pick(samples[0] if samples else "", raw, tuple(samples[1:]), is_sample=bool(samples))


def _characters(bounds: Iterable[Length]) -> tuple[int, int | None]:
    """Return bounds of the length in characters; a text of some bytes has at least a quarter as many characters."""
    least = {
        "characters": lambda size: size,
        "words": lambda size: max(0, 2 * size - 1),
        "bytes": lambda size: -(-size // 4),
    }
    shortest = max(least[one.unit](one.shortest) for one in bounds)
    longest = [one.longest for one in bounds if one.longest is not None and one.unit != "words"]
    return shortest, min(longest, default=None)


def _texts(low: int, high: int) -> Iterator[str]:
    """Yield texts to try whose length lies in a region: plain ones, and those that patterns tend to refuse."""
    for length in dict.fromkeys((low, min(high, _LONGEST_SAMPLE))):
        if length <= _LONGEST_SAMPLE:
            yield from ((letters * length)[:length] for letters in ("x", "xy ", " ", "\n", "7", "é", "漢", "😀", '"\\', "X-"))
