"""Verdicts about a part of a body, how they combine, and what a rule for a keyword may ask of its judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, NamedTuple, Protocol, TypeAlias

from imgrules.compiler.contract.document import Contract
from imgrules.compiler.contract.judging.nodes import Case, Node, Presence, free_names, presence
from imgrules.compiler.contract.keywords import Schema


class Kind(Enum):
    """All values are accepted, all are refused, it depends on picks, or it is open."""

    ACCEPTED = 1
    REFUSED = 2
    DEPENDS = 3
    OPEN = 4


class Verdict(NamedTuple):
    """A kind and, where it depends on picks, their names."""

    kind: Kind
    names: frozenset[str] = frozenset()


ACCEPTED, REFUSED, OPEN = Verdict(Kind.ACCEPTED), Verdict(Kind.REFUSED), Verdict(Kind.OPEN)


def unsure(names: frozenset[str]) -> Verdict:
    """Return the verdict for what is neither accepted nor refused: it depends on these names, or is open without any."""
    return Verdict(Kind.DEPENDS, names) if names else OPEN


def sure(*, accepted: bool) -> Verdict:
    """Return the verdict for what is decided."""
    return ACCEPTED if accepted else REFUSED


def is_sent(node: Node | None, case: Case) -> Verdict:
    """Return whether a node is sent, as a verdict."""
    found = presence(node, case)
    return unsure(free_names(node, case)) if found is Presence.SOMETIMES else sure(accepted=found is Presence.ALWAYS)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return whether every one of several is accepted."""
    names: frozenset[str] = frozenset()
    open_ones = False
    for verdict in verdicts:
        if verdict.kind is Kind.REFUSED:
            return REFUSED
        names |= verdict.names
        open_ones = open_ones or verdict.kind is Kind.OPEN
    return unsure(names) if names or open_ones else ACCEPTED


def negated(verdict: Verdict) -> Verdict:
    """Return the verdict of `not`."""
    return {Kind.ACCEPTED: REFUSED, Kind.REFUSED: ACCEPTED}.get(verdict.kind, verdict)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return whether any one of several is accepted."""
    return negated(all_of(map(negated, verdicts)))


def one_of(verdicts: list[Verdict]) -> Verdict:
    """Return whether exactly one of several is accepted."""
    accepted = sum(verdict.kind is Kind.ACCEPTED for verdict in verdicts)
    if accepted > 1:
        return REFUSED
    rest = [verdict for verdict in verdicts if verdict.kind in {Kind.DEPENDS, Kind.OPEN}]
    return unsure(frozenset().union(*(verdict.names for verdict in rest))) if rest else sure(accepted=accepted == 1)


class Judging(Protocol):
    """What a rule for a keyword asks of its judge."""

    contract: Contract
    steps: int
    """How many keywords were decided."""

    def decide(self, schema: Schema, node: Node, case: Case) -> Verdict:
        """Return whether a schema accepts all that a node may be in a case."""

    def member(self, schema: Schema, node: Node, case: Case) -> Verdict:
        """Return whether a schema accepts a member of an object or an entry of a list, which may not be sent."""


Rule: TypeAlias = Callable[[Judging, Any, dict[str, Any], Any, Case], Verdict]
"""Returns the verdict of a keyword: its judge, its value, the schema around it, the node and the case."""
