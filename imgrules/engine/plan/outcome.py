"""
What comes of a selection: one record for everything that the plan of a model answers.

An outcome is made of the rules alone. Open values, which are what a caller sent and no rule asks about, are handed in,
behind the outcome itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from imgrules.engine.body import words
from imgrules.engine.decision import Decision, Status, Understood
from imgrules.engine.gates import Lock, are_grants, gates_of, lock
from imgrules.engine.lazy import Unseen, put
from imgrules.engine.plan.template import Open, Template, leaf_by_leaf, template
from imgrules.engine.pricing import prices
from imgrules.table.bounded_cache import Memory
from imgrules.table.moments import moment
from imgrules.table.record import field, record, replace
from imgrules.table.records import MODEL, Cell, Model, Table, fields_of

if TYPE_CHECKING:
    from imgrules.engine.resolve import Picks
    from imgrules.table.terms import Credits, Limit

_ALLOWED, _LOCKED = Status.ALLOWED, Status.LOCKED  # looked up once: Python 3.11 takes long
_LOCKS = 64  # so many languages of one lock are kept
_LONGEST_TAG = 35  # no tag of a language that is in use is longer


@record
class Outcome:
    """
    What comes of every selection that the rules cannot tell from this one; `key` is what they ask.

    `select` is what is understood, with None for each open value, whose places are in `opened`; `texts` are the places of
    what the caller writes; `filled` are the options that nobody picked. `gates` have the grants that open each by its name.
    `lacking` says that a text is missing which a request body needs. `ignored` are picks without effect, and `noted` says that
    something was accepted otherwise than it was given. `free` says that nothing more is asked of anybody, `dated` that the
    last open value is the moment, and `sold` is the decision where no open value is in it.
    """

    table: Table
    model: Model
    key: tuple[Any, ...]
    select: Mapping[str, Any]
    opened: Mapping[str, int]
    texts: Mapping[str, int]
    credits: Credits | None = None
    regular: Credits | None = None
    gates: tuple[tuple[str, frozenset[str]], ...] = ()
    filled: tuple[str, ...] = ()
    lacking: bool = False
    ignored: tuple[tuple[str, Limit], ...] = ()
    noted: bool = False
    free: bool = False
    dated: bool = False
    sold: Decision | None = None
    asked: bool = field(default=False, repr=False, compare=False)
    made: Template | None = field(default=None, repr=False, compare=False)
    _memory: Memory = field(default_factory=lambda: Memory(_LOCKS), repr=False, compare=False)

    def closed(self, grants: Any) -> tuple[str, ...] | None:
        """Return the gates that these grants leave closed; None for grants of an odd kind, which have to be read first."""
        if not are_grants(grants):
            return None
        found: tuple[str, ...] = ()
        for name, key in self.gates:
            if key.isdisjoint(grants):
                found = (*found, name)
        return found

    def allowed(self, values: Open) -> Decision:
        """Return the decision for those to whom every gate is open."""
        if self.sold is not None:
            return self.sold
        made = self._decision(_ALLOWED, (), values)
        _put_origin(made, values)
        return made

    def locked(self, values: Open, closed: tuple[str, ...], language: Any) -> Decision:
        """Return the decision for those to whom these gates are closed."""
        # A caller may name any language, and anything else in place of one.
        usual = language is None or (type(language) is str and len(language) <= _LONGEST_TAG)
        found: Decision | tuple[Lock, ...] | None = self._memory.get((language, closed)) if usual else None
        if found is None:
            locks = tuple(lock(self.table, self.table.gates[each], language) for each in closed)
            found = locks if self.sold is None else self._decision(_LOCKED, locks, values)
            if usual and len(self._memory) < _LOCKS:
                self._memory[language, closed] = found
        return found if isinstance(found, Decision) else self._decision(_LOCKED, found, values)

    def _decision(self, status: Status, gates: tuple[Lock, ...], values: Open) -> Decision:
        """Return a decision of which callers ask the most at once; the rest is filled in at the first look."""
        made = _new(Decision)
        _put_status(made, status)
        _put_credits(made, self.credits)
        _put_gates(made, gates)
        _put_fill(made, (tell, self, values))
        return made

    def chosen(self, values: Open) -> dict[str, Any]:
        """Return what is understood of a selection."""
        return {**self.select, **{name: values[place] for name, place in self.opened.items()}}

    @property
    def template(self) -> Template:
        """What makes the request body of open values; it is written out when it is asked for a second time."""
        if self.made is not None:
            return self.made
        known = {name: each for name, each in words(self.model, self.select).items() if name not in self.opened}
        places = {**self.texts, **self.opened}
        if not self.asked:
            put(self, "asked", True)  # noqa: FBT003  it is an attribute that is put
            return leaf_by_leaf(self.model, known, places)
        made = template(self.model, known, places)
        put(self, "made", made)
        return made

    def with_notes(self) -> Outcome:
        """Return the same for selections of which something was replaced by its canonical name or a near value."""
        # Decisions that are kept are told without notes, so that this one keeps its own.
        return replace(self, noted=True, free=False, sold=None, _memory=Memory(_LOCKS))


def outcome_of(  # noqa: PLR0913  each is known to whoever evaluates, and to nobody else
    table: Table,
    model: Model,
    cell: Cell,
    there: Picks,
    picked: Mapping[str, Any],
    *,
    places: Mapping[str, int] = MappingProxyType({}),
    opened: Collection[str] = (),
    key: tuple[Any, ...] = (),
    dated: bool = False,
) -> Outcome:
    """Return what comes of what is there where it keeps every rule; `places` are those of open values and of texts."""
    values = {name: each.picked(there.values[name]) for name, each in model.options.items() if name in there.values}
    select = {MODEL: model.id, **{name: None if name in opened else each for name, each in values.items()}}
    now, regular = prices(model, cell, there.values)
    gates = tuple((each.name, frozenset(each.opens_with)) for each in gates_of(table, model, cell, there.values))
    fields = fields_of(table, model)
    return Outcome(
        table,
        model,
        key,
        select,
        opened={name: places[name] for name in values if name in opened},
        texts={name: places[name] for name in fields if name in picked and name in places},
        credits=now,
        regular=regular,
        gates=gates,
        filled=tuple(each for each in values if each not in picked),
        lacking=any(each.required and each.name not in picked for each in fields.values()),
        ignored=tuple(there.ignored.items()),
        noted=bool(there.ignored),
        free=not (gates or there.ignored),
        dated=dated,
    )


REFUSED: Any = Outcome(*(None,) * 6, lacking=True, noted=True)  # type: ignore[arg-type]
"""What comes of a selection that is known to be impossible; why is found when somebody asks, so it fails every quick way."""


def tell(outcome: Outcome, values: Open, decision: Decision, _: str) -> None:
    """Fill in what was not put at once."""
    put(decision, "model", outcome.model.id)
    put(decision, "select", Understood(outcome.chosen(values)))
    put(decision, "regular", outcome.regular)
    put(decision, "at", moment(values[-1]) if outcome.dated else None)
    put(decision, "filled", outcome.filled)
    for name in ("violations", "repairs", "notes"):
        put(decision, name, ())
    put(decision, "_fill", ())


_new = object.__new__
_put_status, _put_credits, _put_gates = (vars(Decision)[each].__set__ for each in ("status", "credits", "gates"))
_put_fill, _put_origin = vars(Unseen)["_fill"].__set__, vars(Decision.__base__)["_origin"].__set__
