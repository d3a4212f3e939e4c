"""pydantic as a checker: a typed dict per model, which its documentation calls the faster form, in a discriminated union."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired, Union

import pydantic
from typing_extensions import TypedDict

from bench.face import Face, Setting
from bench.facts import Model
from bench.peers.around import around

_Text = Annotated[str, pydantic.Field(min_length=1)]
_STRICT = pydantic.ConfigDict(extra="forbid", strict=True)


def prepare(setting: Setting) -> Face:
    """Return the adapter with the code around it."""
    union: Any = Union[tuple(_typed_dict(model) for model in setting.models)]  # noqa: UP007  made from a tuple
    adapter: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(Annotated[union, pydantic.Field(discriminator="model")])
    validate = adapter.validate_python

    def fine(selection: dict[str, Any]) -> bool:
        validate(selection)
        return True

    return around(setting.models, fine, (pydantic.ValidationError,))


def _typed_dict(model: Model) -> Any:
    fields = {
        "model": Literal[model.id],
        "ratio": Literal[model.ratios],
        "quality": Literal[model.qualities],
        "prompt": NotRequired[_Text],
        "language": NotRequired[_Text],
    }
    return pydantic.with_config(_STRICT)(TypedDict(model.name, fields))  # type: ignore[operator]  # made from the facts
