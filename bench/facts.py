"""
The facts of the models that all peers get: two real ones, or any number of the same two shapes.

They are repeated here by hand, so that the oracle depends neither on the rules nor on imgrules.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

FIELDS = ("model", "ratio", "quality", "prompt", "language")
"""The fields that a selection may have."""

FOREIGN = {
    "style": "images have no style control",
    "duration_seconds": "duration belongs to video",
    "voice_id": "voice belongs to video",
}
"""Fields of other kinds of content, with the message that refuses them."""

MEMBER = "member"
"""The grant that opens the values for members only."""


@dataclass(frozen=True)
class Model:
    """
    The values of a model, those for members only, and how they are sent.

    The two shapes differ in the place of the quality: beside the model, or beside the ratio.
    """

    id: str
    name: str
    provider: str
    ratios: tuple[str, ...]
    qualities: tuple[str, ...]
    members_only: str
    quality_beside_model: bool
    labels: tuple[str, ...] = ()
    credits: tuple[int, ...] = ()


Models = tuple[Model, ...]

NANO = Model(
    "nano-banana-2",
    "Nano Banana 2",
    "gemini",
    ("16:9", "9:16", "1:1"),
    ("1K", "2K", "4K"),
    "4K",
    quality_beside_model=False,
)
GPT = Model(
    "gpt-image-2",
    "GPT-Image-2",
    "azure_openai",
    ("3:2", "2:3", "1:1"),
    ("low", "medium", "high"),
    "high",
    quality_beside_model=True,
    labels=("Basic", "Standard", "Premium"),
    credits=(5, 8, 20),
)

_RATIOS = tuple(permutations(("1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9"), 3))
_SIZES = tuple(permutations(("512", "1K", "1440p", "2K", "3K", "4K", "8K"), 3))
_NAMED = tuple(permutations(("draft", "low", "medium", "standard", "high", "ultra", "max"), 3))
_LABELS = ("Basic", "Standard", "Premium")


def models(count: int) -> Models:
    """Return the two real models, or `count` invented ones of their shapes."""
    return (NANO, GPT) if count == 2 else tuple(map(_invented, range(count)))


def _invented(place: int) -> Model:
    named = place % 2 == 1
    qualities = (_NAMED if named else _SIZES)[place // 2 % len(_SIZES)]
    return Model(
        id=f"image-{place:05d}",
        name=f"Image {place}",
        provider=("studio", "atelier", "foundry")[place % 3],
        ratios=_RATIOS[place % len(_RATIOS)],
        qualities=qualities,
        members_only=qualities[2],
        quality_beside_model=named,
        labels=_LABELS if named else (),
        credits=(2 + place % 5, 7 + place % 7, 15 + place % 11) if named else (),
    )
