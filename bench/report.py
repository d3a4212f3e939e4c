"""The results, as JSON for programs and as Markdown for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from bench.figure import Figure
from bench.pages import SMALL
from bench.peers import PEERS
from bench.race import Entry, Race
from bench.shown import short

Results = Mapping[str, Any]

JOB_TITLES = {
    "emit_code": ", refusing by a code",
    "emit_json_encoder": ", with an encoder made once",
    "emit_why": ", saying why",
    "decide_body": ", `decide` then its body",
    "all": ", all reasons and repairs",
}
"""The addition to the title of a peer for a variant of a job."""


@dataclass(frozen=True)
class Conditions:
    """The date, machine, effort and versions of a run."""

    date: str
    python: str
    platform: str
    rounds: int
    selections: int
    versions: Mapping[str, str]
    not_installed: Mapping[str, str]


def document(conditions: Conditions, results: Results, rows: Sequence[Figure]) -> dict[str, Any]:
    """Return the whole results for `json.dumps`."""
    parts = {
        name: {**part, "races": [_race(race) for race in part["races"]]} if "races" in part else part
        for name, part in results.items()
    }
    shown = [
        {
            "case": race.case,
            "target": race.target,
            "at_least": race.at_least,
            "measured": race.measured,
            "quartiles": race.spread,
        }
        | {"unit": race.unit, "reached": race.reached}
        for race in rows
    ]
    return {**vars(conditions), "figures": shown, **parts}


def _race(race: Race) -> dict[str, Any]:
    entries = [
        {**entry._asdict(), "microseconds": race.microseconds(entry), "compared": race.compared[entry], "seconds": seconds}
        for entry, seconds in race.seconds.items()
    ]
    left_out = [{**entry._asdict(), "why": reason} for entry, reason in race.left_out.items()]
    return {"name": race.name, "case": race.case, "entries": entries, "left_out": left_out}


def page(conditions: Conditions, results: Results, rows: Sequence[Figure]) -> str:
    """Return the results as Markdown."""
    lines = ["# Measured", "", *_head(conditions), "", *_figures(rows)]
    if "selections" in results:
        lines += _selections(results["selections"]["races"])
    if "models" in results:
        lines += _many(results["models"])
    lines += [line for name, part in SMALL.items() if name in results for line in part(results[name])]
    return "\n".join([*lines, *_left_out(conditions, results)]) + "\n"


def _head(conditions: Conditions) -> Iterator[str]:
    yield f"{conditions.date}, {conditions.python}, {conditions.platform}, CPU time on one core."
    yield f"Medians of {conditions.rounds} rounds in turn over {conditions.selections:,} selections; in brackets the quartiles."
    yield f"Versions: {', '.join(f'{name} {version}' for name, version in conditions.versions.items())}."


def _figures(rows: Sequence[Figure]) -> Iterator[str]:
    yield from ("| case | target | measured | |", "|---|--:|--:|---|")
    for figure in rows:
        low, high = figure.spread
        bound = "" if figure.target is None else f"at {'least' if figure.at_least else 'most'} {figure.target:g}{_unit(figure)}"
        spread = f" ({short(low)} to {short(high)})" if len(figure.values) > 1 else ""
        sign = {True: "reached", False: "**missed**", None: ""}[figure.reached]
        yield f"| {figure.case} | {bound} | {short(figure.measured)}{_unit(figure)}{spread} | {sign} |"


def _unit(figure: Figure) -> str:
    return f" {figure.unit}" if figure.unit else ""


def title(entry: Entry) -> str:
    """Return the title of a peer with its job."""
    return PEERS[entry.peer].title + JOB_TITLES.get(entry.job, "")


def _selections(races: Sequence[Race]) -> Iterator[str]:
    for name in dict.fromkeys(race.name for race in races):
        cases = {race.case: race for race in races if race.name == name}
        head = [f"{case}, us | x" for case in cases]
        yield from ("", f"## {name.capitalize().replace('Emit_json', '`emit_json`')}, 2 models", "")
        yield f"| peer | {' | '.join(head)} | says of a refusal |"
        yield "|---" + "|--:|--:" * len(cases) + "|---|"
        first = next(iter(cases.values()))
        for entry in sorted(first.seconds, key=first.microseconds):
            cells = (_times(race, entry) for race in cases.values())
            yield f"| {title(entry)} | {' | '.join(cells)} | {_says(entry)} |"


def _says(entry: Entry) -> str:
    return "first reason, a sentence" if entry.job == "emit_why" else PEERS[entry.peer].says


def _times(race: Race, entry: Entry) -> str:
    anchor = next(
        iter(rival for rival in race.seconds if rival.peer == "hand_written" and rival.job in {race.name, "first"}), None
    )
    if entry not in race.seconds or anchor is None:
        return "- | -"
    ratios = race.ratios(entry, anchor)
    low, _, high = quantiles(ratios, n=4, method="inclusive")
    spread = "" if entry == anchor else f" ({short(low)} to {short(high)})"
    return f"{short(race.microseconds(entry))} | {short(median(ratios))}{spread}"


def _many(results: Results) -> Iterator[str]:
    races: list[Race] = results["races"]
    counts = [max(entry.models for entry in race.seconds) for race in races]
    yield from ("", "## Emit with more models, mixed, microseconds", "")
    yield "| peer | " + " | ".join(f"{count:,} models | ready after, s" for count in counts) + " |"
    yield "|---" + "|--:|--:" * len(counts) + "|"
    for name, peer in PEERS.items():
        cells = []
        for race, count in zip(races, counts, strict=True):
            entry, ready = Entry(name, "emit", count), results["prepared"].get(f"{name}, {count:,} models")
            cells.append(f"{short(race.microseconds(entry))} | {ready:.2f}" if entry in race.seconds else "- | -")
        yield f"| {peer.title} | {' | '.join(cells)} |"


def _left_out(conditions: Conditions, results: Results) -> Iterator[str]:
    reasons = {f"{name} is not installed": reason for name, reason in conditions.not_installed.items()}
    for part in results.values():
        reasons |= part.get("left_out", {})
        for race in part.get("races", ()):
            reasons |= {f"{title(entry)}, {race.name}, {race.case}": reason for entry, reason in race.left_out.items()}
            short = {peer: count for peer, count in race.compared.items() if count < max(race.compared.values())}
            reasons |= {
                f"{title(peer)}, {race.name}": f"compared with the oracle on {count:,} selections"
                for peer, count in short.items()
            }
    if reasons:
        yield from ("", "## Not run, or not in full", "")
        yield from (f"- {name}: {reason}" for name, reason in reasons.items())
