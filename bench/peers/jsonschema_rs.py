"""jsonschema-rs: one validator that is made once; `is_valid` is its fast answer, and says no reason."""

from __future__ import annotations

from typing import Any

import jsonschema_rs

from bench.face import Face, Setting
from bench.peers.around import around, one_schema, texts_are_unicode


def prepare(setting: Setting) -> Face:
    """Answer the validator with what stands around it."""
    is_valid = jsonschema_rs.validator_for(one_schema(setting.models)).is_valid

    def fine(selection: dict[str, Any]) -> bool:
        return is_valid(selection) and texts_are_unicode(selection)

    return around(setting.models, fine)
