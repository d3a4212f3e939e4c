"""
Resolve a selection: which options are present, with which value, and which cannot be known yet.

Conditions are evaluated here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from imgrules.table.exact import total
from imgrules.table.measures import entries, exact, pair
from imgrules.table.options import Option, Value
from imgrules.table.record_base import field, record
from imgrules.table.records import Model
from imgrules.table.terms import Condition, Follows, Limit, Number, Test


@record(frozen=False)  # cheaper to make than a frozen one
class Picks:
    """
    The options that are present, with their values.

    `open` are those that cannot be known, because they, or an option that they depend on, are missing or wrong. `missing`
    have to be picked; `misplaced` are picked where their condition does not hold; `ignored` are picked without effect.
    """

    values: Mapping[str, Any]
    open: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    misplaced: tuple[str, ...] = ()
    ignored: Mapping[str, Limit] = field(default_factory=dict)


_NOTHING = Picks({})


def picks(
    model: Model,
    picked: Mapping[str, Any],
    wrong: Iterable[str] = (),
    known: Picks = _NOTHING,
    rest: Sequence[Option] | None = None,
) -> Picks:
    """
    Return the options of a model that are present, given valid values by option; those in `wrong` count as missing.

    With `rest`, only these options are resolved, in order of dependency; `known` is the result for all others.
    """
    values = dict(known.values)
    # A computed option depends on others alone, so that a given value is ignored.
    options = model.options
    given = {name: value for name, value in picked.items() if name in options and options[name].follows is None}
    unknown = {name for name in wrong if name in given} | known.open
    missing, misplaced, ignored = [*known.missing], [*known.misplaced], dict(known.ignored)
    for option in model.order if rest is None else rest:
        name = option.name
        if unknown and (name in unknown or not unknown.isdisjoint(option.depends_on)):
            unknown.add(name)
            continue
        ignoring = (
            next((limit for limit in option.ignored if holds(limit.when, values, model)), None) if option.ignored else None
        )
        if ignoring is not None or (option.when and not holds(option.when, values, model)):
            if name in given and ignoring is not None:
                ignored[name] = ignoring
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
    return tuple(name for name in model.options if name in names)


def _unpicked(model: Model, option: Option, values: Mapping[str, Any]) -> Any:
    """Return the value of an option that is not picked: computed, by default, or None."""
    if option.follows is not None:
        return computed(model, option, values)
    return default_of(option, values)


def default_of(option: Option, values: Mapping[str, Any]) -> Any:
    """Return the default of an option, which may depend on the values of others, or None."""
    return option.default if option.defaults is None else option.defaults.find(values)


def computed(model: Model, option: Option, values: Mapping[str, Any]) -> str | Number | None:
    """Return the value of a computed option: a number, the word for the range of the number or of a table, or None."""
    rule = option.follows
    if rule is not None and rule.table is not None:
        word: str | None = rule.table.find(values)
        return word
    number = None if rule is None else counting(model, rule)(*map(values.get, rule.names))
    return word_for(option, number)


def word_for(option: Option, number: Number | None) -> str | Number | None:
    """Return the word for the range of a number if the computed option has words, else the number."""
    if number is None or not option.values:
        return number
    return next((value.name for value in option.values.values() if _lies_in(number, value)), None)


def counting(model: Model, rule: Follows) -> Callable[..., Number | None]:
    """Return the function that computes a number from the values of some options, passed in the order of `rule.names`."""
    many = [model.options[name].many is not None for name in rule.names]
    if rule.measure is None:
        is_list = many[0]
        return lambda value: _amount(value, many=is_list)
    if rule.measure == "total":
        return lambda *values: total(_amount(value, many=is_list) or 0 for value, is_list in zip(values, many, strict=True))
    if len(rule.of) == 1:
        return lambda value: _measured(rule, pair(value, "x"))
    return lambda *values: _measured(rule, _sides([exact(value) for value in values]))


def _sides(numbers: list[Number | None]) -> tuple[int, int] | None:
    return None if None in numbers else (int(numbers[0] or 0), int(numbers[1] or 0))


def _measured(rule: Follows, sides: tuple[int, int] | None) -> int | None:
    """Return the longer or the shorter one of two sides, or their area in units of pixels, rounded up."""
    if sides is None or rule.measure == "pixels":
        return None if sides is None else -(-(sides[0] * sides[1]) // rule.unit)
    return max(sides) if rule.measure == "longest" else min(sides)


def amount(model: Model, name: str, values: Mapping[str, Any]) -> Number | None:
    """Return the number that is the value of an option, or the length of a list, which is 0 where it is absent."""
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
    """Whether these values pass every test of a condition."""
    for test in condition:  # noqa: SIM110  the most frequent call of all, and `all` takes twice as long
        if not passes(test, values, model):
            return False
    return True


def passes(test: Test, values: Mapping[str, Any], model: Model) -> bool:
    """Whether these values pass a test."""
    value = values.get(test.name)
    if test.none:
        return _plain_value(value) not in test.none
    if test.any:
        return _plain_value(value) in test.any
    number = amount(model, test.name, values)
    return number is not None and _lies_in(number, test)


def _plain_value(value: Any) -> Any:
    """Return a value as conditions compare it: a list as its length, and as None where it has no entries."""
    if type(value) is str:
        return value
    listed = entries(value)
    # True equals 1 in Python, and a list cannot be hashed.
    return exact(value) if listed is None else len(listed) or None


def keeps(limit: Limit, values: Mapping[str, Any], model: Model) -> bool:
    """Whether these values satisfy a limit."""
    if not holds(limit.when, values, model):
        return True
    if lacking(limit, values):
        return False
    tests = tuple(test for test in limit.only if _has_value(test.name, values, model))
    return holds(tests, values, model) and not (limit.never and holds(limit.never, values, model))


def lacking(limit: Limit, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the options that a limit needs and that are absent, or are a list without entries."""
    return tuple(name for name in limit.needs if values.get(name) is None or entries(values[name]) in ([], ()))


def _has_value(name: str, values: Mapping[str, Any], model: Model) -> bool:
    """Whether `only` can test an option: it is present, or is a list, whose length is 0 if absent."""
    return name in values or model.options[name].many is not None
