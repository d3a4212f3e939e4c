"""Run the examples of models: decide each selection, and compare the decision with what the example expects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from imgrules.compiler.examples.missing_moment import fitting_moment
from imgrules.compiler.lower.convert import constant, wire_path
from imgrules.compiler.lower.examples import Combination, combinations
from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.report.helps import key_typed, typed
from imgrules.compiler.spec.examples import ExampleSpec
from imgrules.compiler.spec.rule_set import RuleSet
from imgrules.engine.body import wire
from imgrules.engine.decision import Decision, Status
from imgrules.engine.decision_records import Note, Violation, ViolationCode
from imgrules.quoting import quoted
from imgrules.refusals.evaluate import Evaluation, body_of, decision_of, evaluate
from imgrules.table.amounts import Amount, as_stated, stated
from imgrules.table.moments import moment_words
from imgrules.table.record_base import record, replace
from imgrules.table.records import Model, Table
from imgrules.table.terms import NONE, WirePath

_AT = "at"


@record
class Difference:
    """
    A difference from what an example expects: its path below `expect`, the message, and the entry that the rules would satisfy.

    `expected` and `actual` are values as an example has them; None as `actual` says that there is no such thing.
    """

    path: Path
    message: str
    entry: str
    expected: Any
    actual: Any


@record
class Run:
    """
    One run of an example: the model, the index of the example in its file, the evaluation, and how it differs.

    `over` is the combination of an example with several; empty for any other.
    """

    model: str
    index: int
    over: Mapping[str, Any]
    evaluation: Evaluation
    decision: Decision
    differences: tuple[Difference, ...]
    facts: tuple[str, ...] = ()
    """The facts of the model."""

    lacks: str | None = None
    """For an example that is undated, the moment (UTC) to add, as far as one is known."""

    @property
    def is_undated(self) -> bool:
        """Whether the example has no moment although the answer depends on one."""
        against = self.decision.violations
        return any(violation.field == _AT and violation.code is ViolationCode.MISSING_FIELD for violation in against)

    @property
    def message(self) -> str:
        """Return what is wrong with an example that fails, in one sentence with all its differences."""
        if self.is_undated:
            return "this example has no `at`, but the model changes over time"
        return "; ".join(difference.message for difference in self.differences)

    @property
    def hint(self) -> str:
        """Return why the rules give another result than an example that fails expects, or what it could expect."""
        if self.is_undated:
            such_as = "" if self.lacks is None else f', such as `at: "{moment_words(self.lacks)}"`'
            return f"add a date in quotes beside `select:`{such_as}"
        if self.decision.reasons:
            return f"the rules say {self.decision.status}: {'; '.join(self.decision.reasons)}{self._stated_beside}"
        return "if the rules are right, expect " + " and ".join(difference.entry for difference in self.differences)

    @property
    def _stated_beside(self) -> str:
        """How an example states the facts that are missing, or that stand in its selection; empty if there are none."""
        against = self.decision.violations
        missing = [found.field for found in against if found.fact and found.code is ViolationCode.MISSING_FIELD]
        held = [found for found in against if found.code is ViolationCode.REFUSED_FIELD and found.field in self.facts]
        values = {**dict.fromkeys(missing, "..."), **{found.field: typed(found.value) for found in held}}
        entries = ", ".join(f"{name}: {value}" for name, value in values.items())
        return f"; add `facts: {{{entries}}}` beside `select:`" if entries else ""


def runs(rules: RuleSet, table: Table, names: Iterable[str] | None = None) -> Iterator[Run]:
    """Run all examples of the models in the table, or of those with one of `names`, in the order of their files."""
    for name in table.models if names is None else names:
        for index, example in enumerate(rules.models[name].examples or ()):
            for combination in combinations(example, table.models[name]):
                yield _run(table, table.models[name], (index, example), combination)


def _run(table: Table, model: Model, numbered: tuple[int, ExampleSpec], combination: Combination) -> Run:
    index, example = numbered

    def outcome(at: Any) -> tuple[Evaluation, Decision, tuple[Difference, ...]]:
        # Evaluate in full: a plan pays off for many requests, not for one or two.
        evaluation = evaluate(table, (combination.selection, example.grants or (), None, at, example.facts))
        decision = decision_of(evaluation)
        differences = (*_different_answers(example, decision), *_different_leaves(example, evaluation, decision))
        return evaluation, decision, differences

    run = Run(model.id, index, combination.over, *outcome(example.at), model.facts)
    return replace(run, lacks=fitting_moment(model, lambda at: not outcome(at)[-1])) if run.is_undated else run


def _different_answers(example: ExampleSpec, decision: Decision) -> Iterator[Difference]:
    """Yield a difference for each key of `expect`, except `body`, with another value in the decision."""
    expected_keys = example.expect.model_fields_set
    for key, answer_of in _ANSWERS.items():
        if key not in expected_keys:
            continue
        expected, actual = getattr(example.expect, key), answer_of(decision)
        if key in _PRICES and isinstance(expected, str):
            expected = as_stated(stated(expected))
        if _comparable(expected) != _comparable(actual):
            entry = f"no {quoted(f'{key}:')}" if actual is None else quoted(f"{key}: {as_written(actual)}")
            answer = f"there is no {quoted(key)}" if actual is None else f"{quoted(key)} is {quoted(as_written(actual))}"
            message = f"{answer}, but {quoted(as_written(expected))} is expected"
            yield Difference((key,), message, entry, expected, actual)


def _comparable(value: Any) -> Any:
    """
    Return a value that can be compared: a text or a list as a frozenset, so that the order of codes does not matter.

    In a mapping, `true` is not equal to 1, and numbers are equal however they are written.
    """
    if isinstance(value, Mapping):
        return {name: (type(entry) is bool, constant(entry)) for name, entry in value.items()}
    return frozenset(value) if isinstance(value, list) else frozenset([value]) if isinstance(value, str) else value


def as_written(value: Any) -> str:
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


def _different_leaves(example: ExampleSpec, evaluation: Evaluation, decision: Decision) -> Iterator[Difference]:
    """Yield a difference for each leaf of the request body that is not as `body` of an example says."""
    expected = example.expect.body or {}
    body = body_of(evaluation) if decision.status is Status.ALLOWED and expected else {}
    for path, value in expected.items():
        actual = _leaf_at(body, wire_path(path))
        if value == NONE:
            if actual is not None:
                shown = "an empty text" if actual == "" else quoted(typed(actual))
                message = f"{shown} is sent at {quoted(path)}, but nothing is expected there"
                yield Difference(("body", path), message, quoted(f"{key_typed(path)}: {typed(actual)}"), value, actual)
        elif actual is None:
            message = f"{quoted(path)} is not sent, but {quoted(typed(value))} is expected"
            yield Difference(("body", path), message, quoted(f"{key_typed(path)}: {NONE}"), value, NONE)
        elif actual != wire(constant(value)) or isinstance(actual, bool) != isinstance(value, bool):
            message = f"{quoted(path)} is {quoted(typed(actual))}, but {quoted(typed(value))} is expected"
            yield Difference(("body", path), message, quoted(f"{key_typed(path)}: {typed(actual)}"), value, actual)


def _leaf_at(body: Any, path: WirePath) -> Any:
    for key in path:
        children = dict(enumerate(body)) if isinstance(body, list) else body if isinstance(body, dict) else {}
        if key not in children:
            return None
        body = children[key]
    return body
