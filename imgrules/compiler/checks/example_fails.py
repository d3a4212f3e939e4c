"""
an example that fails

What: for the selection of an example, the rules give another result than the example expects.
Why: either the rules or the example is wrong; no table is written until the two agree.

Avoid:
    - {select: {ratio: "1:1", quality: high}, expect: {status: allowed}}
Prefer:
    - {select: {ratio: "1:1", quality: high}, expect: {status: locked, gate: member}}
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from imgrules.compiler.lower.convert import constant, wire_path
from imgrules.compiler.lower.examples import selection_of
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.report.helps import key_typed, typed
from imgrules.compiler.spec.examples import ExampleSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.engine.body import wire
from imgrules.engine.decision import Decision, Status
from imgrules.engine.decision_records import Note, Violation, ViolationCode
from imgrules.quoting import quoted
from imgrules.refusals.evaluate import Evaluation, body_of, decision_of, evaluate
from imgrules.table.amounts import Amount, as_stated, stated
from imgrules.table.records import Table
from imgrules.table.terms import NONE, WirePath

CODE = Code("IR401", "example-fails", Severity.ERROR, __doc__)

_AT = "at"


@dataclass(frozen=True, slots=True)
class _Difference:
    """A difference from what is expected: its path below `expect`, the message, and the entry that the rules would satisfy."""

    path: Path
    message: str
    entry: str


def check(rules: RuleSet, table: Table) -> Iterator[Finding]:
    """Run all examples of the models in the table; yield one finding for each that fails, with all its differences."""
    for model in table.models:
        for index, example in enumerate(rules.models[model].examples or ()):
            # Evaluate in full: a plan pays off for many requests, not for one or two.
            selection = selection_of(example, table.models[model])
            evaluation = evaluate(table, (selection, example.grants or (), None, example.at, example.facts))
            decision = decision_of(evaluation)
            differences = [*_different_answers(example, decision), *_different_leaves(example, evaluation, decision)]
            if differences:
                yield _finding(model, ("examples", index), differences, decision, table.models[model].facts)


def _finding(model: str, path: Path, differences: list[_Difference], decision: Decision, facts: Collection[str]) -> Finding:
    """Return the finding of an example that fails, at its first difference."""
    if any(violation.field == _AT and violation.code is ViolationCode.MISSING_FIELD for violation in decision.violations):
        # This is the reason, whatever the example expects.
        message = "this example has no `at`, but the model changes over time"
        return Finding(CODE, message, _place(model, (*path, "select")), "add `at:` with a date beside `select:`")
    places = [_place(model, (*path, "expect", *difference.path)) for difference in differences]
    message = "; ".join(difference.message for difference in differences)
    related = tuple((place, "this differs too") for place in places[1:])
    why = "; ".join(decision.reasons)
    if why:
        stating = _stated_beside(decision, facts)
        return Finding(CODE, message, places[0], f"the rules say {decision.status}: {why}{stating}", related)
    # Nobody knows whether the rules or the example is wrong, so the finding carries no fix.
    hint = "if the rules are right, expect " + " and ".join(difference.entry for difference in differences)
    return Finding(CODE, message, places[0], hint, related)


def _stated_beside(decision: Decision, facts: Collection[str]) -> str:
    """Return how an example states the facts that are missing, or that stand in its selection; empty if there are none."""
    missing = [found.field for found in decision.violations if found.fact and found.code is ViolationCode.MISSING_FIELD]
    held = [found for found in decision.violations if found.code is ViolationCode.REFUSED_FIELD and found.field in facts]
    values = {**dict.fromkeys(missing, "..."), **{found.field: typed(found.value) for found in held}}
    entries = ", ".join(f"{name}: {value}" for name, value in values.items())
    return f"; add `facts: {{{entries}}}` beside `select:`" if entries else ""


def _place(model: str, path: Path) -> Place:
    return Place(path, on_key=True, file=model, until=path)


def _different_answers(example: ExampleSpec, decision: Decision) -> Iterator[_Difference]:
    """Yield a difference for each key of `expect`, except `body`, with another value in the decision."""
    expected_keys = example.expect.model_fields_set
    for key, answer_of in _ANSWERS.items():
        expected, actual = getattr(example.expect, key), answer_of(decision) if key in expected_keys else None
        if key in _PRICES and isinstance(expected, str):
            expected = as_stated(stated(expected))
        if key in expected_keys and _comparable(expected) != _comparable(actual):
            entry = f"no {quoted(f'{key}:')}" if actual is None else quoted(f"{key}: {_as_written(actual)}")
            answer = f"there is no {quoted(key)}" if actual is None else f"{quoted(key)} is {quoted(_as_written(actual))}"
            yield _Difference((key,), f"{answer}, but {quoted(_as_written(expected))} is expected", entry)


def _comparable(value: Any) -> Any:
    """
    Return a value that can be compared: a text or a list as a frozenset, so that the order of codes does not matter.

    In a mapping, `true` is not equal to 1, and numbers are equal however they are written.
    """
    if isinstance(value, Mapping):
        return {name: (type(entry) is bool, constant(entry)) for name, entry in value.items()}
    return frozenset(value) if isinstance(value, list) else frozenset([value]) if isinstance(value, str) else value


def _as_written(value: Any) -> str:
    """Return a value as an author writes it in an example."""
    if isinstance(value, Mapping):
        return typed(value)
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


def _price(decision: Decision) -> Any:
    if decision.status is Status.IMPOSSIBLE:
        return None
    return as_stated(Amount(decision.credits, decision.estimate))


def _regular(decision: Decision) -> Any:
    # What is not known is not shown as a regular price.
    return None if decision.regular is None else as_stated(Amount(decision.regular, decision.regular_estimate))


def _codes(entries: Iterable[Violation | Note]) -> str | list[str] | None:
    """Return the codes of violations or notes: a single one as a text, several as a sorted list; None if there are none."""
    codes = sorted({entry.code.value for entry in entries})
    return codes if len(codes) > 1 else next(iter(codes), None)


def _first_repair(decision: Decision) -> dict[str, Any] | None:
    """Return the first repair as an example writes it, with `(none)` for what it leaves out; None if there is none."""
    first = next(iter(decision.repairs), None)
    return None if first is None else {**first.set, **dict.fromkeys(first.remove, NONE)}


_PRICES = frozenset({"credits", "regular"})

_ANSWERS: Mapping[str, Callable[[Decision], Any]] = {
    "status": lambda decision: decision.status.value,
    "credits": _price,
    "regular": _regular,
    "gate": lambda decision: decision.gate.name if decision.gate else None,
    "because": lambda decision: _codes(decision.violations),
    "note": lambda decision: _codes(decision.notes),
    "use": _first_repair,
}
"""For each key of `expect` except `body`: the function that reads its value from a decision."""


def _different_leaves(example: ExampleSpec, evaluation: Evaluation, decision: Decision) -> Iterator[_Difference]:
    """Yield a difference for each leaf of the request body that is not as `body` of an example says."""
    expected = example.expect.body or {}
    body = body_of(evaluation) if decision.status is Status.ALLOWED and expected else {}
    for path, value in expected.items():
        actual = _leaf_at(body, wire_path(path))
        if value == NONE:
            if actual is not None:
                shown = "an empty text" if actual == "" else quoted(typed(actual))
                message = f"{shown} is sent at {quoted(path)}, but nothing is expected there"
                yield _Difference(("body", path), message, quoted(f"{key_typed(path)}: {typed(actual)}"))
        elif actual is None:
            message = f"{quoted(path)} is not sent, but {quoted(typed(value))} is expected"
            yield _Difference(("body", path), message, quoted(f"{key_typed(path)}: {NONE}"))
        elif actual != wire(constant(value)) or isinstance(actual, bool) != isinstance(value, bool):
            message = f"{quoted(path)} is {quoted(typed(actual))}, but {quoted(typed(value))} is expected"
            yield _Difference(("body", path), message, quoted(f"{key_typed(path)}: {typed(actual)}"))


def _leaf_at(body: Any, path: WirePath) -> Any:
    for key in path:
        children = dict(enumerate(body)) if isinstance(body, list) else body if isinstance(body, dict) else {}
        if key not in children:
            return None
        body = children[key]
    return body
