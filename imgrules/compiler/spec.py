"""
What an author may say: the one home of field names and constraints.

A spec holds exactly what was said, and no default is filled in here. The first sentence of every description is what
an editor shows at the field.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from imgrules.engine.decide import Status
from imgrules.engine.explain import ViolationCode

UNKNOWN = "unknown"
"""What an author writes for a price that nobody has stated."""


class Closed(BaseModel):
    """A block of a rule file: no key is accepted that is not named here."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


def _by_type(**tags: Any) -> Discriminator:
    # The tag is chosen by the type of the value, so a mistake is reported against the form that was meant.
    return Discriminator(lambda value: next((tag for tag, kind in tags.items() if isinstance(value, kind)), next(iter(tags))))


def _said(value: object) -> object:
    if value is None:
        raise PydanticCustomError("nothing", "nothing stands here")
    return value


_T = TypeVar("_T")
Maybe: TypeAlias = Annotated[_T | None, BeforeValidator(_said)]
"""A field that may be left out; what is written has to say something, so an empty one is refused."""

NAME = r"^[a-z][a-z0-9_]*$"
MODEL_ID = r"^[a-z0-9][a-z0-9._-]*$"
WIRE_PATH = r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
PATTERNS = {
    NAME: "a name has small letters, digits and `_`, and begins with a letter",
    MODEL_ID: "a model's id has small letters, digits, `.`, `_` and `-`, and begins with a letter or a digit",
    f"^{UNKNOWN}$": "write a number without quotes, such as 5, or `unknown`",
    WIRE_PATH: "a wire path has names joined by dots, such as `extra_config.output.quality`",
    LANGUAGE: "a language is a BCP 47 tag, such as `en` or `pt-BR`",
}
"""What each pattern asks for, in words."""

Text: TypeAlias = Annotated[str, Field(min_length=1)]
Name: TypeAlias = Annotated[str, Field(pattern=NAME)]
ModelId: TypeAlias = Annotated[str, Field(pattern=MODEL_ID)]
WirePath: TypeAlias = Annotated[str, Field(pattern=WIRE_PATH)]
LanguageTag: TypeAlias = Annotated[str, Field(pattern=LANGUAGE)]
Translations: TypeAlias = Annotated[dict[LanguageTag, Text], Field(min_length=1)]
Label: TypeAlias = Annotated[
    Annotated[Text, Tag("<text>")] | Annotated[Translations, Tag("<languages>")],
    _by_type(**{"<text>": str, "<languages>": dict}),
]
_AMOUNT = {"type": "number", "minimum": 0, "maximum": 1_000_000_000}
Credits: TypeAlias = Annotated[
    Annotated[int | Decimal, Field(ge=0, le=1_000_000_000), WithJsonSchema(_AMOUNT), Tag("<number>")]
    | Annotated[Literal["unknown"], Tag("<unknown>")],
    _by_type(**{"<number>": int | Decimal, "<unknown>": str}),
]
Scalar: TypeAlias = Annotated[str | int | bool | Decimal, WithJsonSchema({"type": ["string", "number", "boolean"]})]


class BadgeSpec(Closed):
    """A short text that is shown beside a model or a value."""

    text: Label = Field(description="The text of the badge, such as New.")
    style: Maybe[Name] = Field(None, description="A word for the front end: how the badge looks.")


Condition: TypeAlias = Annotated[
    dict[
        Name,
        Annotated[
            Annotated[Text, Tag("<one>")] | Annotated[list[Text], Field(min_length=1), Tag("<any>")],
            _by_type(**{"<one>": str, "<any>": list}),
        ],
    ],
    Field(min_length=1),
]
"""Options with the value, or any of the values, that they have to have; all of them have to."""

GateNames: TypeAlias = Annotated[
    Annotated[Name, Tag("<gate>")] | Annotated[list[Name], Field(min_length=1), Tag("<gates>")],
    _by_type(**{"<gate>": str, "<gates>": list}),
]


class ValueSpec(Closed):
    """One choice of an option."""

    label: Maybe[Label] = Field(None, description="What users read. Without it, the value itself is shown.")
    credits: Maybe[Credits] = Field(
        None, description="The price in credits, whole or decimal, or `unknown`. What has no price is unknown, never free."
    )
    gate: Maybe[GateNames] = Field(
        None, description="The gate that has to be open for this value, such as `member`; of a list, all of them."
    )
    badges: Maybe[list[BadgeSpec]] = Field(None, description="Badges that are shown beside this value.")


# Editors insert ratios without quotes where nobody tells them otherwise, and other YAML readers make numbers of those.
_QUOTED_RATIO = [{"label": '"width:height"', "bodyText": '"${1:width}:${2:height}"', "description": "a ratio, in quotes"}]
_SNIPPETS: list[Any] = [
    {"label": '["width:height"]', "bodyText": '["${1:width}:${2:height}"]', "description": "a list of ratios, in quotes"},
    {
        "label": "value with details",
        "bodyText": "\n  ${1:value}: {label: ${2:label}, credits: ${3:5}}",
        "description": "a mapping",
    },
]
Values: TypeAlias = Annotated[
    Annotated[list[Annotated[Text, Field(json_schema_extra={"defaultSnippets": _QUOTED_RATIO})]], Tag("<list>")]
    | Annotated[dict[Text, ValueSpec], Tag("<mapping>")],
    _by_type(**{"<list>": list, "<mapping>": dict}),
]


class OptionSpec(Closed):
    """An option of a model: what may be picked, in the order in which it is shown."""

    label: Maybe[Label] = Field(None, description="The name of the option. Without it, the shared label is shown.")
    send: Maybe[WirePath] = Field(
        None, description="The path in the request body, such as `image_generation.quality`. It overrides the shared path."
    )
    sent: Maybe[bool] = Field(None, description="`false` where the value itself is not sent, because `body` says what is.")
    default: Maybe[Text] = Field(None, description="The value that is taken when none is picked. Without it, one has to be.")
    values: Values = Field(
        description='The values: a list such as `["16:9", "1:1"]`, or a mapping with details for each.',
        json_schema_extra={"defaultSnippets": _SNIPPETS},
    )


Constant: TypeAlias = str | int | bool
WireRow: TypeAlias = Annotated[
    Annotated[Constant, Tag("<value>")] | Annotated[dict[Text, Constant], Tag("<row>")],
    _by_type(**{"<value>": str | int, "<row>": dict}),
]


class WireTableSpec(Closed):
    """What is sent for each value of one option, or for each pair of values of two. A pair that is not there is impossible."""

    by: Annotated[list[Name], Field(min_length=1, max_length=2)] = Field(
        description="One option or two, such as `[ratio, resolution]`."
    )
    table: dict[Text, WireRow] = Field(
        description="Values of the first option, each with what is sent or with a row for the second."
    )


WireValue: TypeAlias = Annotated[
    Annotated[Constant, Tag("<constant>")] | Annotated[WireTableSpec, Tag("<table>")],
    _by_type(**{"<constant>": str | int, "<table>": dict}),
]
WireModel: TypeAlias = Annotated[
    Annotated[Text, Tag("<constant>")] | Annotated[WireTableSpec, Tag("<table>")],
    _by_type(**{"<constant>": str, "<table>": dict}),
]


class LimitSpec(Closed):
    """What does not go together."""

    when: Maybe[Condition] = Field(
        None, description="Where the limit counts, such as `{resolution: 4K}`; everywhere without it."
    )
    only: Maybe[Condition] = Field(None, description='What has to hold there, such as `{ratio: ["16:9", "9:16"]}`.')
    never: Maybe[Condition] = Field(None, description="What cannot be there.")
    because: Maybe[Label] = Field(None, description="The sentence that callers read, such as `4K is wide or tall`.")


class GateRuleSpec(Closed):
    """A gate before some combinations."""

    when: Condition = Field(description="The combinations, such as `{resolution: 4K, ratio: 1:1}`.")
    gate: GateNames = Field(description="The gate that has to be open for them; of a list, all of them.")


PriceRow: TypeAlias = Annotated[
    Annotated[Credits, Tag("<price>")] | Annotated[dict[Text, Credits], Tag("<row>")],
    _by_type(**{"<price>": int | Decimal | str, "<row>": dict}),
]


class PriceTableSpec(Closed):
    """A price for each value of one option, or for each pair of values of two."""

    by: Annotated[list[Name], Field(min_length=1, max_length=2)] = Field(
        description="One option or two, such as `[ratio, quality]`."
    )
    table: dict[Text, PriceRow] = Field(
        description="Values of the first option, each with its price or with a row for the second."
    )


Price: TypeAlias = Annotated[
    Annotated[Credits, Tag("<flat>")] | Annotated[PriceTableSpec, Tag("<table>")],
    _by_type(**{"<flat>": int | Decimal | str, "<table>": dict}),
]


class ExpectSpec(Closed):
    """What an example has to come to."""

    status: Maybe[Status] = Field(None, strict=False, description="`allowed`, `locked` or `impossible`.")
    credits: Maybe[Credits] = Field(None, description="The exact price, or `unknown`.")
    gate: Maybe[Name] = Field(None, description="The gate that is closed.")
    because: Maybe[ViolationCode] = Field(None, strict=False, description="The one kind of violation, such as `not_offered`.")


class ExampleSpec(Closed):
    """A selection with its outcome; `imgrules check` runs it."""

    select: dict[str, Scalar] = Field(description="What is picked: option names and field names with their values.")
    grants: Maybe[list[Text]] = Field(None, description="What the caller holds, such as `[member]`.")
    expect: ExpectSpec = Field(description="What has to come out. An empty one proves nothing.")


class ModelSpec(Closed):
    """One image model. The name of the file is its public id and is not repeated inside."""

    schema_: Maybe[str] = Field(
        None,
        alias="$schema",
        description="For editors only: where the schema of this file lies.",
        json_schema_extra={"doNotSuggest": True},
    )
    name: Label = Field(description="What users read.")
    type: Name = Field(description="A type of `_shared.yaml`, such as `image`.")
    provider: Text = Field(description="The provider as the request body names it.")
    model: WireModel = Field(description="The model as the provider names it, or a table by an option that chooses it.")
    options: dict[Name, OptionSpec] = Field(description="What may be picked, such as `ratio` and `quality`.")
    credits: Maybe[Price] = Field(None, description="The price of every image, or a table by one option or two.")
    gate: Maybe[GateNames] = Field(
        None, description="The gate that has to be open for the whole model; of a list, all of them."
    )
    gates: Maybe[list[GateRuleSpec]] = Field(None, description="Gates before some combinations.")
    limits: Maybe[list[LimitSpec]] = Field(None, description="What does not go together.")
    body: Maybe[dict[WirePath, WireValue]] = Field(
        None, description="Wire paths with what is sent there besides: a constant, or a table by one option or two."
    )
    badges: Maybe[list[BadgeSpec]] = Field(None, description="Badges that are shown beside the model.")
    examples: Maybe[list[ExampleSpec]] = Field(None, description="Selections with their outcome, run by every check.")


class TargetSpec(Closed):
    """Where a fact of the model is sent."""

    send: WirePath = Field(description="The path in the request body.")


class TextSpec(Closed):
    """The length of a text, in characters (Unicode code points)."""

    min: Maybe[Annotated[int, Field(ge=0)]] = Field(None, description="The fewest characters.")
    max: Maybe[Annotated[int, Field(ge=0)]] = Field(None, description="The most characters.")


class FieldSpec(Closed):
    """A text that the caller writes."""

    send: WirePath = Field(description="The path in the request body.")
    required: Maybe[bool] = Field(None, description="Whether a creation needs it.")
    text: Maybe[TextSpec] = Field(None, description="How long it may be.")


class SharedOptionSpec(Closed):
    """What models share about an option."""

    label: Maybe[Label] = Field(None, description="What users read.")
    send: Maybe[WirePath] = Field(None, description="The path in the request body.")


class TypeSpec(Closed):
    """What all models of one content type share."""

    constants: Maybe[dict[WirePath, str | int | bool]] = Field(
        None, description="Wire paths with the value that is always sent."
    )
    provider: TargetSpec = Field(description="Where the provider is sent.")
    model: TargetSpec = Field(description="Where the provider's model id is sent.")
    fields: Maybe[dict[Name, FieldSpec]] = Field(None, description="Texts that the caller writes, such as the prompt.")
    options: Maybe[dict[Name, SharedOptionSpec]] = Field(None, description="Labels and wire paths of options.")
    refused: Maybe[dict[Name, Label]] = Field(
        None, description="Fields of other content types, with the sentence that refuses them."
    )


class GateSpec(Closed):
    """A door before a choice."""

    opens_with: list[Text] = Field(description="Any one of these grants opens the gate.")
    label: Label = Field(description="What users read at a locked choice.")
    icon: Maybe[Name] = Field(None, description="A word for the front end: which icon is shown.")
    action: Maybe[Name] = Field(None, description="A word for the front end: where a click leads, such as `upgrade`.")


class ReadSpec(Closed):
    """Where a fact is read in the JSON of `GET /creations/{id}`."""

    read: WirePath = Field(description="The path in the detail of a creation.")
    assumed: Maybe[Text] = Field(None, description="Why this path is an assumption, where no document states it.")


class ArtifactsSpec(ReadSpec):
    """Where the further artifacts are listed."""

    url: Maybe[WirePath] = Field(None, description="The path of the URL inside an entry that is an object.")


class StateSpec(ReadSpec):
    """Where the state is read, and which states mean what."""

    running: list[Text] = Field(description="States of a creation that goes on.")
    succeeded: list[Text] = Field(description="States of a creation that is done.")
    failed: list[Text] = Field(description="States of a creation that came to nothing.")


class ResultSpec(Closed):
    """How the result of a creation is read."""

    state: StateSpec = Field(description="The state of a creation.")
    main: ReadSpec = Field(description="The URL of the main image.")
    thumbnail: Maybe[ReadSpec] = Field(None, description="The URL of the thumbnail.")
    artifacts: Maybe[ArtifactsSpec] = Field(None, description="The list of further artifacts.")


class SharedSpec(Closed):
    """What the models of a rule set share."""

    schema_: Maybe[str] = Field(
        None,
        alias="$schema",
        description="For editors only: where the schema of this file lies.",
        json_schema_extra={"doNotSuggest": True},
    )
    language: Annotated[int, Field(ge=1, le=1)] = Field(description="The version of the rule language.")
    order: Maybe[list[ModelId]] = Field(None, description="Models in the order in which they are shown; others follow by name.")
    types: dict[Name, TypeSpec] = Field(description="The content types.")
    gates: Maybe[dict[Name, GateSpec]] = Field(None, description="The gates that values may name.")
    result: Maybe[ResultSpec] = Field(None, description="Where the detail of a creation holds its result.")
