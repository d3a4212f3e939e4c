"""Why a selection is refused, how it could be changed, and what was accepted otherwise than it was given: the records alone."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from imgrules.engine.lazy import Unseen
from imgrules.table.record import field as field_
from imgrules.table.record import record


class ViolationCode(StrEnum):
    """What kind of mistake a selection makes; stable, for programs to compare."""

    UNKNOWN_MODEL = "unknown_model"
    UNKNOWN_FIELD = "unknown_field"
    REFUSED_FIELD = "refused_field"
    MISSING_FIELD = "missing_field"
    WRONG_TYPE = "wrong_type"
    NOT_OFFERED = "not_offered"
    NOT_TOGETHER = "not_together"
    OUT_OF_RANGE = "out_of_range"
    TEXT_LENGTH = "text_length"
    NOT_YET = "not_yet"
    RETIRED = "retired"


@record
class Violation(Unseen):
    """
    One reason why a selection is impossible.

    `allowed` are the values that are possible with the rest of the selection; it is empty where no list can help.
    `suggestion` is the allowed value or the known name that was probably meant.
    """

    code: ViolationCode
    field: str
    value: Any = field_(repr=False)
    message: str
    allowed: tuple[str, ...] = ()
    suggestion: str | None = None


@record
class Repair:
    """A small change that makes a selection possible: fields to set, and fields to remove."""

    set: Mapping[str, Any]
    remove: tuple[str, ...] = ()

    def apply(self, selection: object) -> dict[str, Any]:
        """Return the selection with the change made; keys that are no text are left behind."""
        kept, removed = selection.items() if isinstance(selection, Mapping) else (), frozenset(self.remove)
        return {key: each for key, each in kept if type(key) is str and key not in removed} | dict(self.set)


class NoteCode(StrEnum):
    """What was taken otherwise than it was given."""

    ALIAS = "alias"
    SNAPPED = "snapped"
    IGNORED = "ignored"


@record
class Note:
    """Something that was accepted otherwise than it was given: `taken` stands for `given`, or nothing where it is ignored."""

    code: NoteCode
    field: str
    given: Any
    taken: Any
    message: str = ""
