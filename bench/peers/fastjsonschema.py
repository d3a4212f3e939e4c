"""fastjsonschema: the schema compiled to one Python function."""

from __future__ import annotations

from typing import Any

import fastjsonschema

from bench.face import Face, Setting
from bench.peers.around import around, one_schema, texts_are_unicode


def prepare(setting: Setting) -> Face:
    """Return the compiled function with the code around it."""
    validate = fastjsonschema.compile(one_schema(setting.models))

    def fine(selection: dict[str, Any]) -> bool:
        validate(selection)
        return texts_are_unicode(selection)

    return around(setting.models, fine, (fastjsonschema.JsonSchemaValueException,))
