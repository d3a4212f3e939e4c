"""Decide one selection under both sides, and say what is different: the status, the gates, the price, and what is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from imgrules.engine.find import find
from imgrules.engine.plan.outcome import Outcome
from imgrules.table.measures import fits_text, shortest_text
from imgrules.table.record_base import record
from imgrules.table.records import MODEL, Model, Table, fields_of
from imgrules.table.terms import Price

Clause = frozenset[str]
"""The grants of which any one opens a gate."""


@record
class Answer:
    """What one side answers to a selection: the gates before it, its price, the request, and the defaults that it filled in."""

    gates: Mapping[str, Clause]
    price: Price
    request: str | None
    body: Mapping[str, Any]
    filled: Mapping[str, Any]


@record
class Side:
    """One side of a comparison: its table, the version of a model, the texts of a complete request, and the moment."""

    table: Table
    model: Model
    texts: Mapping[str, str]
    at: str | None

    def answer(self, picked: Mapping[str, Any], facts: Mapping[str, Any]) -> Answer | None:
        """Return the answer to a selection, None where it is impossible."""
        own = {name: value for name, value in facts.items() if name in self.model.facts}
        found = find(self.table, {MODEL: self.model.id, **picked, **self.texts}, self.at, (), own or None)
        outcome: Outcome = found[0]
        if outcome.table is None:
            return None
        return Answer(
            dict(outcome.gates),
            outcome.costs(found),
            outcome.request,
            outcome.template.fill(found),
            {name: outcome.select.get(name) for name in outcome.filled if self.model.options[name].follows is None},
        )


def texts_of(old: tuple[Table, Model], new: tuple[Table, Model]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts of a complete request for both sides: the same text for a field of both, if there is one that fits."""
    sides = [fields_of(*old), fields_of(*new)]
    texts: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for name in dict.fromkeys((*sides[0], *sides[1])):
        rules = [(place, fields[name]) for place, fields in enumerate(sides) if name in fields and not fields[name].cap]
        tried = (shortest_text(field.text, "x") for _, field in rules)
        fitting = (text for text in tried if all(fits_text(text, field.text) for _, field in rules))
        text = next(fitting, None)
        for place, _ in rules:
            texts[place].update({} if text is None else {name: text})
    return texts


def leaves(body: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield the leaves of a request body, each with its path as rule files write it."""
    if isinstance(body, dict):
        for name, inner in body.items():
            yield from leaves(inner, (*path, str(name)))
    elif isinstance(body, list) and any(isinstance(inner, dict) for inner in body):
        for place, inner in enumerate(body):
            yield from leaves(inner, (*path[:-1], f"{path[-1]}[{place}]"))
    else:
        yield ".".join(path), body


def locks_more(old: Mapping[str, Clause], new: Mapping[str, Clause]) -> bool:
    """Whether some set of grants opens all old gates and not all new ones."""
    # A caller with every grant but those of a new gate is locked; no old gate locked that caller if none needs only these grants.
    return any(not any(before <= after for before in old.values()) for after in new.values())
