"""
What can still be picked, where a selection is not complete: the rows of the picker that are open, narrowed to what remains.

What is picked and wrong by itself is left aside here; `decide` says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from imgrules.engine.caller_input import read_selection
from imgrules.engine.gates import Lock
from imgrules.engine.pricing import prices
from imgrules.engine.reasons import ViolationCode
from imgrules.engine.request_caps import PRICED
from imgrules.engine.resolve import holds
from imgrules.refusals.constraints import Question, Verdict, ask, examine, examine_resolved, limit_key
from imgrules.refusals.value_trials import Trials, trials
from imgrules.table.records import Cell, Formula, Model, Option, Table, Value
from imgrules.table.terms import Credits, Price
from imgrules.views.catalog import View, look, option_offer, value_offer
from imgrules.views.catalog_records import OptionOffer, ValueOffer


def choices(
    table: Table, selection: object, grants: object = (), language: str | None = None, at: object = None
) -> tuple[OptionOffer, ...]:
    """
    Return each option that still has to be picked, with the values that go with the rest of a selection.

    A value is listed if the selection with it breaks no further rule, as far as can be told before the rest is picked.
    Its price in credits is exact where it no longer hangs on what is open; where it does, `credits_vary` is true.
    Its gates are those that stay closed whatever is picked for the rest. A number, a size, a ratio, a text or a list is
    not narrowed: the row says what the option takes. Nothing is open where no model is named, or one that is gone.

    Raises:
        TypeError: the grants are no set, list or tuple of texts.
        ValueError: the moment cannot be read, or is needed and not given.

    """
    view = look(table, grants, language, at)
    picked = read_selection(selection)[0]
    model = ask(table, picked, view.grants, language, view.moment).model
    work = _Work()
    return () if model is None else view.at_its_moment(table.models[model.id], lambda now: _rows(now, picked, work))


class _Work:
    """How many factors and surcharges may still be counted."""

    def __init__(self) -> None:
        self.left = PRICED


def _rows(view: View, picked: dict[str, Any], work: _Work) -> tuple[OptionOffer, ...]:
    """Return each option that still has to be picked at the moment of a view."""
    asked = ask(view.table, picked, view.grants, view.language, view.moment)
    model = asked.model
    if model is None:
        return ()
    before = examine(asked)
    return tuple(option_offer(view, each, _values(view, asked, each, before, work)) for each in _open(before, model))


def _open(verdict: Verdict, model: Model) -> Iterator[Option]:
    """Yield the options that are missing and can be picked; one that a limit asks for may not exist here."""
    values, missing = verdict.picks.values, _missing(verdict)
    for option in map(model.options.__getitem__, (each for each in model.options if each in missing)):
        idle = any(holds(each.when, values, model) for each in option.ignored)
        if option.follows is None and not idle and holds(option.when, values, model):
            yield option


def _missing(verdict: Verdict) -> frozenset[str]:
    return frozenset(each.field for each in verdict.faults if each.code is ViolationCode.MISSING_FIELD)


def _values(view: View, asked: Question, option: Option, before: Verdict, work: _Work) -> tuple[ValueOffer, ...]:
    if option.many is not None:
        # What a list holds changes neither what goes together nor the price: only its length does.
        return tuple(value_offer(view, each, (), set(), hangs=True) for each in option.values.values())
    model = asked.model
    assert model is not None  # noqa: S101  options belong to a model
    own = {each: asked.picked[each] for each in model.options if each in asked.picked}
    # The rest was looked at before: it is not looked at again for each value.
    wrong = tuple(each for each in _wrong(before) if each in model.options)
    tried, quarrels = trials(model, own, wrong, option), _quarrels(before)
    offers = (_value(view, tried, each, quarrels, work) for each in option.values.values())
    return tuple(each for each in offers if each is not None)


def _quarrels(verdict: Verdict) -> set[Any]:
    """Return keys of the limits that are broken; None stands for a combination that is not sold."""
    broken = (each.limits or (None,) for each in verdict.faults if each.code is ViolationCode.NOT_TOGETHER)
    return {limit and limit_key(limit) for limits in broken for limit in limits}


def _wrong(verdict: Verdict) -> tuple[str, ...]:
    """Return the fields that are wrong by themselves."""
    joint = {ViolationCode.NOT_TOGETHER, ViolationCode.MISSING_FIELD}
    return tuple(each.field for each in verdict.faults if each.code not in joint)


def _value(view: View, trial: Trials, value: Value, quarrels: set[Any], work: _Work) -> ValueOffer | None:
    """Return a value with its price and locks, or None where it does not go with what is picked."""
    model = trial.model
    tried = examine_resolved(model, trial.picks(value.name), trial.limits(value.name))
    needed = any(each.field == trial.name and each.code is not ViolationCode.NOT_TOGETHER for each in tried.faults)
    if needed or not _quarrels(tried) <= quarrels:
        return None
    if quarrels:
        # What is picked is not sold as it is, so nothing is known of the price and the gates.
        return value_offer(view, value, (), set(), hangs=True)
    unknown = tried.picks.open - set(model.axes)
    ways = [(cell, _filled(model, cell, tried)) for cell in _ways(model, tried)]
    if not ways:
        return None
    costs = None if model.price and not unknown.isdisjoint(_names(model.price)) else _costs(model, ways, work)
    return value_offer(view, value, _locks_of(view, model, ways, unknown), costs or set(), hangs=costs is None)


_Way: TypeAlias = tuple[Cell, Mapping[str, Any]]
"""A combination, and what is there with it."""


def _costs(model: Model, ways: Iterable[_Way], work: _Work) -> set[Price] | None:
    """Return the prices of some ways, or two that differ; None where it takes too much work to tell."""
    lines = len(model.price.times) + len(model.price.plus) if model.price else 0
    found: dict[Credits | None, set[Price]] = {}
    for cell, values in ways:
        work.left -= lines
        if work.left < 0:
            return None
        cost = prices(model, cell, values)
        found.setdefault(cost[0], set()).add(cost)
        if len(found) > 1:
            break
    return {each for some in found.values() for each in some}


def _locks_of(view: View, model: Model, ways: Iterable[_Way], unknown: frozenset[str]) -> tuple[tuple[Lock, ...], ...]:
    """Return the locks of each way, or of one that has none: then none is closed whatever is picked."""
    found = []
    for cell, values in ways:
        found.append(_locks(view, model, cell, values, unknown))
        if not found[-1]:
            return ((),)
    return tuple(found)


def _ways(model: Model, tried: Verdict) -> Sequence[Cell]:
    """Return the combinations that agree with what is known; what is missing may be anything."""
    return model.matching(tried.picks.values, tried.picks.open | _missing(tried))


def _filled(model: Model, cell: Cell, tried: Verdict) -> Mapping[str, Any]:
    return {**tried.picks.values, **cell.picks(model)}


def _locks(view: View, model: Model, cell: Cell, values: Mapping[str, Any], unknown: frozenset[str]) -> tuple[Lock, ...]:
    """Return the gates that are closed before a combination; what hangs on what is unknown may be open."""
    known = (each for each in model.gates if unknown.isdisjoint(test.name for test in each.when))
    ruled = (gate for each in known if holds(each.when, values, model) for gate in each.gates)
    return view.locks(dict.fromkeys((*cell.gates, *ruled)))


def _names(formula: Formula) -> Iterator[str]:
    """Yield the options that a formula counts or asks about."""
    for line in (*formula.times, *formula.plus):
        yield from (each.name for each in line.when)
        yield from (line.lookup.by if line.lookup else ())
        yield from (line.per,) if line.per else ()
    yield from (formula.each,) if formula.each else ()
