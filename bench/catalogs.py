"""The time of a catalog, first and again, beside `json.loads` of its JSON; run by itself, with `-I`, for `bench.alone`."""

from __future__ import annotations

import json
import pickle
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import imgrules

AT = datetime(2026, 5, 1, tzinfo=UTC)
_AGAIN = 4
_QUESTIONS = ("catalog", "catalog_json")


def catalogs(rules: imgrules.Rules, rounds: int) -> dict[str, Any]:
    """Return the CPU seconds of each question, round by round, and why a question could not be asked."""
    bare = pickle.dumps(rules.table)
    text = json.dumps(rules.catalog(frozenset(), None, AT), ensure_ascii=False, separators=(",", ":")).encode()
    asked = [name for name in _QUESTIONS if hasattr(rules, name)]
    results: dict[str, Any] = {"bytes": len(text), "models": len(rules.table.models), "json_seconds": []}
    results["left_out"] = {name: "this version has no such method" for name in _QUESTIONS if name not in asked}
    for _ in range(rounds):
        for name in asked:
            _one_round(results, name, imgrules.Rules(pickle.loads(bare)))  # noqa: S301  written above
        results["json_seconds"].append(_spent(partial(json.loads, text)))
    return results


def _one_round(results: dict[str, Any], name: str, rules: imgrules.Rules) -> None:
    """Time fresh rules, then the same rules again at other moments of the same period."""
    ask = getattr(rules, name)
    first = _spent(partial(ask, frozenset(), None, AT))
    again = [_spent(partial(ask, frozenset(), None, AT + timedelta(seconds=at))) for at in range(_AGAIN)]
    results.setdefault(f"{name}, first", []).append(first)
    results.setdefault(f"{name}, again", []).append(min(again))


def _spent(ask: Callable[[], object]) -> float:
    begin = time.process_time_ns()
    ask()
    return (time.process_time_ns() - begin) / 1e9


if __name__ == "__main__":
    print(json.dumps({place: catalogs(imgrules.load(place), int(sys.argv[1])) for place in sys.argv[2:]}))
