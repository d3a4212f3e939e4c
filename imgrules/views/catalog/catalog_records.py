"""
The records of a catalog: models, options, values and combinations as one caller sees them.

Numbers in them are exact; `catalog_document` turns the records into JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imgrules.engine.decision import Status
from imgrules.engine.gates import Lock
from imgrules.table.record_base import field, record
from imgrules.table.records import Formula, Line
from imgrules.table.terms import CREDITS, Condition, Credits, Follows, Length, Lookup, Number, Numbers, Ratios, Sizes, Text


@record
class BadgeOffer:
    """A badge in the language of the caller."""

    text: str
    style: str | None


@record
class ValueOffer:
    """
    One value of an option as this caller sees it.

    `credits` is the price in credits of every offer with this value. It is None if the price is unknown, or if the offers
    differ: then `credits_vary` is true, and each offer has its own. During a promotion, `regular` is the price without it.
    With `estimate`, the price is about so much; `regular_estimate` says the same of `regular`.
    `gates` are the gates that are closed for every offer with this value.
    For a computed option, the value is a word for the range from `min` to `max`. `sent` is false if nothing is sent for it.
    `use` are the values to use instead once it has ended.
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
    use: tuple[str, ...] = ()
    estimate: bool = False
    regular_estimate: bool = False
    sent: bool = True
    description: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)


@record
class LimitOffer:
    """A limit of the table, with its reason in the language of the caller."""

    when: Condition
    only: Condition
    never: Condition
    needs: tuple[str, ...]
    because: str | None


@record
class OptionOffer:
    """
    One row of the picker; if the caller picks nothing, `default` is used, or the result of the look-up table `defaults`.

    The other fields are as in the table: values that it takes besides `values`, when it exists, and when it is ignored.
    A computed option that the stated facts decide follows from nothing that is picked: `of` is empty, and `default` its value.
    """

    name: str
    label: str
    default: str | Number | None
    values: tuple[ValueOffer, ...]
    optional: bool = False
    snap: str | None = None
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
    sent: bool = True
    description: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)


@record
class Offer:
    """
    One combination of the listed options with its price, and the gates that are closed to this caller.

    Where the model has a price formula, `credits` is its base. While a promotion lasts, `regular` is the price without it.
    With `estimate`, the number of `credits` is not exact; with `regular_estimate`, that of `regular`.
    """

    select: Mapping[str, str]
    status: Status
    credits: Credits | None
    gates: tuple[Lock, ...]
    regular: Credits | None = None
    estimate: bool = False
    regular_estimate: bool = False


@record
class GateOffer:
    """Gates that are closed to this caller if a condition holds."""

    when: Condition
    gates: tuple[Lock, ...]


@record
class FieldOffer:
    """
    A text that the caller writes; `shortest` and `longest` are in `unit`: characters (code points), words or bytes.

    `also` are further bounds in other units. A `cap` is a number from 0 on: the most that the caller is willing to pay.
    """

    name: str
    required: bool
    shortest: int
    longest: int | None
    unit: str = "characters"
    also: tuple[Length, ...] = ()
    cap: bool = False
    description: str | None = None


@record
class FactValueOffer:
    """One value of a fact, in the language of the caller."""

    name: str
    label: str
    description: str | None = None


@record
class GivenOffer:
    """
    The values of a fact that the rules treat like the stated one: `value` is one of them, and the only one if it is `exact`.

    For a list, these are lengths. Null as `value` is any text that the rules do not name. `min` and `max` are the least and the
    greatest of the numbers or lengths; of any decimals, they may also be all numbers `above` one and `below` another.
    """

    value: str | Number | None
    exact: bool
    min: Number | None
    max: Number | None
    above: Number | None = None
    below: Number | None = None


@record
class FactOffer:
    """
    What the service knows, and nobody picks: the options, limits, gates and price of the model may name it.

    `given` is null where it is not stated; where it has a `default`, that is given then. The other fields are those of an option.
    """

    name: str
    label: str
    values: tuple[FactValueOffer, ...]
    default: str | Number | None
    optional: bool
    number: Numbers | None
    size: Sizes | None
    ratio: Ratios | None
    text: Text | None
    many: Numbers | None
    switch: bool
    given: GivenOffer | None
    description: str | None = None


@record
class ModelOffer:
    """
    One model as this caller sees it.

    A combination of listed options that is not among the offers is impossible, and so is a selection that breaks a limit.
    A limit that tells nothing but its reason is one that the stated facts break: there are no offers then.
    `price` is a formula over the base of an offer; without a formula, the price is that of the offer.
    `refused` are fields that it does not take, with the sentence that refuses each.
    `use` are the models to use instead once it has ended.
    With `default`, it is the model of a selection that names none.
    `released` is the day or the month of its release; `meta` are texts of the author, passed on as they are.
    `request` is the method and the address to which a body is sent, or `requests` a table of them; None if not stated.
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
    use: tuple[str, ...] = ()
    facts: tuple[FactOffer, ...] = ()
    request: str | None = None
    requests: Lookup | None = None
    refused: Mapping[str, str] = field(default_factory=dict)
    default: bool = False
    description: str | None = None
    released: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)


@record
class Catalog:
    """
    Everything that this caller can see, models in author's order. Equal catalogs have equal digests: use it as an ETag.

    `until` is the moment (UTC) at which the catalog changes next, or None.
    `currency` is what all prices are in: `credits`, or a code of ISO 4217 such as `USD`.
    A key whose schema states a `default` is left out where it has that value, here and in every part.
    """

    models: tuple[ModelOffer, ...]
    until: str | None = None
    currency: str = CREDITS
    digest: str = ""


IF_STATED: Mapping[Any, tuple[str, ...]] = {
    ValueOffer: ("use", "estimate", "regular_estimate", "sent", "description", "meta"),
    OptionOffer: ("sent", "description", "meta"),
    Offer: ("estimate", "regular_estimate"),
    FieldOffer: ("cap", "description"),
    FactValueOffer: ("description",),
    FactOffer: ("description",),
    ModelOffer: ("use", "facts", "request", "requests", "refused", "default", "description", "released", "meta"),
    Text: ("also",),
    Follows: ("measure", "table"),
    Line: ("estimate",),
    Formula: ("base", "promotion"),
}
"""What a document contains only where it is not the default, by class: most rules say nothing of it, and a catalog is long."""
