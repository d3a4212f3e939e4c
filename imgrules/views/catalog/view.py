"""A table as one caller sees it: with some grants and stated facts, in a language, at a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from imgrules.engine.caller_input import read_grants, read_moment
from imgrules.engine.gates import Lock, lock, opens
from imgrules.escapes import escaped
from imgrules.table.moments import EARLIEST, NoMoment, moment_words
from imgrules.table.options import Badge
from imgrules.table.record_base import record, replace
from imgrules.table.records import Model, Table
from imgrules.table.terms import Limit
from imgrules.table.texts.labels import say
from imgrules.views.catalog.catalog_records import BadgeOffer, LimitOffer
from imgrules.views.catalog.record_offers import offer_maker

_Shown = TypeVar("_Shown")

_BADGE = offer_maker(BadgeOffer, Badge)
_LIMIT = offer_maker(LimitOffer, Limit)


def moments_of(model: Model) -> Iterable[str]:
    """Yield every moment at which something that is shown of a model changes, unordered and not deduplicated."""
    for version in (model, *[change.model for change in model.changes]):
        of_values = [value.badges for option in version.options.values() for value in option.values.values() if value.badges]
        for badge in (badge for badges in (version.badges, *of_values) for badge in badges):
            yield from (moment for moment in (badge.since, badge.until) if moment is not None)
    yield from [change.at for change in model.changes]


def view_of(table: Table, grants: object, language: str | None, at: object, facts: object = None) -> View:
    """
    Return a table as the holder of these grants sees it at a moment.

    Raises:
        TypeError: the grants are not a set, list or tuple of strings.
        ValueError: `at` is not a moment.

    """
    held, unreadable_grants = read_grants(grants)
    if unreadable_grants:
        raise TypeError(escaped(unreadable_grants[0].message))
    moment, unreadable_moment = read_moment(at)
    if unreadable_moment:
        raise NoMoment(unreadable_moment[0].message)
    return View(table, held, language, moment, facts)


@record
class View:
    """A table as one caller sees it: with these grants, in this language, at this moment (UTC)."""

    table: Table
    grants: frozenset[str]
    language: str | None
    moment: str | None
    facts: object = None

    def at_its_moment(self, model: Model, show: Callable[[View], _Shown]) -> _Shown:
        """
        Return what `show` returns for a model at the moment of the view; without a moment, what it returns at every moment.

        Raises:
            ValueError: there is no moment, and the result changes with time.

        """
        if self.moment is not None:
            return show(self)
        moments = sorted(set(moments_of(model)))
        first = show(replace(self, moment=EARLIEST))
        for moment in moments:
            if show(replace(self, moment=moment)) != first:
                when = moment_words(moment)
                raise NoMoment(f"{model.id} changes on {when}: pass the moment as `at`, such as {when}")
        return first

    def stated(self, model: Model) -> Mapping[str, Any]:
        """
        Return the facts of a model as its rules name them.

        Raises:
            ValueError: a fact that a rule reads is missing, or one is stated that cannot be used.

        """
        stated: Mapping[str, Any] = facts_module().stated_facts(self.table, model, self.facts, self.language)
        return stated

    def say(self, label: str | Mapping[str, str]) -> str:
        """Return a label in the language of the caller."""
        return say(label, self.language, self.table.languages)

    def locks(self, gates: Iterable[str]) -> tuple[Lock, ...]:
        """Return those of the named gates that are closed to the caller."""
        named = (self.table.gates[name] for name in gates)
        return tuple(lock(self.table, gate, self.language) for gate in named if not opens(gate, self.grants))

    def badges(self, badges: tuple[Badge, ...]) -> tuple[BadgeOffer, ...]:
        """Return the badges that are shown at the moment of the view."""
        now = self.moment or ""
        shown = (
            badge
            for badge in badges
            if (badge.since is None or badge.since <= now) and (badge.until is None or now < badge.until)
        )
        return tuple(_BADGE(badge, self.say) for badge in shown)

    def limit(self, limit: Limit) -> LimitOffer:
        """Return a limit with its reason in the language of the caller."""
        return _LIMIT(limit, self.say)


@cache
def facts_module() -> Any:
    """Return the module about facts; a service whose rules have none never loads it."""
    from imgrules.views.catalog import stated_facts  # noqa: PLC0415  see above

    return stated_facts
