"""What the rules of a model ask of its options: what nobody asks of a value makes no difference to any answer but itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from imgrules.table.records import Line, Model
from imgrules.table.terms import Condition, Lookup, Test


class Asks(NamedTuple):
    """
    What the rules of a model ask of its options, by name.

    `tests` are those of all conditions. `rows` are the rows that tables have for a value. Of what is `counted`, the whole
    value matters: a price counts it, or an option is computed from it that cannot be told without it. Of what is `certain`,
    no rule decides whether it is there.
    """

    tests: Mapping[str, list[Test]]
    rows: Mapping[str, set[str]]
    counted: frozenset[str]
    certain: frozenset[str]


def asks_of(model: Model) -> Asks:
    """Return what the rules of a model ask of its options."""
    tests: dict[str, list[Test]] = {name: [] for name in model.options}
    for condition in _conditions(model):
        for test in condition:
            tests[test.name].append(test)
    rows: dict[str, set[str]] = {name: set() for name in model.options}
    for lookup in _lookups(model):
        for name, known in zip(lookup.by, _levels(lookup), strict=True):
            rows.setdefault(name, set()).update(known)
    certain = _certain(model)
    return Asks(tests, rows, frozenset(_counted(model, certain)), certain)


def _certain(model: Model) -> frozenset[str]:
    """Return the options that hold what is picked, their one default, or what is computed of such: no rule decides which."""
    found = set[str]()
    for option in model.order:
        # Each stands behind what it is computed from.
        decided = option.when or option.ignored or option.defaults
        if not decided and found.issuperset(option.follows.names if option.follows else ()):
            found.add(option.name)
    return frozenset(found)


def _counted(model: Model, certain: frozenset[str]) -> Iterator[str]:
    if model.price is not None:
        named = (model.price.each, *(line.per for line in (*model.price.times, *model.price.plus)))
        yield from (each for each in named if each is not None)
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
        # A list without entries is as good as none for what is needed.
        yield tuple(Test(each, min=1) for each in limit.needs if model.options[each].many is not None)
    yield from (rule.when for rule in model.gates)
    if model.price is not None:
        yield from (line.when for line in (*model.price.times, *model.price.plus))


def _lookups(model: Model) -> Iterator[Lookup]:
    lines: tuple[Line, ...] = () if model.price is None else (*model.price.times, *model.price.plus)
    found = [each.defaults for each in model.options.values()]
    found += [each.lookup for each in lines] + [each.lookup for each in model.body]
    yield from (each for each in found if each is not None)


def _levels(lookup: Lookup) -> list[set[str]]:
    """Return the rows of a table, level by level."""
    found: list[set[str]] = []
    level: list[Any] = [lookup.table]
    for _ in lookup.by:
        level = [each for each in level if isinstance(each, Mapping)]
        found.append({row for each in level for row in each})
        level = [inner for each in level for inner in each.values()]
    return found
