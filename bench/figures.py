"""The figures to reach, each with what was measured beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from bench.race import Entry, Race

_HAND = Entry("hand_written", "emit", 2)
_OURS = Entry("imgrules", "emit", 2)


@dataclass(frozen=True)
class Figure:
    """One row: what is measured, what it should be at most (or at least), and what it is: the median of all values."""

    case: str
    target: float | None
    values: tuple[float, ...]
    unit: str = ""
    at_least: bool = False

    @property
    def measured(self) -> float:
        """The median."""
        return median(self.values)

    @property
    def spread(self) -> tuple[float, float]:
        """The quartiles around it."""
        if len(self.values) == 1:
            return self.values[0], self.values[0]
        low, _, high = quantiles(self.values, n=4, method="inclusive")
        return low, high

    @property
    def reached(self) -> bool | None:
        """Whether it is as it should be, or None where no number is asked for."""
        if self.target is None:
            return None
        return self.measured >= self.target if self.at_least else self.measured <= self.target


def figures(found: Mapping[str, Any]) -> list[Figure]:
    """Answer every figure that the parts which were run can tell."""
    parts = {"selections": _selections, "models": _many, "loading": _loading, "starting": _starting, "compiling": _compiling}
    return [each for name, part in parts.items() if name in found for each in part(found[name])]


def _selections(found: Mapping[str, Any]) -> Iterator[Figure]:
    races: dict[tuple[str, str], Race] = {(each.name, each.case): each for each in found["races"]}
    hand = "hand-written"
    for says, race, one, other, target in (
        (f"`emit`, against {hand}", ("emit", "mixed"), _OURS, _HAND, 1.15),
        (f"`emit_json`, against {hand}", ("emit_json", "mixed"), _job("emit_json"), _by_hand("emit_json"), 0.7),
        (f"`decide` with its decision, against a {hand} check that returns a code", ("decide", "mixed"), _job("decide"), _by_hand("decide"), 1.4),
        (f"`decide`, then its body, against {hand} emit", ("emit", "mixed"), _job("decide_body"), _HAND, 1.6),
        (f"refused: status and first reason, against a {hand} refusal", ("refusals", "refused"), _job("first"), _by_hand("first"), 2),
        (f"refused: all reasons and repairs, against a {hand} refusal", ("refusals", "refused"), _job("all"), _by_hand("first"), 12),
    ):  # fmt: skip
        yield from _ratio(says, races.get(race), one, other, target)
    msgspec = Entry("msgspec", "emit", 2)
    yield from _ratio("msgspec against ours, `emit`", races.get(("emit", "mixed")), msgspec, _OURS, 1.8, at_least=True)


def _job(job: str) -> Entry:
    return Entry("imgrules", job, 2)


def _by_hand(job: str) -> Entry:
    return Entry("hand_written", job, 2)


def _ratio(
    says: str, race: Race | None, one: Entry, other: Entry, target: float | None, *, at_least: bool = False
) -> Iterator[Figure]:
    if race is not None and one in race.seconds and other in race.seconds:
        yield Figure(says, target, tuple(race.ratios(one, other)), at_least=at_least)


def _many(found: Mapping[str, Any]) -> Iterator[Figure]:
    for race in found["races"]:
        count = max(each.models for each in race.seconds)
        target = 3 if count == 10_000 else None  # noqa: PLR2004  the figure is about this many
        yield from _ratio(f"{count:,} models against 2, `emit`", race, Entry("imgrules", "emit", count), _OURS, target)


def _loading(found: Mapping[str, Any]) -> Iterator[Figure]:
    says = f"{found['models']:,} models: "
    ratios = tuple(ours / read for ours, read in zip(found["seconds"], found["json_seconds"], strict=True))
    yield Figure(says + "`load(table.json)` against `json.loads` of the same file", 3, ratios)
    yield Figure(says + "memory that `load` adds, against the size of the file", 4, (found["resident"] / found["bytes"],))
    answered = found["resident_answered"] / found["bytes"]
    yield Figure(says + "the same after every model has answered once", 4, (answered,))


def _starting(found: Mapping[str, Any]) -> Iterator[Figure]:
    says = "`import imgrules`, `load()` and the first decision, above bare Python"
    yield Figure(says, 30, tuple(each * 1000 for each in found["first_decision"]), "ms")


def _compiling(found: Mapping[str, Any]) -> Iterator[Figure]:
    for count, each in found.items():
        if int(count) >= 1000:  # noqa: PLR2004  below, starting outweighs the files
            ratios = tuple(ours / read for ours, read in zip(each["check"], each["yaml"], strict=True))
            target = 4 if count == "1000" else None
            yield Figure(f"`imgrules check` of {int(count):,} files, against PyYAML's CSafeLoader", target, ratios)
    if {"1000", "10000"} <= set(found):
        per_file = median(found["10000"]["check"]) / 10 / median(found["1000"]["check"])
        yield Figure("`imgrules check` per file, 10,000 files against 1,000 (linear is 1)", None, (per_file,))
