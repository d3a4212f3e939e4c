"""What an author may write about the price of a model."""

# No `from __future__ import annotations` here: pydantic would have to evaluate each annotation when a command starts.
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, Tag

from imgrules.compiler.spec.tables import NumberTableSpec, PriceTableSpec
from imgrules.compiler.spec.types import (
    Closed,
    Condition,
    Credits,
    DatedSpec,
    Maybe,
    Number,
    OptionName,
    OptionNames,
    Positive,
    Role,
    by_form,
    by_type,
    has_key,
)
from imgrules.table.caps import MOST_CHANGES, MOST_LINES

Factor: TypeAlias = Annotated[
    Annotated[Positive, Tag("<number>")] | Annotated[NumberTableSpec, Tag("<table>")],
    by_type(**{"<number>": int | Decimal, "<table>": dict}),
]
Amount: TypeAlias = Annotated[
    Annotated[Credits, Tag("<price>")] | Annotated[PriceTableSpec, Tag("<table>")],
    by_type(**{"<price>": int | Decimal | str, "<table>": dict}),
]


class FactorSpec(Closed):
    """A factor of the price."""

    factor: Factor = Field(description="The factor, or a table by one option or two.")
    when: Maybe[Condition] = Field(None, description="When it applies; always without it.")


class SurchargeSpec(Closed):
    """What is added to the price."""

    credits: Amount = Field(description="The surcharge in credits, or a table by one option or two.")
    when: Maybe[Condition] = Field(None, description="When it applies; always without it.")
    per: Maybe[OptionName] = Field(None, description="The number that multiplies it, or the list whose length does.")
    beyond: Maybe[Number] = Field(None, description="How many of them cost nothing, from the first on.")


class RoundSpec(Closed):
    """How a price is rounded, in one of three ways, to a multiple of a step."""

    up: Maybe[Positive] = Field(None, description="Up to a multiple of this step.")
    down: Maybe[Positive] = Field(None, description="Down to a multiple of this step.")
    nearest: Maybe[Positive] = Field(None, description="To the nearest multiple of this step; a half goes up.")


Rounding: TypeAlias = Annotated[
    Annotated[Literal["exact"], Tag("<exact>")] | Annotated[RoundSpec, Tag("<step>")],
    by_form(**{"<step>": lambda value: value != "exact", "<exact>": lambda value: value == "exact"}),
]


class FormulaSpec(Closed):
    """A price made of parts: (base x times + plus) x each, rounded."""

    base: Maybe[Amount] = Field(None, description="The base price; without it, the `credits` of the picked values.")
    times: Maybe[Annotated[list[FactorSpec], Field(max_length=MOST_LINES)]] = Field(None, description="Factors of the base.")
    plus: Maybe[Annotated[list[SurchargeSpec], Field(max_length=MOST_LINES)]] = Field(
        None, description="Surcharges, added after the factors."
    )
    each: Maybe[OptionNames] = Field(
        None, description="The number of outputs, or several numbers; the price so far is that of one of each."
    )
    round: Maybe[Rounding] = Field(None, description="How the total is rounded; `exact` says that it is not.")


Price: TypeAlias = Annotated[
    Annotated[Credits, Tag("<flat>")] | Annotated[PriceTableSpec, Tag("<table>")] | Annotated[FormulaSpec, Tag("<formula>")],
    by_form(
        **{
            "<flat>": lambda value: not isinstance(value, dict),
            "<table>": has_key("by", "table"),
            "<formula>": lambda value: isinstance(value, dict),
        }
    ),
    Role.PRICE,
]


class DatedPriceSpec(DatedSpec):
    """A price with a start and an end."""

    credits: Price = Field(description="The price in this time.")


Prices: TypeAlias = Annotated[
    Annotated[Price, Tag("<price>")]
    | Annotated[list[DatedPriceSpec], Field(min_length=1, max_length=MOST_CHANGES + 1), Tag("<dated>")],
    by_type(**{"<price>": int | Decimal | str | dict, "<dated>": list}),
]


class PromotionSpec(DatedSpec):
    """The promotional price of a model."""

    credits: Amount = Field(description="What replaces the base price during the promotion.")
