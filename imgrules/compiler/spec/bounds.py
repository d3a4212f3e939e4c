"""What an author may write about the bounds of numbers, sizes, ratios, and the lengths of texts and lists."""

# No `from __future__ import annotations` here: pydantic would have to evaluate each annotation when a command starts.
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import Field, Tag

from imgrules.compiler.spec.types import RATIO, Closed, Maybe, RangeSpec, Step, Whole, by_type
from imgrules.table.caps import MOST_LEAST_LIST, MOST_LEAST_TEXT, MOST_LIST, MOST_UNITS


class NumberSpec(RangeSpec):
    """Which numbers an option takes."""

    step: Maybe[Step] = Field(None, description="The step, counted from `min` or from 0: 1 if none is given; `any` for none.")


class PixelsSpec(Closed):
    """How many pixels an edge or an image has."""

    min: Maybe[Whole] = Field(None, description="The fewest pixels.")
    max: Maybe[Whole] = Field(None, description="The most pixels.")


class ListSpec(PixelsSpec):
    """How many entries a list has."""

    min: Maybe[Annotated[int, Field(ge=0, le=MOST_LEAST_LIST)]] = Field(None, description="The fewest entries.")
    max: Maybe[Annotated[int, Field(ge=0, le=MOST_LIST)]] = Field(None, description="The most entries.")


class EdgeSpec(PixelsSpec):
    """The length of both edges of an image, in pixels."""

    step: Maybe[Annotated[int, Field(ge=1)]] = Field(None, description="The step, counted from `min` or from 0.")


class RatioSpec(Closed):
    """Which aspect ratios are allowed, between two bounds."""

    min: Maybe[Annotated[str, Field(pattern=RATIO)]] = Field(None, description='The tallest, such as `"1:3"`.')
    max: Maybe[Annotated[str, Field(pattern=RATIO)]] = Field(None, description='The widest, such as `"3:1"`.')


class SizeSpec(Closed):
    """Which pixel sizes an option takes, such as 1536x1024."""

    edge: Maybe[EdgeSpec] = Field(None, description="How long each edge is, in pixels.")
    area: Maybe[PixelsSpec] = Field(None, description="How many pixels the image has.")
    ratio: Maybe[RatioSpec] = Field(None, description="Which aspect ratios are allowed.")


class Unit(StrEnum):
    """What the length of a text is counted in."""

    CHARACTERS = "characters"
    WORDS = "words"
    BYTES = "bytes"


class Snap(StrEnum):
    """Which value replaces one that is not offered."""

    NEAREST = "nearest"
    DOWN = "down"
    UP = "up"


class TextSpec(Closed):
    """The length of a text."""

    min: Maybe[Annotated[int, Field(ge=0, le=MOST_LEAST_TEXT)]] = Field(None, description="The least length.")
    max: Maybe[Whole] = Field(None, description="The greatest length.")
    unit: Maybe[Unit] = Field(
        None, strict=False, description="`characters` (Unicode code points) if none is given, `words`, or `bytes` of UTF-8."
    )


def unit_of(rule: TextSpec) -> Unit:
    """Return the unit that the length of a text is counted in."""
    return rule.unit or Unit.CHARACTERS


TextRule: TypeAlias = Annotated[
    Annotated[TextSpec, Tag("<text>")] | Annotated[list[TextSpec], Field(min_length=1, max_length=MOST_UNITS), Tag("<texts>")],
    by_type(**{"<text>": dict, "<texts>": list}),
]
