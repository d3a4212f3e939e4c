"""
The catalog: what a front end needs to draw the picker of options.

A catalog shows no provider, no wire path and no grant. A locked choice is shown as locked, not left out.
Rules about numbers are copied from the table: bounds, conditions, limits and the formula of a price. So a front end can grey
out values that conflict with a pick, and show a price, without another request.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeAlias

from imgrules.engine.decision import Status
from imgrules.engine.gates import Lock
from imgrules.table.options import Option, Value
from imgrules.table.record_base import replace
from imgrules.table.records import Cell, Field, Model, Table, fields_of, refused_of
from imgrules.table.terms import Price
from imgrules.views.catalog.catalog_document import sealed
from imgrules.views.catalog.catalog_records import (
    Catalog,
    FieldOffer,
    GateOffer,
    ModelOffer,
    Offer,
    OptionOffer,
    ValueOffer,
)
from imgrules.views.catalog.record_offers import offer_maker
from imgrules.views.catalog.view import View, facts_module, moments_of, view_of

_OPTION = offer_maker(OptionOffer, Option, "values", "ignored")
_VALUE = offer_maker(
    ValueOffer, Value, "status", "credits", "credits_vary", "gates", "badges", "regular", "estimate", "regular_estimate"
)
_MODEL = offer_maker(
    ModelOffer, Model, "status", "badges", "fields", "options", "offers", "limits", "gates", "facts", "refused", "default"
)


def offers(table: Table, grants: object = (), language: str | None = None, at: object = None, facts: object = None) -> Catalog:
    """
    Return the catalog for the holder of these grants, with labels in a language, at a moment.

    Raises:
        TypeError: the grants are not a set, list or tuple of strings.
        ValueError: `at` is not a moment, or is missing and the catalog changes with time.

    """
    catalog = catalog_of(view_of(table, grants, language, at, facts))
    return replace(catalog, digest=sealed(catalog)[0]["digest"])


def catalog_of(view: View) -> Catalog:
    """
    Return the catalog of a view, without its digest.

    Raises:
        ValueError: there is no moment, and the catalog changes with time; or a fact is missing, or cannot be used.

    """
    models = view.table.models.values()
    if view.facts is not None:
        facts_module().checked_facts(view.table, None, view.facts, view.language)
    offers_or_none = (view.at_its_moment(model, _model_offer_at(model)) for model in models)
    sold = tuple(offer for offer in offers_or_none if offer is not None)
    later = (moment for model in models for moment in moments_of(model) if view.moment and moment > view.moment)
    return Catalog(sold, min(later, default=None), view.table.currency)


def _model_offer_at(model: Model) -> Callable[[View], ModelOffer | None]:
    """Return a function that returns the offer of a model at the moment of a view, or None where it is not sold then."""

    def show(view: View) -> ModelOffer | None:
        version = model.at(view.moment)
        return None if version is None or version.gone is not None else model_offer(view, version)

    return show


def model_offer(view: View, model: Model) -> ModelOffer:
    """
    Return the offer of one version of a model.

    Raises:
        ValueError: a fact that a rule reads is missing, or one is stated that cannot be used.

    """
    facts = facts_module().fact_offers(view.table, model, view.stated(model), view.language) if model.facts else ()
    model = at_its_facts(view, model)
    sold = _sold(view, model)
    texts = fields_of(view.table, model).values()
    gate_offers = (GateOffer(rule.when, view.locks(rule.gates)) for rule in model.gates)
    return _MODEL(
        model,
        view.say,
        status=best(locks for _, locks, _ in sold),
        badges=view.badges(model.badges),
        fields=tuple(_field_offer(view, field) for field in texts),
        options=tuple(
            option_offer(view, option, _value_offers(view, model, option, sold))
            for option in model.options.values()
            if not option.fact
        ),
        offers=tuple([_offer(model, *combination) for combination in sold]),
        limits=tuple(map(view.limit, model.limits)),
        gates=tuple(offer for offer in gate_offers if offer.gates),
        facts=facts,
        refused={name: view.say(why) for name, why in refused_of(view.table, model).items()},
        default=model.id == view.table.default,
    )


def at_its_facts(view: View, model: Model) -> Model:
    """
    Return a model as its rules are at the facts of a view.

    Raises:
        ValueError: as `model_offer`.

    """
    if not model.facts:
        return model
    from imgrules.views.catalog.at_facts import at_facts  # noqa: PLC0415  a service whose rules have no facts never loads it

    return at_facts(model, view.stated(model))


def cell_offers(view: View, model: Model) -> Iterable[Offer]:
    """Return the offers of a model at its facts, and nothing else of what `model_offer` returns."""
    return [_offer(model, *combination) for combination in _sold(view, model)]


def _field_offer(view: View, field: Field) -> FieldOffer:
    rule, description = field.text, None if field.description is None else view.say(field.description)
    return FieldOffer(field.name, field.required, rule.shortest, rule.longest, rule.unit, rule.also, field.cap, description)


def option_offer(view: View, option: Option, values: tuple[ValueOffer, ...]) -> OptionOffer:
    """Return a row of the picker for an option with the given values."""
    ignored = tuple(map(view.limit, option.ignored)) if option.ignored else ()
    return _OPTION(option, view.say, values=values, ignored=ignored)


_Sold: TypeAlias = list[tuple[Cell, tuple[Lock, ...], Price]]
"""Combinations, each with its gates that are closed to the caller, and its price."""


def _sold(view: View, model: Model) -> _Sold:
    closed = {gates: view.locks(gates) for gates in {cell.gates for cell in model.cells}}
    return [(cell, closed[cell.gates], cell.price) for cell in model.cells]


def _value_offers(view: View, model: Model, option: Option, sold: _Sold) -> tuple[ValueOffer, ...]:
    if option.name not in model.axes:
        offers = (_value_offer(view, model, value, []) for value in option.values.values())
        return tuple(offers if sold else (replace(offer, status=Status.IMPOSSIBLE) for offer in offers))
    axis = model.axes.index(option.name)
    by_value: defaultdict[str | None, _Sold] = defaultdict(list)
    for combination in sold:
        by_value[combination[0].values[axis]].append(combination)
    sold_values = ((value, by_value[name]) for name, value in option.values.items() if name in by_value)
    return tuple(_value_offer(view, model, value, sold_with_value) for value, sold_with_value in sold_values)


def _value_offer(view: View, model: Model, value: Value, sold: _Sold) -> ValueOffer:
    is_open = model.price is not None
    prices = set() if is_open else {price for _, _, price in sold}
    return value_offer(view, value, tuple([locks for _, locks, _ in sold]), prices, is_open=is_open)


def value_offer(
    view: View, value: Value, ways: tuple[tuple[Lock, ...], ...], prices: set[Price], *, is_open: bool
) -> ValueOffer:
    """
    Return the offer of a value; `ways` are the closed gates of each combination with it, `prices` those of all of them.

    With `is_open`, the price depends on an option that is not picked yet, and `prices` are ignored.
    """
    common, vary = (_NO_PRICE, True) if is_open else _in_common(prices)
    return _VALUE(
        value,
        view.say,
        status=Status.LOCKED if ways and all(ways) else Status.ALLOWED,
        credits=common.credits,
        credits_vary=vary,
        gates=_common_locks(ways) if ways and ways[0] else (),
        badges=view.badges(value.badges) if value.badges else (),
        regular=common.regular,
        estimate=common.estimate,
        regular_estimate=common.regular_estimate,
    )


_NO_PRICE = Price(None)


def _in_common(prices: set[Price]) -> tuple[Price, bool]:
    """Return what several prices have in common, and whether the current ones differ."""
    if len(prices) == 1:
        return next(iter(prices)), False
    costs = {(price.credits, price.estimate) for price in prices}
    credits_, estimate = next(iter(costs)) if len(costs) == 1 else (None, False)
    return Price(credits_, None, estimate), len(costs) > 1


def _common_locks(ways: tuple[tuple[Lock, ...], ...]) -> tuple[Lock, ...]:
    """Return the locks that all combinations have, in the order of the first."""
    return tuple([gate for gate in ways[0] if all(gate in locks for locks in ways)])


def _offer(model: Model, cell: Cell, closed: tuple[Lock, ...], price: Price) -> Offer:
    status = Status.LOCKED if closed else Status.ALLOWED
    picked = cell.picks(model)
    for name in model.facts:
        picked.pop(name, None)
    return Offer(picked, status, price.credits, closed, price.regular, price.estimate, price.regular_estimate)


def best(locks: Iterable[tuple[Lock, ...]]) -> Status:
    """Return the best status among combinations, each given by its closed gates; `impossible` if there is no combination."""
    ways = list(locks)
    if not ways:
        return Status.IMPOSSIBLE
    return Status.LOCKED if all(ways) else Status.ALLOWED
