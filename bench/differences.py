"""Where the answers of two versions differ: how many, at which place of an answer, and the first of each kind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Answers = dict[tuple[str, int], str]
"""Every answer about a rule set, by the name of what was asked and the position of the question."""


@dataclass(frozen=True)
class Difference:
    """One differing answer: its rule set and question, what was asked, the place, and both answers."""

    rules: str
    question: Any
    asked: str
    place: str
    before: str
    now: str


@dataclass
class Tally:
    """The numbers of compared and differing answers, and the first differences by place."""

    shown: int = 3
    rule_sets: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    compared: Counter[str] = field(default_factory=Counter)
    differing: Counter[str] = field(default_factory=Counter)
    places: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: list[Difference] = field(default_factory=list)

    def add(self, rules: str, questions: dict[str, list[Any]], before: Answers, now: Answers) -> None:
        """Compare all answers about one rule set; `questions` are listed by the name of what was asked."""
        self.rule_sets += 1
        self.statuses.update(_status(answer) for (asked, _), answer in now.items() if asked == "decide")
        both = before.keys() & now.keys() if _are_built(before, now) else {("build", 0)}
        for asked, at in sorted(both):
            self.compared[asked] += 1
            old, new = before[asked, at], now[asked, at]
            if old != new:
                listed = questions.get(asked, questions[""])
                self._differs(rules, listed[at] if asked != "build" else None, asked, old, new)

    def _differs(self, rules: str, question: Any, asked: str, before: str, now: str) -> None:
        self.differing[asked] += 1
        for place, (old, new) in spots(before, now).items():
            self.places[asked, place] += 1
            if self.places[asked, place] <= self.shown:
                self.first.append(Difference(rules, question, asked, place, old, new))


def _status(decision: str) -> str:
    """Return the status of a decision that was written as JSON."""
    return str(json.loads(decision)["status"]) if decision.startswith("{") else "raised"


def _are_built(before: Answers, now: Answers) -> bool:
    return len(before) > 1 and len(now) > 1


def spots(before: str, now: str) -> dict[str, tuple[str, str]]:
    """Return the places at which two answers differ, such as `violations[].message`, with the first two values of each."""
    try:
        old, new = json.loads(before), json.loads(now)
    except ValueError:
        return {"": (before, now)}
    different: dict[str, tuple[str, str]] = {}
    for place, left, right in _document_differences(old, new):
        different.setdefault(place.removeprefix("."), (json.dumps(left), json.dumps(right)))
    return different or {"the spelling": (before, now)}


def _document_differences(old: Any, new: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield the differences of two documents, including the order of names and the classes of numbers."""
    if isinstance(old, dict) and isinstance(new, dict):
        if list(old) != list(new):
            yield f"{place} (names)", list(old), list(new)
        for name in sorted(old.keys() & new.keys()):
            yield from _document_differences(old[name], new[name], f"{place}.{name}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for left, right in zip(old, new, strict=True):
            yield from _document_differences(left, right, f"{place}[]")
    elif (type(old), old) != (type(new), new):
        yield place, old, new
