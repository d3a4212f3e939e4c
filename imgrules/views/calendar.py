"""
What changes next, for whom: read from the table alone, by comparing what a caller sees on both sides of each moment.

Badges and names carry their dates; everything else that changes makes a new state of its model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imgrules.table.records import Model, Table
from imgrules.table.terms import Alias
from imgrules.views.catalog import look, moments_of
from imgrules.views.changes import Event, Turn


@dataclass(frozen=True, slots=True)
class Calendar:
    """What changes after the moment `at`, or ever where that is None: by time, then in author's order."""

    at: str | None
    events: tuple[Event, ...]


def calendar(table: Table, grants: object = (), language: str | None = None, at: object = None) -> Calendar:
    """
    Return what changes for somebody who holds these grants, after a moment; without one, what ever does.

    Raises:
        TypeError: the grants are no set, list or tuple of texts.
        ValueError: the moment cannot be read.

    """
    view = look(table, grants, language, at)
    ends = {each.id: tuple(one for one in table.aliases if one.means == each.id) for each in table.models.values()}
    moments = {each for model in table.models.values() for each in (*moments_of(model), *_ends(model, ends[model.id]))}
    events = (
        event
        for moment in sorted(moments)
        if view.moment is None or moment > view.moment
        for model in table.models.values()
        for event in Turn(view, moment, _before(model, moment), model.at(moment) or model).events(ends[model.id])
    )
    return Calendar(view.moment, tuple(events))


def _before(model: Model, moment: str) -> Model:
    """Return what a model is until a moment."""
    return next((each.model for each in reversed(model.changes) if each.at < moment), model)


def _ends(model: Model, names: tuple[Alias, ...]) -> Iterator[str]:
    aliases = (*names, *model.aliases, *(one for each in model.options.values() for one in each.aliases))
    return (each.until for each in aliases if each.until is not None)
