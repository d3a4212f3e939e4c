"""
What a front end needs to draw the picker, and nothing that it must not see.

No provider, no wire path and no grant appears here. What is locked is shown as locked, not left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from imgrules.engine.decide import Lock, Status, lock, read_grants
from imgrules.engine.explain import opens
from imgrules.engine.table import Badge, Cell, Credits, Model, Table, Value, plain, say


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
    then `credits_vary` is true, and each offer has its own.
    `gates` are closed for every offer with this value, so they are shown at the value itself.
    """

    name: str
    label: str
    status: Status
    credits: Credits | None
    credits_vary: bool
    gates: tuple[Lock, ...]
    badges: tuple[BadgeOffer, ...]


@dataclass(frozen=True, slots=True)
class OptionOffer:
    """One row of the picker; `default` is picked where the caller picks nothing."""

    name: str
    label: str
    default: str | None
    values: tuple[ValueOffer, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One combination with its price, and the gates that are closed to this caller."""

    select: Mapping[str, str]
    status: Status
    credits: Credits | None
    gates: tuple[Lock, ...]


@dataclass(frozen=True, slots=True)
class FieldOffer:
    """A text that the caller writes; `shortest` and `longest` count code points."""

    name: str
    required: bool
    shortest: int
    longest: int | None


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """One model as this caller sees it. A combination that is not among the offers is impossible."""

    id: str
    label: str
    type: str
    status: Status
    badges: tuple[BadgeOffer, ...]
    fields: tuple[FieldOffer, ...]
    options: tuple[OptionOffer, ...]
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything that this caller can see, models in author's order. Equal digests, equal catalogs: use it as an ETag."""

    models: tuple[ModelOffer, ...]
    digest: str = ""


def offers(table: Table, grants: object = (), language: str | None = None) -> Catalog:
    """
    Answer the catalog for somebody who holds these grants, with labels in a language.

    Raises:
        TypeError: the grants are no set, list or tuple of texts.

    """
    held, odd = read_grants(grants)
    if odd:
        raise TypeError(odd[0].message)
    catalog = Catalog(tuple(_model(table, each, held, language) for each in table.models.values()))
    text = json.dumps(plain(catalog), ensure_ascii=False, separators=(",", ":"))
    return replace(catalog, digest="sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def _model(table: Table, model: Model, grants: frozenset[str], language: str | None) -> ModelOffer:
    sold = {cell: _closed(table, cell, grants, language) for cell in model.cells}
    fields = table.types[model.type].fields.values()
    return ModelOffer(
        model.id,
        say(model.label, language),
        model.type,
        _status(sold.values()),
        _badges(model.badges, language),
        tuple(FieldOffer(each.name, each.required, each.shortest, each.longest) for each in fields),
        tuple(
            OptionOffer(name, say(each.label, language), each.default, _values(at, each.values, sold, language))
            for at, (name, each) in enumerate(model.options.items())
        ),
        tuple(_offer(model, cell, closed) for cell, closed in sold.items()),
    )


def _values(
    at: int, values: Mapping[str, Value], sold: Mapping[Cell, tuple[Lock, ...]], language: str | None
) -> tuple[ValueOffer, ...]:
    with_value: dict[str, dict[Cell, tuple[Lock, ...]]] = {each: {} for each in values}
    for cell, closed in sold.items():
        with_value[cell.values[at]][cell] = closed
    return tuple(_value(each, with_value[name], language) for name, each in values.items() if with_value[name])


def _value(value: Value, sold: Mapping[Cell, tuple[Lock, ...]], language: str | None) -> ValueOffer:
    prices = {cell.credits for cell in sold}
    always = [set(closed) for closed in sold.values()]
    return ValueOffer(
        value.name,
        say(value.label, language),
        _status(sold.values()),
        next(iter(prices)) if len(prices) == 1 else None,
        len(prices) > 1,
        tuple(each for each in next(iter(sold.values())) if all(each in closed for closed in always)),
        _badges(value.badges, language),
    )


def _offer(model: Model, cell: Cell, closed: tuple[Lock, ...]) -> Offer:
    status = Status.LOCKED if closed else Status.ALLOWED
    return Offer(dict(zip(model.options, cell.values, strict=True)), status, cell.credits, closed)


def _closed(table: Table, cell: Cell, grants: frozenset[str], language: str | None) -> tuple[Lock, ...]:
    gates = (table.gates[each] for each in cell.gates)
    return tuple(lock(each, language) for each in gates if not opens(each, grants))


def _status(locks: Iterable[tuple[Lock, ...]]) -> Status:
    """Answer the best that can be had among some offers."""
    ways = list(locks)
    if not ways:
        return Status.IMPOSSIBLE
    return Status.LOCKED if all(ways) else Status.ALLOWED


def _badges(badges: tuple[Badge, ...], language: str | None) -> tuple[BadgeOffer, ...]:
    return tuple(BadgeOffer(say(each.text, language), each.style) for each in badges)
