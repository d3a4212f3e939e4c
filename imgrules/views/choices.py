"""
The remaining choices of an incomplete selection: the options that are still to be picked, with the values that are possible.

A pick that is invalid alone is ignored here; `decide` says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from imgrules.engine.caller_input import read_selection
from imgrules.engine.decision import Status
from imgrules.engine.decision_records import ViolationCode
from imgrules.engine.gates import Lock
from imgrules.engine.pricing import is_above, prices
from imgrules.engine.request_caps import PRICED
from imgrules.engine.resolve import holds
from imgrules.refusals.constraints import Verdict, cap_given, examine, examine_resolved, invalid_alone
from imgrules.refusals.joint_faults import limit_key
from imgrules.refusals.questions import Question, ask
from imgrules.refusals.value_trials import Trials, trials
from imgrules.table.options import Option, Value
from imgrules.table.record_base import replace
from imgrules.table.records import Cell, Model, Table
from imgrules.table.terms import Credits, Number, Price
from imgrules.views.catalog.catalog import option_offer, value_offer
from imgrules.views.catalog.catalog_document import option_documents
from imgrules.views.catalog.catalog_records import OptionOffer, ValueOffer
from imgrules.views.catalog.view import View, facts_module, view_of


def choices(  # noqa: PLR0913, PLR0917  what is picked, who asks, in which language, when, and what the service knows
    table: Table,
    selection: object,
    grants: object = (),
    language: str | None = None,
    at: object = None,
    facts: object = None,
) -> tuple[OptionOffer, ...]:
    """
    Return each option that still has to be picked, with the values that do not conflict with the selection.

    A value is listed if the selection with it breaks no further rule, as far as that is known before the rest is picked.
    Its price in credits is exact unless it depends on an option that is not picked yet; then `credits_vary` is true.
    With a cap in the selection, a value that costs more whatever is picked for the rest is `impossible`, and has its price; of
    any other, only what is within the cap counts.
    Its gates are those that stay closed whatever is picked for the rest. Bounds of a number, size, ratio, text or list are
    those of the option, whatever is picked. The result is empty if the selection names no model that is sold.

    Raises:
        TypeError: the grants are not a set, list or tuple of strings.
        ValueError: `at` is not a moment, or is missing and the choices change with time.

    """
    view = view_of(table, grants, language, at, facts)
    picked = read_selection(selection)[0]
    question, work = ask(table, picked, view.grants, language, view.moment), _Work()
    if question.model is None:
        return ()
    if view.moment is not None and facts is None:
        return _rows(view, question, work)

    def show(now: View) -> tuple[OptionOffer, ...]:
        return _rows(now, ask(table, picked, now.grants, language, now.moment, facts), work)

    return view.at_its_moment(table.models[question.model.id], show)


def choice_documents(*asked: Any) -> list[dict[str, Any]]:
    """Return the same, asked with the same arguments, as documents for `json.dumps`."""
    return option_documents(choices(*asked))


class _Work:
    """A counter: `left` is the number of factors and surcharges that may still be evaluated for this answer."""

    def __init__(self) -> None:
        self.left = PRICED


def _rows(view: View, question: Question, work: _Work) -> tuple[OptionOffer, ...]:
    """Return a row for each option that still has to be picked at the moment of a view."""
    model = question.model
    if model is None:
        return ()
    if view.facts is not None:
        facts_module().checked_facts(view.table, model, view.facts, view.language)
    if not question.lacking():
        return _rows_of(view, question, model, work)
    rows = [_rows_of(view, whole, model, work) for whole in question.completed()]
    if not rows or rows[1:] != rows[:-1]:
        view.stated(model)  # it says which fact is missing
    return rows[0]


def _rows_of(view: View, question: Question, model: Model, work: _Work) -> tuple[OptionOffer, ...]:
    before = examine(question)
    options = _open_options(before, model)
    return tuple(option_offer(view, option, _values(view, question, option, before, work)) for option in options)


def _open_options(verdict: Verdict, model: Model) -> Iterator[Option]:
    """Yield the missing options that can be picked; an option that a limit needs is left out if its condition fails."""
    values, missing = verdict.picks.values, _missing(verdict)
    for option in map(model.options.__getitem__, (name for name in model.options if name in missing)):
        is_ignored = any(holds(limit.when, values, model) for limit in option.ignored)
        if option.follows is None and not (is_ignored or option.fact) and holds(option.when, values, model):
            yield option


def _missing(verdict: Verdict) -> frozenset[str]:
    return frozenset(fault.field for fault in verdict.faults if fault.code is ViolationCode.MISSING_FIELD)


def _values(view: View, question: Question, option: Option, before: Verdict, work: _Work) -> tuple[ValueOffer, ...]:
    """Return the offers of the values of an option that cause no conflict beyond those of the verdict `before`."""
    if option.many is not None:
        # Limits and prices depend on the length of a list, never on its entries.
        return tuple(value_offer(view, value, (), set(), is_open=True) for value in option.values.values())
    model = question.model
    assert model is not None  # noqa: S101  options belong to a model
    picked = {name: question.picked[name] for name in model.options if name in question.picked}
    # The other picks were examined alone before, and are not examined again for each value.
    wrong = tuple(name for name in invalid_alone(before) if name in model.options)
    cap = cap_given(question, model)
    trial, rest = trials(model, picked, wrong, option), _Rest(_conflicts(before), None if cap is None else cap[1], work)
    offers = (_value(view, trial, value, rest) for value in option.values.values())
    return tuple(offer for offer in offers if offer is not None)


class _Rest(NamedTuple):
    """What the rest of a selection says about every value: its conflicts, the most that it may cost, and the work that is left."""

    conflicts: set[Any]
    most: Number | None
    work: _Work


def _conflicts(verdict: Verdict) -> set[Any]:
    """Return the keys of the broken limits, with None for a combination that is not sold."""
    broken = (fault.limits or (None,) for fault in verdict.faults if fault.code is ViolationCode.NOT_TOGETHER)
    return {limit and limit_key(limit) for limits in broken for limit in limits}


def _value(view: View, trial: Trials, value: Value, rest: _Rest) -> ValueOffer | None:
    """Return a value with its price and locks, or None where it causes a conflict that the rest does not have."""
    model = trial.model
    tried = examine_resolved(model, trial.picks(value.name), trial.limits(value.name))
    faulty = any(fault.field == trial.name and fault.code is not ViolationCode.NOT_TOGETHER for fault in tried.faults)
    if faulty or not _conflicts(tried) <= rest.conflicts:
        return None
    if rest.conflicts:
        # The selection is impossible already, so price and gates are unknown.
        return value_offer(view, value, (), set(), is_open=True)
    unknown = tried.picks.open - set(model.axes)
    ways = [(cell, _values_with(model, cell, tried)) for cell in _matching_cells(model, tried)]
    if not ways:
        return None
    if unknown and model.price and not unknown.isdisjoint(model.price.names):
        return value_offer(view, value, _locks_of(view, model, ways, unknown), set(), is_open=True)
    within_cap = ways if rest.most is None else _within_cap(model, ways, rest.most, rest.work)
    costs = _prices(model, within_cap or ways, rest.work)
    offer = value_offer(view, value, _locks_of(view, model, within_cap or ways, unknown), costs or set(), is_open=costs is None)
    return offer if within_cap else replace(offer, status=Status.IMPOSSIBLE)


_Way: TypeAlias = tuple[Cell, Mapping[str, Any]]
"""A combination, and the values of all options with it."""


def _within_cap(model: Model, ways: Sequence[_Way], most: Number, work: _Work) -> Sequence[_Way]:
    """Return the combinations that cost at most so much; all of them if no work is left."""
    work.left -= len(ways) * (len(model.price.times) + len(model.price.plus) if model.price else 0)
    if work.left < 0:
        return ways
    return [(cell, values) for cell, values in ways if not is_above(prices(model, cell, values).credits, most)]


def _prices(model: Model, ways: Iterable[_Way], work: _Work) -> set[Price] | None:
    """Return all prices if their current part is the same, else some that differ; None if no work is left."""
    lines = len(model.price.times) + len(model.price.plus) if model.price else 0
    by_credits: dict[tuple[Credits | None, bool], set[Price]] = {}
    for cell, values in ways:
        work.left -= lines
        if work.left < 0:
            return None
        price = prices(model, cell, values)
        by_credits.setdefault((price.credits, price.estimate), set()).add(price)
        if len(by_credits) > 1:
            break
    return {price for same_credits in by_credits.values() for price in same_credits}


def _locks_of(view: View, model: Model, ways: Iterable[_Way], unknown: frozenset[str]) -> tuple[tuple[Lock, ...], ...]:
    """Return the locks of each combination; only `((),)` if one of them has none, because then nothing has to be opened."""
    of_ways = []
    for cell, values in ways:
        of_ways.append(_locks(view, model, cell, values, unknown))
        if not of_ways[-1]:
            return ((),)
    return tuple(of_ways)


def _matching_cells(model: Model, tried: Verdict) -> Sequence[Cell]:
    """Return the combinations that agree with the known values; a missing option may have any value."""
    return model.matching(tried.picks.values, tried.picks.open | _missing(tried))


def _values_with(model: Model, cell: Cell, tried: Verdict) -> Mapping[str, Any]:
    """Return the values of all options with a combination; only formulas and gates with a condition read them."""
    if not (model.price or model.gates):
        return tried.picks.values
    return {**tried.picks.values, **cell.picks(model)}


def _locks(view: View, model: Model, cell: Cell, values: Mapping[str, Any], unknown: frozenset[str]) -> tuple[Lock, ...]:
    """Return the closed gates of a combination, without gates whose condition depends on an option that is not known yet."""
    if not (cell.gates or model.gates):
        return ()
    decidable = (rule for rule in model.gates if unknown.isdisjoint(test.name for test in rule.when))
    of_rules = (gate for rule in decidable if holds(rule.when, values, model) for gate in rule.gates)
    return view.locks(dict.fromkeys((*cell.gates, *of_rules)))
