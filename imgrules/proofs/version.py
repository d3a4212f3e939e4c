"""Try the selections of one version of a model, and compare what is decided, sent and shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from imgrules.compiler.report.proof_record import MOST_FAILURES
from imgrules.engine.body import unsaid
from imgrules.engine.decision import Decision, Refused, Status
from imgrules.proofs.gate_sets import open_sets
from imgrules.proofs.model_space import Point, space_of
from imgrules.quoting import shown
from imgrules.rules import Rules
from imgrules.table.measures import shortest_text
from imgrules.table.options import Option
from imgrules.table.records import MODEL, Model, fields_of
from imgrules.views.catalog.catalog import model_offer
from imgrules.views.catalog.catalog_records import ModelOffer, Offer
from imgrules.views.catalog.view import view_of

MOST_CATALOGS = 64
"""The most catalogs of one version of a model that are made: one for each set of facts, and for each set of open gates."""

MOST_OFFERS = 50_000
"""The most combinations in the catalogs of one version of a model together, since each takes memory."""

_Combination: TypeAlias = frozenset[tuple[str, str]]


class Shown:
    """What the catalog shows of a version of a model to one caller: its offers, by combination."""

    def __init__(self, offer: ModelOffer) -> None:
        self.offers: Mapping[_Combination, Offer] = {frozenset(one.select.items()): one for one in offer.offers}
        self.is_whole = not offer.gates
        """Whether an offer has all gates of its selections."""
        self.is_priced = offer.price is None
        """Whether an offer has the price of its selections, and not the base of a formula."""
        self.is_free = not offer.limits
        """Whether each offer can be picked, and not only those of which some selection keeps the limits."""
        self.decided = set[_Combination]()
        """The combinations that some selection has."""


class Version:
    """One version of a model from the moment on at which it begins."""

    def __init__(self, rules: Rules, model: Model, at: str | None) -> None:
        self._rules, self.model, self._at = rules, model, at
        self.open_sets, gates_are_all = open_sets(rules.table, model)
        self._space = space_of(model)
        self._held = max(self.open_sets.values(), key=len)
        texts = fields_of(rules.table, model).values()
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
        for point in self._space.points:
            # With its texts a selection is complete: one evaluation answers whether it is allowed, and what is sent.
            selection = {MODEL: self.model.id, **point.picked, **self._texts}
            decision = self._decide(selection, self._held, point)
            if decision.status is not Status.IMPOSSIBLE:
                self.possible.add(repr((sorted(point.picked.items()), sorted(point.facts.items()))))
                faults += self._faults(selection, decision, point) if len(faults) < MOST_FAILURES else ()
        faults += self._never_decided()
        return tuple(f"{self.model.id}: {fault}" for fault in faults[:MOST_FAILURES])

    def _decide(self, selection: Any, held: frozenset[str], point: Point) -> Decision:
        return self._rules.decide(selection, held, at=self._at, facts=point.facts or None)

    def _faults(self, selection: Mapping[str, Any], decision: Decision, point: Point) -> Iterator[str]:
        yield from self._faults_of_body(selection, decision, point)
        options = self.model.options
        select = decision.select
        combination = frozenset((name, options[name].word(select[name])) for name in self._axes if select.get(name) is not None)
        self.reached |= combination
        stated = json.dumps(point.facts, sort_keys=True, default=str) if point.facts else ""
        for opened, held in self.open_sets.items() if not point.alone else ():
            catalog = self._catalog(opened, held, point, stated)
            if catalog is not None:
                now = decision if held is self._held else self._decide(selection, held, point)
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
            view = view_of(self._rules.table, held, None, self._at, point.facts or None)
            self._shown[key] = Shown(model_offer(view, self.model))
        return self._shown[key]

    def _never_decided(self) -> Iterator[str]:
        """Yield a sentence for each combination of picks that the catalog offers, and no selection has."""
        for catalog in self._shown.values() if self.complete else ():
            offered, decided = map(self._picks, (catalog.offers, catalog.decided))
            for combination in sorted(offered - decided, key=sorted) if catalog.is_free else ():
                yield f"the catalog offers {_words(dict(sorted(combination)))}, but no selection has that"

    def _picks(self, combinations: Iterable[_Combination]) -> set[_Combination]:
        """Return what is picked of some combinations: a computed value is shown, and nobody picks it."""
        options = self.model.options
        return {frozenset(pair for pair in one if options[pair[0]].follows is None) for one in combinations}

    def _faults_of_body(self, selection: Mapping[str, Any], decision: Decision, point: Point) -> Iterator[str]:
        try:
            body = self._rules.emit_json(selection, self._held, at=self._at, facts=point.facts or None)
        except Refused as refused:
            yield f"{_words(point.picked)} is allowed, but cannot be sent: {refused}"
            return
        if b"null" in body and _has_null(json.loads(body)):
            yield f"{_words(point.picked)} sends null"
        request = body, self._rules.request_line(decision, point.facts or None)
        inputs = tuple(repr(point.facts.get(name, decision.select.get(name))) for name in self._unsaid)
        price = decision.credits, decision.estimate
        first, other = self._prices.setdefault((request, inputs), (price, point.picked))
        if first != price:
            yield f"{_words(point.picked)} and {_words(other)} send one body at two prices"


def _agrees(catalog: Shown, offer: Offer | None, decision: Decision) -> bool:
    """Whether an offer says what is decided about a selection with its combination."""
    if offer is None:
        return False
    offered, closed = ({gate.name for gate in gates} for gates in (offer.gates, decision.gates))
    if catalog.is_whole and (offered != closed or offer.status is not decision.status):
        return False
    if not offered <= closed:
        return False
    shown, asked = ((each.credits, each.estimate, each.regular) for each in (offer, decision))
    return not catalog.is_priced or shown == asked


def _has_null(value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value is None or any(map(_has_null, inner))


def _words(picked: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {shown(value)}" for name, value in picked.items()) or "nothing picked"
