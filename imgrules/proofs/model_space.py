"""
The space of a model: selections such that every other one is treated like one of them.

Listed values are all tried; of numbers, sizes, texts and lists those at the edges of what the rules name, and between them. An
option that no rule reads is tried alone, unless it shares a place in the body with another.
Facts are tried alike. Where a number is added to others, or where the space is too large, the selections are a sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any, NamedTuple

from imgrules.engine.facts.facts import decides
from imgrules.engine.facts.tried_values import edges, numbers, points, shapes, tried_values
from imgrules.engine.resolve import Picks, keeps, picks
from imgrules.table.measures import shortest_text
from imgrules.table.options import Option
from imgrules.table.records import Model, Send
from imgrules.table.terms import Text, WirePath

MOST_SELECTIONS = 500
"""The most selections of one version of a model that are tried; of a larger space they are a sample."""

_LONG_LIST = 20

ABSENT = object()
"""In place of a value: the option is not picked, or the fact is not stated."""


class Point(NamedTuple):
    """One selection of a model: what is picked, and what the service states."""

    picked: Mapping[str, Any]
    facts: Mapping[str, Any]
    alone: bool = False
    """Whether it was added for the sake of one option or fact that no rule reads."""


class Space(NamedTuple):
    """The selections to try of a version of a model, and whether each other one is like one of them."""

    points: Sequence[Point]
    complete: bool


def space_of(model: Model) -> Space:
    """Return the space of one version of a model."""
    free = [option for option in model.options.values() if option.follows is None and not option.bound]
    needed_somewhere = {name for limit in model.limits for name in limit.needs}
    read = [
        option
        for option in free
        if decides(model, option.name) or option.name in needed_somewhere or meets_others(model, option.name)
    ]
    columns = {option.name: _values(model, option) for option in read}
    complete = all(is_whole for _, is_whole in columns.values())
    bases = _bases(model)
    unread = [option for option in free if option.name not in columns]
    size = len(bases) * prod(len(values) for values, _ in columns.values())
    rows = _rows(bases, {name: values for name, (values, _) in columns.items()}, size)
    needed = {option.name: _first(option) for option in unread if option.required}
    tried = [_fitting(model, {**row, **needed}, needed) for row in rows]
    alone = [row for option in unread if not option.required for row in _beside_one(model, tried, option)]
    combined = [_point(model, row) for row in tried]
    return Space([*combined, *(_point(model, row)._replace(alone=True) for row in alone)], complete and size <= MOST_SELECTIONS)


def _beside_one(model: Model, rows: list[dict[str, Any]], option: Option) -> list[dict[str, Any]]:
    """Return the values of an option that no rule reads, each beside the first row that is possible with it."""
    values = _alone(option)
    first = next((row for row in rows if _is_possible(model, {**row, option.name: values[0]}, option.name)), None)
    return [] if first is None else [{**first, option.name: value} for value in values]


def _is_possible(model: Model, row: Mapping[str, Any], name: str) -> bool:
    """Whether a row is sold, and an option exists there and has an effect."""
    resolved = _resolved(model, row)
    if resolved.missing or resolved.misplaced or name not in resolved.values or model.cell(resolved.values) is None:
        return False
    return all(keeps(limit, resolved.values, model) for limit in model.limits)


def _resolved(model: Model, row: Mapping[str, Any]) -> Picks:
    return picks(model, {name: model.options[name].word(value) for name, value in row.items() if value is not ABSENT})


def meets_others(model: Model, name: str) -> bool:
    """
    Whether what an option sends shares a place with what another sends: at one path, inside, in one list, or from one table.

    Such an option is tried with every value of the others; any other one adds a leaf of its own to whatever they send.
    """
    own = [send for send in model.body if name in _senders(send)]
    others = [send for send in model.body if _senders(send) - {name}]
    return any(_meet(one.path, other.path) for one in own for other in others)


def _senders(send: Send) -> set[str]:
    return {send.name} if send.name is not None else set(send.lookup.by if send.lookup is not None else ())


def _meet(one: WirePath, other: WirePath) -> bool:
    step, beside = next(((a, b) for a, b in zip(one, other, strict=False) if a != b), (0, 0))
    return isinstance(step, int) and isinstance(beside, int)


def _fitting(model: Model, row: dict[str, Any], needed: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row without those of the `needed` options that do not exist there, or have no effect."""
    if not any(model.options[name].conditional for name in needed):
        return row
    values = _resolved(model, row).values
    return {name: value for name, value in row.items() if name not in needed or name in values}


def _bases(model: Model) -> list[dict[str, Any]]:
    """Return what is picked of listed options in the combinations that are sold, without computed ones."""
    picked = [name for name in model.axes if model.options[name].follows is None]
    bases: dict[tuple[Any, ...], dict[str, Any]] = {}
    for cell in model.cells:
        values = cell.picks(model)
        base = {name: model.options[name].picked(values[name]) for name in picked if name in values}
        bases.setdefault(tuple(map(values.get, picked)), base)
    return list(bases.values())


def _values(model: Model, option: Option) -> tuple[list[Any], bool]:
    """Return the values of an option to try, and whether each other value is treated like one of them."""
    edge_values = points(model, option)
    values = list(tried_values(model, option) if edge_values is None else edge_values)
    if option.many is not None:
        # A list longer than every number that the rules name is treated like a shorter one that is.
        longest = max(_LONG_LIST, *(int(edge) + 1 for edge in edges(model, option.name)), option.many.min or 0)
        values = [value for value in values if len(value) <= longest]
    absent = [] if option.required and not option.conditional else [ABSENT]
    return [*absent, *values], edge_values is not None


def _rows(bases: list[dict[str, Any]], columns: Mapping[str, list[Any]], size: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of a product, or so many of them, evenly spread."""
    tried = min(size, MOST_SELECTIONS)
    for number in range(tried):
        at = number * size // tried
        row: dict[str, Any] = {}
        for name, values in columns.items():
            at, place = divmod(at, len(values))
            row[name] = values[place]
        yield {**bases[at], **row}


def _alone(option: Option) -> list[Any]:
    """Return the values to try of an option that no rule reads: all that are listed, since each is sent as its own text."""
    picked = [option.picked(value) for value in option.values] if option.many is None else []
    return picked or [_first(option)]


def _first(option: Option) -> Any:
    """Return a value that an option takes."""
    if option.many is not None:
        entry = next(iter(option.values), shortest_text(option.text or Text(1), "x"))
        return [entry] * int(option.many.min or 1)
    if option.number is not None:
        return next(iter(numbers(option.number, ())))
    return option.picked(next(iter(option.values), None)) or next(
        iter(shapes(option)), shortest_text(option.text or Text(1), "x")
    )


def _point(model: Model, row: Mapping[str, Any]) -> Point:
    given = {name: value for name, value in row.items() if value is not ABSENT}
    facts = {name: value for name, value in given.items() if model.options[name].fact}
    return Point({name: value for name, value in given.items() if name not in facts}, facts)
