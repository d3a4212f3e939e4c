"""
Sample selections for checks: every combination, with numbers and lists at their bounds and at the thresholds of the rules.

A check that finds nothing proves nothing about other numbers; but every sample is a selection that is really possible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from imgrules.compiler.samples.sample_sides import Sides, sides_at
from imgrules.engine.body import NOTHING, leaf
from imgrules.engine.facts.tried_values import sizes_near
from imgrules.engine.pricing import prices
from imgrules.engine.resolve import keeps, picks
from imgrules.quoting import printable
from imgrules.refusals.faults import option_faults
from imgrules.table.exact import add, subtract, written
from imgrules.table.measures import limits, shortest_text, sized, stepped, within
from imgrules.table.options import Option
from imgrules.table.record_base import record
from imgrules.table.records import Cell, Model
from imgrules.table.terms import Credits, Number, Numbers, Sizes, Test, Text

MOST = 4_000
"""The most selections of one model that a check tries."""

_MOST_FILLINGS = 24  # the most samples of values for options outside of combinations
_MOST_NAMED = 8  # the most named values of an option beside a rule in a sample
_MOST_AT_EDGES = 100  # the most samples of sizes at the edges of pixels and sides
_SHOWN_NAMES = 6  # the most options of a selection in a message
_SHOWN_CHARACTERS = 40  # the most characters of a value in a message
_LONGEST_TEXT = 1_000  # the most characters of a text in a sample, even if that is too short
_LONGEST_LIST = 20  # the most entries of a list in a sample


@record
class Trial:
    """One selection: the picked values, all values with defaults filled in, and its price in credits, unknown or an estimate."""

    picked: Mapping[str, Any]
    values: Mapping[str, Any]
    credits: Credits | None
    estimate: bool


def trials(model: Model, cells: Iterable[Cell]) -> Iterator[Trial]:
    """Yield the possible selections of each given combination; the first of each picks as few options as possible."""
    fillings: list[Mapping[str, Any]] = []
    spare: Mapping[str, Any] = {}
    # Combinations that differ in computed values alone are tried together, since each selection has the values of one of them.
    alike: dict[tuple[tuple[str, str], ...], list[Cell]] = {}
    for cell in cells:
        alike.setdefault(tuple(_listed(model, cell).items()), []).append(cell)
    for group in alike.values():
        if not fillings:
            fillings, spare = list(_fillings(model)), _without_defaults(model)
        for filling in fillings:
            trial = _trial(model, group, filling)
            # A default table may give nothing for these combinations: then its option has to be picked too.
            trial = _trial(model, group, {**spare, **filling}) if trial is None and spare else trial
            yield from [] if trial is None else [trial]


def _without_defaults(model: Model) -> dict[str, Any]:
    """Return a value for each option whose default table may give nothing, and that has to be picked there."""
    open_ones = (option for option in model.options.values() if option.defaults is not None and not option.optional)
    values = ((option.name, values_to_try(model, option)) for option in open_ones if option.name not in model.axes)
    return {name: tried[0] for name, tried in values if tried}


def sent(model: Model, values: Mapping[str, Any]) -> frozenset[tuple[Any, ...]]:
    """Return the leaves of a request body, without texts of the caller, as `(path, type, repr)`, to compare requests."""
    leaves = ((send.path, leaf(send, values)) for send in model.body)
    return frozenset((path, type(value), repr(value)) for path, value in leaves if value is not NOTHING)


def selected(picked: Mapping[str, Any], first: Collection[str]) -> str:
    """Return a selection as flow-style YAML for a message, the names in `first` before others; a long one is truncated."""
    names = sorted(picked, key=lambda name: name not in first)
    more = [] if len(names) <= _SHOWN_NAMES else ["..."]
    return "{" + ", ".join([*(f"{name}: {_flow_style(picked[name])}" for name in names[:_SHOWN_NAMES]), *more]) + "}"


def _flow_style(value: Any) -> str:
    if isinstance(value, list):
        return f"[{len(value)} entries]" if len(value) > 1 else f"[{', '.join(map(_flow_style, value))}]"
    return printable(value)[:_SHOWN_CHARACTERS] if isinstance(value, str) else written(value)


def trial_of(model: Model, cell: Cell, filling: Mapping[str, Any]) -> Trial | None:
    """Return the selection of a combination with the values of `filling` for other options, or None if it is not possible."""
    return _trial(model, [cell], filling)


def _trial(model: Model, cells: Sequence[Cell], filling: Mapping[str, Any]) -> Trial | None:
    """Return the selection of one of some combinations that differ in computed values alone, or None if none is possible."""
    picked = {**_listed(model, cells[0]), **filling}
    selection = picks(model, picked)
    if selection.misplaced or selection.ignored:
        picked = {name: value for name, value in picked.items() if name not in {*selection.misplaced, *selection.ignored}}
        selection = picks(model, picked)
    values = selection.values
    cell = None if selection.missing or selection.misplaced else model.cell(values)
    if (
        cell is None
        or all(cell is not candidate for candidate in cells)
        or not all(keeps(limit, values, model) for limit in model.limits)
    ):
        return None
    price = prices(model, cell, values)
    return Trial(picked, values, price.credits, price.estimate)


def _listed(model: Model, cell: Cell) -> dict[str, str]:
    """Return the values of a combination that a caller picks."""
    return {name: value for name, value in cell.picks(model).items() if model.options[name].follows is None}


def _fillings(model: Model) -> Iterator[Mapping[str, Any]]:
    """Yield values for the options outside of combinations: only the required ones, all lowest, all highest, each one alone."""
    values = {
        name: values_to_try(model, option)
        for name, option in model.options.items()
        if option.follows is None and name not in model.axes
    }
    needed = {
        name: options_values[0] for name, options_values in values.items() if options_values and model.options[name].required
    }
    ends = ({name: options_values[end] for name, options_values in values.items() if options_values} for end in (0, -1))
    alone = ({**needed, name: value} for name, options_values in values.items() for value in options_values)
    yielded: list[Mapping[str, Any]] = []
    at_edges = ({**needed, **filling} for filling in _at_edges(model))
    for filling in (*islice((needed, *ends, *alone), _MOST_FILLINGS), *islice(at_edges, _MOST_AT_EDGES)):
        if filling not in yielded:
            yielded.append(filling)
            yield filling


def _at_edges(model: Model) -> Iterator[Mapping[str, Any]]:
    """Yield sizes, or pairs of numbers, whose pixels or sides are at the edges of the ranges that the rules ask for."""
    for computed in model.options.values():
        if computed.follows is not None and computed.follows.of_sides:
            yield from sources_at(model, computed, sorted({*thresholds_of(model, computed.name), *_bounds_of_words(computed)}))


def sources_at(model: Model, computed: Option, numbers: Sequence[Number]) -> Iterator[Mapping[str, Any]]:
    """Yield a size, or a pair of numbers, from which pixels or a side is computed that is at, or next to, one of some numbers."""
    rule = computed.follows
    sources = () if rule is None or not rule.of_sides else tuple(map(model.options.__getitem__, rule.names))
    if rule is None or not sources or any(source.follows is not None for source in sources):
        return
    first, *rest = sources
    if rest and first.number is not None and rest[0].number is not None:
        pair = first.number, rest[0].number
        for sides in sides_at(rule, numbers, pair, partial(_are_within, pair)):
            yield dict(zip(rule.names, sides, strict=True))
    elif first.size is not None:
        edge = first.size.edge
        for sides in sides_at(rule, numbers, (edge, edge), partial(sized, rule=first.size)):
            yield {first.name: f"{sides[0]}x{sides[1]}"}


def _are_within(rules: tuple[Numbers, Numbers], sides: Sides) -> bool:
    return all(map(within, sides, rules))


def _bounds_of_words(option: Option) -> list[Number]:
    return [bound for value in option.values.values() for bound in (value.min, value.max) if bound is not None]


def values_to_try(model: Model, option: Option) -> list[Any]:
    """Return some values that an option accepts, for a number or a list in ascending order."""
    return accepted(option, _candidates(model, option))


def accepted(option: Option, values: Iterable[Any]) -> list[Any]:
    """Return those of some values that an option accepts, each once."""
    kept: list[Any] = []
    for value in values:
        if value not in kept and not any(option_faults(option, value)):
            kept.append(value)
    return kept


def _candidates(model: Model, option: Option) -> Iterator[Any]:
    """Yield values to try for an option, accepted or not: at its bounds, and at and next to the thresholds of the rules."""
    if option.many is not None:
        entry = next(iter(option.values), None) or shortest_text(option.text or Text(1), "x")[:_LONGEST_TEXT]
        yield from ([entry] * length for length in _lengths(model, option.name, option.many))
    elif option.number is not None:
        thresholds = [
            number
            for threshold in thresholds_of(model, option.name)
            for number in (subtract(threshold, 1), threshold, add(threshold, 1))
        ]
        yield from sorted({stepped(number, option.number) for number in (*_ends_of(option.number), *thresholds)})
    elif option.text is not None:
        yield shortest_text(option.text, "x")[:_LONGEST_TEXT]
    sizes = () if option.size is None else _sizes_to_try(option.size)
    yield from sizes
    if option.ratio is not None:
        # A ratio of the same numbers as a size may be sent alike.
        yield from filter(None, (option.ratio.min, "1:1", option.ratio.max, *(size.replace("x", ":") for size in sizes)))
    yield from islice(option.values, _MOST_NAMED)
    if option.text is not None:
        # A caller may type what is sent for a named value.
        tables = (send.lookup.table for send in model.body if send.name == option.name and send.lookup is not None)
        yield from (text for table in tables for text in islice(table.values(), _MOST_NAMED) if isinstance(text, str))


def _ends_of(rule: Numbers) -> tuple[Number, ...]:
    """Return the bounds of a number that are not None, and one more: a step above the minimum, or 0 without a minimum."""
    # The greatest number without a maximum has 15 digits; its price is always too long, so it is not tried.
    least, most = rule.min, rule.max
    return tuple(end for end in (least, most, 0 if least is None else add(least, rule.step or 1)) if end is not None)


def _lengths(model: Model, name: str, rule: Numbers) -> Iterator[int]:
    """Yield lengths of a list to try, in ascending order: its bounds, 1, and those at the thresholds of the rules."""
    most = min(int(limits(rule)[1]), _LONGEST_LIST)
    thresholds = (int(threshold) + step for threshold in thresholds_of(model, name) for step in (0, 1))
    yield from sorted({length for length in (int(rule.min or 0), 1, most, *thresholds) if 0 <= length <= most})


def thresholds_of(model: Model, name: str) -> Iterator[Number]:
    """Yield numbers with which the rules compare an option, at most `_MOST_FILLINGS`."""
    yield from islice(_all_thresholds(model, name), _MOST_FILLINGS)


def _all_thresholds(model: Model, name: str) -> Iterator[Number]:
    lines = () if model.price is None else (*model.price.times, *model.price.plus)
    yield from (line.beyond for line in lines if line.per == name)
    for test in _tests(model):
        if test.name == name:
            bounds = (test.min, test.max, *test.any)
            yield from (bound for bound in bounds if bound is not None and not isinstance(bound, str))
    for option in model.options.values():
        if option.follows is not None and name in option.follows.names:
            yield from _bounds_of_words(option)


def _tests(model: Model) -> Iterator[Test]:
    """Yield every test of the conditions of a model: in limits, options and price lines."""
    for limit in model.limits:
        yield from (*limit.when, *limit.only, *limit.never)
    for option in model.options.values():
        yield from option.when
    for line in () if model.price is None else (*model.price.times, *model.price.plus):
        yield from line.when


@lru_cache(maxsize=256)
def _sizes_to_try(rule: Sizes) -> tuple[str, ...]:
    return tuple(sizes_near(((16, 16), (1024, 1024), (1024, 512), (99_999, 99_999)), rule))
