"""
The answer to a selection: a decision, its status, and the locks of closed gates.

The details of a refusal are computed at their first access: most callers read its status alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple, NoReturn

from imgrules.engine.decision_records import Note, Repair, Violation
from imgrules.engine.gates import Lock
from imgrules.engine.lazy import LazyRecord, put
from imgrules.errors import ImgrulesError
from imgrules.escapes import escaped
from imgrules.quoting import quoted, shown
from imgrules.table.codec import plain
from imgrules.table.exact import json_number
from imgrules.table.record_base import record
from imgrules.table.terms import CREDITS, Credits

_MOST_REASONS = 8  # reasons in the message of an error


class Status(StrEnum):
    """The three possible answers."""

    ALLOWED = "allowed"
    LOCKED = "locked"
    IMPOSSIBLE = "impossible"


_IMPOSSIBLE = Status.IMPOSSIBLE  # looked up once: access to a member of an enumeration is slow in Python 3.11


class Understood(dict[str, Any]):
    """The resolved selection of a decision: a read-only dict, because callers share it. A copy is a plain dict."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("the `select` of a decision is read-only; change a copy: `dict(decision.select)`")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


class _WithOrigin(LazyRecord):
    """A decision that keeps the outcome and open values from which it was made; comparing decisions ignores them."""

    __slots__ = ("_origin",)

    _origin: Any


@record
class Decision(_WithOrigin):
    """
    The answer to one selection. It is immutable and may be shared: equal selections may get the same object.

    `select` is the resolved selection, in canonical names: the model, and every option that is present, whether picked, by
    default or computed. The texts of the caller, such as a prompt, are no part of it: a decision can be kept and logged.
    `filled` names the options of `select` that nobody picked: they have their default, or are computed. Where `select` is decided
    again, it gives the same decision, but for `filled`, which leaves out what is picked then.
    Its numbers and `credits` are exact: a `Decimal` where they are not whole, which `json.dumps` does not take;
    `as_dict()` returns the decision, with `select`, for `json.dumps`.
    `notes` are the values that were accepted in another form than they were given.
    `credits` is the exact price in credits, or None where it is unknown or the selection is impossible.
    `currency` is what the price is in: `credits`, or a code of ISO 4217 such as `USD`.
    With `estimate`, the price is about so much; `regular_estimate` says the same of `regular`.
    While a promotion lasts, `regular` is the price without it.
    `gates` are the gates that are closed to the caller; all of them have to be opened.
    `violations` are all reasons why it is impossible, and `repairs` the nearest changes that make it possible:
    `repairs[0].apply(selection)` is a possible selection. `reasons` has one sentence for each gate and violation.
    `at` is the moment of the decision, in UTC; None where none was given, or where the model never changes.
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
    filled: tuple[str, ...] = ()
    currency: str = CREDITS
    estimate: bool = False
    regular_estimate: bool = False

    def __post_init__(self) -> None:
        """Make `select` read-only, since callers may share the decision."""
        put(self, "select", Understood(self.select))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy as plain values, after all attributes are computed."""
        return Decision, tuple(dict(self.select) if name == "select" else getattr(self, name) for name in self.__match_args__)

    @property
    def gate(self) -> Lock | None:
        """The first gate that is closed to the caller."""
        return self.gates[0] if self.gates else None

    @property
    def violation(self) -> Violation | None:
        """The first violation, computed without the others and anew at each access; None if there is none."""
        if self.status is not _IMPOSSIBLE:
            return None
        fill = getattr(self, "_fill", ())
        if fill:
            violation: Violation = fill[0](*fill[1:], self, "violation")
            return violation
        return self.violations[0]

    @property
    def reasons(self) -> tuple[str, ...]:
        """One sentence for each reason why the selection is not allowed."""
        closed = (f"{gate.label} (gate {quoted(gate.name)}){_leads_to(gate)}" for gate in self.gates)
        return (*closed, *(violation.message for violation in self.violations))

    def as_dict(self) -> dict[str, Any]:
        """
        Return the decision as a dict for `json.dumps`, whatever the selection held.

        Decimals become floats, whose JSON has the same digits; no value is infinite or not a number, and no text holds an
        unpaired surrogate. The published `decision.schema.json` accepts it.
        """
        # Written out, because a loop over the fields takes six times as long; a test of the laws compares the two.
        return {
            "status": self.status,
            "model": self.model,
            "select": {name: value if type(value) is str else plain(value) for name, value in self.select.items()},
            "credits": None if self.credits is None else json_number(self.credits),
            "gates": [*map(lock_document, self.gates)] if self.gates else [],
            "violations": [*map(_violation, self.violations)] if self.violations else [],
            "repairs": [*map(_repair, self.repairs)] if self.repairs else [],
            "regular": None if self.regular is None else json_number(self.regular),
            "notes": [*map(_note, self.notes)] if self.notes else [],
            "at": self.at,
            "filled": [*self.filled],
            "currency": self.currency,
            "estimate": self.estimate,
            "regular_estimate": self.regular_estimate,
        }


def lock_document(lock: Lock) -> dict[str, Any]:
    """Return a lock as a dict for `json.dumps`."""
    return {"name": lock.name, "label": lock.label, "icon": lock.icon, "action": lock.action}


def _violation(violation: Violation) -> dict[str, Any]:
    return {
        "code": violation.code,
        "field": shown(violation.field),
        "value": plain(shown(violation.value)),
        "message": violation.message,
        "allowed": [*violation.allowed],
        "suggestion": violation.suggestion,
        "fact": violation.fact,
    }


def _repair(repair: Repair) -> dict[str, Any]:
    return {"set": plain(repair.set), "remove": [shown(name) for name in repair.remove]}


def _note(note: Note) -> dict[str, Any]:
    return {
        "code": note.code,
        "field": note.field,
        "given": plain(shown(note.given)),
        "taken": plain(note.taken),
        "message": note.message,
    }


def _leads_to(lock: Lock) -> str:
    return f": {lock.action}" if lock.action else ""


class Refused(ImgrulesError):  # noqa: N818  it carries an answer; the name is the public contract
    """Raised if the rules do not allow a request body; `decision` has all reasons."""

    __init__ = Exception.__init__  # its argument is no text to escape, and a refusal of `emit` is on the path of a request

    @property
    def decision(self) -> Decision:
        """The complete decision."""
        decision: Decision = self.args[0]
        return decision

    def __str__(self) -> str:
        """Return the first eight reasons on one line, and the number of the rest."""
        reasons = self.decision.reasons
        more = f"; and {len(reasons) - _MOST_REASONS} more" if len(reasons) > _MOST_REASONS else ""
        return escaped(f"{self.decision.status}: " + "; ".join(reasons[:_MOST_REASONS]) + more)


class Request(NamedTuple):
    """The decision about a complete request, and its body, which is None unless it is allowed."""

    decision: Decision
    body: dict[str, Any] | None


_new = object.__new__
_put_status = vars(Decision)["status"].__set__
_put_fill = vars(LazyRecord)["_fill"].__set__


def refusal(fill: tuple[Any, ...]) -> Decision:
    """Return an impossible decision; `fill`, as in `LazyRecord`, computes its other attributes at their first access."""
    decision = _new(Decision)
    _put_status(decision, _IMPOSSIBLE)
    _put_fill(decision, fill)
    return decision


def keep_origin(decision: Decision, origin: Any) -> None:
    """Keep the outcome of a decision, with its open values, for `origin_of`."""
    put(decision, "_origin", origin)


def origin_of(decision: Decision) -> Any:
    """Return the outcome of a decision, with its open values; None for a copied or unpickled decision."""
    return getattr(decision, "_origin", None)
