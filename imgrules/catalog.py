"""
What a front end needs to draw the picker, and nothing that it must not see.

No provider, no wire path and no grant appears here. What is locked is shown as locked, not left out.
What hangs on numbers is carried as it is said: bounds, conditions, limits and the formula of a price, so that a front
end greys out what a pick rules out, and shows a price, without another request.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from imgrules.engine.decision import Status
from imgrules.engine.document import plain
from imgrules.engine.escapes import escaped
from imgrules.engine.gates import Lock, lock, opens
from imgrules.engine.given import read_grants, read_moment
from imgrules.engine.moments import NoMoment
from imgrules.engine.parts import Condition, Credits, Follows, Limit, Lookup, Number, Numbers, Ratios, Sizes, Text
from imgrules.engine.table import Badge, Cell, Field, Formula, Model, Option, Table, Value, fields_of, say

_Shown = TypeVar("_Shown")
_BEFORE = "0001-01-01T00:00:00Z"
"""The first moment that there is."""


@dataclass(frozen=True, slots=True)
class BadgeOffer:
    """A badge in the asked language."""

    text: str
    style: str | None


@dataclass(frozen=True, slots=True)
class ValueOffer:
    """
    One choice as it is shown.

    `credits` is the price of every offer with this value. It is None where it is unknown, and where the offers differ:
    then `credits_vary` is true, and each offer has its own. While a promotion lasts, `regular` is the price without.
    `gates` are closed for every offer with this value, so they are shown at the value itself.
    Of a computed option, the value is a word for the range from `min` to `max`.
    """

    name: str
    label: str
    status: Status
    credits: Credits | None
    credits_vary: bool
    gates: tuple[Lock, ...]
    badges: tuple[BadgeOffer, ...]
    min: Number | None = None
    max: Number | None = None
    regular: Credits | None = None


@dataclass(frozen=True, slots=True)
class LimitOffer:
    """A limit of the table, with its reason in the asked language."""

    when: Condition
    only: Condition
    never: Condition
    needs: tuple[str, ...]
    because: str | None


@dataclass(frozen=True, slots=True)
class OptionOffer:
    """
    One row of the picker; `default` is picked where the caller picks nothing, or what `defaults` says.

    What it takes besides `values`, where it exists and where it has no effect is as in the table.
    """

    name: str
    label: str
    default: str | Number | None
    values: tuple[ValueOffer, ...]
    optional: bool = False
    snap: bool = False
    defaults: Lookup | None = None
    number: Numbers | None = None
    size: Sizes | None = None
    ratio: Ratios | None = None
    text: Text | None = None
    many: Numbers | None = None
    follows: Follows | None = None
    when: Condition = ()
    because: str | None = None
    ignored: tuple[LimitOffer, ...] = ()
    switch: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """
    One combination of the listed options with its price, and the gates that are closed to this caller.

    Where the model has a formula, `credits` is the base of it. While a promotion lasts, `regular` is the price without.
    """

    select: Mapping[str, str]
    status: Status
    credits: Credits | None
    gates: tuple[Lock, ...]
    regular: Credits | None = None


@dataclass(frozen=True, slots=True)
class GateOffer:
    """Gates that are closed to this caller where a condition holds."""

    when: Condition
    gates: tuple[Lock, ...]


@dataclass(frozen=True, slots=True)
class FieldOffer:
    """
    A text that the caller writes; `shortest` and `longest` are in `unit`: characters (code points), words or bytes.

    `also` are bounds in other units, which hold besides.
    """

    name: str
    required: bool
    shortest: int
    longest: int | None
    unit: str = "characters"
    also: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """
    One model as this caller sees it.

    A combination of listed options that is not among the offers is impossible; so is what breaks one of `limits`.
    `price` is a formula over the base of an offer; without one, an offer has its price.
    """

    id: str
    label: str
    type: str
    status: Status
    badges: tuple[BadgeOffer, ...]
    fields: tuple[FieldOffer, ...]
    options: tuple[OptionOffer, ...]
    offers: tuple[Offer, ...]
    limits: tuple[LimitOffer, ...] = ()
    gates: tuple[GateOffer, ...] = ()
    price: Formula | None = None


@dataclass(frozen=True, slots=True)
class Catalog:
    """
    Everything that this caller can see, models in author's order. Equal digests, equal catalogs: use it as an ETag.

    `until` is the moment at which it changes by itself, or None.
    """

    models: tuple[ModelOffer, ...]
    until: str | None = None
    digest: str = ""


def offers(table: Table, grants: object = (), language: str | None = None, at: object = None) -> Catalog:
    """
    Answer the catalog for somebody who holds these grants, with labels in a language, at a moment.

    Raises:
        TypeError: the grants are no set, list or tuple of texts.
        ValueError: the moment cannot be read, or is needed and not given.

    """
    import hashlib  # noqa: PLC0415  it loads OpenSSL, which the rows of a picker do not need

    view = look(table, grants, language, at)
    shown = (view.at_its_moment(each, _shown(each)) for each in table.models.values())
    sold = tuple(each for each in shown if each is not None)
    later = (each for model in table.models.values() for each in moments_of(model) if view.moment and each > view.moment)
    catalog = Catalog(sold, min(later, default=None))
    text = json.dumps(plain(catalog), ensure_ascii=False, separators=(",", ":"))
    return replace(catalog, digest="sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def moments_of(model: Model) -> Iterable[str]:
    """Answer every moment at which what is shown of a model changes, in no order."""
    for each in (model, *(change.model for change in model.changes)):
        values = (value for option in each.options.values() for value in option.values.values())
        badges = (badge for some in (each.badges, *(value.badges for value in values)) for badge in some)
        yield from (moment for badge in badges for moment in (badge.since, badge.until) if moment is not None)
    yield from (change.at for change in model.changes)


def look(table: Table, grants: object, language: str | None, at: object) -> View:
    """
    Answer how somebody with these grants sees a table.

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
        """Answer a label in the language of who looks."""
        return say(label, self.language, self.table.languages)

    def maybe(self, label: str | Mapping[str, str] | None) -> str | None:
        """Answer a label that may not be there."""
        return None if label is None else self.say(label)

    def locks(self, gates: Iterable[str]) -> tuple[Lock, ...]:
        """Answer those gates that are closed to who looks."""
        named = (self.table.gates[each] for each in gates)
        return tuple(lock(self.table, each, self.language) for each in named if not opens(each, self.grants))

    def badges(self, badges: tuple[Badge, ...]) -> tuple[BadgeOffer, ...]:
        """Answer the badges that are shown now."""
        now = self.moment or ""
        shown = (
            each for each in badges if (each.since is None or each.since <= now) and (each.until is None or now < each.until)
        )
        return tuple(BadgeOffer(self.say(each.text), each.style) for each in shown)

    def limit(self, limit: Limit) -> LimitOffer:
        """Answer a limit with its reason."""
        return LimitOffer(limit.when, limit.only, limit.never, limit.needs, self.maybe(limit.because))


def _shown(model: Model) -> Callable[[View], ModelOffer | None]:
    """Return what shows a model at the moment of a view: nothing where it is gone."""

    def show(view: View) -> ModelOffer | None:
        now = model.at(view.moment)
        return None if now is None or now.gone is not None else _model(view, now)

    return show


def _model(view: View, model: Model) -> ModelOffer:
    sold = {cell: view.locks(cell.gates) for cell in model.cells}
    texts = fields_of(view.table, model).values()
    ruled = (GateOffer(each.when, view.locks(each.gates)) for each in model.gates)
    return ModelOffer(
        model.id,
        view.say(model.label),
        model.type,
        best(sold.values()),
        view.badges(model.badges),
        tuple(map(_field, texts)),
        tuple(option_offer(view, each, _values(view, model, each, sold)) for each in model.options.values()),
        tuple(_offer(model, cell, closed) for cell, closed in sold.items()),
        tuple(map(view.limit, model.limits)),
        tuple(each for each in ruled if each.gates),
        model.price,
    )


def _field(field: Field) -> FieldOffer:
    rule = field.text
    return FieldOffer(field.name, field.required, rule.shortest, rule.longest, rule.unit, field.also)


def option_offer(view: View, option: Option, values: tuple[ValueOffer, ...]) -> OptionOffer:
    """Answer a row of the picker with some values."""
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


def _values(view: View, model: Model, option: Option, sold: Mapping[Cell, tuple[Lock, ...]]) -> tuple[ValueOffer, ...]:
    if option.name not in model.axes:
        return tuple(_value(view, model, each, {}) for each in option.values.values())
    place = model.axes.index(option.name)
    with_value: dict[str | None, dict[Cell, tuple[Lock, ...]]] = {}
    for cell, closed in sold.items():
        with_value.setdefault(cell.values[place], {})[cell] = closed
    return tuple(_value(view, model, each, with_value[name]) for name, each in option.values.items() if name in with_value)


def _value(view: View, model: Model, value: Value, sold: Mapping[Cell, tuple[Lock, ...]]) -> ValueOffer:
    prices = {(cell.credits, cell.regular if cell.promoted else None) for cell in sold}
    return value_offer(view, value, tuple(sold.values()), set() if model.price else prices, hangs=model.price is not None)


Price: TypeAlias = tuple[Credits | None, Credits | None]
"""What is paid now and, while a promotion lasts, the regular price."""


def value_offer(view: View, value: Value, ways: tuple[tuple[Lock, ...], ...], prices: set[Price], *, hangs: bool) -> ValueOffer:
    """Answer a choice by the locks and the prices of the ways to have it; its price may hang on what is not known yet."""
    now, regular = {each for each, _ in prices}, {each for _, each in prices}
    return ValueOffer(
        value.name,
        view.say(value.label),
        best(ways) if ways else Status.ALLOWED,
        next(iter(now)) if len(now) == 1 and not hangs else None,
        len(now) > 1 or hangs,
        tuple(each for each in next(iter(ways), ()) if all(each in closed for closed in ways)),
        view.badges(value.badges),
        value.min,
        value.max,
        next(iter(regular)) if len(prices) == 1 and not hangs else None,
    )


def _offer(model: Model, cell: Cell, closed: tuple[Lock, ...]) -> Offer:
    status = Status.LOCKED if closed else Status.ALLOWED
    picked = {name: value for name, value in zip(model.axes, cell.values, strict=True) if value is not None}
    return Offer(picked, status, cell.credits, closed, cell.regular if cell.promoted else None)


def best(locks: Iterable[tuple[Lock, ...]]) -> Status:
    """Answer the best that can be had among some offers."""
    ways = list(locks)
    if not ways:
        return Status.IMPOSSIBLE
    return Status.LOCKED if all(ways) else Status.ALLOWED
