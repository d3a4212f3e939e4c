"""
Selections that are tried when rules are checked: every combination, with numbers and lists at the ends of what they take.

They are no proof, for a number may take any other value too; but whatever is found in one of them can really be picked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from imgrules.engine.body import NOTHING, leaf
from imgrules.engine.pricing import prices
from imgrules.engine.resolve import keeps, picks
from imgrules.quoting import printable
from imgrules.refusals.constraints import option_faults
from imgrules.table.exact import add, subtract, written
from imgrules.table.measures import limits, nearest_size, stepped
from imgrules.table.records import Cell, Model, Option
from imgrules.table.terms import Credits, Number, Numbers, Sizes, Test, Text

MOST = 4_000
"""So many selections of one model are tried by one check."""

_RESTS = 24  # so many ways to fill in what no combination holds
_NAMES = 6  # so many names of a selection are shown
_LONGEST = 40  # so much of a value
_LONGEST_TEXT = 1_000  # so many characters, words or bytes of a text are tried
_ENTRIES = 20  # so many entries a list that is tried has at most


@dataclass(frozen=True, slots=True)
class Trial:
    """One selection: what is picked, what is there then, and what it costs now."""

    picked: Mapping[str, Any]
    values: Mapping[str, Any]
    credits: Credits | None


def trials(model: Model, cells: Iterable[Cell]) -> Iterator[Trial]:
    """Yield what can be picked with each of some combinations; the first is as plain as it can be."""
    rests: list[Mapping[str, Any]] = []
    for cell in cells:
        rests = rests or list(_rests(model))
        tried = (_trial(model, cell, rest) for rest in rests)
        yield from (each for each in tried if each is not None)


def sent(model: Model, values: Mapping[str, Any]) -> frozenset[tuple[Any, ...]]:
    """Return what a request body holds of what is there; the texts of the caller are left open."""
    leaves = ((send.path, leaf(send, values)) for send in model.body)
    return frozenset((path, type(value), repr(value)) for path, value in leaves if value is not NOTHING)


def selected(picked: Mapping[str, Any], first: Collection[str]) -> str:
    """Return a selection as an example of a rule file writes it, some names before others; a long one is cut."""
    names = sorted(picked, key=lambda each: each not in first)
    more = [] if len(names) <= _NAMES else ["..."]
    return "{" + ", ".join([*(f"{each}: {_written(picked[each])}" for each in names[:_NAMES]), *more]) + "}"


def _written(value: Any) -> str:
    if isinstance(value, list):
        return f"[{len(value)} entries]" if len(value) > 1 else f"[{', '.join(map(_written, value))}]"
    return printable(value)[:_LONGEST] if isinstance(value, str) else written(value)


def _trial(model: Model, cell: Cell, rest: Mapping[str, Any]) -> Trial | None:
    """Return the selection of a combination with the rest filled in, or None where that is not sold."""
    listed = {name: value for name, value in cell.picks(model).items() if model.options[name].follows is None}
    picked = {**listed, **rest}
    there = picks(model, picked)
    if there.misplaced or there.ignored:
        picked = {name: each for name, each in picked.items() if name not in {*there.misplaced, *there.ignored}}
        there = picks(model, picked)
    values = there.values
    sold = not (there.missing or there.misplaced) and model.cell(values) is cell
    if not sold or not all(keeps(each, values, model) for each in model.limits):
        return None
    return Trial(picked, values, prices(model, cell, values)[0])


def _rests(model: Model) -> Iterator[Mapping[str, Any]]:
    """Yield ways to pick what no combination holds: as little as can be, all at one end, all at the other, each by itself."""
    tried = {
        name: _tried(model, each) for name, each in model.options.items() if each.follows is None and name not in model.axes
    }
    needed = {name: some[0] for name, some in tried.items() if some and not _may_be_left_out(model.options[name])}
    ends = ({name: some[at] for name, some in tried.items() if some} for at in (0, -1))
    alone = ({**needed, name: each} for name, some in tried.items() for each in some)
    seen: list[Mapping[str, Any]] = []
    for each in islice((needed, *ends, *alone), _RESTS):
        if each not in seen:
            seen.append(each)
            yield each


def _may_be_left_out(option: Option) -> bool:
    return option.optional or option.default is not None or option.defaults is not None


def _tried(model: Model, option: Option) -> list[Any]:
    """Return some values that an option takes, from the least to the greatest."""
    found: list[Any] = []
    for each in _candidates(model, option):
        if each not in found and not any(option_faults(option, each)):
            found.append(each)
    return found


def _candidates(model: Model, option: Option) -> Iterator[Any]:
    if option.many is not None:
        one = next(iter(option.values), None) or _text(option.text or Text(1))
        yield from ([one] * each for each in _lengths(model, option.name, option.many))
    elif option.number is not None:
        marks = [each for mark in _marks(model, option.name) for each in (subtract(mark, 1), mark, add(mark, 1))]
        yield from sorted({stepped(each, option.number) for each in (*_ends(option.number), *marks)})
    elif option.size is not None:
        yield from _sizes(option.size)
    elif option.ratio is not None:
        yield from filter(None, (option.ratio.min, "1:1", option.ratio.max))
    elif option.text is not None:
        yield _text(option.text)
    yield from islice(option.values, 2)


def _ends(rule: Numbers) -> tuple[Number, ...]:
    # Where no bound is stated, nobody means to pay for a number of fifteen digits.
    least, most = rule.min, rule.max
    return tuple(each for each in (least, most, 0 if least is None else add(least, rule.step or 1)) if each is not None)


def _lengths(model: Model, name: str, rule: Numbers) -> Iterator[int]:
    most = min(int(limits(rule)[1]), _ENTRIES)
    marks = (int(each) + more for each in _marks(model, name) for more in (0, 1))
    yield from sorted({each for each in (int(rule.min or 0), 1, most, *marks) if 0 <= each <= most})


def _marks(model: Model, name: str) -> Iterator[Number]:
    """Yield numbers that the rules compare an option with; of very many, the first."""
    yield from islice(_compared(model, name), _RESTS)


def _compared(model: Model, name: str) -> Iterator[Number]:
    lines = () if model.price is None else (*model.price.times, *model.price.plus)
    yield from (each.beyond for each in lines if each.per == name)
    for test in _tests(model):
        if test.name == name:
            bounds = (test.min, test.max, *test.any)
            yield from (each for each in bounds if each is not None and not isinstance(each, str))
    for option in model.options.values():
        if option.follows is not None and name in option.follows.names:
            yield from (each for word in option.values.values() for each in (word.min, word.max) if each is not None)


def _tests(model: Model) -> Iterator[Test]:
    for limit in model.limits:
        yield from (*limit.when, *limit.only, *limit.never)
    for option in model.options.values():
        yield from option.when
    for line in () if model.price is None else (*model.price.times, *model.price.plus):
        yield from line.when


@lru_cache(maxsize=256)
def _sizes(rule: Sizes) -> tuple[str, ...]:
    near = (nearest_size(each, rule) for each in ((16, 16), (1024, 1024), (1024, 512), (99_999, 99_999)))
    return tuple(f"{each[0]}x{each[1]}" for each in near if each is not None)


def _text(rule: Text) -> str:
    """Return a short text; where a rule wants a long one, it does not fit, and nothing is tried."""
    word = "x" * min(max(rule.shortest, 1), _LONGEST_TEXT)
    return " ".join(word) if rule.unit == "words" else word
