"""
Try many values of one option, with the other picks unchanged.

Whatever does not depend on the option is evaluated once, and for each value only the limits that it could break. So the cost
of all values is proportional to values plus rules, not to values times rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from imgrules.engine.resolve import Picks, keeps, picks
from imgrules.table.options import Option
from imgrules.table.record_base import field, record
from imgrules.table.records import Model
from imgrules.table.terms import Condition, Limit


@record
class LimitsOfValues:
    """The limits that name an option: `by_value` may be broken only with that value, `others` with any value."""

    by_value: dict[str, list[Limit]] = field(default_factory=dict)
    others: list[Limit] = field(default_factory=list)


_NONE = LimitsOfValues()


@record
class Trials:
    """
    The values of the option `name` with other picks, of which those in `wrong` are invalid alone.

    `broken` are the limits that are broken whatever the value is; `always` are those to evaluate for every value.
    `resolved` are the resolved options with one of the values, without `rest`: the option and those that depend on it, in order
    of dependency, where there are such.
    """

    model: Model
    picked: Mapping[str, Any]
    wrong: tuple[str, ...]
    name: str
    broken: tuple[Limit, ...]
    always: tuple[Limit, ...]
    resolved: Picks
    rest: tuple[Option, ...]

    def picks(self, value: str) -> Picks:
        """Return the resolved options with a value."""
        resolved = self.resolved
        if self.rest:
            return picks(self.model, {**self.picked, self.name: value}, self.wrong, resolved, self.rest)
        if self.name not in resolved.values:
            return resolved
        values = {**resolved.values, self.name: value}
        return Picks(values, resolved.open, resolved.missing, resolved.misplaced, resolved.ignored)

    def limits(self, value: str) -> tuple[Limit, ...]:
        """Return the only limits that may be broken with a value."""
        own = _limits_of_values(self.model).get(self.name, _NONE)
        return (*self.broken, *self.always, *own.by_value.get(value, ()))


def trials(model: Model, picked: Mapping[str, Any], wrong: tuple[str, ...], option: Option) -> Trials:
    """Return the trials of an option that is not computed."""
    name = option.name
    dependents = _dependents(model, name)
    # Any value will do to resolve the options that do not depend on it.
    resolved = picks(model, {**picked, name: next(iter(option.values), None)}, wrong)
    affected, broken, always = {name, *dependents}, [], list(_limits_of_values(model).get(name, _NONE).others)
    for limit, names in _limits_with_names(model):
        if affected.isdisjoint(names):
            if resolved.open.isdisjoint(names) and not keeps(limit, resolved.values, model):
                broken.append(limit)
        elif name not in names:
            always.append(limit)
    rest = tuple([option for option in model.order if option.name in affected]) if dependents else ()
    known = _without(resolved, affected) if rest else resolved
    return Trials(model, picked, wrong, name, tuple(broken), tuple(always), known, rest)


def _without(resolved: Picks, names: Collection[str]) -> Picks:
    """Return resolved options without some of them."""
    return Picks(
        {name: value for name, value in resolved.values.items() if name not in names},
        resolved.open.difference(names),
        tuple(name for name in resolved.missing if name not in names),
        tuple(name for name in resolved.misplaced if name not in names),
        {name: limit for name, limit in resolved.ignored.items() if name not in names},
    )


def _limits_with_names(model: Model) -> tuple[tuple[Limit, frozenset[str]], ...]:
    """Return each limit with the names of its options; cached with the model."""
    cached: tuple[tuple[Limit, frozenset[str]], ...] | None = model.memory.get("named")
    if cached is None:
        cached = model.memory.keep("named", tuple((limit, frozenset(limit.names)) for limit in model.limits))
    return cached


def _dependents(model: Model, name: str) -> frozenset[str]:
    """Return the other options that depend on one, directly or not."""
    direct: Mapping[str, list[str]] | None = model.memory.get("dependents")
    if direct is None:
        direct = model.memory.keep("dependents", _direct_dependents(model))
    seen, left = set[str](), [name]
    while left:
        new = [dependent for dependent in direct.get(left.pop(), ()) if dependent not in seen]
        seen.update(new)
        left += new
    return frozenset(seen)


def _direct_dependents(model: Model) -> Mapping[str, list[str]]:
    """Return for each option the names of those that depend on it directly."""
    dependents: dict[str, list[str]] = {}
    for option in model.options.values():
        for name in dict.fromkeys(option.depends_on):
            dependents.setdefault(name, []).append(option.name)
    return dependents


def _limits_of_values(model: Model) -> Mapping[str, LimitsOfValues]:
    """Return the limits that name each option, grouped by the values that may break them; cached with the model."""
    cached: dict[str, LimitsOfValues] | None = model.memory.get("limits of values")
    if cached is not None:
        return cached
    by_option: dict[str, LimitsOfValues] = {}
    for limit, names in _limits_with_names(model):
        for name in names:
            own = by_option.setdefault(name, LimitsOfValues())
            values = _breaking_values(limit, name)
            for value in values or ():
                own.by_value.setdefault(value, []).append(limit)
            if values is None:
                own.others.append(limit)
    return model.memory.keep("limits of values", by_option)


def _breaking_values(limit: Limit, name: str) -> tuple[str, ...] | None:
    """Return the values of an option that may break a limit; None where any value may break it."""
    never = limit.never if not (limit.only or limit.needs) else ()
    listed = next((values for values in (*_listed(limit.when, name), *_listed(never, name))), None)
    return None if listed is None else tuple(dict.fromkeys(value for value in listed if type(value) is str))


def _listed(condition: Condition, name: str) -> Iterator[tuple[Any, ...]]:
    """Yield, for each test of a condition that only lists values of an option, these values."""
    return (test.any for test in condition if test.name == name and test.any and None not in test.any)
