"""
msgspec: a Struct per model with a tag, in one wrapper that is made once; a bare union would be made again for each call.

Choosing the Struct by hand is a tenth faster, but then the union is hand-written.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union

import msgspec

from bench.face import Face, Setting
from bench.facts import Model
from bench.peers.around import around, texts_are_unicode

_Text = Annotated[str, msgspec.Meta(min_length=1)] | msgspec.UnsetType


def prepare(setting: Setting) -> Face:
    """Return the wrapper with the code around it."""
    structs = tuple(_struct(model) for model in setting.models)
    wrapper = msgspec.defstruct("Wrapper", [("selection", Union[structs])])  # noqa: UP007  made from a tuple
    convert = msgspec.convert

    def fine(selection: dict[str, Any]) -> bool:
        convert({"selection": selection}, wrapper)
        return texts_are_unicode(selection)

    return around(setting.models, fine, (msgspec.ValidationError,), msgspec.json.encode)


def _struct(model: Model) -> Any:
    fields: list[Any] = [
        ("ratio", Literal[model.ratios]),
        ("quality", Literal[model.qualities]),
        ("prompt", _Text, msgspec.UNSET),
        ("language", _Text, msgspec.UNSET),
    ]
    return msgspec.defstruct(model.name, fields, tag_field="model", tag=model.id, forbid_unknown_fields=True)
