"""
A bounded cache of what was found for a refusal, for the next caller who picks the same.

Nothing that callers make up is cached: a cache key holds only names and values of the table itself. Where a selection has
no such key, the answer is computed each time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from imgrules.engine.plan.asks import asks_of
from imgrules.table.bounded_cache import Memory
from imgrules.table.records import Model

_Answer = TypeVar("_Answer")

_MOST = 256  # answers of one kind that are cached for each model


def cached(model: Model, kind: str, key: tuple[Any, ...] | None, find: Callable[[], _Answer]) -> _Answer:
    """Return the cached answer of a kind for a key, found first where it is not cached; without a key, never cached."""
    if key is None:
        return find()
    memory: Memory | None = model.memory.get(kind)
    if memory is None:
        memory = model.memory.keep(kind, Memory(_MOST))
    answer: _Answer | None = memory.get(key)
    return memory.keep(key, find()) if answer is None else answer


def cache_key(model: Model, picked: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """
    Return a cache key of sound picks: the name of each option, with its value where that is listed.

    None where a value is not listed and some rule depends on more than its presence.
    """
    compared = _compared_options(model)
    key: list[tuple[str, ...]] = []
    for name, value in picked.items():
        if type(value) is str and value in model.options[name].values:
            key.append((name, value))
        elif name in compared:
            return None
        else:
            key.append((name,))
    return tuple(key)


def _compared_options(model: Model) -> frozenset[str]:
    """Return the options of which some rule compares the value, not only the presence; cached with the model."""
    names: frozenset[str] | None = model.memory.get("asked")
    if names is None:
        asks = asks_of(model)
        tested = {test.name for tests in asks.tests.values() for test in tests if test.given is None}
        sources = {name for option in model.options.values() if option.follows for name in option.follows.names}
        names = model.memory.keep("asked", frozenset({*tested, *sources, *model.axes}))
    return names
