"""
What a selection comes to: which options are there, with which value, and which cannot be known yet.

A condition has one form everywhere, and is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from imgrules.table.exact import total
from imgrules.table.measures import entries, exact, pair
from imgrules.table.record import field, record
from imgrules.table.records import Model, Option, Value
from imgrules.table.terms import Condition, Follows, Limit, Number, Test


@record(frozen=False)  # not frozen, as a question is not
class Picks:
    """
    The options that are there, with their values; those that are `open`, because they or what they hang on is unknown.

    `missing` have to be picked; `misplaced` are picked where they do not exist; `ignored` are picked without effect.
    """

    values: Mapping[str, Any]
    open: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    misplaced: tuple[str, ...] = ()
    ignored: Mapping[str, Limit] = field(default_factory=dict)


def picks(model: Model, picked: Mapping[str, Any], wrong: Iterable[str] = ()) -> Picks:
    """Return what is there for a model, given sound values by option; what is wrong is as good as missing."""
    values: dict[str, Any] = {}
    # A computed option follows from others, whatever a caller gave in its place.
    given = {name: each for name, each in picked.items() if name in model.options and model.options[name].follows is None}
    unknown, missing, misplaced, ignored = given.keys() & set(wrong), [], [], {}
    for option in model.order:
        name = option.name
        if unknown and (name in unknown or not unknown.isdisjoint(option.depends_on)):
            unknown.add(name)
            continue
        idle = next((each for each in option.ignored if holds(each.when, values, model)), None) if option.ignored else None
        if idle is not None or (option.when and not holds(option.when, values, model)):
            if name in given and idle is not None:
                ignored[name] = idle
            elif name in given:
                misplaced.append(name)
            continue
        value = given[name] if name in given else _unpicked(model, option, values)
        if value is not None:
            values[name] = value
        elif not option.optional and option.follows is None:
            missing.append(name)
            unknown.add(name)
    return Picks(values, frozenset(unknown), _in_order(model, missing) if missing else (), tuple(misplaced), ignored)


def _in_order(model: Model, names: list[str]) -> tuple[str, ...]:
    return tuple(each for each in model.options if each in names)


def _unpicked(model: Model, option: Option, values: Mapping[str, Any]) -> Any:
    """Return what an option has that is not picked: what it follows from, or its default, or nothing."""
    if option.follows is not None:
        return computed(model, option, values)
    return default_of(option, values)


def default_of(option: Option, values: Mapping[str, Any]) -> Any:
    """Return what an option has by default beside what is there, or None."""
    return option.default if option.defaults is None else option.defaults.find(values)


def computed(model: Model, option: Option, values: Mapping[str, Any]) -> str | Number | None:
    """Return the number that a computed option comes to, or the word for the range that it lies in."""
    rule = option.follows
    number = None if rule is None else counting(model, rule)(*map(values.get, rule.names))
    return word_for(option, number)


def word_for(option: Option, number: Number | None) -> str | Number | None:
    """Return the word for the range that a number lies in, where a computed option has words; else the number."""
    if number is None or not option.values:
        return number
    return next((each.name for each in option.values.values() if _lies_in(number, each)), None)


def counting(model: Model, rule: Follows) -> Callable[..., Number | None]:
    """Return what tells the number that follows from the values of some options, in the order of their names."""
    many = [model.options[each].many is not None for each in rule.names]
    if rule.of is not None:
        is_list = many[0]
        return lambda value: _amount(value, many=is_list)
    unit = rule.unit
    if len(rule.pixels) == 1:
        return lambda value: _begun(pair(value, "x"), unit)
    if rule.pixels:
        return lambda *values: _begun(_sides([exact(each) for each in values]), unit)
    return lambda *values: total(_amount(each, many=is_list) or 0 for each, is_list in zip(values, many, strict=True))


def _sides(numbers: list[Number | None]) -> tuple[int, int] | None:
    return None if None in numbers else (int(numbers[0] or 0), int(numbers[1] or 0))


def _begun(sides: tuple[int, int] | None, unit: int) -> int | None:
    """Return in how many units, the last of which may be begun only, an area is counted."""
    return None if sides is None else -(-(sides[0] * sides[1]) // unit)


def amount(model: Model, name: str, values: Mapping[str, Any]) -> Number | None:
    """Return the number that an option is, or the length of its list; a list that is not there has length 0."""
    return _amount(values.get(name), many=name in model.options and model.options[name].many is not None)


def _amount(value: Any, *, many: bool) -> Number | None:
    if type(value) is int:
        return value
    listed = entries(value)
    if listed is not None:
        return len(listed)
    return exact(value) if value is not None else 0 if many else None


def _lies_in(number: Number, bounds: Value | Test) -> bool:
    return (bounds.min is None or number >= bounds.min) and (bounds.max is None or number <= bounds.max)


def holds(condition: Condition, values: Mapping[str, Any], model: Model) -> bool:
    """Return whether what is there passes every test of a condition."""
    for each in condition:  # noqa: SIM110  it is asked more than anything else, and `all` takes twice as long
        if not passes(each, values, model):
            return False
    return True


def passes(test: Test, values: Mapping[str, Any], model: Model) -> bool:
    """Whether what is there passes a test."""
    value = values.get(test.name)
    if test.given is not None:
        return (value is not None) is test.given
    if test.none:
        return _plain_value(value) not in test.none
    if test.any:
        return _plain_value(value) in test.any
    number = amount(model, test.name, values)
    return number is not None and _lies_in(number, test)


def _plain_value(value: Any) -> Any:
    # True equals 1 in Python, and a list cannot be looked for among texts.
    return value if type(value) is str else exact(value)


def keeps(limit: Limit, values: Mapping[str, Any], model: Model) -> bool:
    """Return whether what is there keeps a limit."""
    if not holds(limit.when, values, model):
        return True
    if lacking(limit, values):
        return False
    asked = tuple(each for each in limit.only if each.given is not None or _has_value(each.name, values, model))
    return holds(asked, values, model) and not (limit.never and holds(limit.never, values, model))


def lacking(limit: Limit, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the options that a limit needs and that hold nothing: they are not there, or are a list without entries."""
    return tuple(each for each in limit.needs if values.get(each) is None or entries(values[each]) in ([], ()))


def _has_value(name: str, values: Mapping[str, Any], model: Model) -> bool:
    """Return whether an option is there, or is a list, whose length counts in any case: what is not there breaks no `only`."""
    return name in values or model.options[name].many is not None
