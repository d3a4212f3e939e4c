"""What an author may write about a model: its field names and constraints are defined here and in the modules beside."""

# No `from __future__ import annotations` here: pydantic would have to evaluate each annotation when a command starts.
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, Tag

from imgrules.compiler.file_caps import MOST_EXAMPLES
from imgrules.compiler.spec.bounds import ListSpec, NumberSpec, RatioSpec, SizeSpec, Snap, TextRule
from imgrules.compiler.spec.examples import ExampleSpec
from imgrules.compiler.spec.facts import Facts
from imgrules.compiler.spec.price import Prices, PromotionSpec
from imgrules.compiler.spec.tables import DefaultTableSpec, Origin, RequestTableSpec, WireTableSpec
from imgrules.compiler.spec.types import (
    Accept,
    Aliases,
    Closed,
    Condition,
    Constants,
    Credits,
    DatedSpec,
    Day,
    Form,
    GateNames,
    Label,
    Maybe,
    Meta,
    ModelId,
    Name,
    Number,
    OptionName,
    OptionNames,
    RequestLine,
    Role,
    Scalar,
    Send,
    Source,
    StandIns,
    Text,
    WirePath,
    by_form,
    by_type,
    has_key,
    is_switch,
)
from imgrules.table.caps import (
    MOST_LIMITS,
    MOST_NAMES,
    MOST_OPTIONS,
    MOST_REFUSED,
    MOST_SENDS,
    MOST_VALUES,
)


class BadgeSpec(DatedSpec):
    """A short text that is shown beside a model or a value."""

    text: Label = Field(description="The text of the badge, such as New.")
    style: Maybe[Name] = Field(None, description="A word for the front end: how the badge looks.")


class LimitedSpec(DatedSpec):
    """Something that is offered from one moment until another."""

    use: Maybe[StandIns] = Field(
        None, description="The model or the value to use instead after `until`; of a list, any of them."
    )
    source: Maybe[Source] = Field(
        None, description="Where this is stated: an address, a note, or both with the day on which it was read; one or several."
    )


class ValuePromotionSpec(DatedSpec):
    """The promotional price of a value."""

    credits: Credits = Field(description="The price in credits during the promotion.")


class ValueSpec(LimitedSpec):
    """One value of an option, with its details."""

    label: Maybe[Label] = Field(None, description="What users read. Without it, the value itself is shown.")
    description: Maybe[Label] = Field(None, description="What a picker says about this value, in a sentence.")
    meta: Maybe[Meta] = Field(None, description="Texts for the front end, by name; they are passed on unread.")
    credits: Maybe[Credits] = Field(
        None, description="A price: a number, `about 5` or `unknown`. What has no price is unknown, never free."
    )
    promotion: Maybe[ValuePromotionSpec] = Field(
        None, description="A price for a limited time; `credits` is shown as the regular price."
    )
    gate: Maybe[GateNames] = Field(
        None, description="The gate that has to be open for this value, such as `member`; of a list, all of them."
    )
    badges: Maybe[Annotated[list[BadgeSpec], Field(max_length=MOST_NAMES)]] = Field(
        None, description="Badges that are shown beside this value."
    )
    send: Maybe[Literal[False]] = Field(None, description="`false` if nothing is sent for this value.")
    as_: Maybe[Annotated[Scalar, Role.CONSTANT]] = Field(
        None, alias="as", description="What is sent for this value, if not the value itself."
    )
    min: Maybe[Number] = Field(None, description="The smallest number for which this word stands, in an option with `of`.")
    max: Maybe[Number] = Field(None, description="The greatest number for which this word stands.")
    aliases: Maybe[Aliases] = Field(None, description="Other names for it; a name with a moment is accepted until then.")
    accept: Maybe[Accept] = Field(
        None, description="Warnings about this value that are accepted, by code, each with the reason."
    )


Values: TypeAlias = Annotated[
    Annotated[
        list[Annotated[Text, Field(json_schema_extra={"defaultSnippets": "ratios"})]],
        Field(max_length=MOST_VALUES),
        Tag("<list>"),
    ]
    | Annotated[list[bool], Field(min_length=1), Tag("<switch>")]
    | Annotated[dict[Text, ValueSpec], Field(max_length=MOST_VALUES), Tag("<mapping>")],
    by_form(
        **{
            "<list>": lambda value: not isinstance(value, dict) and not is_switch(value),
            "<switch>": is_switch,
            "<mapping>": lambda value: isinstance(value, dict),
        }
    ),
]


Default: TypeAlias = Annotated[
    Annotated[Scalar, Tag("<value>")] | Annotated[DefaultTableSpec, Tag("<table>")],
    by_type(**{"<value>": str | int | Decimal, "<table>": dict}),
]


class Measure(StrEnum):
    """What a computed option takes of the options that it is computed from."""

    PIXELS = "pixels"
    LONGEST = "longest"
    SHORTEST = "shortest"
    TOTAL = "total"


class PickedSpec(Closed):
    """What an option takes, if callers pick it."""

    values: Maybe[Values] = Field(
        None,
        description='The values: a list such as `["16:9", "1:1"]`, or a mapping with details for each.',
        json_schema_extra={"defaultSnippets": "values"},
    )
    number: Maybe[NumberSpec] = Field(None, description="A number: whole, unless `step` is a decimal or `any`.")
    size: Maybe[SizeSpec] = Field(None, description="A pixel size such as 1536x1024, by rule.")
    ratio: Maybe[RatioSpec] = Field(None, description="An aspect ratio such as 16:9, between two bounds.")
    text: Maybe[TextRule] = Field(
        None, description="A text that the caller writes, with its length; of a list, all have to hold."
    )
    many: Maybe[ListSpec] = Field(None, alias="list", description="A list of texts, or a list of `values`.")


class ComputedSpec(Closed):
    """How an option is computed from others."""

    of: Maybe[Origin] = Field(
        None,
        description="Computed from these options, or the word of a table; `values` with `min` and `max` are words for ranges.",
    )
    measure: Maybe[Measure] = Field(
        None,
        strict=False,
        description="What is taken of them: `pixels`, `longest` or `shortest` of a size or of two numbers, or the `total` of "
        "numbers and of lengths of lists; without it, the number or the length of the list.",
    )
    unit: Maybe[Annotated[int, Field(ge=1)]] = Field(
        None, description="How many pixels count as one, such as 1000000; the result is rounded up."
    )


class ShownSpec(Closed):
    """How an option is shown and sent, and what it is if nothing is picked."""

    label: Maybe[Label] = Field(None, description="What users read. Without it, the name of the option is shown.")
    description: Maybe[Label] = Field(None, description="What a picker says about this option, in a sentence.")
    meta: Maybe[Meta] = Field(None, description="Texts for the front end, by name; they are passed on unread.")
    send: Maybe[Send] = Field(
        None,
        description="The path in the request body, such as `image_generation.quality`, or `false` if it is not sent itself.",
    )
    as_: Maybe[Form] = Field(
        None, alias="as", description="How the value is written there: `number`, `width` or a text such as `{width}x{height}`."
    )
    default: Maybe[Scalar] = Field(None, description="The value if none is picked. Without it, a value has to be picked.")
    optional: Maybe[bool] = Field(None, description="`true` if no value has to be picked.")
    snap: Maybe[Snap] = Field(
        None,
        strict=False,
        description="Which value replaces one that is not offered: the `nearest`, or the next one `down` or `up`.",
    )
    aliases: Maybe[Aliases] = Field(None, description="Other names for it; a name with a moment is accepted until then.")


class SharedOptionSpec(ShownSpec, PickedSpec):
    """What models share about an option; a key that a model says too is the model's."""


class OptionSpec(ShownSpec, ComputedSpec, PickedSpec):
    """An option of a model, which callers pick or which is computed from others; options are shown in this order."""

    default: Maybe[Default] = Field(  # type: ignore[assignment]  # a model may also state a table
        None, description="The value if none is picked, or a table of such values. Without it, a value has to be picked."
    )
    when: Maybe[Condition] = Field(None, description="The condition under which the option exists, such as `{mode: edit}`.")
    because: Maybe[Label] = Field(None, description="The message to callers who pick it where it does not exist.")
    accept: Maybe[Accept] = Field(
        None, description="Warnings about this option that are accepted, by code, each with the reason."
    )


class PartSpec(Closed):
    """The value of an option, sent in another form."""

    of: OptionName = Field(description="The option.")
    as_: Maybe[Form] = Field(None, alias="as", description="How it is written, such as `width` or `{width}*{height}`.")


WireValue: TypeAlias = Annotated[
    Annotated[Constants, Tag("<constant>")] | Annotated[PartSpec, Tag("<part>")] | Annotated[WireTableSpec, Tag("<table>")],
    by_form(
        **{
            "<constant>": lambda value: not isinstance(value, dict),
            "<part>": has_key("of", "as"),
            "<table>": lambda value: isinstance(value, dict),
        }
    ),
]
WireModel: TypeAlias = Annotated[
    Annotated[Text, Tag("<constant>")] | Annotated[WireTableSpec, Tag("<table>")],
    by_type(**{"<constant>": str, "<table>": dict}),
]


RequestOrTable: TypeAlias = Annotated[
    Annotated[RequestLine, Tag("<request>")] | Annotated[RequestTableSpec, Tag("<table>")],
    by_type(**{"<request>": str, "<table>": dict}),
]


class LimitSpec(Closed):
    """A rule about several options: exactly one of `only`, `never`, `needs` and `ignores`."""

    when: Maybe[Condition] = Field(None, description="When the limit applies, such as `{resolution: 4K}`; always without it.")
    only: Maybe[Condition] = Field(None, description='What has to hold then, such as `{ratio: ["16:9", "9:16"]}`.')
    never: Maybe[Condition] = Field(None, description="What must not hold then.")
    needs: Maybe[OptionNames] = Field(None, description="Options that have to be picked then.")
    ignores: Maybe[OptionNames] = Field(None, description="Options that are accepted but have no effect then.")
    because: Maybe[Label] = Field(None, description="The message to callers, such as `4K is wide or tall`.")


class GateRuleSpec(DatedSpec):
    """A gate for the combinations that a condition matches."""

    when: Condition = Field(description="The combinations, such as `{resolution: 4K, outputs: {min: 2}}`.")
    gate: GateNames = Field(description="The gate that has to be open for them; of a list, all of them.")


class OwnFieldSpec(Closed):
    """What a model changes about a shared field."""

    send: Maybe[Send] = Field(None, description="The path in the request body, or `false` if it is not sent.")
    optional: Maybe[bool] = Field(None, description="`true` if a creation does not require it, `false` if it does.")
    text: Maybe[TextRule] = Field(None, description="How long it may be, in addition to the shared bounds.")
    description: Maybe[Label] = Field(None, description="What a picker says about this field, in a sentence.")


class ModelSpec(LimitedSpec):
    """One image model. The name of the file is its public id, unless it states another."""

    schema_: Maybe[str] = Field(
        None,
        alias="$schema",
        description="For editors only: where the schema of this file lies.",
        json_schema_extra={"doNotSuggest": True},
    )
    id: Maybe[ModelId] = Field(
        None, description="The public id, such as `vendor/Some-Model:v1`; without it, the name of the file."
    )
    name: Maybe[Label] = Field(None, description="What users read. Without it, the id is shown.")
    description: Maybe[Label] = Field(None, description="What a picker says about the model, in a sentence.")
    released: Maybe[Day] = Field(None, description='The day or the month of its release, such as `"2026-10"`.')
    meta: Maybe[Meta] = Field(None, description="Texts for the front end, by name; they are passed on unread.")
    type: Maybe[Name] = Field(
        None, description="A type of `_shared.yaml`, such as `image`. It may be left out where there is one."
    )
    provider: Maybe[Text] = Field(
        None, description="The provider as the request body names it; required where the type says where it is sent."
    )
    model: Maybe[WireModel] = Field(
        None,
        description="The model as the provider names it, or a table by an option that chooses it; required where the type says "
        "where it is sent.",
    )
    request: Maybe[RequestOrTable] = Field(
        None, description="The method and the address, such as `POST /creations`, or a table by an option that chooses them."
    )
    options: Annotated[dict[Name, OptionSpec], Field(max_length=MOST_OPTIONS)] = Field(
        {},
        description="What may be picked, such as `ratio` and `quality`.",
        json_schema_extra={"defaultSnippets": "options"},
    )
    facts: Maybe[Facts] = Field(
        None, description="What the service knows about this model, and nobody picks, or what differs from a shared fact."
    )
    fields: Maybe[Annotated[dict[Name, OwnFieldSpec], Field(max_length=MOST_OPTIONS)]] = Field(
        None, description="What the model changes about shared fields."
    )
    refused: Maybe[Annotated[dict[Name, Label], Field(max_length=MOST_REFUSED)]] = Field(
        None, description="Fields that this model does not take, with the sentence that refuses them."
    )
    credits: Maybe[Prices] = Field(
        None, description="The price of every image, a table by one option or two, a formula, or dated prices."
    )
    promotion: Maybe[PromotionSpec] = Field(
        None, description="A price for a limited time; `credits` is shown as the regular price."
    )
    gate: Maybe[GateNames] = Field(
        None, description="The gate that has to be open for the whole model; of a list, all of them."
    )
    gates: Maybe[Annotated[list[GateRuleSpec], Field(max_length=MOST_LIMITS)]] = Field(
        None, description="Gates for some combinations."
    )
    limits: Maybe[Annotated[list[LimitSpec], Field(max_length=MOST_LIMITS)]] = Field(
        None, description="Rules about combinations of options."
    )
    body: Maybe[Annotated[dict[WirePath, WireValue], Field(max_length=MOST_SENDS)]] = Field(
        None, description="Further leaves of the request body, by wire path: constants, tables, parts of options."
    )
    badges: Maybe[Annotated[list[BadgeSpec], Field(max_length=MOST_NAMES)]] = Field(
        None, description="Badges that are shown beside the model."
    )
    aliases: Maybe[Aliases] = Field(None, description="Other ids for it; an id with a moment is accepted until then.")
    examples: Maybe[Annotated[list[ExampleSpec], Field(max_length=MOST_EXAMPLES)]] = Field(
        None, description="Selections with their outcome, run by every check."
    )
    accept: Maybe[Accept] = Field(
        None, description="Warnings about this model that are accepted, by code, each with the reason."
    )
