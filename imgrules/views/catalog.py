"""
What a front end needs to draw the picker, and nothing that it must not see.

No provider, no wire path and no grant appears here. What is locked is shown as locked, not left out.
What hangs on numbers is carried as it is said: bounds, conditions, limits and the formula of a price, so that a front
end greys out what a pick rules out, and shows a price, without another request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from imgrules.engine.caller_input import read_grants, read_moment
from imgrules.engine.decision import Status
from imgrules.engine.gates import Lock, lock, opens
from imgrules.escapes import escaped
from imgrules.table.labels import say
from imgrules.table.moments import NoMoment
from imgrules.table.records import Badge, Cell, Field, Model, Option, Table, Value, fields_of
from imgrules.table.terms import Limit, Price
from imgrules.views.catalog_document import sealed
from imgrules.views.catalog_records import (
    BadgeOffer,
    Catalog,
    FieldOffer,
    GateOffer,
    LimitOffer,
    ModelOffer,
    Offer,
    OptionOffer,
    ValueOffer,
)

_Shown = TypeVar("_Shown")
_BEFORE = "0001-01-01T00:00:00Z"
"""The first moment that there is."""


def offers(table: Table, grants: object = (), language: str | None = None, at: object = None) -> Catalog:
    """
    Return the catalog for somebody who holds these grants, with labels in a language, at a moment.

    Raises:
        TypeError: the grants are no set, list or tuple of texts.
        ValueError: the moment cannot be read, or is needed and not given.

    """
    catalog = catalog_of(look(table, grants, language, at))
    return replace(catalog, digest=sealed(catalog)[0]["digest"])


def catalog_of(view: View) -> Catalog:
    """
    Return the catalog of a view, without its digest.

    Raises:
        ValueError: there is no moment, and the catalog changes with time.

    """
    models = view.table.models.values()
    shown = (view.at_its_moment(each, _shown(each)) for each in models)
    sold = tuple(each for each in shown if each is not None)
    later = (each for model in models for each in moments_of(model) if view.moment and each > view.moment)
    return Catalog(sold, min(later, default=None))


def moments_of(model: Model) -> Iterable[str]:
    """Yield every moment at which what is shown of a model changes, in no order."""
    for each in (model, *[change.model for change in model.changes]):
        values = [value.badges for option in each.options.values() for value in option.values.values() if value.badges]
        for badge in (badge for badges in (each.badges, *values) for badge in badges):
            yield from (moment for moment in (badge.since, badge.until) if moment is not None)
    yield from [change.at for change in model.changes]


def look(table: Table, grants: object, language: str | None, at: object) -> View:
    """
    Return how somebody with these grants sees a table.

    Raises:
        TypeError: the grants are no set, list or tuple of texts.
        ValueError: the moment cannot be read.

    """
    held, odd = read_grants(grants)
    if odd:
        raise TypeError(escaped(odd[0].message))
    moment, unread = read_moment(at)
    if unread:
        raise NoMoment(unread[0].message)
    return View(table, held, language, moment)


@dataclass(frozen=True, slots=True)
class View:
    """Who looks, in which language, and when."""

    table: Table
    grants: frozenset[str]
    language: str | None
    moment: str | None

    def at_its_moment(self, model: Model, show: Callable[[View], _Shown]) -> _Shown:
        """
        Return what is shown of a model at the moment of the view or, without one, what is shown of it at any moment.

        Raises:
            ValueError: there is no moment, and what is shown changes with time.

        """
        if self.moment is not None:
            return show(self)
        moments = sorted(set(moments_of(model)))
        first = show(replace(self, moment=_BEFORE))
        for each in moments:
            if show(replace(self, moment=each)) != first:
                when = each.removesuffix("T00:00:00Z")
                raise NoMoment(f"{model.id} changes on {when}: pass the moment as `at`, such as {when}")
        return first

    def say(self, label: str | Mapping[str, str]) -> str:
        """Return a label in the language of who looks."""
        return say(label, self.language, self.table.languages)

    def maybe(self, label: str | Mapping[str, str] | None) -> str | None:
        """Return a label that may not be there."""
        return None if label is None else self.say(label)

    def locks(self, gates: Iterable[str]) -> tuple[Lock, ...]:
        """Return those gates that are closed to who looks."""
        named = (self.table.gates[each] for each in gates)
        return tuple(lock(self.table, each, self.language) for each in named if not opens(each, self.grants))

    def badges(self, badges: tuple[Badge, ...]) -> tuple[BadgeOffer, ...]:
        """Return the badges that are shown now."""
        if not badges:
            return ()  # as nearly all values have none
        now = self.moment or ""
        shown = (
            each for each in badges if (each.since is None or each.since <= now) and (each.until is None or now < each.until)
        )
        return tuple(BadgeOffer(self.say(each.text), each.style) for each in shown)

    def limit(self, limit: Limit) -> LimitOffer:
        """Return a limit with its reason."""
        return LimitOffer(limit.when, limit.only, limit.never, limit.needs, self.maybe(limit.because))


def _shown(model: Model) -> Callable[[View], ModelOffer | None]:
    """Return what shows a model at the moment of a view: nothing where it is gone."""

    def show(view: View) -> ModelOffer | None:
        now = model.at(view.moment)
        return None if now is None or now.gone is not None else _model(view, now)

    return show


def _model(view: View, model: Model) -> ModelOffer:
    closed = {gates: view.locks(gates) for gates in {cell.gates for cell in model.cells}}
    sold = [(cell, closed[cell.gates]) for cell in model.cells]
    texts = fields_of(view.table, model).values()
    ruled = (GateOffer(each.when, view.locks(each.gates)) for each in model.gates)
    return ModelOffer(
        model.id,
        view.say(model.label),
        model.type,
        best(locks for _, locks in sold),
        view.badges(model.badges),
        tuple(map(_field, texts)),
        tuple(option_offer(view, each, _values(view, model, each, sold)) for each in model.options.values()),
        tuple(_offer(model, cell, locks) for cell, locks in sold),
        tuple(map(view.limit, model.limits)),
        tuple(each for each in ruled if each.gates),
        model.price,
    )


def _field(field: Field) -> FieldOffer:
    rule = field.text
    return FieldOffer(field.name, field.required, rule.shortest, rule.longest, rule.unit, field.also)


def option_offer(view: View, option: Option, values: tuple[ValueOffer, ...]) -> OptionOffer:
    """Return a row of the picker with some values."""
    return OptionOffer(
        option.name,
        view.say(option.label),
        option.default,
        values,
        option.optional,
        option.snap,
        option.defaults,
        option.number,
        option.size,
        option.ratio,
        option.text,
        option.many,
        option.follows,
        option.when,
        view.maybe(option.because),
        tuple(map(view.limit, option.ignored)),
        option.switch,
    )


_Sold: TypeAlias = list[tuple[Cell, tuple[Lock, ...]]]
"""Combinations, each with the gates that are closed before it."""


def _values(view: View, model: Model, option: Option, sold: _Sold) -> tuple[ValueOffer, ...]:
    if option.name not in model.axes:
        return tuple(_value(view, model, each, []) for each in option.values.values())
    place = model.axes.index(option.name)
    with_value: dict[str | None, _Sold] = {}
    for each in sold:
        with_value.setdefault(each[0].values[place], []).append(each)
    return tuple(_value(view, model, each, with_value[name]) for name, each in option.values.items() if name in with_value)


def _value(view: View, model: Model, value: Value, sold: _Sold) -> ValueOffer:
    hangs = model.price is not None
    prices = set() if hangs else {cell.price for cell, _ in sold}
    return value_offer(view, value, tuple([locks for _, locks in sold]), prices, hangs=hangs)


def value_offer(view: View, value: Value, ways: tuple[tuple[Lock, ...], ...], prices: set[Price], *, hangs: bool) -> ValueOffer:
    """Return a choice by the locks and the prices of the ways to have it; its price may hang on what is not known yet."""
    costs = {each for each, _ in prices}
    alone, regular = next(iter(prices)) if len(prices) == 1 else (next(iter(costs)) if len(costs) == 1 else None, None)
    return ValueOffer(
        value.name,
        view.say(value.label),
        best(ways) if ways else Status.ALLOWED,
        None if hangs else alone,
        len(costs) > 1 or hangs,
        _always(ways),
        view.badges(value.badges),
        value.min,
        value.max,
        None if hangs else regular,
    )


def _always(ways: tuple[tuple[Lock, ...], ...]) -> tuple[Lock, ...]:
    """Return the locks of the first way that every other way has too."""
    first = ways[0] if ways else ()
    return tuple([each for each in first if all(each in locks for locks in ways)]) if first else ()


def _offer(model: Model, cell: Cell, closed: tuple[Lock, ...]) -> Offer:
    status = Status.LOCKED if closed else Status.ALLOWED
    now, regular = cell.price
    return Offer(cell.picks(model), status, now, closed, regular)


def best(locks: Iterable[tuple[Lock, ...]]) -> Status:
    """Return the best that can be had among some offers."""
    ways = list(locks)
    if not ways:
        return Status.IMPOSSIBLE
    return Status.LOCKED if all(ways) else Status.ALLOWED
