"""
The calendar: what changes next for a caller, found by comparing what the table shows before and after each moment.

Badges and aliases have dates of their own; any other change is a new version of its model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imgrules.table.records import Model, Table
from imgrules.table.terms import CREDITS, Alias
from imgrules.views.catalog import moments_of, view_of
from imgrules.views.changes import Event, Transition


@dataclass(frozen=True, slots=True)
class Calendar:
    """
    The changes after the moment `at` (UTC), or all changes where that is None: by time, then in author's order.

    `currency` is what all prices are in: `credits`, or a code of ISO 4217 such as `USD`.
    """

    at: str | None
    events: tuple[Event, ...]
    currency: str = CREDITS


def calendar(table: Table, grants: object = (), language: str | None = None, at: object = None) -> Calendar:
    """
    Return what changes for the holder of these grants after a moment; without one, all changes.

    Raises:
        TypeError: the grants are not a set, list or tuple of strings.
        ValueError: `at` is not a moment.

    """
    view = view_of(table, grants, language, at)
    aliases = {model.id: tuple(alias for alias in table.aliases if alias.means == model.id) for model in table.models.values()}
    moments = {
        moment for model in table.models.values() for moment in (*moments_of(model), *_alias_ends(model, aliases[model.id]))
    }
    events = (
        event
        for moment in sorted(moments)
        if view.moment is None or moment > view.moment
        for model in table.models.values()
        for event in Transition(view, moment, _before(model, moment), model.at(moment) or model).events(aliases[model.id])
    )
    return Calendar(view.moment, tuple(events), table.currency)


def _before(model: Model, moment: str) -> Model:
    """Return the version of a model that is valid until a moment."""
    return next((change.model for change in reversed(model.changes) if change.at < moment), model)


def _alias_ends(model: Model, of_model: tuple[Alias, ...]) -> Iterator[str]:
    """Yield the moments at which an alias of a model, its options or their values ends."""
    aliases = (*of_model, *model.aliases, *(alias for option in model.options.values() for alias in option.aliases))
    return (alias.until for alias in aliases if alias.until is not None)
