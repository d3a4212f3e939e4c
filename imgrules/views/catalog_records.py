"""
What a catalog says: the records of the rows of a picker, and of a whole one.

Numbers in them are exact; `catalog_document` writes them down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from imgrules.engine.decision import Status
from imgrules.engine.gates import Lock
from imgrules.table.records import Formula
from imgrules.table.terms import Condition, Credits, Follows, Lookup, Number, Numbers, Ratios, Sizes, Text


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
