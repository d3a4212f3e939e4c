"""Try the selections of one version of a model, and compare what is decided, sent and shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from imgrules.compiler.report.proof_record import MOST_FAILURES
from imgrules.engine.body import unsaid
from imgrules.engine.decide import decide_with_grants
from imgrules.engine.decision import Decision, Refused, Status
from imgrules.engine.find import find
from imgrules.engine.plan.plan import Answer
from imgrules.proofs.gate_sets import open_sets
from imgrules.proofs.model_space import Point, space_of
from imgrules.quoting import shown
from imgrules.table.measures import shortest_text
from imgrules.table.options import Option
from imgrules.table.records import MODEL, Model, Table, fields_of
from imgrules.views.catalog.catalog import at_its_facts, cell_offers
from imgrules.views.catalog.catalog_records import Offer
from imgrules.views.catalog.view import View, view_of

MOST_CATALOGS = 64
"""The most catalogs of one version of a model that are made: one for each set of facts, and for each set of open gates."""

MOST_OFFERS = 50_000
"""The most combinations in the catalogs of one version of a model together, since each takes memory."""

_Combination: TypeAlias = frozenset[tuple[str, str]]


class Shown:
    """What the catalog shows of a version of a model to one caller: its offers, by combination."""

    def __init__(self, view: View, version: Model) -> None:
        model = at_its_facts(view, version)
        self.offers: Mapping[_Combination, Offer] = {frozenset(one.select.items()): one for one in cell_offers(view, model)}
        self.is_whole = not any(view.locks(rule.gates) for rule in model.gates)
        """Whether an offer has all gates of its selections."""
        self.is_priced = model.price is None
        """Whether an offer has the price of its selections, and not the base of a formula."""
        self.is_free = not model.limits
        """Whether each offer can be picked, and not only those of which some selection keeps the limits."""
        self.decided = set[_Combination]()
        """The combinations that some selection has."""


class Tried(NamedTuple):
    """A point as a complete selection, with the facts as a service states them, and the outcome, which is the same for all callers."""

    point: Point
    selection: dict[str, Any]
    facts: Mapping[str, Any] | None
    answer: Answer


class Version:
    """One version of a model from the moment on at which it begins."""

    def __init__(self, table: Table, model: Model, at: str | None) -> None:
        self._table, self.model, self._at = table, model, at
        self.open_sets, gates_are_all = open_sets(table, model)
        self._space = space_of(model)
        self._held = max(self.open_sets.values(), key=len)
        texts = fields_of(table, model).values()
        self._texts = {text.name: shortest_text(text.text, "x") for text in texts if not text.cap}
        self._shown: dict[object, Shown] = {}
        self._prices: dict[object, tuple[object, Mapping[str, Any]]] = {}
        self._unsaid = unsaid(model)
        self._axes = tuple(name for name in model.axes if not model.options[name].fact)
        self.complete = self._space.complete and gates_are_all
        self.possible = set[str]()
        self.reached = set[tuple[str, str]]()

    @property
    def listed(self) -> list[Option]:
        """The options whose every value somebody should be able to have."""
        return [option for name, option in self.model.options.items() if name in self._axes]

    def failures(self) -> tuple[str, ...]:
        """Return the counter-examples of this version, in words."""
        faults = list[str]()
        for tried in map(self._tried, self._space.points):
            decision = self._decide(tried, self._held)
            if decision.status is not Status.IMPOSSIBLE:
                point = tried.point
                self.possible.add(repr((sorted(point.picked.items()), sorted(point.facts.items()))))
                faults += self._faults(tried, decision) if len(faults) < MOST_FAILURES else ()
        faults += self._never_decided()
        return tuple(f"{self.model.id}: {fault}" for fault in faults[:MOST_FAILURES])

    def _tried(self, point: Point) -> Tried:
        # With its texts a selection is complete: one evaluation answers whether it is allowed, and what is sent.
        selection, facts = {MODEL: self.model.id, **point.picked, **self._texts}, point.facts or None
        return Tried(point, selection, facts, find(self._table, selection, self._at, self._held, facts))

    def _decide(self, tried: Tried, held: frozenset[str]) -> Decision:
        question = tried.selection, held, None, self._at, tried.facts
        return decide_with_grants(self._table, tried.answer, question, whole=True)

    def _faults(self, tried: Tried, decision: Decision) -> Iterator[str]:
        yield from self._faults_of_body(tried, decision)
        point = tried.point
        options = self.model.options
        select = decision.select
        combination = frozenset((name, options[name].word(select[name])) for name in self._axes if select.get(name) is not None)
        self.reached |= combination
        stated = json.dumps(point.facts, sort_keys=True, default=str) if point.facts else ""
        for opened, held in self.open_sets.items() if not point.alone else ():
            catalog = self._catalog(opened, held, point, stated)
            if catalog is not None:
                now = decision if held is self._held else self._decide(tried, held)
                catalog.decided.add(combination)
                if not _agrees(catalog, catalog.offers.get(combination), now):
                    yield f"the catalog and `decide` differ about {_words(point.picked)} with {sorted(held)}"

    def _catalog(self, opened: frozenset[str], held: frozenset[str], point: Point, stated: str) -> Shown | None:
        """Return what the catalog shows for some facts to the holder of some grants; None beyond the caps."""
        key = opened, stated
        if key not in self._shown:
            if len(self._shown) >= min(MOST_CATALOGS, MOST_OFFERS // max(len(self.model.cells), 1)):
                self.complete = False
                return None
            view = view_of(self._table, held, None, self._at, point.facts or None)
            self._shown[key] = Shown(view, self.model)
        return self._shown[key]

    def _never_decided(self) -> Iterator[str]:
        """Yield a sentence for each combination of picks that the catalog offers, and no selection has."""
        for catalog in self._shown.values() if self.complete else ():
            offered = self._picks(catalog.offers.keys() - catalog.decided) if catalog.is_free else set()
            for combination in sorted(offered - self._picks(catalog.decided), key=sorted) if offered else ():
                yield f"the catalog offers {_words(dict(sorted(combination)))}, but no selection has that"

    def _picks(self, combinations: Iterable[_Combination]) -> set[_Combination]:
        """Return what is picked of some combinations: a computed value is shown, and nobody picks it."""
        options = self.model.options
        return {frozenset(pair for pair in one if options[pair[0]].follows is None) for one in combinations}

    def _faults_of_body(self, tried: Tried, decision: Decision) -> Iterator[str]:
        point = tried.point
        if decision.status is not Status.ALLOWED:
            yield f"{_words(point.picked)} is sold, but cannot be sent: {Refused(decision)}"
            return
        outcome = tried.answer[0]
        body = outcome.template.fill(tried.answer)
        sent = repr(body)
        if "None" in sent and _has_null(body):
            yield f"{_words(point.picked)} sends null"
        request = sent, outcome.request
        inputs = tuple(repr(point.facts.get(name, decision.select.get(name))) for name in self._unsaid)
        price = decision.credits, decision.estimate
        first, other = self._prices.setdefault((request, inputs), (price, point.picked))
        if first != price:
            yield f"{_words(point.picked)} and {_words(other)} send one body at two prices"


def _agrees(catalog: Shown, offer: Offer | None, decision: Decision) -> bool:
    """Whether an offer says what is decided about a selection with its combination."""
    if offer is None:
        return False
    offered, closed = {gate.name for gate in offer.gates}, {gate.name for gate in decision.gates}
    if catalog.is_whole and (offered != closed or offer.status is not decision.status):
        return False
    if not offered <= closed:
        return False
    asked = decision.credits, decision.estimate, decision.regular
    return not catalog.is_priced or (offer.credits, offer.estimate, offer.regular) == asked


def _has_null(value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value is None or any(map(_has_null, inner))


def _words(picked: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {shown(value)}" for name, value in picked.items()) or "nothing picked"
