"""
The facts that a service states: how they are read, and the values to try for a fact that is not stated.

A fact that is missing matters only where one of its values would change the answer. So the answer is sought for one value of
each region between the numbers and words with which the rules compare it; only if all answers are equal, the fact is not asked
for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import prod
from typing import Any, NamedTuple

from imgrules.engine.decision_records import ViolationCode
from imgrules.engine.plan.accepts import accepts_shared
from imgrules.engine.plan.asks import asks_of
from imgrules.engine.request_caps import ENTRIES, MOST_ANSWERS
from imgrules.quoting import shown
from imgrules.table.exact import add, divide, subtract
from imgrules.table.measures import is_whole, limits, nearest_size, shortest_text, stepped, within
from imgrules.table.options import Option
from imgrules.table.records import Model, Table
from imgrules.table.terms import Number, Numbers, Text


class WrongFact(NamedTuple):
    """A stated fact that cannot be used; without a code, it is shared by the models, and its value is off its space."""

    code: ViolationCode | None
    name: str
    value: Any


def is_declared(table: Table, name: str) -> bool:
    """Whether any model of a table has a fact of this name."""
    return name in table.facts or name in table.own_facts


def read_facts(table: Table, model: Model | None, facts: object) -> tuple[dict[str, Any], tuple[WrongFact, ...]]:
    """
    Return the stated facts of a model by name, and those that no model has or that cannot be read; never raises.

    A mapping in place of a value has the value of each model by its id. Facts of other models are left out. A shared fact that
    has no effect on the model is among the second if its value is off its space.
    """
    try:
        items = list(facts.items()) if isinstance(facts, Mapping) else None
        if items is None:
            return {}, (WrongFact(ViolationCode.WRONG_TYPE, "facts", facts),)
        return _sorted_out(table, model, items)
    except Exception:  # noqa: BLE001  a hostile mapping may raise anything; it becomes a violation
        return {}, (WrongFact(ViolationCode.WRONG_TYPE, "facts", facts),)


def _sorted_out(
    table: Table, model: Model | None, items: Sequence[tuple[Any, Any]]
) -> tuple[dict[str, Any], tuple[WrongFact, ...]]:
    stated: dict[str, Any] = {}
    wrong: list[WrongFact] = []
    for name, value in items:
        if type(name) is not str or not is_declared(table, name):
            wrong.append(WrongFact(ViolationCode.UNKNOWN_FIELD, str(shown(name)), value))
            continue
        if isinstance(value, Mapping):
            if model is None or model.id not in value:
                continue
            value = value[model.id]  # noqa: PLW2901  what it is for this model
        if model is not None and name in model.facts:
            stated[name] = value
        elif name in table.facts and accepts_shared(table, name)(value) is None:
            wrong.append(WrongFact(None, name, value))
    return stated, tuple(wrong)


def completions(model: Model, stated: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """
    Return the stated facts, completed by values of those that are missing: each answer occurs with one of them.

    None if these are too many, or cannot be listed: then a missing fact has to be stated.
    """
    names = model.unstated(stated)
    if not names:
        return [dict(stated)]
    points = [_points_of(model, name) for name in names]
    listed = [values for values in points if values is not None]
    if len(listed) < len(points) or prod(map(len, listed)) > MOST_ANSWERS:
        return None
    return [{**stated, **dict(zip(names, values, strict=True))} for values in product(*listed)]


def _points_of(model: Model, name: str) -> tuple[Any, ...] | None:
    cached: dict[str, tuple[Any, ...] | None] | None = model.memory.get("facts to try")
    if cached is None:
        cached = model.memory.keep("facts to try", {fact: points(model, model.options[fact]) for fact in model.facts})
    return cached[name]


def points(model: Model, option: Option) -> tuple[Any, ...] | None:
    """Return values of a fact such that each other value has the same effect as one of them; None if they cannot be listed."""
    if is_added(model, option.name):
        return None
    if option.listed:
        return tuple(option.picked(value) for value in option.values)
    values = tried_values(model, option)
    return values or None


def tried_values(model: Model, option: Option) -> tuple[Any, ...]:
    """Return values of an option that is not listed: what the rules name, and numbers at the edges of the rules."""
    named = [*option.values, *(word for word in words_of(model, option.name) if word not in option.values)]
    if option.number is not None:
        return (*option.values, *numbers(option.number, edges(model, option.name)))
    if option.many is not None:
        rule = Numbers(option.many.min or 0, min(limits(option.many)[1], ENTRIES))
        entry = next(iter(option.values), shortest_text(option.text or Text(), "-"))
        return tuple([entry] * int(length) for length in numbers(rule, edges(model, option.name)))
    if option.text is not None:
        return (*named, shortest_text(option.text, "-"), shortest_text(option.text, "."))
    return tuple(dict.fromkeys((*named, *shapes(option))))


def shapes(option: Option) -> Iterator[str]:
    """Yield sizes or ratios of an option that no rule names."""
    if option.ratio is not None:
        yield from filter(None, (option.ratio.min, option.ratio.max or ("1:1" if option.ratio.min is None else None)))
    if option.size is not None:
        sides = (nearest_size(size, option.size) for size in ((1, 1), (99_999, 99_999)))
        yield from (f"{size[0]}x{size[1]}" for size in sides if size is not None)


def is_added(model: Model, name: str) -> bool:
    """Whether a number is computed from a fact and others, so that no numbers of the fact alone are the edges of a rule."""
    for option in model.options.values():
        follows = option.follows
        if follows is not None and name in follows.names and (follows.measure is not None or is_added(model, option.name)):
            return True
    return False


def edges(model: Model, name: str) -> tuple[Number, ...]:
    """Return the numbers with which the rules compare a number, or the length of a list, in ascending order."""
    return tuple(sorted(set(_edges(model, name))))


def _edges(model: Model, name: str) -> Iterator[Number]:
    for test in asks_of(model).tests[name]:
        yield from (
            value for value in (test.min, test.max, *test.any, *test.none) if not (value is None or isinstance(value, str))
        )
    for option in model.options.values():
        if option.follows is not None and name in option.follows.names:
            ends = (end for value in option.values.values() for end in (value.min, value.max))
            yield from (end for end in ends if end is not None)
            yield from _edges(model, option.name)


def words_of(model: Model, name: str) -> tuple[str, ...]:
    """Return the texts with which the rules compare an option."""
    asks = asks_of(model)
    tested = (value for test in asks.tests[name] for value in (*test.any, *test.none) if type(value) is str)
    return tuple(dict.fromkeys((*tested, *sorted(asks.rows[name]))))


def numbers(rule: Numbers, at: Sequence[Number]) -> tuple[Number, ...]:
    """Return numbers that a rule allows: its ends, those at the edges and next to them, and one between each two."""
    least, most = limits(rule)
    ends = [least, *(edge for edge in at if least < edge < most), most]
    if rule.step is None:
        between = (divide(add(low, high), 2) for low, high in pairwise(ends))
        tried = [*ends, *between]
    else:
        near = ((edge, add(edge, rule.step), subtract(edge, rule.step)) for edge in ends)
        tried = [stepped(number, rule) for three in near for number in three]
    allowed = {number for number in tried if within(number, rule)}
    whole = is_whole(rule)
    return tuple(int(number) if whole else number for number in sorted(allowed))


def decides(model: Model, name: str) -> bool:
    """Whether any rule reads a fact, so that its value may change which selections are possible, or their prices and gates."""
    asks = asks_of(model)
    followed = any(option.follows is not None and name in option.follows.names for option in model.options.values())
    return bool(asks.tests[name] or asks.rows[name] or name in asks.counted or name in model.axes or followed)


def is_read(model: Model, name: str) -> bool:
    """Whether a model depends on a fact: a rule reads it, or it is sent."""
    return decides(model, name) or any(send.name == name for send in model.body)
