"""Collect what the rules of a model ask of its options: values that no rule distinguishes have the same outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from imgrules.table.records import Model
from imgrules.table.terms import NONE, OTHER, Condition, Lookup, Test


class Asks(NamedTuple):
    """
    What the rules of a model ask of its options, by name.

    `tests` are the tests of all conditions. `rows` are the row names of tables by that option. Of `counted` options the exact
    value matters: the price counts it, or it is `joined`: an option is computed from it and from others that are not all
    `certain`. `certain` options have the picked value, their one default, or a value computed from such options only.
    """

    tests: Mapping[str, list[Test]]
    rows: Mapping[str, set[str]]
    counted: frozenset[str]
    joined: frozenset[str]
    certain: frozenset[str]


def asks_of(model: Model) -> Asks:
    """Return what the rules of a model ask of its options; cached with a model that has facts, of which each catalog reads it."""
    asks: Asks | None = model.memory.get("asks")
    if asks is None:
        asks = _collected(model)
        if model.facts:
            model.memory.keep("asks", asks)
    return asks


def _collected(model: Model) -> Asks:
    tests: dict[str, list[Test]] = {name: [] for name in model.options}
    for condition in _conditions(model):
        for test in condition:
            is_length = test.asks_presence and model.options[test.name].many is not None
            tests[test.name].append(has_entries(test.name) if is_length else test)
    rows: dict[str, set[str]] = {name: set() for name in model.options}
    for lookup in _lookups(model):
        for name, names in zip(lookup.by, lookup.levels, strict=True):
            rows.setdefault(name, set()).update(names)
            if name in model.options and model.options[name].many is not None and {NONE, OTHER} & names:
                tests[name].append(has_entries(name))
    certain = _certain(model)
    joined = frozenset(_joined(model, certain))
    counted = () if model.price is None else model.price.counted
    return Asks(tests, rows, joined.union(counted), joined, certain)


def has_entries(name: str) -> Test:
    """Return the test of whether a list has entries: a list without entries counts as none."""
    return Test(name, min=1)


def _certain(model: Model) -> frozenset[str]:
    """Return the options whose value is the picked one, their one default, or computed from such options only."""
    certain = set[str]()
    for option in model.order:
        # In `order`, an option follows those that it depends on.
        if not (option.conditional or option.defaults) and certain.issuperset(option.follows.names if option.follows else ()):
            certain.add(option.name)
    return frozenset(certain)


def _joined(model: Model, certain: frozenset[str]) -> Iterator[str]:
    for option in model.options.values():
        sources = option.follows.names if option.follows else ()
        if not certain.issuperset(sources):
            yield from sources


def _conditions(model: Model) -> Iterator[Condition]:
    for option in model.options.values():
        yield option.when
        yield from (limit.when for limit in option.ignored)
    for limit in model.limits:
        yield from (limit.when, limit.only, limit.never)
        yield tuple(has_entries(name) for name in limit.needs if model.options[name].many is not None)
    yield from (rule.when for rule in model.gates)
    if model.price is not None:
        yield from (line.when for line in (*model.price.times, *model.price.plus))


def _lookups(model: Model) -> Iterator[Lookup]:
    yield from () if model.price is None else model.price.lookups
    lookups = [option.defaults for option in model.options.values()] + [send.lookup for send in model.body]
    lookups.append(model.requests)
    lookups += [option.follows.table for option in model.options.values() if option.follows is not None]
    yield from (lookup for lookup in lookups if lookup is not None)
