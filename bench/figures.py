"""The goals, each with what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench import edits, goals
from bench.figure import Figure
from bench.race import Entry, Race


def figures(results: Mapping[str, Any]) -> list[Figure]:
    """Return every figure of the parts that were run."""
    parts = {
        "selections": _selections,
        "calls": goals.calls,
        "cookbook": goals.cookbook,
        "catalogs": goals.catalogs,
        "saving": goals.saving,
        "memory": goals.memory,
        "models": _many,
        "loading": _loading,
        "starting": _starting,
        "compiling": _compiling,
        "editing": edits.figures,
        "worst": _worst,
    }
    return [figure for name, part in parts.items() if name in results for figure in part(results[name])]


@dataclass(frozen=True)
class _Versus:
    """One entry of a race against another."""

    case: str
    race: tuple[str, str]
    entry: Entry
    other: Entry
    target: float | None
    at_least: bool = False

    def among(self, races: Iterable[Race]) -> Iterator[Figure]:
        """Yield the figure if both entries ran."""
        for race in races:
            if (race.name, race.case) == self.race and {self.entry, self.other} <= race.seconds.keys():
                yield Figure(self.case, self.target, tuple(race.ratios(self.entry, self.other)), at_least=self.at_least)


def _ours(job: str) -> Entry:
    return Entry("imgrules", job, 2)


def _hand(job: str) -> Entry:
    return Entry("hand_written", job, 2)


_EMIT, _REFUSED = ("emit", "mixed"), ("refusals", "refused")

_VERSUS = (
    _Versus("`emit`, valid, against hand-written", ("emit", "valid"), _ours("emit"), _hand("emit"), 1.1),
    _Versus("`emit`, mixed, against hand-written", _EMIT, _ours("emit"), _hand("emit"), 1.35),
    _Versus("`emit_json`, mixed, against hand-written", ("emit_json", "mixed"), _ours("emit_json"), _hand("emit_json"), 0.4),
    *(
        _Versus(
            f"`decide` with its whole decision, {case}, against a hand-written check that returns a code",
            ("decide", case),
            _ours("decide"),
            _hand("decide"),
            target,
        )
        for case, target in (("valid", 1.4), ("mixed", 1.8))
    ),
    _Versus("`decide`, then its body, mixed, against hand-written emit", _EMIT, _ours("decide_body"), _hand("emit"), None),
    _Versus("refused: status and first violation, against a hand-written refusal", _REFUSED, _ours("first"), _hand("first"), 7),
    _Versus("refused: all reasons and repairs, against a hand-written refusal", _REFUSED, _ours("all"), _hand("first"), 35),
    _Versus("msgspec against ours, `emit`, mixed", _EMIT, Entry("msgspec", "emit", 2), _ours("emit"), None, at_least=True),
)


def _selections(results: Mapping[str, Any]) -> Iterator[Figure]:
    for name in _VERSUS:
        yield from name.among(results["races"])


def _many(results: Mapping[str, Any]) -> Iterator[Figure]:
    for race in results["races"]:
        count = max(entry.models for entry in race.seconds)
        says, entry = f"{count:,} models against 2, `emit`", Entry("imgrules", "emit", count)
        target = 2 if count == 10_000 else None
        yield from _Versus(says, (race.name, race.case), entry, _ours("emit"), target).among([race])


def _loading(results: Mapping[str, Any]) -> Iterator[Figure]:
    says, wanted = f"{results['models']:,} models: ", results["models"] == 10_000
    ratios = tuple(ours / read for ours, read in zip(results["seconds"], results["json_seconds"], strict=True))
    yield Figure(says + "`load(table.json)`, all of it looked at, against `json.loads`", 3 if wanted else None, ratios)
    trusted = tuple(ours / read for ours, read in zip(results["trusted_seconds"], results["json_seconds"], strict=True))
    yield Figure(says + "`load(table.json, verify=False)` against `json.loads`", 0.15 if wanted else None, trusted)
    yield Figure(
        says + "memory that `load` adds, against the size of the file",
        4 if wanted else None,
        (results["resident"] / results["bytes"],),
    )
    answered = results["resident_answered"] / results["bytes"]
    yield Figure(says + "the same after every model has answered once", 4 if wanted else None, (answered,))
    kilobytes = results["resident_answered"] / results["models"] / 1024
    yield Figure(
        says + "memory of each of the packaged shape, after it has answered", 8 if wanted else None, (kilobytes,), "KiB"
    )


def _starting(results: Mapping[str, Any]) -> Iterator[Figure]:
    says = "`import imgrules`, `load()` and the first decision, above bare Python"
    seconds = results["first_decision"]
    yield Figure(says, 35, tuple(start * 1000 for start in seconds["ours"]), "ms")
    says = "in it: the modules of the standard library that this loads"
    yield Figure(says, None, tuple(start * 1000 for start in seconds["library"]), "ms")


def _worst(results: Mapping[str, Any]) -> Iterator[Figure]:
    for kind, parser in (("rule file", "PyYAML's CSafeLoader"), ("request", "`json.loads`")):
        name, case = max(results[kind].items(), key=lambda named: named[1]["ours"] / named[1]["bytes"])
        says = f"the worst {kind} per KB that was found, {name}"
        yield Figure(f"{says}: CPU for each KB", None, (case["ours"] / case["bytes"] * 1024 * 1000,), "ms")
        yield Figure(f"{says}: against {parser}", None, (case["ours"] / case["parser"],))


def _compiling(results: Mapping[str, Any]) -> Iterator[Figure]:
    for count, timing in results.items():
        if int(count) >= 1000:
            ratios = tuple(ours / read for ours, read in zip(timing["check"], timing["yaml"], strict=True))
            target = 3.5 if count == "1000" else None
            yield Figure(f"`imgrules check` of {int(count):,} files, against PyYAML's CSafeLoader", target, ratios)
    if {"1000", "10000"} <= set(results):
        per_file = median(results["10000"]["check"]) / 10 / median(results["1000"]["check"])
        yield Figure("`imgrules check` per file, 10,000 files against 1,000 (linear is 1)", 1.1, (per_file,))
