"""jsonschema, the reference in Python: one validator that is made once."""

from __future__ import annotations

from typing import Any

import jsonschema

from bench.face import Face, Setting
from bench.peers.around import around, one_schema, texts_are_unicode


def prepare(setting: Setting) -> Face:
    """Return the validator with the code around it."""
    validator = jsonschema.Draft202012Validator(one_schema(setting.models))

    def fine(selection: dict[str, Any]) -> bool:
        return validator.is_valid(selection) and texts_are_unicode(selection)

    return around(setting.models, fine)
