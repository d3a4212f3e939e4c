"""
A bounded cache of results that refusals need, shared by callers with the same picks.

A cache key holds only names and values of the table, never free text or entries of a caller. For a selection without such a
key, the result is computed each time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from imgrules.engine.plan.asks import asks_of, has_entries
from imgrules.table.bounded_cache import Memory
from imgrules.table.measures import entries
from imgrules.table.records import Model
from imgrules.table.terms import Test

_Answer = TypeVar("_Answer")

_MOST = 256  # cached results of one kind for each model


def cached(model: Model, kind: str, key: tuple[Any, ...] | None, find: Callable[[], _Answer]) -> _Answer:
    """Return the cached result of `find` for a kind and a key; call `find` if it is not cached, and always without a key."""
    if key is None:
        return find()
    memory: Memory | None = model.memory.get(kind)
    if memory is None:
        memory = model.memory.keep(kind, Memory(_MOST))
    answer: _Answer | None = memory.get(key)
    return memory.keep(key, find()) if answer is None else answer


def cache_key(model: Model, picked: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """
    Return a cache key of valid picks: the name of each option, with its value if that is listed, or 0 if it is an empty list.

    None if a value is not listed and some rule depends on more than its presence. Where rules depend on its presence alone, no
    repair holds a part of it: to change it to another value would be a change too many.
    """
    compared = _compared_options(model)
    key: list[tuple[str | int, ...]] = []
    for name, value in picked.items():
        if type(value) is str and value in model.options[name].values:
            key.append((name, value))
        elif name in compared:
            return None
        else:
            key.append((name,) if value or entries(value) is None else (name, 0))
    return tuple(key)


def _compared_options(model: Model) -> frozenset[str]:
    """Return the options of which some rule compares more than their presence; cached with the model."""
    names: frozenset[str] | None = model.memory.get("asked")
    if names is None:
        asks = asks_of(model)
        tested = {test.name for tests in asks.tests.values() for test in tests if not _asks_presence(model, test)}
        sources = {name for option in model.options.values() if option.follows for name in option.follows.names}
        names = model.memory.keep("asked", frozenset({*tested, *sources}))
    return names


def _asks_presence(model: Model, test: Test) -> bool:
    """Whether a test asks only whether there is a value, or whether a list has entries."""
    return test.asks_presence or (model.options[test.name].many is not None and test == has_entries(test.name))
