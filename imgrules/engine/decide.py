"""
Whether a selection may be made, and what it costs.

`decide` is total: any selection whatever gets an answer. Only what is known to be fine is allowed;
whatever cannot be decided is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from imgrules.engine.document import plain
from imgrules.engine.explain import Violation, notes, violations
from imgrules.engine.faults import Question, Verdict, ViolationCode, ask, examine, text_faults
from imgrules.engine.moments import NoMoment, moment
from imgrules.engine.names import MODEL, Note
from imgrules.engine.parts import Credits
from imgrules.engine.picks import holds
from imgrules.engine.price import price
from imgrules.engine.repair import Repair, opens, repairs
from imgrules.engine.sentences import sentence
from imgrules.engine.table import Cell, Gate, Model, Table, fields_of, say
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

    `select` is what was understood, in canonical names: the model, every option that is there, picked, by default or
    computed, and the sound fields. `notes` says what was accepted otherwise than it was given.
    `credits` is an exact price in credits, or None where it is unknown; it is None too when impossible.
    While a promotion lasts, `regular` is the price without it.
    `gates` are the gates that are closed to the caller, each of which has to be opened.
    `violations` are all the reasons why it is impossible, and `repairs` the nearest selections that are not:
    `repairs[0].apply(selection)` is one. `reasons` says gates and violations in sentences.
    """

    status: Status
    model: str | None
    select: Mapping[str, Any]
    credits: Credits | None = None
    gates: tuple[Lock, ...] = ()
    violations: tuple[Violation, ...] = ()
    repairs: tuple[Repair, ...] = ()
    regular: Credits | None = None
    notes: tuple[Note, ...] = ()
    at: str | None = None

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
        noted = tuple(replace(each, given=shown(each.given)) for each in self.notes)
        document: dict[str, Any] = plain(replace(self, violations=sane, repairs=cleaned, notes=noted))
        return document


def _leads_to(lock: Lock) -> str:
    return f": {lock.action}" if lock.action else ""


def decide(table: Table, selection: object, grants: object = (), language: str | None = None, at: object = None) -> Decision:
    """
    Answer whether a selection may be made by somebody who holds these grants, at a moment.

    Fields that the request body needs and the selection lacks do not count here; `ready` asks for them.
    Never raises: what is no mapping, and what can not be read, is impossible.
    """
    held, odd = read_grants(grants)
    now, timeless = (None, ()) if at is None else read_moment(at)
    if not odd and not timeless:
        found = _at_once(table, selection, held, language, now)
        if found is not None:
            return found
    picked, unread = read_selection(selection)
    asked = ask(table, picked, held, language, now)
    verdict = examine(asked)
    if verdict.cell is None or unread or odd or timeless:
        return _refused(asked, verdict, unread, (*odd, *timeless))
    return _sold(asked, verdict, verdict.cell)


def _at_once(table: Table, selection: object, grants: frozenset[str], language: str | None, at: str | None) -> Decision | None:
    """Answer a sound selection of a plain model by one look-up, or None where anything asks for a closer look."""
    # A key of another type may claim to be equal to a text, and so may a value.
    if type(selection) is not dict or not all(type(key) is str for key in selection):
        return None
    name = selection.get(MODEL)
    model = table.models.get(name) if type(name) is str else None
    if model is None or not model.plain:
        return None
    options, picked = model.options, [selection.get(each, option.default) for each, option in model.options.items()]
    cell = model.by_values.get(tuple(picked)) if all(type(each) is str for each in picked) else None
    if cell is None:
        return None
    select = {MODEL: name, **dict(zip(options, picked, strict=True))}
    if len(selection) > len(select) or not selection.keys() <= select.keys():
        fields = fields_of(table, model)
        for key, value in selection.items():
            if key not in select:
                if key not in fields or any(text_faults(fields[key].text, value)):
                    return None
                select[key] = value
    closed = (
        tuple(lock(table, each, language) for each in closed_gates(table, model, cell, select, grants)) if cell.gates else ()
    )
    status = Status.LOCKED if closed else Status.ALLOWED
    return Decision(status, name, select, cell.credits, closed, (), (), cell.regular if cell.promoted else None, (), at)


def _refused(asked: Question, verdict: Verdict, unread: tuple[Violation, ...], odd: tuple[Violation, ...]) -> Decision:
    if asked.timeless and any(each.field == "at" for each in odd):
        verdict = Verdict(())  # a moment that cannot be read is not missing as well
    faults = (*unread, *odd, *violations(asked, verdict))
    name = None if asked.model is None else asked.model.id
    select = {} if asked.model is None else _understood(asked.model, asked, verdict)
    # No change of the selection mends grants or a moment that cannot be read.
    mended = () if odd else repairs(asked, verdict, faults)
    return Decision(Status.IMPOSSIBLE, name, select, None, (), faults, mended, None, notes(asked, verdict), asked.moment)


def _sold(asked: Question, verdict: Verdict, cell: Cell) -> Decision:
    model = asked.model
    assert model is not None  # noqa: S101  a cell belongs to a model
    closed = tuple(
        lock(asked.table, each, asked.language)
        for each in closed_gates(asked.table, model, cell, verdict.picks.values, asked.grants)
    )
    credits_, regular = prices(model, cell, verdict.picks.values)
    status = Status.LOCKED if closed else Status.ALLOWED
    said = notes(asked, verdict) if asked.notes or verdict.picks.ignored else ()
    select = _understood(model, asked, verdict)
    return Decision(status, model.id, select, credits_, closed, (), (), regular, said, asked.moment)


def prices(model: Model, cell: Cell, values: Mapping[str, Any]) -> tuple[Credits | None, Credits | None]:
    """Answer the price in credits of what is there, and the regular one while a promotion lasts."""
    regular = cell.regular if cell.promoted else None
    if model.price is None:
        return cell.credits, regular
    return price(model, model.price, cell.credits, values), price(
        model, model.price, regular, values
    ) if cell.promoted else None


def closed_gates(table: Table, model: Model, cell: Cell, values: Mapping[str, Any], grants: frozenset[str]) -> Iterator[Gate]:
    """Answer the gates before what is there that are closed to somebody, each once."""
    ruled = (gate for rule in model.gates if holds(rule.when, values, model) for gate in rule.gates)
    named = cell.gates if not model.gates else dict.fromkeys((*cell.gates, *ruled))
    return (table.gates[each] for each in named if not opens(table.gates[each], grants))


def lock(table: Table, gate: Gate, language: str | None) -> Lock:
    """Show a gate to a caller, in a language."""
    return Lock(gate.name, say(gate.label, language, table.languages), gate.icon, gate.action)


def ready(table: Table, decision: Decision, language: str | None = None) -> Decision:
    """
    Answer the same decision, or impossible where a field is missing that the request body needs.

    Gates that are closed stay named, so that a caller learns of everything at once.
    """
    model = None if decision.model is None else table.models[decision.model].at(decision.at)
    if model is None:
        return decision
    fields = fields_of(table, model)
    if not decision.violations and all(each.name in decision.select for each in fields.values() if each.required):
        return decision
    given = {*decision.select, *(each.field for each in decision.violations)}
    required = {each.name for each in fields.values() if each.required}
    missing = tuple(_required(table, each, language) for each in fields if each in required and each not in given)
    # Leaving out what a creation needs would mend nothing.
    useful = tuple(each for each in decision.repairs if required.isdisjoint(each.remove))
    if not missing:
        return decision if useful == decision.repairs else replace(decision, repairs=useful)
    faults = (*decision.violations, *missing)
    return replace(decision, status=Status.IMPOSSIBLE, credits=None, regular=None, violations=faults, repairs=useful)


def _required(table: Table, name: str, language: str | None) -> Violation:
    return Violation(ViolationCode.MISSING_FIELD, name, None, sentence(table, language, "missing_text", field=name))


def _understood(model: Model, asked: Question, verdict: Verdict) -> dict[str, Any]:
    if asked.timeless or model.gone is not None:
        # Nothing else was looked at.
        return {} if model.gone is not None else {MODEL: model.id}
    wrong = {each.field for each in verdict.faults}
    there = verdict.picks.values
    options = {each: there[each] for each in model.options if each in there}
    texts = {each: asked.picked[each] for each in asked.picked if each not in model.options}
    known = {MODEL: model.id, **options, **texts}
    return {name: value for name, value in known.items() if name not in wrong} if wrong else known


def read_selection(selection: object) -> tuple[dict[str, Any], tuple[Violation, ...]]:
    """Answer the fields of a selection that are named by text, and what could not be read."""
    # Any object may come in, and any of its methods may raise: what cannot be read is refused with its reason.
    try:
        whole = dict(selection) if isinstance(selection, Mapping) else None
    except Exception as error:  # noqa: BLE001  a hostile mapping may raise anything; it becomes a violation
        return {}, (_odd("selection", selection, f"the selection cannot be read ({type(error).__name__})"),)
    if whole is None:
        return {}, (_odd("selection", selection, f"a selection is a mapping, and {quoted(selection)} was given"),)
    if all(type(key) is str for key in whole):
        return whole, ()
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


def read_moment(at: object) -> tuple[str | None, tuple[Violation, ...]]:
    """Answer the moment as the table writes it, or None and why it could not be read."""
    try:
        return moment(at), ()
    except NoMoment as error:
        return None, (_odd("at", at, str(error)),)
    except Exception as error:  # noqa: BLE001  the time zone of a datetime is anybody's code
        return None, (_odd("at", at, f"the moment cannot be read ({type(error).__name__})"),)


def _odd(field: str, value: object, message: str) -> Violation:
    return Violation(ViolationCode.WRONG_TYPE, field, value, message)
