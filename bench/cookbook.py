"""
`python -m bench --only cookbook`: the cookbook's models beside the packaged ones and libraries that check fields alone.

Selections are drawn from a fixed seed, with random optional values; every round brings other seeds, URLs and prompts, and
reads them from JSON, as a request does. The moment is always given, another one for each handful.
The benchmark starts it as a file, with `-I`, so that `imgrules` is the installed one and not that of the checkout.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))

import imgrules
from bench.checkers import checkers
from bench.chosen import Model
from bench.drawing import Drawing, Selection
from bench.fields import shapes
from bench.first_keys import first_keys
from bench.written import FOLDERS, SEED

AT = datetime(2026, 5, 1, tzinfo=UTC)
"""A moment at which every model of the cookbook is sold."""

_HANDFUL = 64

Args = tuple[Any, ...]
Seconds = dict[str, dict[str, list[float]]]
"""The CPU seconds of each question by way and model, round by round."""


@dataclass(frozen=True)
class Way:
    """A question to time: the cases of its selections, an untimed preparation of each, and the question."""

    case: str
    before: Callable[[Selection, datetime], Args]
    ask: Callable[..., object]
    only: str = ""


def models() -> tuple[dict[str, imgrules.Rules], list[Model]]:
    """Return the rules to ask, by group, and every model with its selections."""
    listed = []
    for group, folder in FOLDERS.items():
        # Selections are drawn with other rules, so that the timed ones have empty caches.
        rules = imgrules.load(folder)
        listed += [Model(Drawing(rules, name, Random(SEED), AT), group) for name in rules.table.models]
    return {group: imgrules.load(folder) for group, folder in FOLDERS.items()}, listed


def ways(rules: imgrules.Rules, grants: frozenset[str], checks: Mapping[str, Callable[[Selection], bool]]) -> dict[str, Way]:
    """Return every question by its name."""

    def asked(selection: Selection, at: datetime) -> Args:
        return selection, grants, None, at

    def asked_in_text(selection: Selection, at: datetime) -> Args:
        return selection, grants, None, f"{at:%Y-%m-%dT%H:%M:%SZ}"

    def decided(selection: Selection, at: datetime) -> Args:
        return (rules.decide(selection, grants, None, at),)

    by_name = {
        "decide, valid": Way("valid", asked, rules.decide),
        "decide, valid, the moment as text": Way("valid", asked_in_text, rules.decide),
        "decide, mixed": Way("mixed", asked, rules.decide),
        "decide, refused": Way("refused", asked, rules.decide),
        "decide, refused, all reasons and repairs": Way("refused", asked, _all(rules)),
        "emit, valid": Way("valid", asked, rules.emit),
        "emit, mixed": Way("mixed", asked, rules.emit),
        "emit_json, valid": Way("valid", asked, rules.emit_json),
        "as_dict of an allowed decision": Way("valid", decided, imgrules.Decision.as_dict),
        "as_dict of a refusal": Way("refused", decided, imgrules.Decision.as_dict),
    }
    for name, check in checks.items():
        by_name |= {
            f"{name}, {case}": Way(case, lambda selection, _: (selection,), check, "cookbook")
            for case in ("valid", "mixed", "refused")
        }
    return by_name


def _all(rules: imgrules.Rules) -> Callable[..., object]:
    def all_(*asked: Any) -> object:
        decision = rules.decide(*asked)
        return decision.status, [violation.message for violation in decision.violations], decision.repairs

    return all_


def timed(way: Way, written: list[str], begin: datetime) -> float:
    """Return the CPU seconds of each selection of a round."""
    seconds = 0.0
    for start in range(0, len(written), _HANDFUL):
        at = begin + timedelta(seconds=start)
        asked = [way.before(json.loads(text), at) for text in written[start : start + _HANDFUL]]
        seconds += _spent(way.ask, asked)
    return seconds / len(written)


def _spent(ask: Callable[..., object], asked: list[Args]) -> float:
    begin = time.process_time()
    for args in asked:
        try:  # noqa: SIM105  `suppress` would be timed, too
            ask(*args)
        except imgrules.Refused:
            pass
    return time.process_time() - begin


def rounds(count: int) -> dict[str, Any]:
    """Return the seconds of every question for every model, in turn, and the share that the checkers pass."""
    rules, listed = models()
    ours = [model for model in listed if model.group == "cookbook"]
    checks, missing = checkers({model.id: shapes(rules["cookbook"].table, model.drawing.model) for model in ours})
    passed = {name: _passed_share(name, check, ours) for name, check in checks.items()}
    seconds_by_way: Seconds = {}
    for at in range(count + 1):
        for model in listed:
            _round(seconds_by_way, model, ways(rules[model.group], model.drawing.grants, checks), AT + timedelta(hours=at))
    # The first round fills the caches, and is not counted.
    seconds = {way: {model: timings[1:] for model, timings in by_model.items()} for way, by_model in seconds_by_way.items()}
    table = imgrules.load(FOLDERS["cookbook"]).table
    first = {model.id: first_keys(table, model.drawing, model.allowed, AT) for model in ours}
    groups = {model.id: model.group for model in listed}
    return {"seconds": seconds, "groups": groups, "first": first, "passed": passed, "left_out": missing}


def _round(seconds: Seconds, model: Model, asked: dict[str, Way], begin: datetime) -> None:
    cases = {kind: model.fresh(kind) for kind in ("valid", "mixed", "refused")}
    for name, way in asked.items():
        if way.only in {"", model.group}:
            seconds.setdefault(name, {}).setdefault(model.id, []).append(timed(way, cases[way.case], begin))


def _passed_share(name: str, check: Callable[[Selection], bool], listed: list[Model]) -> float:
    """
    Return the share of the refused selections that a checker passes.

    Raises:
        SystemExit: it refuses an allowed selection, so it is not comparable.

    """
    wrongly = next((selection for model in listed for selection in model.allowed if not check(selection)), None)
    if wrongly is not None:
        raise SystemExit(f"{name} refuses {wrongly!a}")
    refused = [selection for model in listed for selection in model.refused]
    return sum(map(check, refused)) / len(refused)


def main(words: list[str]) -> None:
    """Print the rounds as JSON, for the benchmark."""
    print(json.dumps(rounds(int(words[0]))))


if __name__ == "__main__":
    main(sys.argv[1:])
