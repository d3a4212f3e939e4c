"""
The facts that a service states: how they are read, and the ways to complete them where some are missing.

A fact that is missing matters only where one of its values would change the answer. So the answer is sought for one value of
each region between the numbers and words with which the rules compare it; only if all answers are equal, the fact is not asked
for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, NamedTuple

from imgrules.engine.decision_records import ViolationCode
from imgrules.engine.facts.tried_values import points
from imgrules.engine.plan.accepts import accepts_shared
from imgrules.engine.plan.asks import asks_of
from imgrules.engine.request_caps import MOST_ANSWERS
from imgrules.quoting import shown
from imgrules.table.records import Model, Table


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


def decides(model: Model, name: str) -> bool:
    """Whether any rule reads a fact, so that its value may change which selections are possible, or their prices and gates."""
    asks = asks_of(model)
    followed = any(option.follows is not None and name in option.follows.names for option in model.options.values())
    return bool(asks.tests[name] or asks.rows[name] or name in asks.counted or name in model.axes or followed)


def is_read(model: Model, name: str) -> bool:
    """Whether a model depends on a fact: a rule reads it, or it is sent."""
    return decides(model, name) or any(send.name == name for send in model.body)
