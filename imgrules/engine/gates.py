"""Gates and grants: which gates are closed to a caller, and how they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from imgrules.engine.resolve import holds
from imgrules.table.record_base import record
from imgrules.table.records import Cell, Gate, Model, Table
from imgrules.table.texts.labels import say


@record
class Lock:
    """A closed gate as a caller sees it; the grants that open it are never shown."""

    name: str
    label: str
    icon: str | None
    action: str | None


def opens(gate: Gate, grants: frozenset[str]) -> bool:
    """Whether a gate is open to the holder of these grants: any one of the grants of the gate is enough."""
    return not grants.isdisjoint(gate.opens_with)


def gates_of(table: Table, model: Model, cell: Cell, values: Mapping[str, Any]) -> Iterator[Gate]:
    """Return an iterator over the gates of a combination: those of its cell and those whose conditions hold, each once."""
    ruled = (gate for rule in model.gates if holds(rule.when, values, model) for gate in rule.gates)
    names = cell.gates if not model.gates else dict.fromkeys((*cell.gates, *ruled))
    return (table.gates[name] for name in names)


def lock(table: Table, gate: Gate, language: str | None) -> Lock:
    """Return a gate as it is shown to a caller, its label in a language."""
    return Lock(gate.name, say(gate.label, language, table.languages), gate.icon, gate.action)


def are_grants(grants: Any) -> bool:
    """Whether `grants` is a set, list or tuple of texts, of exactly these classes."""
    return is_kind_of_grants(grants) and are_texts(grants)


def is_kind_of_grants(grants: Any) -> bool:
    """Whether the class of `grants` is exactly that of a set, frozenset, list or tuple."""
    # Comparing by identity runs no code of the caller: a foreign class may raise when it is hashed or compared.
    kind = type(grants)
    return kind is frozenset or kind is set or kind is tuple or kind is list


def are_texts(values: Iterable[object]) -> bool:
    """Whether all values are of class `str` itself, not of a subclass."""
    for value in values:  # noqa: SIM110  on the path of most requests, and `all` takes twice as long
        if type(value) is not str:
            return False
    return True
