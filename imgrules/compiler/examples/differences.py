"""Compare the decision and the request body of an example with what it expects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from imgrules.compiler.lower.convert import constant, wire_path
from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.report.helps import key_typed, typed
from imgrules.compiler.spec.examples import ExampleSpec
from imgrules.engine.body import wire
from imgrules.engine.decision import Decision, Status
from imgrules.engine.decision_records import Note, Violation
from imgrules.quoting import quoted
from imgrules.refusals.evaluate import Evaluation, body_of
from imgrules.refusals.suggest import nearest
from imgrules.table.amounts import Amount, as_stated, stated
from imgrules.table.record_base import record
from imgrules.table.records import Model
from imgrules.table.terms import NONE, WirePath, dotted


@record
class Difference:
    """
    A difference from what an example expects: its path below `expect`, the message, and the entry that the rules would satisfy.

    `expected` and `actual` are values as an example has them; None as `actual` says that there is no such thing. `meant` is the
    path of the body that was probably meant, where no rule of the model sends anything at the one that is written.
    """

    path: Path
    message: str
    entry: str
    expected: Any
    actual: Any
    meant: str | None = None


def different_answers(example: ExampleSpec, decision: Decision) -> Iterator[Difference]:
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


def different_leaves(example: ExampleSpec, model: Model, evaluation: Evaluation, decision: Decision) -> Iterator[Difference]:
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
            entry = quoted(f"{key_typed(path)}: {NONE}")
            yield Difference(("body", path), message, entry, value, NONE, _meant(model, path))
        elif actual != wire(constant(value)) or isinstance(actual, bool) != isinstance(value, bool):
            message = f"{quoted(path)} is {quoted(typed(actual))}, but {quoted(typed(value))} is expected"
            yield Difference(("body", path), message, quoted(f"{key_typed(path)}: {typed(actual)}"), value, actual)


def _meant(model: Model, path: str) -> str | None:
    """Return the path that was probably meant by one at which no rule sends anything, and which differs in one step; else None."""
    known, beside = _sent_paths(model)
    if path in known:
        return None
    near = ((sent, nearest(step, sent)) for place, gap, step in _gaps(path) if (sent := beside.get((place, gap))))
    return next((sent[meant] for sent, meant in near if meant is not None), None)


_SentPaths: TypeAlias = tuple[frozenset[str], dict[tuple[int, str], dict[str, str]]]
"""The paths at which something is sent, with all that lead to them; and these paths by place and other steps, by their step there."""


def _sent_paths(model: Model) -> _SentPaths:
    """Return the paths at which a model sends something in any version; cached with the model, since many examples may ask."""
    cached: _SentPaths | None = model.memory.get("sent paths")
    if cached is not None:
        return cached
    paths = dict.fromkeys(send.path for version in model.versions for send in version.body)
    beside: dict[tuple[int, str], dict[str, str]] = {}
    for path in map(dotted, paths):
        for place, gap, step in _gaps(path):
            beside.setdefault((place, gap), {})[step] = path
    known = frozenset(dotted(path[:length]) for path in paths for length in range(1, len(path) + 1))
    return model.memory.keep("sent paths", (known, beside))


def _gaps(path: str) -> Iterator[tuple[int, str, str]]:
    """Yield each step of a path with its place and the path without it."""
    steps = path.split(".")
    yield from ((place, ".".join((*steps[:place], *steps[place + 1 :])), step) for place, step in enumerate(steps))


def _leaf_at(body: Any, path: WirePath) -> Any:
    for key in path:
        children = dict(enumerate(body)) if isinstance(body, list) else body if isinstance(body, dict) else {}
        if key not in children:
            return None
        body = children[key]
    return body
