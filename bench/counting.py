"""
Counts what one version of imgrules does for a question, in a process of its own: calls, files and switches between files.

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
    # The benchmark is that of this file, and imgrules that of the folder.
    sys.path[:0] = [sys.argv[1], str(Path(__file__).parents[1])]

import imgrules
from bench.count import Count
from imgrules.compiler.build import build_texts

FULL = ("imgrules/refusals/evaluate.py",)
"""The files of the full evaluation: who enters a function of one of them was not answered by what lies ready."""


def counted(ask: Callable[[], object]) -> Count:
    """Return what happens when something is asked; what is refused counts as well."""
    seen: list[tuple[str, str]] = []

    def hook(frame: Any, event: str, _: object) -> None:
        # What is loaded late runs once in a process, and is no part of a request.
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


def _all(rules: imgrules.Rules, asked: Any) -> object:
    decision = rules.decide(*asked)
    return [violation.message for violation in decision.violations], decision.repairs


JOBS: dict[str, Callable[[imgrules.Rules, Any], object]] = {
    "decide": lambda rules, asked: rules.decide(*asked).status,
    "emit": lambda rules, asked: rules.emit(*asked),
    "all": _all,
}
"""What is counted; `all` is `decide` and all reasons with their sentences and repairs."""


@cache
def _table(texts: tuple[tuple[str, str], ...], today: str) -> imgrules.Table:
    """Return the table of a rule set, which all questions about it are asked of."""
    table = build_texts(dict(texts), today).table
    assert table is not None  # noqa: S101  it was built before it was sent
    return table


def counts(texts: dict[str, str], today: str, job: str, before: list[Any], asked: list[Any]) -> list[Count]:
    """Return the count of each question, after other questions were asked of the same rules."""
    rules, ask = imgrules.Rules(copy.copy(_table(tuple(texts.items()), today))), JOBS[job]
    # A body is written out where it is asked for a second time; counted is what it takes from then on.
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
    for each in _questions():
        pickle.dump([tuple(count) for count in counts(*each)], sys.stdout.buffer)
        sys.stdout.buffer.flush()
