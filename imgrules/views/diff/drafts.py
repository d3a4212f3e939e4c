"""Drafts of findings: what a difference of the rules is called, before the selections that it changes are counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from imgrules.table.record_base import field, record
from imgrules.views.diff.diff_records import DiffFinding, Level
from imgrules.views.diff.kinds import KINDS
from imgrules.views.diff.pair_space import Tried

Cause = Callable[[Tried], bool]
"""Whether a difference of the rules is why a selection that one side refuses is refused."""


UNNOTICED = "nobody can use it at that time"
"""Why a change matters that would be serious if anybody could."""


@record
class Draft:
    """A finding about a path without its model; `takes` says which selections become impossible by it, `gives` which possible."""

    id: str
    path: tuple[str, ...]
    message: str
    old: Any = None
    new: Any = None
    takes: Cause | None = None
    gives: Cause | None = None
    level: Level | None = None
    selections: int = 0
    least: Decimal | None = None
    most: Decimal | None = None
    when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    def finding(self, model: str | None, since: str | None = None, until: str | None = None) -> DiffFinding:
        """Return the finding about a model, or about what models share."""
        kind = KINDS[self.id]
        level = self.level or kind.level
        root = () if model is None else ("models", model)
        return DiffFinding(
            self.id,
            level,
            model,
            (*root, *self.path),
            self.message,
            UNNOTICED if level is Level.COSMETIC is not kind.level else kind.why,
            self.old,
            self.new,
            self.selections,
            self.least,
            self.most,
            dict(self.when),
            since,
            until,
            in_new=self.new is not None or self.old is None,
        )
