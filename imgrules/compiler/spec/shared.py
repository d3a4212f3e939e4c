"""What an author may write in `_shared.yaml` and `_messages.yaml`: their field names and constraints."""

# No `from __future__ import annotations` here: pydantic would have to evaluate each annotation when a command starts.
from typing import Annotated

from pydantic import Field

from imgrules.compiler.spec.bounds import TextRule
from imgrules.compiler.spec.facts import Facts
from imgrules.compiler.spec.model import SharedOptionSpec, WireValue
from imgrules.compiler.spec.types import (
    Aliases,
    Closed,
    ContractPath,
    Currency,
    DatedSpec,
    Label,
    LanguageTag,
    Maybe,
    ModelId,
    Name,
    RequestLine,
    Send,
    Source,
    Text,
    WirePath,
)
from imgrules.table.caps import MOST_GATES, MOST_NAMES, MOST_OPTIONS, MOST_REFUSED, MOST_SENDS, MOST_TYPES


class TargetSpec(Closed):
    """Where the provider, or the model id of the provider, is sent."""

    send: Send = Field(description="The path in the request body, or `false` if it is not sent.")


class FieldSpec(Closed):
    """A text that the caller writes, or the most that the caller pays."""

    send: Send = Field(description="The path in the request body, or `false` if it is not sent.")
    optional: Maybe[bool] = Field(None, description="`true` if a creation does not require it.")
    text: Maybe[TextRule] = Field(None, description="How long it may be; of a list, all have to hold.")
    cap: Maybe[bool] = Field(None, description="`true` for a number: the most that the caller is willing to pay.")
    aliases: Maybe[Aliases] = Field(None, description="Other names for it; a name with a moment is accepted until then.")
    description: Maybe[Label] = Field(None, description="What a picker says about this field, in a sentence.")


class TypeSpec(Closed):
    """What all models of one content type share."""

    request: Maybe[RequestLine] = Field(
        None, description="The method and the address to which a body is sent, such as `POST /creations`."
    )
    contract: Maybe[ContractPath] = Field(
        None, description="The JSON Schema of the request, a file relative to this one; `check` proves every body against it."
    )
    body: Maybe[Annotated[dict[WirePath, WireValue], Field(max_length=MOST_SENDS)]] = Field(
        None, description="What else is sent, by wire path; an entry of a model for the same path stands in its place."
    )
    provider: Maybe[TargetSpec] = Field(None, description="Where the provider is sent; nowhere without it.")
    model: Maybe[TargetSpec] = Field(None, description="Where the provider's model id is sent; nowhere without it.")
    fields: Maybe[Annotated[dict[Name, FieldSpec], Field(max_length=MOST_OPTIONS)]] = Field(
        None, description="Texts that the caller writes, such as the prompt, and perhaps a cap."
    )
    options: Maybe[Annotated[dict[Name, SharedOptionSpec], Field(max_length=MOST_REFUSED)]] = Field(
        None, description="What models share about options; a model has those that it names."
    )
    refused: Maybe[Annotated[dict[Name, Label], Field(max_length=MOST_REFUSED)]] = Field(
        None, description="Fields of other content types, with the sentence that refuses them."
    )


class GateSpec(DatedSpec):
    """A gate, which is open to callers who hold one of its grants."""

    opens_with: Annotated[list[Text], Field(max_length=MOST_NAMES)] = Field(
        description="Any one of these grants opens the gate."
    )
    label: Label = Field(description="What users read at a locked value.")
    icon: Maybe[Name] = Field(None, description="A word for the front end: which icon is shown.")
    action: Maybe[Name] = Field(None, description="A word for the front end: where a click leads, such as `upgrade`.")


class ReadSpec(Closed):
    """Where a part of the result is read in the JSON of a creation."""

    read: WirePath = Field(description="The path in the detail of a creation.")
    source: Maybe[Source] = Field(None, description="Where this path is stated, or why it is an assumption.")


class ArtifactsSpec(ReadSpec):
    """Where the further artifacts are listed."""

    url: Maybe[WirePath] = Field(None, description="The path of the URL inside an entry that is an object.")


class StateSpec(ReadSpec):
    """Where the state is read, and what each state means."""

    running: Annotated[list[Text], Field(max_length=MOST_NAMES)] = Field(
        description="States of a creation that is still running."
    )
    succeeded: Annotated[list[Text], Field(max_length=MOST_NAMES)] = Field(
        description="States of a creation that has succeeded."
    )
    failed: Annotated[list[Text], Field(max_length=MOST_NAMES)] = Field(description="States of a creation that has failed.")


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
    language: Annotated[int, Field(ge=1, le=1)] = Field(
        description="The version of the rule language.", json_schema_extra={"defaultSnippets": [{"label": "1", "body": 1}]}
    )
    languages: Maybe[Annotated[list[LanguageTag], Field(max_length=MOST_NAMES)]] = Field(
        None, description="The languages to try, in this order, if a label lacks the requested one."
    )
    stale_after: Maybe[Annotated[int, Field(ge=1)]] = Field(
        None, description="The number of days after which a `source` is reported as stale."
    )
    currency: Maybe[Currency] = Field(
        None, description="The currency of every price, such as `USD`; prices are in credits if none is given."
    )
    order: Maybe[list[ModelId]] = Field(None, description="Models in the order in which they are shown; others follow by name.")
    default: Maybe[ModelId] = Field(None, description="The model of a selection that names none.")
    types: Annotated[dict[Name, TypeSpec], Field(max_length=MOST_TYPES)] = Field(description="The content types.")
    facts: Maybe[Facts] = Field(None, description="What the service knows about a caller or the hour, and nobody picks.")
    gates: Maybe[Annotated[dict[Name, GateSpec], Field(max_length=MOST_GATES)]] = Field(
        None, description="The gates that values may name."
    )
    result: Maybe[ResultSpec] = Field(None, description="Where the result is read in the detail of a creation.")


class MessagesSpec(Closed):
    """The messages to callers, in other languages."""

    schema_: Maybe[str] = Field(
        None,
        alias="$schema",
        description="For editors only: where the schema of this file lies.",
        json_schema_extra={"doNotSuggest": True},
    )
    messages: Annotated[
        dict[LanguageTag, Annotated[dict[Name, Text], Field(max_length=MOST_NAMES)]], Field(max_length=MOST_NAMES)
    ] = Field(description="Languages with their messages, by the names that `imgrules explain messages` lists.")
