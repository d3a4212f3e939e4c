"""What changes for somebody where a model becomes another, or a date of its badges and names comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from imgrules.engine.gates import Lock
from imgrules.engine.resolve import holds
from imgrules.table.records import Badge, Cell, GateRule, Model, named
from imgrules.table.terms import Alias, Condition, Credits
from imgrules.views.catalog import View
from imgrules.views.catalog_records import BadgeOffer
from imgrules.views.regions import Both, Values, boxes, is_known


class What(StrEnum):
    """What kind of change it is; stable, for programs to compare."""

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


@dataclass(frozen=True, slots=True)
class Event:
    """
    One change of one model, at a moment in UTC.

    `when` says which values of listed options it is about, where not about all (None: the option is not there), and
    `offers` how many combinations these are. A gate before numbers says its `condition` instead.
    `before` and `after` are prices in credits, None where unknown; where the model has a formula, they are its `base`.
    `regular` is the price without the promotion that begins or goes on.
    `name` is the alias that ends, and `use` what to take instead of what goes, or what the alias stood for.
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
    base: bool = False
    gate: Lock | None = None
    badge: BadgeOffer | None = None
    name: str | None = None
    use: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One model on both sides of one moment, as somebody sees it."""

    view: View
    moment: str
    old: Model
    new: Model

    def events(self, names: tuple[Alias, ...]) -> Iterator[Event]:
        """Yield what changes; of a model that is not sold on one side, only that it comes or goes."""
        if self.old.gone is None and self.new.gone is None:
            if self.old is not self.new:
                yield from self._values()
                yield from self._offers()
            yield from self._badges()
        elif self.new.gone is None:
            yield self.event(What.MODEL_COMES)
        elif self.old.gone is None:
            yield self.event(What.MODEL_GOES, use=self.new.gone.use)
        yield from self._aliases(names)

    def event(self, what: What, option: str | None = None, value: str | None = None, **more: Any) -> Event:
        """Return a change of this model at this moment."""
        return Event(self.moment, self.new.id, self.view.say(self.new.label), what, option, value, **more)

    def _values(self) -> Iterator[Event]:
        for name, option in self.new.options.items():
            before = self.old.options[name].values
            for value in (each for each in before if each not in option.values):
                gone = option.gone.get(value)
                yield self.event(What.VALUE_GOES, name, value, use=None if gone is None else gone.use)
            for value in (each for each in option.values if each not in before):
                price = _price_of(self.new, name, value)
                yield self.event(What.VALUE_COMES, name, value, after=price, base=self.new.price is not None)

    def _offers(self) -> Iterator[Event]:
        if self.old.price != self.new.price:
            yield self.event(What.FORMULA)
        both = Both.of(self.old, self.new)
        for what, here, there in ((What.OFFER_GOES, self.old, self.new), (What.OFFER_COMES, self.new, self.old)):
            alone = (each for each in both.alone(here) if is_known(there, here, each))
            yield from self._boxed(here.axes, ((each, {"what": what}) for each in alone), list(here.by_values))
        base = self.old.price is not None or self.new.price is not None
        prices = ((each, _price_turn(old, new, base=base)) for each, (old, new) in both.cells.items())
        yield from self._boxed(both.axes, prices, list(both.cells))
        yield from self._boxed(both.axes, self._locks(both), list(both.cells))
        yield from self._rules(both.axes)

    def _boxed(
        self, axes: tuple[str, ...], turns: Iterable[tuple[Values, Mapping[str, Any] | None]], whole: list[Values]
    ) -> Iterator[Event]:
        """Yield each kind of turn once for each box of the combinations that take it."""
        alike: dict[tuple[Any, ...], tuple[Mapping[str, Any], list[Values]]] = {}
        for values, turn in turns:
            if turn is not None:
                alike.setdefault(tuple(turn.items()), (turn, []))[1].append(values)
        for turn, some in alike.values():
            for box in boxes(axes, some, whole):
                yield self.event(**turn, when=box.when, offers=box.offers)

    def _locks(self, both: Both) -> Iterator[tuple[Values, Mapping[str, Any]]]:
        for values, (old, new) in both.cells.items():
            picked = named(both.axes, values)
            sides = (self._closed(self.old, both.axes, picked, old), self._closed(self.new, both.axes, picked, new))
            yield from ((values, each) for each in self._lock_turns(*sides))

    def _closed(self, model: Model, axes: tuple[str, ...], picked: Mapping[str, str], cell: Cell) -> tuple[Lock, ...]:
        """Return the gates before a combination that are closed, as far as no number tells."""
        rules = (each for each in model.gates if _is_finite(each, axes) and holds(each.when, picked, model))
        return self.view.locks(dict.fromkeys((*cell.gates, *(gate for each in rules for gate in each.gates))))

    def _lock_turns(self, old: tuple[Lock, ...], new: tuple[Lock, ...], **more: Any) -> Iterator[Mapping[str, Any]]:
        yield from ({"what": What.GATE_OPENS, "gate": each, **more} for each in old if each not in new)
        yield from ({"what": What.GATE_CLOSES, "gate": each, **more} for each in new if each not in old)

    def _rules(self, axes: tuple[str, ...]) -> Iterator[Event]:
        """Yield the gates before numbers that open or close."""
        rules = dict.fromkeys(each for model in (self.old, self.new) for each in model.gates if not _is_finite(each, axes))
        for when in dict.fromkeys(each.when for each in rules):
            old, new = (
                self.view.locks(dict.fromkeys(gate for each in model.gates if each.when == when for gate in each.gates))
                for model in (self.old, self.new)
            )
            yield from (self.event(**turn) for turn in self._lock_turns(old, new, condition=when))

    def _badges(self) -> Iterator[Event]:
        yield from self._badge_turns(self.old.badges, self.new.badges, None, None)
        for name, option in self.new.options.items():
            known = self.old.options[name].values
            for value in (each for each in option.values.values() if each.name in known):
                yield from self._badge_turns(known[value.name].badges, value.badges, name, value.name)

    def _badge_turns(
        self, old: tuple[Badge, ...], new: tuple[Badge, ...], option: str | None, value: str | None
    ) -> Iterator[Event]:
        before = [each for each in old if (each.since or "") < self.moment and self.moment <= (each.until or self.moment)]
        after = [each for each in new if (each.since or "") <= self.moment and not (each.until or "~") <= self.moment]
        for what, some, rest in ((What.BADGE_VANISHES, before, after), (What.BADGE_APPEARS, after, before)):
            for each in (one for one in some if one not in rest):
                yield self.event(what, option, value, badge=BadgeOffer(self.view.say(each.text), each.style))

    def _aliases(self, names: tuple[Alias, ...]) -> Iterator[Event]:
        mine = [(each, None, None) for each in names]
        mine += [(each, each.means, None) for each in self.old.aliases]  # type: ignore[misc]
        for option in self.old.options.values():
            mine += [(each, option.name, each.means) for each in option.aliases if each.means in option.values]  # type: ignore[misc]
        for alias, owner, value in mine:
            if alias.until == self.moment:
                yield self.event(What.ALIAS_ENDS, owner, value, name=alias.name, use=alias.means)


def _is_finite(rule: GateRule, axes: tuple[str, ...]) -> bool:
    return {each.name for each in rule.when} <= set(axes)


def _price_turn(old: Cell, new: Cell, *, base: bool) -> Mapping[str, Any] | None:
    """Return how a price changes, or None where it does not."""
    if (old.credits, old.regular, old.promoted) == (new.credits, new.regular, new.promoted):
        return None
    begins, ends = new.promoted and not old.promoted, old.promoted and not new.promoted
    what = What.PROMOTION_BEGINS if begins else What.PROMOTION_ENDS if ends else What.PRICE
    after, regular = new.price
    return {"what": what, "before": old.credits, "after": after, "regular": regular, "base": base}


def _price_of(model: Model, name: str, value: str) -> Credits | None:
    """Return the price of a value, or None where it is unknown or hangs on other options."""
    if name not in model.axes:
        return None
    at = model.axes.index(name)
    prices = {each.credits for each in model.cells if each.values[at] == value}
    return next(iter(prices)) if len(prices) == 1 else None
