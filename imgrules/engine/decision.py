"""
What deciding answers: a decision, its status, and the locks of gates that are closed.

A refusal is filled in when somebody looks: most callers ask for its status alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple, NoReturn

from imgrules.engine.gates import Lock
from imgrules.engine.lazy import Unseen, put
from imgrules.engine.reasons import Note, Repair, Violation
from imgrules.errors import ImgrulesError
from imgrules.escapes import escaped
from imgrules.quoting import quoted, shown
from imgrules.table.codec import plain
from imgrules.table.exact import carried
from imgrules.table.record import record
from imgrules.table.terms import Credits

_TOLD = 8  # so many reasons stand in the sentence of an error


class Status(StrEnum):
    """The three answers."""

    ALLOWED = "allowed"
    LOCKED = "locked"
    IMPOSSIBLE = "impossible"


_IMPOSSIBLE = Status.IMPOSSIBLE  # looked up once: Python 3.11 takes long


class Understood(dict[str, Any]):
    """What was understood of a selection: a dict that nobody can change, because it is shared. A copy is a plain dict."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a decision cannot be changed; `dict(decision.select)` is a copy that can")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


class _WithOrigin(Unseen):
    """What else is known of a decision, and is no part of what it says: the outcome that it tells, with its open values."""

    __slots__ = ("_origin",)

    _origin: Any


@record
class Decision(_WithOrigin):
    """
    The answer to one selection. It is immutable, and may be shared: the same choice may get the very same decision.

    `select` is what was understood, in canonical names: the model, and every option that is there, picked, by default
    or computed. The texts of the caller, such as a prompt, are no part of it: a decision can be kept and logged.
    `filled` names the options of `select` that nobody picked: they have their default, or are computed.
    Its numbers and `credits` are exact: a `Decimal` where they are not whole, which `json.dumps` does not take;
    `as_dict()` is the decision, with `select`, as JSON carries it.
    `notes` says what was accepted otherwise than it was given.
    `credits` is an exact price in credits, or None where it is unknown; it is None too when impossible.
    While a promotion lasts, `regular` is the price without it.
    `gates` are the gates that are closed to the caller, each of which has to be opened.
    `violations` are all the reasons why it is impossible, and `repairs` the nearest selections that are not:
    `repairs[0].apply(selection)` is one. `reasons` says gates and violations in sentences.
    `at` is the moment that was asked about, in UTC; None where none was given, or where the model never changes.
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

    def __post_init__(self) -> None:
        """Keep the selection from being changed by one caller under the eyes of another."""
        put(self, "select", Understood(self.select))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as plain values, looked at in full."""
        return Decision, tuple(dict(self.select) if name == "select" else getattr(self, name) for name in self.__match_args__)

    @property
    def gate(self) -> Lock | None:
        """The first gate that is closed to the caller."""
        return self.gates[0] if self.gates else None

    @property
    def violation(self) -> Violation | None:
        """The first of the violations, found without the others, and anew at each look; None where there is none."""
        if self.status is not _IMPOSSIBLE:
            return None
        fill = getattr(self, "_fill", ())
        if fill:
            found: Violation = fill[0](*fill[1:], self, "violation")
            return found
        return self.violations[0]

    @property
    def reasons(self) -> tuple[str, ...]:
        """One sentence per reason why the answer is not allowed."""
        closed = (f"{each.label} (gate {quoted(each.name)}){_leads_to(each)}" for each in self.gates)
        return (*closed, *(each.message for each in self.violations))

    def as_dict(self) -> dict[str, Any]:
        """
        Return the decision as `json.dumps` takes it, whatever the selection held.

        Decimals become floats, whose JSON tokens are those very numbers; no value is infinite or not a number, and no
        text holds a lone surrogate. The published `decision.schema.json` accepts it.
        """
        # Written out, because reflection over the fields takes six times as long; a law compares the two.
        return {
            "status": self.status,
            "model": self.model,
            "select": {name: each if type(each) is str else plain(each) for name, each in self.select.items()},
            "credits": _number(self.credits),
            "gates": [lock_document(each) for each in self.gates],
            "violations": [_violation(each) for each in self.violations],
            "repairs": [{"set": plain(each.set), "remove": [shown(name) for name in each.remove]} for each in self.repairs],
            "regular": _number(self.regular),
            "notes": [_note(each) for each in self.notes],
            "at": self.at,
            "filled": [*self.filled],
        }


def lock_document(lock: Lock) -> dict[str, Any]:
    """Return a lock as `json.dumps` takes it."""
    return {"name": lock.name, "label": lock.label, "icon": lock.icon, "action": lock.action}


def _violation(violation: Violation) -> dict[str, Any]:
    return {
        "code": violation.code,
        "field": shown(violation.field),
        "value": plain(shown(violation.value)),
        "message": violation.message,
        "allowed": [*violation.allowed],
        "suggestion": violation.suggestion,
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "code": note.code,
        "field": note.field,
        "given": plain(shown(note.given)),
        "taken": plain(note.taken),
        "message": note.message,
    }


def _number(number: Credits | None) -> int | float | str | None:
    return None if number is None else carried(number)


def _leads_to(lock: Lock) -> str:
    return f": {lock.action}" if lock.action else ""


class Refused(ImgrulesError):  # noqa: N818  it carries an answer; the name is the public contract
    """A program asked for a request body that the rules do not allow; `decision` says why, in full."""

    @property
    def decision(self) -> Decision:
        """The whole answer."""
        decision: Decision = self.args[0]
        return decision

    def __str__(self) -> str:
        """Give the first reasons on one line."""
        reasons = self.decision.reasons
        more = f"; and {len(reasons) - _TOLD} more" if len(reasons) > _TOLD else ""
        return escaped(f"{self.decision.status}: " + "; ".join(reasons[:_TOLD]) + more)


class Request(NamedTuple):
    """What comes of a whole request: the decision, and the request body, which is None unless it is allowed."""

    decision: Decision
    body: dict[str, Any] | None


_new = object.__new__
_put_status = vars(Decision)["status"].__set__
_put_fill = vars(Unseen)["_fill"].__set__


def refusal(fill: tuple[Any, ...]) -> Decision:
    """Return an impossible decision; the rest of it is filled in when somebody looks, as `Unseen` says."""
    made = _new(Decision)
    _put_status(made, _IMPOSSIBLE)
    _put_fill(made, fill)
    return made


def keep_origin(decision: Decision, origin: Any) -> None:
    """Keep the outcome that a decision tells, with its open values."""
    put(decision, "_origin", origin)


def origin_of(decision: Decision) -> Any:
    """Return the outcome that a decision tells, with its open values; None of one that was copied."""
    return getattr(decision, "_origin", None)
