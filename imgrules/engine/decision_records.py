"""The records of a refusal and of notes: violations, repairs, and what was accepted in another form than it was given."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from imgrules.engine.lazy import LazyRecord
from imgrules.table.record_base import field as field_
from imgrules.table.record_base import record


class ViolationCode(StrEnum):
    """The kind of a violation: stable, for programs to compare."""

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
class Violation(LazyRecord):
    """
    One reason why a selection is impossible.

    `allowed` are the values that do not conflict with the rest of the selection; it is empty if no listed value would help.
    `suggestion` is the allowed value, or the known name, that was probably meant, or None. It is about a `fact` if the service
    that asks has to mend it, and its caller cannot.
    """

    code: ViolationCode
    field: str
    value: Any = field_(repr=False)
    message: str
    allowed: tuple[str, ...] = ()
    suggestion: str | None = None
    fact: bool = False


@record
class Repair:
    """A small change that makes a selection possible: `set` holds fields with their new values, `remove` names fields."""

    set: Mapping[str, Any]
    remove: tuple[str, ...] = ()

    def apply(self, selection: object) -> dict[str, Any]:
        """Return a changed copy of the selection, without the keys that are not text."""
        items, removed = selection.items() if isinstance(selection, Mapping) else (), frozenset(self.remove)
        return {key: value for key, value in items if type(key) is str and key not in removed} | dict(self.set)


class NoteCode(StrEnum):
    """How an accepted value differs from the given one."""

    ALIAS = "alias"
    SNAPPED = "snapped"
    IGNORED = "ignored"


@record
class Note:
    """One field that was accepted in another form: `taken` is used in place of `given`, and is None where it is ignored."""

    code: NoteCode
    field: str
    given: Any
    taken: Any
    message: str = ""
