"""The time of choices that a rule set gets for the first time, beside the full evaluation of the same selections."""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from bench.drawing import Drawing, Selection
from imgrules import Rules
from imgrules.table.records import Table

_MOST = 24


def first_keys(table: Table, drawing: Drawing, allowed: list[Selection], at: datetime) -> dict[str, list[float]]:
    """
    Return the CPU seconds of `decide` for new choices, and those of the full evaluation, pair by pair.

    Each choice is asked of rules that know only another one, so that the plan of the model exists already.
    """
    bare = pickle.dumps(replace(table, models={drawing.model.id: table.models[drawing.model.id]}))
    in_full = full_evaluation()
    seconds: dict[str, list[float]] = {"first": [], "full": []}
    for other, picked in _pairs(drawing, allowed):
        rules = Rules(pickle.loads(bare))  # noqa: S301  written two lines above
        rules.decide(other, drawing.grants, None, at)
        asked = (json.loads(json.dumps(picked)), drawing.grants, None, at)
        seconds["first"].append(_spent(partial(rules.decide, *asked)))
        if in_full is not None:
            seconds["full"].append(_spent(partial(in_full, rules.table, asked)))
    return seconds


def full_evaluation() -> Callable[[Table, Any], object] | None:
    """Return a function that decides without a plan, or None if this version has none."""
    try:
        from imgrules.refusals.evaluate import decision_of, evaluate  # noqa: PLC0415  a later version may have none
    except ImportError:
        return None
    return lambda table, asked: decision_of(evaluate(table, (*asked, None)))


def _pairs(drawing: Drawing, allowed: list[Selection]) -> Iterator[tuple[Selection, Selection]]:
    """Yield each choice once, with a selection of another choice to ask before it."""
    by_choice = {choice(drawing, selection): selection for selection in allowed}
    listed = list(by_choice.values())
    if len(listed) > 1:
        for at, picked in enumerate(listed[:_MOST]):
            yield listed[at - 1], picked


def choice(drawing: Drawing, picked: Selection) -> tuple[Any, ...]:
    """Return a key that differs for choices with different outcomes: names, values that prices and limits depend on, and lengths."""
    options = drawing.model.options
    bound = (name for name in picked if name in options and options[name].bound)
    lengths = (len(entries) for entries in picked.values() if isinstance(entries, list))
    return frozenset(picked), tuple((name, picked[name]) for name in sorted(bound)), tuple(lengths)


def _spent(ask: Callable[[], object]) -> float:
    begin = time.process_time_ns()
    ask()
    return (time.process_time_ns() - begin) / 1e9
