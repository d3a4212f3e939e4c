"""
Prove the bodies of a model against its contract, or find selections whose body it refuses.

What is refused is searched in the tree of the body, and confirmed by a selection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from imgrules.compiler.contract.confirmation import Confirmation
from imgrules.compiler.contract.document import Contract
from imgrules.compiler.contract.judging.judge import TooMany
from imgrules.compiler.contract.refusal_search import Refusal, RefusalSearch
from imgrules.table.record_base import record
from imgrules.table.records import Model, Table
from imgrules.table.terms import WirePath


@record
class Breach:
    """A refusal with a selection that shows it, or without one where none was found among many."""

    model: str
    version: Model
    refusal: Refusal
    picked: Mapping[str, Any] | None
    body: Mapping[str, Any] | None


@record
class ContractProof:
    """What was found for some models; `sampled` are the places and keywords that were only tried, `unproved` models beyond a cap."""

    breaches: tuple[Breach, ...] = ()
    sampled: tuple[tuple[WirePath, str], ...] = ()
    unproved: tuple[str, ...] = ()
    steps: int = 0
    """How many keywords were decided."""
    trials: int = 0
    """How many selections were tried."""


def joined(proofs: Iterable[ContractProof]) -> ContractProof:
    """Return several proofs as one."""
    every = list(proofs)
    return ContractProof(
        tuple(breach for proof in every for breach in proof.breaches),
        tuple(dict.fromkeys(place for proof in every for place in proof.sampled)),
        tuple(dict.fromkeys(name for proof in every for name in proof.unproved)),
        sum(proof.steps for proof in every),
        sum(proof.trials for proof in every),
    )


def prove(table: Table, name: str, contract: Contract) -> ContractProof:
    """Return the proof of one model in all its periods."""
    return joined(
        _proved(RefusalSearch(table, version, contract), name) for version in table.models[name].versions if version.cells
    )


def _proved(search: RefusalSearch, name: str) -> ContractProof:
    confirmation = Confirmation(search)
    breaches: list[Breach] = []
    sampled: list[tuple[WirePath, str]] = []
    unproved: list[str] = []
    try:
        for refusal in search.all():
            shown, complete = confirmation.confirmed(refusal)
            if shown is None and refusal.tried:
                sampled.append((refusal.at.path, refusal.keyword))
            elif shown is not None or not complete:
                breaches.append(Breach(name, search.model, refusal, *(shown or (None, None))))
    except (TooMany, RecursionError):  # a body and a contract that are both deep take more levels than Python has
        unproved.append(name)
    return ContractProof(tuple(breaches), tuple(sampled), tuple(unproved), search.judge.steps, confirmation.trials)
