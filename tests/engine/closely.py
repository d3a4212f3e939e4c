"""Decisions that are evaluated in full, without a plan, for tests to compare."""

from __future__ import annotations

from typing import Any

from imgrules import Decision, Table
from imgrules.engine.find import find
from imgrules.engine.plan.outcome import REFUSED
from imgrules.refusals.evaluate import decision_of, evaluate


def closely(table: Table, selection: Any, *arguments: Any, at: Any = None, whole: bool = False, facts: Any = None) -> Decision:
    """Return the decision of a full evaluation; with `whole`, the texts that a request body needs are required too."""
    defaults: list[Any] = [(), None, at]
    grants, language, moment = [*arguments, *defaults[len(arguments) :]]
    return decision_of(evaluate(table, (selection, grants, language, moment, facts), whole=whole))


def is_refused(table: Table, selection: Any, at: Any = None) -> bool:
    """Whether the plan of a model refuses a selection, whatever the grants are."""
    return find(table, selection, at)[0] is REFUSED
