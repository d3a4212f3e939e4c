"""
The calendar: what changes next for a caller, found by comparing what the table shows before and after each moment.

Badges and aliases have dates of their own; any other change is a new version of its model.
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.table.record_base import record
from imgrules.table.records import Model, Table
from imgrules.table.terms import CREDITS, Alias
from imgrules.views.catalog.view import View, facts_module, moments_of, view_of
from imgrules.views.changes import Event, Transition


@record
class Calendar:
    """
    The changes after the moment `at` (UTC), or all changes where that is None: by time, then in author's order.

    `currency` is what all prices are in: `credits`, or a code of ISO 4217 such as `USD`.
    """

    at: str | None
    events: tuple[Event, ...]
    currency: str = CREDITS


def calendar(
    table: Table, grants: object = (), language: str | None = None, at: object = None, facts: object = None
) -> Calendar:
    """
    Return what changes for the holder of these grants after a moment; without one, all changes.

    With `facts`, these are the changes at them; without, those at any facts, which are named like options.

    Raises:
        TypeError: the grants are not a set, list or tuple of strings.
        ValueError: `at` is not a moment; or there are `facts`, but one that a rule reads is missing or cannot be used.

    """
    view = view_of(table, grants, language, at, facts)
    if facts is not None:
        facts_module().checked_facts(table, None, facts, language)
    aliases = {model.id: tuple(alias for alias in table.aliases if alias.means == model.id) for model in table.models.values()}
    moments = {
        moment for model in table.models.values() for moment in (*moments_of(model), *_alias_ends(model, aliases[model.id]))
    }
    events = (
        event
        for moment in sorted(moments)
        if view.moment is None or moment > view.moment
        for model in table.models.values()
        for event in _transition(view, moment, model).events(aliases[model.id])
    )
    return Calendar(view.moment, tuple(events), table.currency)


def _transition(view: View, moment: str, model: Model) -> Transition:
    """Return the versions of a model before and after a moment, as they are at the facts of a view."""
    before, after = _before(model, moment), model.at(moment) or model
    if view.facts is None or not model.facts:
        return Transition(view, moment, before, after)
    from imgrules.views.catalog.at_facts import at_facts  # noqa: PLC0415  only a question with facts needs it

    old, new = (version if version.gone is not None else at_facts(version, view.stated(version)) for version in (before, after))
    return Transition(view, moment, old, new)


def _before(model: Model, moment: str) -> Model:
    """Return the version of a model that is valid until a moment."""
    return next((change.model for change in reversed(model.changes) if change.at < moment), model)


def _alias_ends(model: Model, of_model: tuple[Alias, ...]) -> Iterator[str]:
    """Yield the moments at which an alias of a model, its options or their values ends."""
    aliases = (*of_model, *model.aliases, *(alias for option in model.options.values() for alias in option.aliases))
    return (alias.until for alias in aliases if alias.until is not None)
