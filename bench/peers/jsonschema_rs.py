"""jsonschema-rs: one validator that is made once; `is_valid` is fast and gives no reason, `validate` gives one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import jsonschema_rs

from bench.face import Face, Setting
from bench.peers.around import around, one_schema, texts_are_unicode


def prepare(setting: Setting) -> Face:
    """Return the validator with the code around it."""
    validator = jsonschema_rs.validator_for(one_schema(setting.models))
    is_valid, validate = validator.is_valid, validator.validate

    def fine(selection: dict[str, Any]) -> bool:
        return is_valid(selection) and texts_are_unicode(selection)

    def explained(selection: dict[str, Any]) -> bool:
        if not is_valid(selection):
            validate(selection)
        return texts_are_unicode(selection)

    why = around(setting.models, explained, (jsonschema_rs.ValidationError,))
    return replace(around(setting.models, fine), refusals=why.refusals, more={"emit_why": why.emit})
