"""
What each value of one option comes to beside other picks, where many are tried.

What does not hang on the option is evaluated once, and of the limits only those are read again that a value could break.
So all values together cost as much as there are values and rules, not their product.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from imgrules.engine.resolve import Picks, keeps, picks
from imgrules.table.record import field, record, replace
from imgrules.table.records import Model, Option
from imgrules.table.terms import Condition, Limit


@record
class LimitsOfValues:
    """The limits that name an option: those that hold nothing but for some of its values, by value, and all others."""

    by_value: dict[str, list[Limit]] = field(default_factory=dict)
    others: list[Limit] = field(default_factory=list)


_NONE = LimitsOfValues()


@record
class Trials:
    """
    The values of one option beside other picks, of which some are wrong by themselves.

    `broken` are the limits that are broken whatever the value is; `always` are those that have to be read for every value.
    `there` is what is there with one of the values, where nothing else hangs on it.
    """

    model: Model
    picked: Mapping[str, Any]
    wrong: tuple[str, ...]
    name: str
    broken: tuple[Limit, ...]
    always: tuple[Limit, ...]
    there: Picks | None

    def picks(self, value: str) -> Picks:
        """Return what is there with a value."""
        there = self.there
        if there is None:
            return picks(self.model, {**self.picked, self.name: value}, self.wrong)
        return replace(there, values={**there.values, self.name: value}) if self.name in there.values else there

    def limits(self, value: str) -> tuple[Limit, ...]:
        """Return the limits that may be broken with a value: no other is."""
        own = _limits_of_values(self.model).get(self.name, _NONE)
        return (*self.broken, *self.always, *own.by_value.get(value, ()))


def trials(model: Model, picked: Mapping[str, Any], wrong: tuple[str, ...], option: Option) -> Trials:
    """Return what each value of an option that is not computed is tried with."""
    name = option.name
    hung = _hung_on(model, name)
    # Any value serves to see what is there besides.
    there = picks(model, {**picked, name: next(iter(option.values), None)}, wrong)
    asked, broken, always = {name, *hung}, [], list(_limits_of_values(model).get(name, _NONE).others)
    for limit, names in _with_names(model):
        if asked.isdisjoint(names):
            if there.open.isdisjoint(names) and not keeps(limit, there.values, model):
                broken.append(limit)
        elif name not in names:
            always.append(limit)
    return Trials(model, picked, wrong, name, tuple(broken), tuple(always), None if hung else there)


def _with_names(model: Model) -> tuple[tuple[Limit, frozenset[str]], ...]:
    """Return each limit with the options that it names."""
    found: tuple[tuple[Limit, frozenset[str]], ...] | None = model.memory.get("named")
    if found is None:
        found = model.memory.keep("named", tuple((each, frozenset(each.names)) for each in model.limits))
    return found


def _hung_on(model: Model, name: str) -> frozenset[str]:
    """Return the other options that hang on one, at first or at last."""
    found: Mapping[str, list[str]] | None = model.memory.get("hung")
    if found is None:
        found = model.memory.keep("hung", _by_what_they_hang_on(model))
    seen, left = set[str](), [name]
    while left:
        new = [each for each in found.get(left.pop(), ()) if each not in seen]
        seen.update(new)
        left += new
    return frozenset(seen)


def _by_what_they_hang_on(model: Model) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for option in model.options.values():
        for each in dict.fromkeys(option.depends_on):
            found.setdefault(each, []).append(option.name)
    return found


def _limits_of_values(model: Model) -> Mapping[str, LimitsOfValues]:
    """Return the limits that name each option, by its values where they say nothing of other values."""
    found: dict[str, LimitsOfValues] | None = model.memory.get("limits of values")
    if found is not None:
        return found
    found = {}
    for limit, names in _with_names(model):
        for name in names:
            own = found.setdefault(name, LimitsOfValues())
            values = _values_that_matter(limit, name)
            for each in values or ():
                own.by_value.setdefault(each, []).append(limit)
            if values is None:
                own.others.append(limit)
    return model.memory.keep("limits of values", found)


def _values_that_matter(limit: Limit, name: str) -> tuple[str, ...] | None:
    """Return the values of an option without which a limit is kept; None where any value may break it."""
    never = limit.never if not (limit.only or limit.needs) else ()
    named = next((each for each in (*_any(limit.when, name), *_any(never, name))), None)
    return None if named is None else tuple(dict.fromkeys(each for each in named if type(each) is str))


def _any(condition: Condition, name: str) -> Iterator[tuple[Any, ...]]:
    return (each.any for each in condition if each.name == name and each.any and each.given is None and not each.none)
