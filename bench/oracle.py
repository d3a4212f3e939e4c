"""
The right answers, computed slowly from the facts alone: every answer of every peer is compared with them before timing.

It shares no code with imgrules or with any peer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bench.facts import FIELDS, MEMBER, Model, Models


@dataclass(frozen=True)
class Oracle:
    """The right answers for some models."""

    by_id: dict[str, Model]

    def decide(self, selection: dict[str, Any], grants: frozenset[str]) -> str:
        """Return `allowed`, `locked` or `impossible`; texts that a body needs may still be missing."""
        model = self._model(selection)
        if model is None or not all(_sound(model, name, value) for name, value in selection.items()):
            return "impossible"
        if "ratio" not in selection or "quality" not in selection:
            return "impossible"
        return "locked" if selection["quality"] == model.members_only and MEMBER not in grants else "allowed"

    def emit(self, selection: dict[str, Any], grants: frozenset[str]) -> dict[str, Any] | None:
        """Return the body of `POST /creations`, or None if the selection is refused."""
        model = self._model(selection)
        complete = all(name in selection for name in FIELDS)
        return _body(model, selection) if model and complete and self.decide(selection, grants) == "allowed" else None

    def _model(self, selection: dict[str, Any]) -> Model | None:
        named = selection.get("model")
        return self.by_id.get(named) if isinstance(named, str) else None


def oracle(models: Models) -> Oracle:
    """Return the oracle for some models."""
    return Oracle({model.id: model for model in models})


def _sound(model: Model, name: str, value: object) -> bool:
    if not isinstance(value, str):
        return False
    if name == "model":
        return True
    if name == "ratio":
        return value in model.ratios
    if name == "quality":
        return value in model.qualities
    return name in {"prompt", "language"} and value != "" and _is_unicode(value)


def _is_unicode(text: str) -> bool:
    # UTF-8 cannot encode an unpaired surrogate.
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _body(model: Model, selection: dict[str, Any]) -> dict[str, Any]:
    image_generation = {"provider": model.provider, "model": model.id}
    output = {"aspect_ratio": selection["ratio"]}
    (image_generation if model.quality_beside_model else output)["quality"] = selection["quality"]
    return {
        "type": "image",
        "prompt": selection["prompt"],
        "language": selection["language"],
        "image_generation": image_generation,
        "extra_config": {"output": output},
    }
