"""
One peer in a process of its own: reads a question per line from standard input and answers each with a line of JSON.

It is started as a file, with `-I`, so that `imgrules` is the installed one and not that of the checkout.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))

from bench.face import Ask, Face, Setting, in_oracle_terms
from bench.facts import models
from bench.oracle import Oracle, oracle
from bench.peers import prepare
from bench.selections import Asked, Case, case

_REFUSED_ALONE = {"first", "all"}


@dataclass(frozen=True)
class Server:
    """A peer with its selections and the oracle."""

    face: Face
    knows: Oracle
    cases: dict[str, Case]

    def agree(self, job: str, name: str, limit: float) -> dict[str, Any]:
        """Return how many selections were compared, or the first one for which the peer and the oracle disagree."""
        ask = self.face.ask(job)
        if ask is None:
            return {"missing": True}
        compared, begin = 0, time.process_time()
        for asked in self._asked(job, name, len(self.cases[name].written)):
            for selection, grants in asked:
                if time.process_time() > begin + limit:
                    break
                want = self._wanted(job, selection, grants)
                got = in_oracle_terms(self.face, job, _call(ask, selection, grants, self.face.refusals))
                if got != want:
                    return {"selection": selection, "grants": sorted(grants), "wanted": want, "got": got}
                compared += 1
        return {"compared": compared, "seconds": (time.process_time() - begin) / compared}

    def round(self, job: str, name: str, count: int) -> dict[str, float]:
        """Return the CPU seconds per selection of one round."""
        ask = self.face.ask(job)
        assert ask is not None  # noqa: S101  missing jobs are never timed
        gc.collect()
        # The process was idle and CPU caches are cold: the first handful is asked once before.
        _timed(ask, next(self._asked(job, name, count)), self.face.refusals)
        seconds, done = 0.0, 0
        for asked in self._asked(job, name, count):
            seconds += _timed(ask, asked, self.face.refusals)
            done += len(asked)
        return {"seconds": seconds / done, "count": done}

    def _asked(self, job: str, name: str, count: int) -> Iterator[Asked]:
        # Jobs about reasons get only refused selections.
        for asked in self.cases[name].fresh(count):
            yield (
                [question for question in asked if self.knows.decide(*question) != "allowed"]
                if job in _REFUSED_ALONE
                else asked
            )

    def _wanted(self, job: str, selection: dict[str, Any], grants: frozenset[str]) -> object:
        answers_status = job == "decide" or job in _REFUSED_ALONE
        return self.knows.decide(selection, grants) if answers_status else self.knows.emit(selection, grants)


def _call(ask: Ask, selection: dict[str, Any], grants: frozenset[str], refusals: tuple[type[Exception], ...]) -> Any:
    try:
        return ask(selection, grants)
    except refusals:
        return None


def _timed(ask: Ask, asked: Asked, refusals: tuple[type[Exception], ...]) -> float:
    begin = time.process_time()
    for selection, grants in asked:
        try:
            ask(selection, grants)
        except refusals:
            pass
    return time.process_time() - begin


def serve(peer: str, count: int, selections: int, rules: str, table: str) -> None:
    """Reply to questions until standard input ends."""
    # Prints of a library must not mix with the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    all_models = models(count)
    begin = time.process_time()
    face = prepare(peer, Setting(all_models, Path(rules), Path(table) if table else None))
    prepared = time.process_time() - begin
    cases = {name: case(name, all_models, selections) for name in ("mixed", "valid", "refused")}
    server = Server(face, oracle(all_models), cases)
    print(json.dumps({"prepared": prepared}), file=answers, flush=True)
    for line in sys.stdin:
        name, *words = json.loads(line)
        answer = server.agree(*words) if name == "agree" else server.round(*words)
        print(json.dumps(answer, default=repr), file=answers, flush=True)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5])
