"""
What can still be picked, where a selection is not complete: the rows of the picker that are open, narrowed to what remains.

What is picked and wrong by itself is left aside here; `decide` says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from imgrules.catalog import Price, View, look, option_offer, value_offer
from imgrules.catalog_records import OptionOffer, ValueOffer
from imgrules.engine.cells import agreeing
from imgrules.engine.closer import read_selection
from imgrules.engine.decision import Lock
from imgrules.engine.faults import Question, Verdict, ViolationCode, ask, examine, joined
from imgrules.engine.parts import Limit
from imgrules.engine.picks import holds
from imgrules.engine.price import prices
from imgrules.engine.table import Cell, Formula, Model, Option, Table, Value


def choices(
    table: Table, selection: object, grants: object = (), language: str | None = None, at: object = None
) -> tuple[OptionOffer, ...]:
    """
    Answer each option that still has to be picked, with the values that go with the rest of a selection.

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
    return () if model is None else view.at_its_moment(table.models[model.id], lambda now: _rows(now, picked))


def _rows(view: View, picked: dict[str, Any]) -> tuple[OptionOffer, ...]:
    """Return each option that still has to be picked at the moment of a view."""
    asked = ask(view.table, picked, view.grants, view.language, view.moment)
    model = asked.model
    if model is None:
        return ()
    before = examine(asked)
    return tuple(option_offer(view, each, _values(view, asked, each, before)) for each in _open(before, model))


def _open(verdict: Verdict, model: Model) -> Iterator[Option]:
    """Answer the options that are missing and can be picked; one that a limit asks for may not exist here."""
    values, missing = verdict.picks.values, _missing(verdict)
    for option in map(model.options.__getitem__, (each for each in model.options if each in missing)):
        idle = any(holds(each.when, values, model) for each in option.ignored)
        if option.follows is None and not idle and holds(option.when, values, model):
            yield option


def _missing(verdict: Verdict) -> frozenset[str]:
    return frozenset(each.field for each in verdict.faults if each.code is ViolationCode.MISSING_FIELD)


def _values(view: View, asked: Question, option: Option, before: Verdict) -> tuple[ValueOffer, ...]:
    if option.many is not None:
        # What a list holds changes neither what goes together nor the price: only its length does.
        return tuple(value_offer(view, each, (), set(), hangs=True) for each in option.values.values())
    quarrels, wrong = _quarrels(before), _wrong(before)
    offers = (_value(view, asked, option.name, each, quarrels, wrong) for each in option.values.values())
    return tuple(each for each in offers if each is not None)


def _quarrels(verdict: Verdict) -> list[Limit | None]:
    """Answer the limits that are broken; None stands for a combination that is not sold."""
    broken = (each.limits or (None,) for each in verdict.faults if each.code is ViolationCode.NOT_TOGETHER)
    return [limit for limits in broken for limit in limits]


def _wrong(verdict: Verdict) -> tuple[str, ...]:
    """Return the fields that are wrong by themselves."""
    joint = {ViolationCode.NOT_TOGETHER, ViolationCode.MISSING_FIELD}
    return tuple(each.field for each in verdict.faults if each.code not in joint)


def _value(  # noqa: PLR0913, PLR0917  who looks, at what, and what was found before
    view: View, asked: Question, name: str, value: Value, quarrels: list[Limit | None], wrong: tuple[str, ...]
) -> ValueOffer | None:
    """Answer a value with its price and locks, or None where it does not go with what is picked."""
    model = asked.model
    assert model is not None  # noqa: S101  options belong to a model
    own = {each: asked.picked[each] for each in model.options if each in asked.picked}
    # The rest was looked at before: it is not looked at again for each value.
    tried = joined(model, {**own, name: value.name}, tuple(each for each in wrong if each in model.options))
    needed = any(each.field == name and each.code is not ViolationCode.NOT_TOGETHER for each in tried.faults)
    if needed or any(each not in quarrels for each in _quarrels(tried)):
        return None
    if quarrels:
        # What is picked is not sold as it is, so nothing is known of the price and the gates.
        return value_offer(view, value, (), set(), hangs=True)
    unknown = tried.picks.open - set(model.axes)
    ways = [(cell, _filled(model, cell, tried)) for cell in _ways(model, tried)]
    if not ways:
        return None
    locks = tuple(_locks(view, model, cell, values, unknown) for cell, values in ways)
    hangs = model.price is not None and not unknown.isdisjoint(_names(model.price))
    costs: set[Price] = set() if hangs else {prices(model, cell, values) for cell, values in ways}
    return value_offer(view, value, locks, costs, hangs=hangs)


def _ways(model: Model, tried: Verdict) -> Sequence[Cell]:
    """Answer the combinations that agree with what is known; what is missing may be anything."""
    return agreeing(model, tried.picks.values, tried.picks.open | _missing(tried))


def _filled(model: Model, cell: Cell, tried: Verdict) -> Mapping[str, Any]:
    named = zip(model.axes, cell.values, strict=True)
    return {**tried.picks.values, **{name: value for name, value in named if value is not None}}


def _locks(view: View, model: Model, cell: Cell, values: Mapping[str, Any], unknown: frozenset[str]) -> tuple[Lock, ...]:
    """Answer the gates that are closed before a combination; what hangs on what is unknown may be open."""
    known = (each for each in model.gates if unknown.isdisjoint(test.name for test in each.when))
    ruled = (gate for each in known if holds(each.when, values, model) for gate in each.gates)
    return view.locks(dict.fromkeys((*cell.gates, *ruled)))


def _names(formula: Formula) -> Iterator[str]:
    """Answer the options that a formula counts or asks about."""
    for line in (*formula.times, *formula.plus):
        yield from (each.name for each in line.when)
        yield from (line.lookup.by if line.lookup else ())
        yield from (line.per,) if line.per else ()
    yield from (formula.each,) if formula.each else ()
