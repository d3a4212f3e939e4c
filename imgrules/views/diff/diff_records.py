"""The records of a comparison of two rule sets: findings, sums of selections, and edits of the resolved rules."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from imgrules.table.record_base import field, record
from imgrules.table.sha256 import sha256
from imgrules.table.terms import CREDITS, Credits

_DIGITS = 15  # hexadecimal digits of a fingerprint


class Level(StrEnum):
    """How serious a change is, the most serious first; a stable identifier for programs."""

    BREAKING = "breaking"
    PRICE = "price"
    RISKY = "risky"
    ADDED = "added"
    COSMETIC = "cosmetic"

    @property
    def rank(self) -> int:
        """The place of the level: 0 is the most serious."""
        return list(Level).index(self)


@record
class Acceptance:
    """The entry of a reviewed file that accepts a finding: why, by whom, and until when."""

    fingerprint: str
    why: str
    who: str
    until: str | None = None


@record
class DiffFinding:
    """
    One change of the rules, as it is told to people and programs.

    `id` is stable; `model` is None for a change that all models share. `path` leads to it in the rules, for example
    `("models", "gpt-image-2", "options", "quality", "values", "high")`. `message` says what changes, `why` why it matters.
    `old` and `new` are values for JSON, None where there is none. `selections` counts those that it changes.
    `least` and `most` are the least and the greatest change of a price in per cent, None where there is no such number.
    `when` has the values of options to which it is limited. It is in force from `since` until `until` (UTC); None is always.
    `in_new` says which side holds `file` and `line`: the new one, or for what was removed the old one; `beside` is then the file
    and the line of the new side that held it, such as the `values:` of an option. `accepted` is the entry that accepts it,
    `ended` one that did so until its end.
    """

    id: str
    level: Level
    model: str | None
    path: tuple[str, ...]
    message: str
    why: str
    old: Any = None
    new: Any = None
    selections: int = 0
    least: Decimal | None = None
    most: Decimal | None = None
    when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    since: str | None = None
    until: str | None = None
    in_new: bool = True
    file: str | None = None
    line: int | None = None
    beside: tuple[str, int] | None = None
    accepted: Acceptance | None = None
    ended: Acceptance | None = None

    @property
    def place(self) -> str:
        """The path as one text, such as `models.gpt-image-2.options.quality.values.high`."""
        return ".".join(_part(part) for part in self.path)

    @property
    def fingerprint(self) -> str:
        """A stable name of this very change, from what it says and not from where it stands in a file."""
        parts = [self.id, *self.path, self.old, self.new, {**self.when}, self.since, self.until]
        text = json.dumps(parts, default=str, ensure_ascii=False, sort_keys=True)
        # It begins with a letter that is no digit of a number, so that YAML reads it as a text.
        return f"x{sha256([text.encode('utf-8', 'surrogatepass')])[:_DIGITS]}"


def _part(part: str) -> str:
    return part if re.fullmatch(r"[\w-]+(?:\.\w+)*", part) else json.dumps(part, ensure_ascii=False)


@record
class Later:
    """How many selections have an effect, an attribute of `Sum`, only from a later moment on; `since` is the first one (UTC)."""

    effect: str
    selections: int
    since: str


@record
class Sum:
    """
    How many selections of a model, or of all, change; each counts once, for the most serious change.

    `selections` are those that are possible on either side; where they were too many, a sample of `space` combinations.
    `dearer_by` and `cheaper_by` are the least and the greatest change in per cent, empty where there is none.
    `later` says which of these effects are not in force yet.
    """

    selections: int = 0
    impossible: int = 0
    locked: int = 0
    sent: int = 0
    dearer: int = 0
    cheaper: int = 0
    repriced: int = 0
    opened: int = 0
    possible: int = 0
    unchanged: int = 0
    dearer_by: tuple[Decimal, ...] = ()
    cheaper_by: tuple[Decimal, ...] = ()
    space: int | None = None
    later: tuple[Later, ...] = ()


@record
class Edit:
    """One edit of the resolved rules: what stands at a path before and after it; `ABSENT` where nothing does."""

    path: tuple[str, ...]
    old: Any
    new: Any


ABSENT: Any = "(absent)", "no value of a resolved document is this tuple"
"""Stands in an edit for nothing."""


@record
class Diff:
    """
    The difference of two rule sets from the moment `at` on, or at all times where that is None.

    `findings` are grouped by model, the model with the most serious one first, and sorted by how serious they are.
    `sums` has the sum of each model that changes, `total` that of all of these; `unchanged_models` counts the others.
    `labels` are those of the models, `names` those of options, values and gates by their path. `edits` turn the resolved rules of the old side into those of the new one.
    """

    findings: tuple[DiffFinding, ...] = ()
    sums: Mapping[str, Sum] = field(default_factory=dict)
    total: Sum = Sum()
    labels: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[tuple[str, ...], str] = field(default_factory=dict, repr=False)
    unchanged_models: int = 0
    currency: str = CREDITS
    at: str | None = None
    edits: tuple[Edit, ...] = ()

    def of(self, *levels: Level) -> tuple[DiffFinding, ...]:
        """Return the findings of some levels."""
        return tuple(finding for finding in self.findings if finding.level in levels)


Prices = tuple[Credits | None, Credits | None]
"""The price of a selection before and after."""
