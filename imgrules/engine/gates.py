"""Where gates, and the grants that open them, meet: which are closed to somebody, and how they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from imgrules.engine.resolve import holds
from imgrules.table.labels import say
from imgrules.table.record import record
from imgrules.table.records import Cell, Gate, Model, Table


@record
class Lock:
    """A gate as a caller sees it while it is closed: never what opens it."""

    name: str
    label: str
    icon: str | None
    action: str | None


def opens(gate: Gate, grants: frozenset[str]) -> bool:
    """Whether a gate is open to somebody: any one of its grants will do."""
    return not grants.isdisjoint(gate.opens_with)


def gates_of(table: Table, model: Model, cell: Cell, values: Mapping[str, Any]) -> Iterator[Gate]:
    """Yield the gates before what is there, each once."""
    ruled = (gate for rule in model.gates if holds(rule.when, values, model) for gate in rule.gates)
    named = cell.gates if not model.gates else dict.fromkeys((*cell.gates, *ruled))
    return (table.gates[each] for each in named)


def lock(table: Table, gate: Gate, language: str | None) -> Lock:
    """Return a gate as it is shown to a caller, in a language."""
    return Lock(gate.name, say(gate.label, language, table.languages), gate.icon, gate.action)


def are_grants(grants: Any) -> bool:
    """Whether these are texts, in what grants usually come in."""
    return is_kind_of_grants(grants) and are_texts(grants)


def is_kind_of_grants(grants: Any) -> bool:
    """Whether this is what grants usually come in."""
    # A class may raise when it is looked up or compared, and not when it is looked at.
    kind = type(grants)
    return kind is frozenset or kind is set or kind is tuple or kind is list


def are_texts(each: Iterable[object]) -> bool:
    """Whether all of these are texts, and of no other class."""
    for one in each:  # noqa: SIM110  most requests come by here, and `all` takes twice as long
        if type(one) is not str:
            return False
    return True
