"""What an author may write as a table: an entry for each value of one option, or for each pair of values of two."""

# No `from __future__ import annotations` here: pydantic would have to evaluate each annotation when a command starts.
import re
from decimal import Decimal
from typing import Annotated, TypeAlias

from pydantic import Field, Tag
from typing_extensions import TypeAliasType

from imgrules.compiler.spec.types import (
    Closed,
    Credits,
    Name,
    Number,
    OptionName,
    RequestLine,
    Role,
    Scalar,
    Text,
    by_form,
    by_type,
)
from imgrules.table.caps import MOST_OPTIONS, MOST_VALUES

By = TypeAliasType(
    "By",
    Annotated[
        Annotated[list[Name], Field(min_length=1, max_length=2), Tag("<names>")] | Annotated[Name, Tag("<name>")],
        by_form(
            **{
                "<names>": lambda value: not isinstance(value, str) or re.search(r"[\s,]", value) is not None,
                "<name>": lambda value: isinstance(value, str),
            }
        ),
    ],
)

BY = "One option or two, such as `quality` or `[ratio, resolution]`."

TABLE = "Values of the first option, each with an entry, or with a row of entries by the second option."


class TableSpec(Closed):
    """An entry for each value of one option, or for each pair of values of two."""

    by_: By = Field(alias="by", description=BY)

    @property
    def by(self) -> list[str]:
        """The one option or the two, also where one name is written without brackets."""
        return [self.by_] if isinstance(self.by_, str) else self.by_


class WireTableSpec(TableSpec):
    """What is sent for each value of one option, or for each pair of values of two. A pair without an entry is impossible."""

    table: Annotated[
        dict[
            Text,
            Annotated[
                Annotated[Scalar, Tag("<value>")] | Annotated[dict[Text, Scalar], Field(max_length=MOST_VALUES), Tag("<row>")],
                by_type(**{"<value>": str | int | Decimal, "<row>": dict}),
            ],
        ],
        Role.CONSTANT,
    ] = Field(min_length=1, max_length=MOST_VALUES, description=TABLE)


class RequestTableSpec(TableSpec):
    """The request for each value of one option, or for each pair of values of two."""

    table: dict[
        Text,
        Annotated[
            Annotated[RequestLine, Tag("<request>")]
            | Annotated[dict[Text, RequestLine], Field(max_length=MOST_VALUES), Tag("<row>")],
            by_type(**{"<request>": str, "<row>": dict}),
        ],
    ] = Field(min_length=1, max_length=MOST_VALUES, description=TABLE)


class PriceTableSpec(TableSpec):
    """A price for each value of one option, or for each pair of values of two."""

    table: dict[
        Text,
        Annotated[
            Annotated[Credits, Tag("<price>")] | Annotated[dict[Text, Credits], Field(max_length=MOST_VALUES), Tag("<row>")],
            by_type(**{"<price>": int | Decimal | str, "<row>": dict}),
        ],
    ] = Field(min_length=1, max_length=MOST_VALUES, description=TABLE)


class NumberTableSpec(TableSpec):
    """A number for each value of one option, or for each pair of values of two."""

    table: dict[
        Text,
        Annotated[
            Annotated[Number, Tag("<number>")] | Annotated[dict[Text, Number], Field(max_length=MOST_VALUES), Tag("<row>")],
            by_type(**{"<number>": int | Decimal, "<row>": dict}),
        ],
    ] = Field(min_length=1, max_length=MOST_VALUES, description=TABLE)


class DefaultTableSpec(TableSpec):
    """A default for each value of one option, or for each pair of values of two."""

    table: dict[
        Text,
        Annotated[
            Annotated[Scalar, Tag("<value>")] | Annotated[dict[Text, Scalar], Field(max_length=MOST_VALUES), Tag("<row>")],
            by_type(**{"<value>": str | int | Decimal, "<row>": dict}),
        ],
    ] = Field(min_length=1, max_length=MOST_VALUES, description=TABLE)


class WordTableSpec(TableSpec):
    """A word for each value of one option, or for each pair of values of two. A pair without an entry has none."""

    table: dict[
        Text,
        Annotated[
            Annotated[Text, Tag("<word>")] | Annotated[dict[Text, Text], Field(max_length=MOST_VALUES), Tag("<row>")],
            by_type(**{"<word>": str, "<row>": dict}),
        ],
    ] = Field(min_length=1, max_length=MOST_VALUES, description=TABLE)


Origin: TypeAlias = Annotated[
    Annotated[OptionName, Tag("<option>")]
    | Annotated[list[OptionName], Field(min_length=1, max_length=MOST_OPTIONS), Tag("<options>")]
    | Annotated[WordTableSpec, Tag("<table>")],
    by_type(**{"<option>": str, "<options>": list, "<table>": dict}),
]
"""What an option is computed from: one option, several, or a table by one or two."""
