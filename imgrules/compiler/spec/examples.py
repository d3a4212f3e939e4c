"""What an author may write about the examples of a model."""

# No `from __future__ import annotations` here: pydantic would have to evaluate each annotation when a command starts.
from typing import Annotated, TypeAlias

from pydantic import Field, Tag

from imgrules.compiler.file_caps import MOST_LENGTH, MOST_RUNS
from imgrules.compiler.spec.bounds import Unit
from imgrules.compiler.spec.types import (
    Closed,
    Credits,
    Maybe,
    Moment,
    Name,
    Picked,
    Scalar,
    Text,
    WirePath,
    by_form,
    by_type,
    has_key,
)
from imgrules.engine.decision import Status
from imgrules.engine.decision_records import NoteCode, ViolationCode
from imgrules.table.caps import MOST_NAMES, MOST_OPTIONS, MOST_VALUES

ViolationCodes: TypeAlias = Annotated[
    Annotated[ViolationCode, Field(strict=False), Tag("<code>")]
    | Annotated[list[Annotated[ViolationCode, Field(strict=False)]], Field(min_length=1), Tag("<codes>")],
    by_type(**{"<code>": str, "<codes>": list}),
]

NoteCodes: TypeAlias = Annotated[
    Annotated[NoteCode, Field(strict=False), Tag("<code>")]
    | Annotated[list[Annotated[NoteCode, Field(strict=False)]], Field(min_length=1), Tag("<codes>")],
    by_type(**{"<code>": str, "<codes>": list}),
]


class OfLengthSpec(Closed):
    """A long text, or a list of many texts, by its length alone; the text is a repeated letter."""

    length: Annotated[int, Field(ge=0, le=MOST_LENGTH)] = Field(
        description="How long the text is, or how many entries the list has."
    )
    unit: Maybe[Unit] = Field(
        None, strict=False, description="Of a text: `characters` if none is given, `words`, or `bytes` of UTF-8."
    )


Selected: TypeAlias = Annotated[
    Annotated[Scalar, Tag("<one>")]
    | Annotated[list[Scalar], Field(max_length=MOST_VALUES), Tag("<list>")]
    | Annotated[OfLengthSpec, Tag("<length>")],
    by_form(
        **{
            "<one>": lambda value: not isinstance(value, dict | list),
            "<list>": lambda value: isinstance(value, list),
            "<length>": has_key("length"),
        }
    ),
]


class ExpectSpec(Closed):
    """The decision that an example expects."""

    status: Maybe[Status] = Field(None, strict=False, description="`allowed`, `locked` or `impossible`.")
    credits: Maybe[Credits] = Field(None, description="The exact price, `about 5` for an estimate, or `unknown`.")
    regular: Maybe[Credits] = Field(None, description="The regular price, while a promotion lasts.")
    gate: Maybe[Name] = Field(None, description="The gate that is closed.")
    because: Maybe[ViolationCodes] = Field(
        None, description="The one kind of violation, such as `not_offered`; of a list, exactly these."
    )
    note: Maybe[NoteCodes] = Field(
        None, description="The one kind of note: `alias`, `snapped` or `ignored`; of a list, exactly these."
    )
    use: Maybe[Annotated[dict[Text, Picked], Field(max_length=MOST_OPTIONS)]] = Field(
        None, description="The first repair: what to take in place of what is picked, and `(none)` for what to leave out."
    )
    body: Maybe[dict[WirePath, Picked]] = Field(
        None, description="Wire paths with what is sent there, among others; `(none)` where nothing is sent."
    )


class ExampleSpec(Closed):
    """A selection, or several, with the expected decision; `imgrules check` runs it."""

    select: Annotated[dict[str, Selected], Field(max_length=2 * MOST_OPTIONS)] = Field(
        description="What is picked: option names and field names with their values, or with `{length: 1500}`."
    )
    over: Maybe[
        Annotated[
            dict[str, Annotated[list[Selected], Field(min_length=1, max_length=MOST_RUNS)]],
            Field(min_length=1, max_length=2 * MOST_OPTIONS),
        ]
    ] = Field(
        None,
        description="Further names, each with a list: once per combination, as in `{quality: [low, high]}`.",
    )
    facts: Maybe[Annotated[dict[Name, Picked], Field(max_length=2 * MOST_OPTIONS)]] = Field(
        None, description="What the service states: names of facts with their values."
    )
    grants: Maybe[Annotated[list[Text], Field(max_length=MOST_NAMES)]] = Field(
        None, description="The grants of the caller, such as `[member]`."
    )
    at: Maybe[Moment] = Field(None, description="The moment of the decision, in UTC; required if the model changes with time.")
    expect: ExpectSpec = Field(description="What is expected. An empty mapping proves nothing.")
