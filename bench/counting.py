"""
Counts the work of one version of imgrules for a question, in a process of its own: calls, files and switches between files.

It is started as a file, with `-I` and the checkout whose imgrules it asks; questions and answers are pickles.
"""

from __future__ import annotations

import copy
import pickle
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    # The benchmark is imported from this checkout, and imgrules from the given folder.
    sys.path[:0] = [sys.argv[1], str(Path(__file__).parents[1])]

import imgrules
from bench.count import Count
from imgrules.compiler.build import build_texts

FULL = ("imgrules/refusals/evaluate.py",)
"""The files of the full evaluation: a question that enters one of them was not answered from a plan."""


def counted(ask: Callable[[], object]) -> Count:
    """Return the count of one question; a refusal counts as well."""
    seen: list[tuple[str, str]] = []

    def hook(frame: Any, event: str, _: object) -> None:
        # Late imports run once in a process, and are not part of a request.
        if event == "call" and frame.f_code.co_name != "<module>":
            seen.append((frame.f_code.co_filename, frame.f_back.f_code.co_filename))

    sys.setprofile(hook)
    try:
        ask()
    except imgrules.Refused:
        pass
    finally:
        sys.setprofile(None)
    inner = [entry for entry in seen if entry[0] != __file__ and not entry[0].startswith("<frozen importlib")]
    files = {file for file, _ in inner}
    switches = sum(caller not in {file, __file__} for file, caller in inner)
    full = any(file.replace("\\", "/").endswith(FULL) for file in files)
    return Count(len(inner), len(files), switches, full)


def _all_reasons(rules: imgrules.Rules, asked: Any) -> object:
    decision = rules.decide(*asked)
    return [violation.message for violation in decision.violations], decision.repairs


JOBS: dict[str, Callable[[imgrules.Rules, Any], object]] = {
    "decide": lambda rules, asked: rules.decide(*asked).status,
    "emit": lambda rules, asked: rules.emit(*asked),
    "all": _all_reasons,
}
"""The counted jobs; `all` is `decide` with all violations, their messages and repairs."""


@cache
def _table(texts: tuple[tuple[str, str], ...], today: str) -> imgrules.Table:
    """Return the table of a rule set, which is shared by all questions about it."""
    table = build_texts(dict(texts), today).table
    assert table is not None  # noqa: S101  it was built before it was sent
    return table


def counts(texts: dict[str, str], today: str, job: str, before: list[Any], asked: list[Any]) -> list[Count]:
    """Return the count of each question, after other questions were asked of the same rules."""
    rules, ask = imgrules.Rules(copy.copy(_table(tuple(texts.items()), today))), JOBS[job]
    # The code that writes a body is generated at the second request; counted are the later ones.
    for call in (*before, *asked, *asked) if job == "emit" else before:
        try:  # noqa: SIM105  a context manager is called, too
            ask(rules, call)
        except imgrules.Refused:
            pass
    return [counted(partial(ask, rules, call)) for call in asked]


def _questions() -> Iterator[Any]:
    while True:
        try:
            yield pickle.load(sys.stdin.buffer)  # noqa: S301  written by the process that started this one
        except EOFError:
            return


if __name__ == "__main__":
    for question in _questions():
        pickle.dump([tuple(count) for count in counts(*question)], sys.stdout.buffer)
        sys.stdout.buffer.flush()
