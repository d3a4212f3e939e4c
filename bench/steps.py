"""
`python -m bench.steps`: what each step of a request costs beside the hand-written check, all in one process.

The benchmark starts it as a file, with `-I`, so that `imgrules` is the installed one and not that of the checkout.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))

import imgrules
from bench.face import Setting
from bench.facts import models
from bench.peers import hand_written
from bench.peers.hand_parts import RefusedError
from bench.selections import CASES, case
from imgrules.engine.decide import impossible
from imgrules.engine.find import find

ANCHOR = "hand-written: check"
_COUNT = 2000
_ROUNDS = 25

Step = Callable[[dict[str, Any], frozenset[str]], object]


def steps(rules: imgrules.Rules) -> dict[str, Step]:
    """Return the steps by description; each includes the earlier ones that it needs."""
    table, hand = rules.table, hand_written.prepare(Setting(models(2), Path(), None))

    def refused(selection: dict[str, Any], grants: frozenset[str]) -> None:
        raise imgrules.Refused(impossible(table, (selection, grants, None, None, None), whole=True))

    def first(selection: dict[str, Any], grants: frozenset[str]) -> object:
        return rules.decide(selection, grants).violation

    def whole(selection: dict[str, Any], grants: frozenset[str]) -> object:
        decision = rules.decide(selection, grants)
        return decision.gates, [violation.message for violation in decision.violations], decision.repairs

    return {
        "nothing": lambda _selection, _grants: None,
        ANCHOR: hand.decide,
        "hand-written: check and body, or raise": hand.emit,
        "find the plan of the model": lambda selection, _: table.ready[selection["model"]],
        "and read: names, types, texts, one look-up": lambda selection, _: find(table, selection, None),
        "decide": rules.decide,
        "emit": rules.emit,
        "a refusal that nobody looks at, raised": refused,
        "decide, and the first violation": first,
        "decide, and every gate, sentence and repair": whole,
    }


def main(words: Sequence[str] | None = None) -> None:
    """Time the steps in turn, and print the least time of each."""
    parser = argparse.ArgumentParser("python -m bench.steps", description=__doc__)
    parser.add_argument("--case", default="valid", choices=list(CASES), help="which selections (default: valid)")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, metavar="N", help=f"how many rounds (default: {_ROUNDS})")
    parser.add_argument("--json", action="store_true", help="print seconds, for programs")
    asked = parser.parse_args(words)
    results = _timed(steps(imgrules.load()), asked.case, asked.rounds)
    nothing = results.pop("nothing")
    spent = {name: seconds - nothing for name, seconds in results.items()}
    if asked.json:
        print(json.dumps(spent))
        return
    for name, seconds in spent.items():
        print(f"{name:48}{seconds * 1e6:8.2f} us{seconds / spent[ANCHOR]:8.2f} x")


def _timed(ways: dict[str, Step], name: str, rounds: int) -> dict[str, float]:
    chosen = case(name, models(2), _COUNT)
    least = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for step, ask in ways.items():
            spent = sum(_spent(ask, handful) for handful in chosen.fresh(_COUNT))
            least[step] = min(least[step], spent / _COUNT)
    return least


def _spent(ask: Step, handful: Sequence[tuple[dict[str, Any], frozenset[str]]]) -> float:
    begin = time.process_time()
    for selection, grants in handful:
        try:  # noqa: SIM105  `suppress` would be timed, too
            ask(selection, grants)
        except (imgrules.Refused, RefusedError, LookupError, TypeError):
            pass  # the hand-written check and the bare look-up raise for a refused selection
    return time.process_time() - begin


if __name__ == "__main__":
    main()
