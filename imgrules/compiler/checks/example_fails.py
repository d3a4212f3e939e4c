"""
an example that fails

What: the decision about a selection is not the one that its example expects.
Why: either the rules or the example is wrong; nothing is built until the two agree.

Avoid:
    - {select: {ratio: "1:1", quality: high}, expect: {status: allowed}}
Prefer:
    - {select: {ratio: "1:1", quality: high}, expect: {status: locked, gate: member}}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from imgrules.compiler.lower.terms import constant, names, wire_path
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.report.helps import key_typed, typed
from imgrules.compiler.spec.model import ExampleSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.compiler.spec.types import UNKNOWN
from imgrules.engine.body import built, wire, words
from imgrules.engine.caller_input import texts_of
from imgrules.engine.decision import Decision, Status
from imgrules.engine.reasons import Note, Violation, ViolationCode
from imgrules.quoting import quoted
from imgrules.refusals.evaluate import decided, look
from imgrules.table.records import MODEL, Table
from imgrules.table.terms import WirePath

CODE = Code("IR401", "example-fails", Severity.ERROR, __doc__)

_AT = "at"


@dataclass(frozen=True, slots=True)
class _Difference:
    """What came out otherwise: where it is expected, in words what came out, and what to expect if the rules are right."""

    path: Path
    says: str
    entry: str


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Run every example of every model in the table; each that fails is told once, with all that came out otherwise."""
    for model in table.models:
        for at, example in enumerate(rules.models[model].examples or ()):
            # A full evaluation: a plan, which pays for many requests, is not worth making for two.
            asked = {**example.select, MODEL: example.select.get(MODEL, model)}
            decision = decided(look(table, (asked, example.grants or (), None, example.at)))
            different = [*_answers(example, decision), *_leaves(table, example, decision)]
            if different:
                yield _failing(model, ("examples", at), different, decision)


def _failing(model: str, path: Path, different: list[_Difference], decision: Decision) -> Finding:
    """Return an example that fails, at the first thing that came out otherwise."""
    if any(each.field == _AT and each.code is ViolationCode.MISSING_FIELD for each in decision.violations):
        # Whatever it expects, this is the reason.
        message = "this example has no `at`, but the model changes over time"
        return Finding(CODE, message, _place(model, (*path, "select")), "add `at:` with a date beside `select:`")
    places = [_place(model, (*path, "expect", *each.path)) for each in different]
    message = "; ".join(each.says for each in different)
    related = tuple((place, "also expected") for place in places[1:])
    why = "; ".join(decision.reasons)
    if why:
        return Finding(CODE, message, places[0], f"the rules say {decision.status}: {why}", related)
    # Whether the rules or the example is wrong nobody knows, so there is nothing that mends it for certain.
    hint = "if the rules are right, expect " + " and ".join(each.entry for each in different)
    return Finding(CODE, message, places[0], hint, related)


def _place(model: str, path: Path) -> Place:
    return Place(path, on_key=True, file=model, until=path)


def _answers(example: ExampleSpec, decision: Decision) -> Iterator[_Difference]:
    """Return what the decision says otherwise than the example."""
    asked = example.expect.model_fields_set
    for key, say in _SAID.items():
        wanted, got = getattr(example.expect, key), say(decision) if key in asked else None
        if key in asked and _set(wanted) != _set(got):
            entry = f"no {quoted(f'{key}:')}" if got is None else quoted(f"{key}: {_written(got)}")
            said = "nothing" if got is None else quoted(_written(got))
            yield _Difference((key,), f"{quoted(key)} is {said}, but {quoted(_written(wanted))} is expected", entry)


def _set(said: Any) -> Any:
    """Return what is compared: of kinds in a list, which they are, in any order."""
    return frozenset(said) if isinstance(said, list) else frozenset([said]) if isinstance(said, str) else said


def _written(said: Any) -> str:
    """Return a value as an example expects it."""
    return f"[{', '.join(map(str, said))}]" if isinstance(said, list) else str(said)


def _price(decision: Decision) -> Any:
    if decision.status is Status.IMPOSSIBLE:
        return None
    return UNKNOWN if decision.credits is None else decision.credits


def _codes(said: Iterable[Violation | Note]) -> str | list[str] | None:
    """Return the kinds of what was said: one, several in a list, or none."""
    kinds = sorted({each.code.value for each in said})
    return kinds if len(kinds) > 1 else next(iter(kinds), None)


_SAID: Mapping[str, Callable[[Decision], Any]] = {
    "status": lambda decision: decision.status.value,
    "credits": _price,
    "regular": lambda decision: decision.regular,
    "gate": lambda decision: decision.gate.name if decision.gate else None,
    "because": lambda decision: _codes(decision.violations),
    "note": lambda decision: _codes(decision.notes),
}
"""What a decision says of each thing that an example may expect of it."""


def _leaves(table: Table, example: ExampleSpec, decision: Decision) -> Iterator[_Difference]:
    """Yield the leaves of the body that are expected otherwise; texts that the example leaves out are not sent."""
    wanted, unsent = example.expect.body or {}, names(example.expect.unsent)
    body = _body(table, example, decision) if wanted or unsent else {}
    for path, value in wanted.items():
        got = _at(body, wire_path(path))
        if got is None:
            says = f"{quoted(path)} is not sent, but {quoted(typed(value))} is expected"
            yield _Difference(("body", path), says, quoted(f"unsent: {path}"))
        elif got != wire(constant(value)) or isinstance(got, bool) != isinstance(value, bool):
            says = f"{quoted(path)} is {quoted(typed(got))}, but {quoted(typed(value))} is expected"
            yield _Difference(("body", path), says, quoted(f"{key_typed(path)}: {typed(got)}"))
    for at, path in enumerate(unsent):
        got = _at(body, wire_path(path))
        if got is not None:
            place: Path = ("unsent",) if isinstance(example.expect.unsent, str) else ("unsent", at)
            what = "an empty text" if got == "" else quoted(typed(got))
            entry = quoted(f"body: {typed({path: got})}")
            yield _Difference(place, f"{what} is sent at {quoted(path)}, but nothing is expected there", entry)


def _body(table: Table, example: ExampleSpec, decision: Decision) -> dict[str, Any]:
    if decision.status is not Status.ALLOWED or decision.model is None:
        return {}
    model = table.models[decision.model]
    # What is allowed without a moment makes the same body at any.
    model = model.at(decision.at) or model.versions[0]
    return built(model, {**texts_of(table, model, example.select), **words(model, decision.select)})


def _at(body: Any, path: WirePath) -> Any:
    for each in path:
        held = dict(enumerate(body)) if isinstance(body, list) else body if isinstance(body, dict) else {}
        if each not in held:
            return None
        body = held[each]
    return body
