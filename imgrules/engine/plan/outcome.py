"""
The outcome of a selection: one record with everything that the plan of a model knows about it.

An outcome follows from the rules alone. Open values, which a caller sends and no rule asks about, are passed to its methods
in a tuple, after the outcome itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from imgrules.engine.body import line_of, words
from imgrules.engine.decision import Decision, Status, Understood
from imgrules.engine.gates import Lock, are_grants, gates_of, lock
from imgrules.engine.lazy import LazyRecord, put
from imgrules.engine.plan.template import Open, Template, leaf_by_leaf, template
from imgrules.engine.pricing import is_above, prices
from imgrules.table.bounded_cache import Memory
from imgrules.table.measures import exact
from imgrules.table.moments import moment
from imgrules.table.record_base import field, record, replace
from imgrules.table.records import MODEL, Cell, Model, Table, fields_of
from imgrules.table.terms import Price

if TYPE_CHECKING:
    from imgrules.engine.resolve import Picks
    from imgrules.table.terms import Limit

_ALLOWED, _LOCKED = Status.ALLOWED, Status.LOCKED  # looked up once: member access is slow in Python 3.11
_LOCKS = 64  # cached pairs of language and closed gates, for each outcome
_LONGEST_TAG = 35  # characters; no language tag in use is longer
_UNKNOWN = Price(None)


@record
class Outcome:
    """
    The outcome of all selections that have the same `key`: the answers to everything that the rules ask of them.

    `select` is the resolved selection, with None for each open value, whose places are in `opened`; `texts` are the places
    of the texts of the caller; `filled` are the options that nobody picked. `gates` are pairs of a gate and the grants that
    open it. `lacking` says that a text is missing which the request body needs. `ignored` are picks without effect, and
    `noted` says that the decision has notes. `free` says that every caller may make the selection, `dated` that the last
    open value is the moment, and `sold` is the decision where it has no open value. `request` is the method and the address
    to which the body is sent, or None if the rules do not state it.

    `price` is the same for all of these selections, and None where it counts open values. Then `counted` is what it follows
    from: the cell, the values that are the same, and the places of the open ones.
    """

    table: Table
    model: Model
    key: tuple[Any, ...]
    select: Mapping[str, Any]
    opened: Mapping[str, int]
    texts: Mapping[str, int]
    price: Price | None = None
    counted: tuple[Cell, Mapping[str, Any], Mapping[str, int]] | None = None
    gates: tuple[tuple[str, frozenset[str]], ...] = ()
    filled: tuple[str, ...] = ()
    lacking: bool = False
    ignored: tuple[tuple[str, Limit], ...] = ()
    noted: bool = False
    free: bool = False
    dated: bool = False
    sold: Decision | None = None
    request: str | None = None
    asked: bool = field(default=False, repr=False, compare=False)
    made: Template | None = field(default=None, repr=False, compare=False)
    _memory: Memory = field(default_factory=lambda: Memory(_LOCKS), repr=False, compare=False)

    def costs(self, values: Open) -> Price:
        """Return the price for these open values."""
        if self.counted is None:
            return self.price or _UNKNOWN
        cell, known, opened = self.counted
        chosen = {**known}
        for name, place in opened.items():
            chosen[name] = values[place]
        return prices(self.model, cell, chosen)

    def costs_more(self, values: Open, most: Any) -> bool:
        """Whether the price for these open values is above the most that the caller is willing to pay, or unknown."""
        return is_above(self.costs(values).credits, exact(most) or 0)

    def closed(self, grants: Any) -> tuple[str, ...] | None:
        """Return the gates that these grants leave closed; None for grants of an unusual class, which have to be read first."""
        if not are_grants(grants):
            return None
        closed: tuple[str, ...] = ()
        for name, openers in self.gates:
            if openers.isdisjoint(grants):
                closed = (*closed, name)
        return closed

    def allowed(self, values: Open) -> Decision:
        """Return the decision for a caller to whom every gate is open."""
        if self.sold is not None:
            return self.sold
        decision = self._decision(_ALLOWED, (), values)
        _put_origin(decision, values)
        return decision

    def locked(self, values: Open, closed: tuple[str, ...], language: Any) -> Decision:
        """Return the decision for a caller to whom these gates are closed, with their labels in a language."""
        # A caller may pass any language, and any other object in its place.
        usual = language is None or (type(language) is str and len(language) <= _LONGEST_TAG)
        cached: Decision | tuple[Lock, ...] | None = self._memory.get((language, closed)) if usual else None
        if cached is None:
            locks = tuple(lock(self.table, self.table.gates[name], language) for name in closed)
            cached = locks if self.sold is None else self._decision(_LOCKED, locks, values)
            if usual and len(self._memory) < _LOCKS:
                self._memory[language, closed] = cached
        return cached if isinstance(cached, Decision) else self._decision(_LOCKED, cached, values)

    def _decision(self, status: Status, gates: tuple[Lock, ...], values: Open) -> Decision:
        """Return a decision with the attributes that callers read most; the others are set at the first access."""
        price = self.price
        if price is None:
            price = self.costs(values)
        decision = _new(Decision)
        _put_status(decision, status)
        _put_credits(decision, price.credits)
        _put_gates(decision, gates)
        _put_fill(decision, (fill_rest, self, price, values))
        return decision

    def chosen(self, values: Open) -> dict[str, Any]:
        """Return the resolved selection with its open values."""
        return {**self.select, **{name: values[place] for name, place in self.opened.items()}}

    def shown(self, values: Open) -> dict[str, Any]:
        """Return the resolved selection as callers see it: without the facts."""
        chosen = self.chosen(values) if values else dict(self.select)
        for name in self.model.facts:
            chosen.pop(name, None)
        return chosen

    @property
    def template(self) -> Template:
        """The functions that build the request body from open values; they are generated at the second access."""
        if self.made is not None:
            return self.made
        fixed = {name: value for name, value in words(self.model, self.select).items() if name not in self.opened}
        places = {**self.texts, **self.opened}
        if not self.asked:
            put(self, "asked", True)  # noqa: FBT003  it is the value of an attribute
            return leaf_by_leaf(self.model, fixed, places)
        generated = template(self.model, fixed, places)
        put(self, "made", generated)
        return generated

    def with_notes(self) -> Outcome:
        """Return the outcome for selections with a value that was replaced by its canonical name or a near one."""
        # Cached decisions have no notes, so this outcome needs a cache of its own.
        return replace(self, noted=True, free=False, sold=None, _memory=Memory(_LOCKS))


def outcome_of(  # noqa: PLR0913  all of these are known where a key is evaluated, and nowhere else
    table: Table,
    model: Model,
    cell: Cell,
    resolved: Picks,
    picked: Mapping[str, Any],
    *,
    places: Mapping[str, int] = MappingProxyType({}),
    opened: Collection[str] = (),
    key: tuple[Any, ...] = (),
    dated: bool = False,
    counts: bool = False,
) -> Outcome:
    """
    Return the outcome of a resolved selection that satisfies every rule; `places` are indexes of open values and texts.

    `counts` says that the price counts an open value.
    """
    values = {name: option.picked(resolved.values[name]) for name, option in model.options.items() if name in resolved.values}
    select = {MODEL: model.id, **{name: None if name in opened else value for name, value in values.items()}}
    gates = tuple((gate.name, frozenset(gate.opens_with)) for gate in gates_of(table, model, cell, resolved.values))
    fields = fields_of(table, model)
    open_places = {name: places[name] for name in values if name in opened}
    return Outcome(
        table,
        model,
        key,
        select,
        opened=open_places,
        texts={name: places[name] for name in fields if name in picked and name in places},
        price=None if counts else prices(model, cell, resolved.values),
        counted=_counted(model, cell, resolved.values, open_places) if counts else None,
        gates=gates,
        filled=tuple(name for name in values if name not in picked and name not in model.facts),
        lacking=any(text.required and text.name not in picked for text in fields.values()),
        ignored=tuple(resolved.ignored.items()),
        noted=bool(resolved.ignored),
        free=not (gates or resolved.ignored),
        dated=dated,
        request=line_of(model, resolved.values),
    )


def _counted(model: Model, cell: Cell, values: Mapping[str, Any], opened: Mapping[str, int]) -> tuple[Cell, Any, Any]:
    """Return what a price that counts open values follows from."""
    names = [] if model.price is None else [name for name in model.price.names if name in values]
    return (
        cell,
        {name: values[name] for name in names if name not in opened},
        {name: opened[name] for name in names if name in opened},
    )


REFUSED: Any = Outcome(*(None,) * 6, lacking=True, noted=True)  # type: ignore[arg-type]
"""The outcome of an impossible selection; its attributes make every fast path for allowed selections skip it."""


def fill_rest(outcome: Outcome, price: Price, values: Open, decision: Decision, _: str) -> None:
    """Set the attributes of a decision that `_decision` left out; called by `LazyRecord` at the first access."""
    _put_model(decision, outcome.model.id)
    _put_select(decision, Understood(outcome.shown(values)))
    _put_regular(decision, price.regular)
    _put_estimate(decision, price.estimate)
    _put_regular_estimate(decision, price.regular_estimate)
    _put_at(decision, moment(values[-1]) if outcome.dated else None)
    _put_filled(decision, outcome.filled)
    _put_currency(decision, outcome.table.currency)
    _put_violations(decision, ())
    _put_repairs(decision, ())
    _put_notes(decision, ())
    _put_fill(decision, ())


_new = object.__new__
# Setting a slot directly takes half the time of `put`.
(
    _put_status,
    _put_model,
    _put_select,
    _put_credits,
    _put_gates,
    _put_violations,
    _put_repairs,
    _put_regular,
    _put_notes,
    _put_at,
    _put_filled,
    _put_currency,
    _put_estimate,
    _put_regular_estimate,
) = (vars(Decision)[name].__set__ for name in Decision.__match_args__)
_put_fill, _put_origin = vars(LazyRecord)["_fill"].__set__, vars(Decision.__base__)["_origin"].__set__
