"""
One version of imgrules in a process of its own: answers the questions of `bench.same`, each answer as text.

It is started as a file, with `-I` and the checkout whose imgrules it asks; questions and answers are pickles.
Each version compiles the rule files itself, because a compiled table is a document of one version.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])

import imgrules
from imgrules.compiler.build import build_texts

Answers = dict[tuple[str, int], str]
"""Every answer, by the name of what was asked and the position of the question."""

_OF_A_SET = {
    "catalog": lambda rules, asked: rules.catalog(*asked[1:]),
    "calendar": lambda rules, asked: rules.calendar(*asked[1:]),
}
"""The questions about a whole rule set, with the grants, the language and the moment of a question."""


def _select(rules: Any, asked: tuple[Any, ...]) -> Any:
    """Return the selection that was understood, in its order, with the class of each value."""
    return [[name, type(value).__name__, repr(value)] for name, value in rules.decide(*asked).select.items()]


def _price(rules: Any, asked: tuple[Any, ...]) -> Any:
    decision = rules.decide(*asked)
    return [repr(decision.credits), repr(decision.regular)]


def _first(rules: Any, asked: tuple[Any, ...]) -> Any:
    violation = rules.decide(*asked).violation
    return violation and [violation.code.value, violation.field, violation.message, repr(violation.allowed)]


def _request(rules: Any, asked: tuple[Any, ...]) -> Any:
    decision, body = rules.request(*asked)
    return [decision.as_dict(), body]


OF_A_SELECTION: Mapping[str, Callable[[Any, tuple[Any, ...]], Any]] = {
    "decide": lambda rules, asked: rules.decide(*asked).as_dict(),
    "select": _select,
    "price": _price,
    "reasons": lambda rules, asked: rules.decide(*asked).reasons,
    "first violation": _first,
    "emit": lambda rules, asked: rules.emit(*asked),
    "emit_json": lambda rules, asked: rules.emit_json(*asked).decode(),
    "body": lambda rules, asked: rules.body(rules.decide(*asked), deepcopy(asked[0])),
    "request": _request,
    "choices": lambda rules, asked: rules.choices(*asked),
    "decide, again": lambda rules, asked: rules.decide(*asked).as_dict(),
}
"""The questions about a selection; the first is repeated at the end, when all caches are filled."""


def answers(texts: dict[str, str], today: str, asked: list[Any], whole: list[Any]) -> Answers:
    """Return every answer about one rule set, by question and position."""
    built = build_texts(texts, today)
    errors = sorted(error.code.id for error in built.report.errors)
    by_question = {("build", 0): json.dumps(errors)}
    if built.table is None or errors:
        return by_question
    rules = imgrules.Rules(built.table)
    callables = [(name, function) for name, function in OF_A_SELECTION.items() if hasattr(rules, name) or name not in _METHODS]
    for at, question in enumerate(asked):
        by_question |= {(name, at): _answer_text(ask, rules, question) for name, ask in callables}
    for at, question in enumerate(whole):
        by_question |= {(name, at): _answer_text(ask, rules, question) for name, ask in _OF_A_SET.items()}
    return by_question


_METHODS = frozenset({"request", "choices", "body"})
"""Methods that an earlier version may lack; these are not compared then."""


def _answer_text(ask: Callable[[Any, Any], Any], rules: Any, question: Any) -> str:
    try:
        answer = _or_refused(ask, rules, deepcopy(question))
        # An answer that is not JSON is reported as an error as well.
        return answer if isinstance(answer, str) else json.dumps(answer)
    except Exception as error:  # noqa: BLE001  whatever is raised is the answer
        return f"{type(error).__name__}: {error}"


def _or_refused(ask: Callable[[Any, Any], Any], rules: Any, question: Any) -> Any:
    try:
        return ask(rules, question)
    except imgrules.Refused as refused:
        return {"refused": refused.decision.as_dict()}


def _questions() -> Iterator[Any]:
    while True:
        try:
            yield pickle.load(sys.stdin.buffer)  # noqa: S301  written by the process that started this one
        except EOFError:
            return


if __name__ == "__main__":
    for question in _questions():
        pickle.dump(answers(*question), sys.stdout.buffer)
        sys.stdout.buffer.flush()
