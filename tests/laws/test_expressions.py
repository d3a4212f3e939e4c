"""Law: what is written in the source of a reader says what the functions say that it stands for, up to the last number of a range."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from imgrules.engine.plan.accepts import accepts
from imgrules.engine.plan.asks import Asks, asks_of
from imgrules.engine.plan.readers import Computed, computed_slot, field_slot, option_slot
from imgrules.engine.resolve import computed, passes
from imgrules.table.measures import is_whole_text
from imgrules.table.records import Model, Option, fields_of
from imgrules.testing import moments, selections
from tests.laws.rule_sets import ANY_TABLE

SIDES = (1, 64, 1024, 1025)


class Source:
    """Variables with their values, and the names of what is known beforehand: the expressions of a reader, one by one."""

    def __init__(self, **values: Any) -> None:
        self.names: dict[str, Any] = {"is_whole_text": is_whole_text, **values}

    def bound(self, value: Any) -> str:
        """Return the name of what is known beforehand."""
        name = f"r{len(self.names)}"
        self.names[name] = value
        return name

    def value(self, written: str) -> Any:
        """Return what an expression comes to."""
        return eval(f"({written})", self.names)  # noqa: S307  our own lines


def versions(table: Any) -> Iterator[Model]:
    """Yield every model in each of its stretches of time."""
    yield from (version for model in table.models.values() for version in model.versions)


def borders(model: Model, name: str) -> set[int]:
    """Return the whole numbers at the borders of what the rules ask of an option, and those beside them."""
    option = model.options[name]
    ranges: list[Any] = [rule for rule in (option.number, option.many) if rule is not None]
    ranges += [*asks_of(model).tests[name], *option.values.values()]
    for other in model.options.values():
        if other.follows is not None and name in other.follows.names:
            ranges += [*other.values.values(), *asks_of(model).tests[other.name]]
    borders_ = [int(end) for range_ in ranges for end in (range_.min, range_.max) if end is not None and abs(end) < 10**16]
    borders_ += [
        int(value) for test in asks_of(model).tests[name] for value in (*test.any, *test.none) if type(value) is not str
    ]
    return {0, 1, *(end + more for end in borders_ for more in (-1, 0, 1))}


def samples(model: Model, option: Option, drawn: Iterable[Any]) -> list[Any]:
    """Return values of an option that is picked, sound or not: what was drawn, and what lies at a border."""
    values = [*drawn, *option.values, *option.gone, *(alias.name for alias in option.aliases)]
    if option.size is not None:
        values += [f"{width}x{height}" for width in SIDES for height in SIDES]
    numbers = sorted(borders(model, option.name))
    if option.many is not None:
        return values + [["a"] * number for number in numbers if 0 <= number <= 40]
    return values + numbers + [number + 0.5 for number in numbers]


def drawn_values(data: st.DataObject, table: Any) -> dict[str, list[Any]]:
    """Return values of some selections by their names."""
    values: dict[str, list[Any]] = {}
    for _ in range(3):
        for name, value in data.draw(selections(table, data.draw(moments(table)))).items():
            values.setdefault(name, []).append(value)
    return values


@given(st.data(), ANY_TABLE)
def test_a_test_accepts_what_its_function_accepts(data: st.DataObject, table: Any) -> None:
    """For every kind of option, and for texts; values that the rules ask about are looked up later."""
    drawn = drawn_values(data, table)
    for model in versions(table):
        slots = [option_slot(model, option, asks_of(model)) for option in model.order if option.follows is None]
        for slot in [*slots, *(field_slot(field) for field in fields_of(table, model).values())]:
            option = model.options.get(slot.name)
            values = drawn.get(slot.name, []) if option is None else samples(model, option, drawn.get(slot.name, []))
            for value in values:
                source = Source(v=value)
                taken = None if value is None else slot.accept(value)
                if value is None or (option is not None and option.listed and type(value) is str):
                    continue
                assert bool(source.value(slot.test("v", source.bound))) == (taken is not None)
                # What is put in its place is what the function returns, but for the words of a switch, which are for rules.
                assert taken is None or (option is not None and option.switch) or source.names["v"] == taken


def key_part(model: Model, option: Option, asks: Asks, value: Any) -> Any:
    """Return what a key tells of a value."""
    ask = (computed_slot if option.follows else option_slot)(model, option, asks).ask
    source = Source(v=value)
    return None if ask is None else source.value(ask("v", source.bound))


@given(st.data(), ANY_TABLE)
def test_values_that_a_key_does_not_tell_apart_pass_the_same_tests(data: st.DataObject, table: Any) -> None:
    """What is kept of one of them would else be answered for the other."""
    drawn = drawn_values(data, table)
    for model in versions(table):
        asks = asks_of(model)
        for option in model.order:
            name, tests = option.name, [test for test in asks.tests[option.name] if test.given is None]
            if not tests or option.switch or option.listed:
                continue
            values = sorted(borders(model, name)) if option.follows else samples(model, option, drawn.get(name, []))
            accept = accepts(option)
            sound = [
                value for value in values if option.follows is not None or (value is not None and accept(value) is not None)
            ]
            rows = [(key_part(model, option, asks, value), [passes(t, {name: value}, model) for t in tests]) for value in sound]
            assert all(first[1] == other[1] for first, other in combinations(rows, 2) if first[0] == other[0])


@given(st.data(), ANY_TABLE)
def test_what_is_computed_while_it_is_read(data: st.DataObject, table: Any) -> None:
    """A number, or the word for its range, is that which follows from what is there, or has its default."""
    drawn = drawn_values(data, table)
    for model in versions(table):
        for option in model.order:
            if option.follows is None:
                continue
            slot = computed_slot(model, option, asks_of(model))
            for _ in range(4):
                given_ = {name: data.draw(st.sampled_from([None, *sources(model, name, drawn)])) for name in slot.sources}
                present = {name: model.options[name].default if value is None else value for name, value in given_.items()}
                present = {name: value for name, value in present.items() if value is not None}
                assert follows(model, slot, given_) == computed(model, option, present)


def sources(model: Model, name: str, drawn: dict[str, list[Any]]) -> list[Any]:
    """Return sound values of what an option is computed from."""
    option = model.options[name]
    if option.follows is not None:
        return [*option.values] or sorted(border for border in borders(model, name) if border >= 0)
    values = [value for value in samples(model, option, drawn.get(name, [])) if value is not None]
    return [value for value in values if accepts(option)(value) is not None]


def follows(model: Model, slot: Computed, values: dict[str, Any]) -> Any:
    """Return what a slot computes of values, each read as its own slot reads it."""
    source = Source(**{f"v{at}": result for at, result in enumerate(values.values())})
    for at, (name, value) in enumerate(values.items()):
        option = model.options[name]
        if value is not None and option.follows is None:
            assert source.value(option_slot(model, option, asks_of(model)).test(f"v{at}", source.bound))
    source.names["w"] = source.value(slot.compute([f"v{at}" for at in range(len(values))], source.bound))
    return source.names["w"] if slot.words is None else source.value(slot.words("w", source.bound))
