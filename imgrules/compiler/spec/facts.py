"""What an author may write about a fact: what the service knows, and its callers do not pick."""

# No `from __future__ import annotations` here: pydantic would have to evaluate each annotation when a command starts.
from typing import Annotated, TypeAlias

from pydantic import Field, Tag

from imgrules.compiler.spec.bounds import ListSpec, NumberSpec, RatioSpec, SizeSpec, TextRule
from imgrules.compiler.spec.types import Closed, Label, Maybe, Name, Scalar, Text, by_form, is_switch
from imgrules.table.caps import MOST_OPTIONS, MOST_VALUES


class FactValueSpec(Closed):
    """One value of a fact, with its details."""

    label: Maybe[Label] = Field(None, description="What users read. Without it, the value itself is shown.")
    description: Maybe[Label] = Field(None, description="What a picker says about this value, in a sentence.")


FactValues: TypeAlias = Annotated[
    Annotated[list[Text], Field(max_length=MOST_VALUES), Tag("<list>")]
    | Annotated[list[bool], Field(min_length=1), Tag("<switch>")]
    | Annotated[dict[Text, FactValueSpec], Field(max_length=MOST_VALUES), Tag("<mapping>")],
    by_form(
        **{
            "<list>": lambda value: not isinstance(value, dict) and not is_switch(value),
            "<switch>": is_switch,
            "<mapping>": lambda value: isinstance(value, dict),
        }
    ),
]


class FactSpec(Closed):
    """What the service knows and callers do not pick; rules read it like an option."""

    values: Maybe[FactValues] = Field(
        None, description="The values: a list such as `[free, vip]`, or a mapping with a label for each."
    )
    number: Maybe[NumberSpec] = Field(None, description="A number: whole, unless `step` is a decimal or `any`.")
    size: Maybe[SizeSpec] = Field(None, description="A pixel size such as 1536x1024, by rule.")
    ratio: Maybe[RatioSpec] = Field(None, description="An aspect ratio such as 16:9, between two bounds.")
    text: Maybe[TextRule] = Field(None, description="Any text.")
    many: Maybe[ListSpec] = Field(None, alias="list", description="A list of texts, or a list of `values`.")
    label: Maybe[Label] = Field(None, description="What users read. Without it, the name is shown.")
    description: Maybe[Label] = Field(None, description="What a picker says about this fact, in a sentence.")
    default: Maybe[Scalar] = Field(None, description="The value where the service states none.")
    optional: Maybe[bool] = Field(None, description="`true` if the service need not state it.")


Facts: TypeAlias = Annotated[dict[Name, FactSpec], Field(max_length=MOST_OPTIONS)]
