"""
What was found for a refusal, kept for whoever picks the same.

Nothing that callers make up is kept: a question is told in what the table itself names, or it is answered each time anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from imgrules.engine.plan.asks import asks_of
from imgrules.table.bounded_cache import Memory
from imgrules.table.records import Model

_Answer = TypeVar("_Answer")

_MOST = 256  # so many answers of one kind are kept for each model


def kept(model: Model, kind: str, question: tuple[Any, ...] | None, find: Callable[[], _Answer]) -> _Answer:
    """Return the answer to a question of a kind, found at most once; each time where it cannot be told in words."""
    if question is None:
        return find()
    memory: Memory | None = model.memory.get(kind)
    if memory is None:
        memory = model.memory.keep(kind, Memory(_MOST))
    found: _Answer | None = memory.get(question)
    return memory.keep(question, find()) if found is None else found


def in_words(model: Model, picked: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Return sound picks as values that the table names; None where rules ask of another value more than whether it is there."""
    asked = _asked(model)
    named: list[tuple[str, ...]] = []
    for name, value in picked.items():
        if type(value) is str and value in model.options[name].values:
            named.append((name, value))
        elif name in asked:
            return None
        else:
            named.append((name,))
    return tuple(named)


def _asked(model: Model) -> frozenset[str]:
    """Return the options of whose values some rule asks more than whether they are there."""
    found: frozenset[str] | None = model.memory.get("asked")
    if found is None:
        asks = asks_of(model)
        tested = {each.name for some in asks.tests.values() for each in some if each.given is None}
        sources = {each for option in model.options.values() if option.follows for each in option.follows.names}
        found = model.memory.keep("asked", frozenset({*tested, *sources, *model.axes}))
    return found
