"""The changes of one model at one moment, as a caller sees them: those of its rules, badges and aliases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from imgrules.engine.gates import Lock
from imgrules.engine.resolve import holds
from imgrules.table.amounts import Amount
from imgrules.table.options import Badge
from imgrules.table.record_base import field, record
from imgrules.table.records import Cell, GateRule, Model, named
from imgrules.table.terms import Alias, Condition, Credits
from imgrules.views.answer_changes import gate_changes, price_changes
from imgrules.views.catalog.catalog_records import BadgeOffer
from imgrules.views.catalog.view import View
from imgrules.views.regions import SharedCells, Values, grouped, offers_all


class What(StrEnum):
    """The kind of a change; a stable identifier for programs."""

    MODEL_COMES = "model_comes"
    MODEL_GOES = "model_goes"
    VALUE_COMES = "value_comes"
    VALUE_GOES = "value_goes"
    OFFER_COMES = "offer_comes"
    OFFER_GOES = "offer_goes"
    PRICE = "price"
    PROMOTION_BEGINS = "promotion_begins"
    PROMOTION_ENDS = "promotion_ends"
    FORMULA = "formula"
    GATE_CLOSES = "gate_closes"
    GATE_OPENS = "gate_opens"
    BADGE_APPEARS = "badge_appears"
    BADGE_VANISHES = "badge_vanishes"
    ALIAS_ENDS = "alias_ends"


@record
class Event:
    """
    One change of one model, at a moment in UTC.

    `when` lists the values of listed options that are affected, where not all are (None: the option does not exist), and
    `offers` counts these combinations. A gate that depends on numbers has a `condition` instead.
    `before` and `after` are prices in credits, None where unknown; where the model has a price formula, they are its `base`.
    `regular` is the price without the promotion that begins or continues; `estimates` names those of the three that are not exact.
    `name` is the alias that ends; `use` are the names to use instead.
    """

    at: str
    model: str
    label: str
    what: What
    option: str | None = None
    value: str | None = None
    when: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    condition: Condition = ()
    offers: int = 0
    before: Credits | None = None
    after: Credits | None = None
    regular: Credits | None = None
    estimates: tuple[str, ...] = ()
    base: bool = False
    gate: Lock | None = None
    badge: BadgeOffer | None = None
    name: str | None = None
    use: tuple[str, ...] = ()


@record
class Transition:
    """One model before and after one moment, as a caller sees it."""

    view: View
    moment: str
    old: Model
    new: Model

    def events(self, aliases: tuple[Alias, ...]) -> Iterator[Event]:
        """Yield the changes; for a model that comes or is retired, only that, and aliases that end. `aliases` are of its id."""
        if self.old.gone is None and self.new.gone is None:
            if self.old is not self.new:
                yield from self._values()
                yield from self._offers()
            yield from self._badges()
        elif self.new.gone is None:
            yield self.event(What.MODEL_COMES)
        elif self.old.gone is None:
            yield self.event(What.MODEL_GOES, use=self.new.gone.use)
        yield from self._alias_ends(aliases)

    def event(self, what: What, option: str | None = None, value: str | None = None, **more: Any) -> Event:
        """Return an event of this model at this moment."""
        return Event(self.moment, self.new.id, self.view.say(self.new.label), what, option, value, **more)

    def _values(self) -> Iterator[Event]:
        for name, option in self.new.options.items():
            before = self.old.options[name].values
            for value in (name for name in before if name not in option.values):
                gone = option.gone.get(value)
                yield self.event(What.VALUE_GOES, name, value, use=() if gone is None else gone.use)
            for value in (name for name in option.values if name not in before):
                price = _price_of(self.new, name, value)
                estimates = ("after",) if price.estimate else ()
                base = self.new.price is not None
                yield self.event(What.VALUE_COMES, name, value, after=price.credits, base=base, estimates=estimates)

    def _offers(self) -> Iterator[Event]:
        if self.old.price != self.new.price:
            yield self.event(What.FORMULA)
        shared = SharedCells.of(self.old, self.new)
        for what, model, other in ((What.OFFER_GOES, self.old, self.new), (What.OFFER_COMES, self.new, self.old)):
            # A value that the other version does not offer is an event of its own.
            unshared = (values for values in shared.only_in(model) if offers_all(other, model, values))
            yield from self._by_box(model.axes, ((values, {"what": what}) for values in unshared), list(model.by_values))
        base = self.old.price is not None or self.new.price is not None
        prices = ((values, _price_change(old, new, base=base)) for values, (old, new) in shared.cells.items())
        yield from self._by_box(shared.axes, prices, list(shared.cells))
        yield from self._by_box(shared.axes, self._gate_changes(shared), list(shared.cells))
        yield from self._gates_by_numbers(shared.axes)

    def _by_box(
        self, axes: tuple[str, ...], changes: Iterable[tuple[Values, Mapping[str, Any] | None]], whole: list[Values]
    ) -> Iterator[Event]:
        """
        Yield each kind of change once for each box of the combinations that it affects.

        A change is given as keyword arguments of `event`, or None for no change.
        """
        told = ((values, tuple(change.items())) for values, change in changes if change is not None)
        for change, box in grouped(axes, told, whole):
            yield self.event(**dict(change), when=box.when, offers=box.offers)

    def _gate_changes(self, shared: SharedCells) -> Iterator[tuple[Values, Mapping[str, Any]]]:
        for values, (old, new) in shared.cells.items():
            picked = named(shared.axes, values)
            before = self._closed(self.old, shared.axes, picked, old)
            after = self._closed(self.new, shared.axes, picked, new)
            yield from ((values, change) for change in self._lock_changes(before, after))

    def _closed(self, model: Model, axes: tuple[str, ...], picked: Mapping[str, str], cell: Cell) -> tuple[Lock, ...]:
        """Return the closed gates of a combination, without those that depend on a number."""
        rules = (rule for rule in model.gates if _is_finite(rule, axes) and holds(rule.when, picked, model))
        return self.view.locks(dict.fromkeys((*cell.gates, *(gate for rule in rules for gate in rule.gates))))

    def _lock_changes(self, old: tuple[Lock, ...], new: tuple[Lock, ...], **more: Any) -> Iterator[Mapping[str, Any]]:
        for what, gates in zip((What.GATE_OPENS, What.GATE_CLOSES), gate_changes(old, new), strict=True):
            yield from ({"what": what, "gate": gate, **more} for gate in gates)

    def _gates_by_numbers(self, axes: tuple[str, ...]) -> Iterator[Event]:
        """Yield an event for each gate that opens or closes and depends on a number."""
        rules = dict.fromkeys(rule for model in (self.old, self.new) for rule in model.gates if not _is_finite(rule, axes))
        for when in dict.fromkeys(rule.when for rule in rules):
            old, new = (
                self.view.locks(dict.fromkeys(gate for rule in model.gates if rule.when == when for gate in rule.gates))
                for model in (self.old, self.new)
            )
            yield from (self.event(**change) for change in self._lock_changes(old, new, condition=when))

    def _badges(self) -> Iterator[Event]:
        yield from self._badge_changes(self.old.badges, self.new.badges, None, None)
        for name, option in self.new.options.items():
            old_values = self.old.options[name].values
            for value in (value for value in option.values.values() if value.name in old_values):
                yield from self._badge_changes(old_values[value.name].badges, value.badges, name, value.name)

    def _badge_changes(
        self, old: tuple[Badge, ...], new: tuple[Badge, ...], option: str | None, value: str | None
    ) -> Iterator[Event]:
        moment = self.moment
        before = [badge for badge in old if (badge.since or "") < moment <= (badge.until or moment)]
        after = [badge for badge in new if (badge.since or "") <= moment and not (badge.until or "~") <= moment]
        for what, shown, other in ((What.BADGE_VANISHES, before, after), (What.BADGE_APPEARS, after, before)):
            for badge in (badge for badge in shown if badge not in other):
                yield self.event(what, option, value, badge=BadgeOffer(self.view.say(badge.text), badge.style))

    def _alias_ends(self, of_model: tuple[Alias, ...]) -> Iterator[Event]:
        aliases = [(alias, None, None) for alias in of_model]
        aliases += [(alias, alias.means, None) for alias in self.old.aliases]  # type: ignore[misc]
        for option in self.old.options.values():
            of_values = (alias for alias in option.aliases if alias.means in option.values)
            aliases += [(alias, option.name, alias.means) for alias in of_values]  # type: ignore[misc]
        for alias, owner, value in aliases:
            if alias.until == self.moment:
                yield self.event(What.ALIAS_ENDS, owner, value, name=alias.name, use=(alias.means,))


def _is_finite(rule: GateRule, axes: tuple[str, ...]) -> bool:
    """Whether a gate depends on listed options alone."""
    return {test.name for test in rule.when} <= set(axes)


def _price_change(old: Cell, new: Cell, *, base: bool) -> Mapping[str, Any] | None:
    """Return the keyword arguments of the event of a price change, or None if the price stays the same."""
    if old.promoted == new.promoted and not any(price_changes(old.price, new.price)):
        return None
    begins, ends = new.promoted and not old.promoted, old.promoted and not new.promoted
    what = What.PROMOTION_BEGINS if begins else What.PROMOTION_ENDS if ends else What.PRICE
    estimates = {"before": old.estimate, "after": new.estimate, "regular": new.price.regular_estimate}
    named = tuple(name for name, estimate in estimates.items() if estimate)
    return {
        "what": what,
        "before": old.credits,
        "after": new.credits,
        "regular": new.price.regular,
        "base": base,
        "estimates": named,
    }


def _price_of(model: Model, name: str, value: str) -> Amount:
    """Return the price of a value in credits, unknown where it depends on other options."""
    if name not in model.axes:
        return Amount(None)
    axis = model.axes.index(name)
    prices = {Amount(cell.credits, cell.estimate) for cell in model.cells if cell.values[axis] == value}
    return next(iter(prices)) if len(prices) == 1 else Amount(None)
