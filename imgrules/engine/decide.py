"""
Whether a selection may be made, and what it costs.

`decide` is total: any selection whatever gets an answer. Only what is known to be fine is allowed;
whatever cannot be decided is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from imgrules.engine.explain import MODEL, Question, Repair, Violation, ViolationCode, cell_of, opens, repairs, violations
from imgrules.engine.table import Credits, Gate, Model, Table, plain, say
from imgrules.engine.wording import quoted, shown


class Status(StrEnum):
    """The three answers."""

    ALLOWED = "allowed"
    LOCKED = "locked"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Lock:
    """A gate as a caller sees it while it is closed: never what opens it."""

    name: str
    label: str
    icon: str | None
    action: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """
    The answer to one selection.

    `select` is what was understood: the model, every option with its default filled in, and the sound fields.
    `credits` is an exact price in credits, or None where it is unknown; it is None too when impossible.
    `gates` are the gates that are closed to the caller, each of which has to be opened.
    `violations` are all the reasons why it is impossible, and `repairs` the nearest selections that are not:
    `repairs[0].apply(selection)` is one. `reasons` says gates and violations in sentences.
    """

    status: Status
    model: str | None
    select: Mapping[str, str]
    credits: Credits | None = None
    gates: tuple[Lock, ...] = ()
    violations: tuple[Violation, ...] = ()
    repairs: tuple[Repair, ...] = ()

    @property
    def gate(self) -> Lock | None:
        """The first gate that is closed to the caller."""
        return self.gates[0] if self.gates else None

    @property
    def reasons(self) -> tuple[str, ...]:
        """One sentence per reason why the answer is not allowed."""
        closed = (f"{each.label} (gate {quoted(each.name)}){_leads_to(each)}" for each in self.gates)
        return (*closed, *(each.message for each in self.violations))

    def as_dict(self) -> dict[str, Any]:
        """Answer the decision as JSON carries it, whatever values the selection held."""
        sane = tuple(replace(each, field=shown(each.field), value=shown(each.value)) for each in self.violations)
        cleaned = tuple(replace(each, remove=tuple(map(shown, each.remove))) for each in self.repairs)
        document: dict[str, Any] = plain(replace(self, violations=sane, repairs=cleaned))
        return document


def _leads_to(lock: Lock) -> str:
    return f": {lock.action}" if lock.action else ""


def decide(table: Table, selection: object, grants: object = (), language: str | None = None) -> Decision:
    """
    Answer whether a selection may be made by somebody who holds these grants.

    Fields that the request body needs and the selection lacks do not count here; `ready` asks for them.
    Never raises: what is no mapping, and what can not be read, is impossible.
    """
    picked, unread = read_selection(selection)
    held, odd = read_grants(grants)
    asked = Question(table, picked, held, language)
    model, faults = asked.model, (*unread, *odd, *violations(asked))
    name = None if model is None else model.id
    select = {} if model is None else _understood(model, asked, faults)
    cell = None if model is None or faults else cell_of(model, asked)
    if model is None or cell is None:
        # No change of the selection mends grants that cannot be read.
        return Decision(Status.IMPOSSIBLE, name, select, None, (), faults, () if odd else repairs(asked, faults))
    closed = tuple(lock(table.gates[each], language) for each in cell.gates if not opens(table.gates[each], held))
    return Decision(Status.LOCKED if closed else Status.ALLOWED, model.id, select, cell.credits, closed)


def lock(gate: Gate, language: str | None) -> Lock:
    """Show a gate to a caller, in a language."""
    return Lock(gate.name, say(gate.label, language), gate.icon, gate.action)


def ready(table: Table, decision: Decision) -> Decision:
    """
    Answer the same decision, or impossible where a field is missing that the request body needs.

    Gates that are closed stay named, so that a caller learns of everything at once.
    """
    if decision.model is None:
        return decision
    kind = table.types[table.models[decision.model].type]
    given = {*decision.select, *(each.field for each in decision.violations)}
    required = {each.name for each in kind.fields.values() if each.required}
    missing = tuple(_required(each) for each in kind.fields if each in required and each not in given)
    # Leaving out what a creation needs would mend nothing.
    useful = tuple(each for each in decision.repairs if required.isdisjoint(each.remove))
    if not missing:
        return decision if useful == decision.repairs else replace(decision, repairs=useful)
    faults = (*decision.violations, *missing)
    return replace(decision, status=Status.IMPOSSIBLE, credits=None, violations=faults, repairs=useful)


def _required(name: str) -> Violation:
    return Violation(ViolationCode.MISSING_FIELD, name, None, f"a creation needs a {name}")


def _understood(model: Model, asked: Question, faults: tuple[Violation, ...]) -> dict[str, str]:
    wrong = {each.field for each in faults}
    options = {each.name: asked.value(each) for each in model.options.values()}
    known = {MODEL: model.id, **options, **{each: asked.picked[each] for each in asked.picked if each not in options}}
    return {name: value for name, value in known.items() if name not in wrong}


def read_selection(selection: object) -> tuple[dict[str, Any], tuple[Violation, ...]]:
    """Answer the fields of a selection that are named by text, and what could not be read."""
    # Any object may come in, and any of its methods may raise: what cannot be read is refused with its reason.
    try:
        whole = dict(selection) if isinstance(selection, Mapping) else None
    except Exception as error:  # noqa: BLE001  a hostile mapping may raise anything; it becomes a violation
        return {}, (_odd("selection", selection, f"the selection cannot be read ({type(error).__name__})"),)
    if whole is None:
        return {}, (_odd("selection", selection, f"a selection is a mapping, and {quoted(selection)} was given"),)
    strange = ((key, each) for key, each in whole.items() if type(key) is not str)
    faults = tuple(_odd(str(shown(key)), each, f"a field is named by text, not by {quoted(key)}") for key, each in strange)
    return {key: each for key, each in whole.items() if type(key) is str}, faults


def read_grants(grants: object) -> tuple[frozenset[str], tuple[Violation, ...]]:
    """Answer the grants that somebody holds, or none and why they could not be read."""
    # A text would be read letter by letter and a mapping without its values: slips of a programmer, told apart here.
    try:
        held = tuple(grants) if isinstance(grants, AbstractSet | list | tuple) else (() if grants is None else (grants,))
        sound = all(type(each) is str for each in held) and type(grants) is not str
    except Exception as error:  # noqa: BLE001  a hostile collection may raise anything; it becomes a violation
        return frozenset(), (_odd("grants", grants, f"the grants cannot be read ({type(error).__name__})"),)
    if sound:
        return frozenset(held), ()
    return frozenset(), (_odd("grants", grants, f"grants are a set of texts, and {quoted(grants)} was given"),)


def _odd(field: str, value: object, message: str) -> Violation:
    return Violation(ViolationCode.WRONG_TYPE, field, value, message)
