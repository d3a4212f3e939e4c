"""What a tried selection lacks: values of options outside of combinations, with which a side allows it or a rule applies to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

from imgrules.engine.resolve import holds, keeps, lacking, passes, picks
from imgrules.table.records import Model
from imgrules.table.terms import Condition, Limit, Test

_MOST_STEPS = 8  # the most times that what is lacking is looked for again with what was lacking before

Axes: TypeAlias = Sequence[tuple[str, tuple[Any, ...]]]
"""The options outside of combinations, each with its values."""

Wish: TypeAlias = tuple[str, Callable[[Any], bool]]
"""The name of an option, and whether a value of it will do."""


def conditions_of(model: Model) -> Iterator[Condition]:
    """Yield the conditions under which something applies: a gate, a part of the price, a limit, an option."""
    yield from (rule.when for rule in model.gates)
    if model.price is not None:
        yield from (line.when for line in (*model.price.times, *model.price.plus))
    yield from ((*limit.when, *limit.never) for limit in model.limits)
    yield from (option.when for option in model.options.values())


def meeting(model: Model, condition: Condition, axes: Axes, places: tuple[int, ...]) -> tuple[int, ...]:
    """Return places with values that pass the tests of a condition, as far as there are."""
    return _moved(axes, places, (_passing(model, test) for test in condition))


def completed(
    model: Model, row: Mapping[str, Any], axes: Axes, places: tuple[int, ...], kept: Collection[str]
) -> tuple[int, ...]:
    """Return places of values with which a side allows what is picked, if a few steps find them; options in `kept` stay."""
    free = {name for name, _ in axes if name not in kept}
    for _ in range(_MOST_STEPS):
        others = ((name, values[place]) for (name, values), place in zip(axes, places, strict=True))
        picked = {**row, **{name: value for name, value in others if value is not None}}
        moved = _moved(axes, places, (wish for wish in _wishes(model, picked, free) if wish[0] in free))
        if moved == places:
            break
        places = moved
    return places


def _moved(axes: Axes, places: tuple[int, ...], wishes: Iterator[Wish]) -> tuple[int, ...]:
    """Return the places of the first values that will do, for the first wish of each option."""
    wanted: dict[str, Callable[[Any], bool]] = {}
    for name, will_do in wishes:
        wanted.setdefault(name, will_do)
    return tuple(
        next((at for at, value in enumerate(values) if wanted[name](value)), place) if name in wanted else place
        for (name, values), place in zip(axes, places, strict=True)
    )


def _wishes(model: Model, picked: Mapping[str, Any], free: Collection[str]) -> Iterator[Wish]:
    """Yield what has to be picked beside others, and what has to be another value."""
    words = {name: model.options[name].word(value) for name, value in picked.items() if name in model.options}
    resolved = picks(model, words)
    values = resolved.values
    yield from ((name, _is_given) for name in resolved.missing)
    for limit in model.limits:
        if not keeps(limit, values, model):
            yield from ((name, _is_given) for name in lacking(limit, values))
            yield from (_passing(model, test) for test in limit.only if not passes(test, values, model))
            yield from _escape(model, limit, free)
    tests = chain.from_iterable(model.options[name].when for name in resolved.misplaced)
    yield from (_passing(model, test) for test in tests if not passes(test, values, model))


def _escape(model: Model, limit: Limit, free: Collection[str]) -> Iterator[Wish]:
    """Yield another value of one option for the combination that a limit rules out."""
    passing = next((_passing(model, test) for test in limit.never if test.name in free), None)
    if passing is not None:
        yield passing[0], lambda value: not passing[1](value)


def _is_given(value: Any) -> bool:
    return value is not None and value != []


def _passing(model: Model, test: Test) -> Wish:
    option = model.options.get(test.name)

    def will_do(value: Any) -> bool:
        if option is None:
            return False
        word = option.default if value is None else option.word(value)
        return holds((test,), {} if word is None else {test.name: word}, model)

    return test.name, will_do
