"""A race: all answers are compared with the oracle, then rounds run in turn, and times are kept per round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, NamedTuple

from bench.rivals import Rival, SilentError

Say = Callable[[str], None]

_ROUND = 0.08
"""The approximate CPU seconds of one round of one peer: slower peers get fewer selections."""

_FEWEST = 20
_COMPARING = 30.0
"""The CPU seconds after which the comparison with the oracle stops; never reached with two models."""

_TOO_SLOW = 0.05
"""Peers that need more CPU seconds for one selection are not raced; the results say how many they need."""


class Entry(NamedTuple):
    """A peer with its job and the number of models."""

    peer: str
    job: str
    models: int


@dataclass(frozen=True)
class Race:
    """The CPU seconds per selection of every entry, round by round, and why some did not run."""

    name: str
    case: str
    seconds: dict[Entry, list[float]] = field(default_factory=dict)
    compared: dict[Entry, int] = field(default_factory=dict)
    left_out: dict[Entry, str] = field(default_factory=dict)

    def ratios(self, entry: Entry, other: Entry) -> list[float]:
        """Return the time of one entry divided by that of another, in each round."""
        return [a / b for a, b in zip(self.seconds[entry], self.seconds[other], strict=True)]

    def microseconds(self, entry: Entry) -> float:
        """Return the median time per selection."""
        return median(self.seconds[entry]) * 1e6


def run(name: str, case: str, entries: Sequence[tuple[Entry, Rival]], rounds: int, say: Say) -> Race:
    """Return the race of some entries in one case."""
    race = Race(name, case)
    say(f"{name}, {case}: comparing with the oracle")
    racing = [(entry, rival, count) for entry, rival in entries if (count := _count(race, entry, rival))]
    say(f"{name}, {case}: {rounds} rounds of {len(racing)}")
    for _ in range(rounds):
        for entry, rival, count in racing:
            seconds = rival.ask("round", entry.job, case, count)["seconds"]
            race.seconds.setdefault(entry, []).append(seconds)
    return race


def _count(race: Race, entry: Entry, rival: Rival) -> int:
    """Return the selections in a round of an entry, after a warm-up; 0 if it does not run."""
    try:
        agreed = rival.ask("agree", entry.job, race.case, _COMPARING)
        if "compared" not in agreed:
            if "missing" not in agreed:
                race.left_out[entry] = _disagreement(agreed)
            return 0
        race.compared[entry] = agreed["compared"]
        if agreed["seconds"] > _TOO_SLOW:
            race.left_out[entry] = f"not raced: {agreed['seconds'] * 1000:.0f} ms for each selection"
            return 0
        warm = rival.ask("round", entry.job, race.case, max(_FEWEST, round(_ROUND / agreed["seconds"])))
    except SilentError as silent:
        race.left_out[entry] = str(silent)
        return 0
    seconds: float = warm["seconds"]
    return max(_FEWEST, round(_ROUND / seconds))


def _disagreement(agreed: dict[str, Any]) -> str:
    asked = f"{agreed['selection']!a} with {agreed['grants']}"
    return f"disagrees with the oracle about {asked}: {agreed['got']!a} instead of {agreed['wanted']!a}"
