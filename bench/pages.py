"""The tables of the results, except those of the races."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from statistics import median
from typing import Any

from bench import edits
from bench.count import rows, share
from bench.peers import PEERS
from bench.shown import mib, short
from bench.steps import ANCHOR

Results = Mapping[str, Any]

LEFT_OUT = "limits, conditions, prices, gates, dates, other names and the body"


def cookbook(results: Results) -> Iterator[str]:
    """Yield the table of the cookbook's models, beside the packaged ones."""
    yield from ("", "## The cookbook's models, microseconds", "")
    passed = ", ".join(f"{name} {portion:.0%}" for name, portion in results["passed"].items())
    yield f"Libraries check fields alone; left out of them: {LEFT_OUT}. Of the refused selections they let pass: {passed}."
    yield from ("", "| question | packaged | cookbook, median model | worst model | |", "|---|--:|--:|--:|---|")
    for way, models in results["seconds"].items():
        spent = {group: _microseconds(results, models, group) for group in ("packaged", "cookbook")}
        ours = spent["cookbook"]
        worst = max(ours, key=ours.__getitem__)
        packaged = f"{median(spent['packaged'].values()):.2f}" if spent["packaged"] else "-"
        yield f"| {way} | {packaged} | {median(ours.values()):.2f} | {ours[worst]:.2f} | {worst} |"


def _microseconds(results: Results, models: Mapping[str, list[float]], group: str) -> dict[str, float]:
    return {model: median(seconds) * 1e6 for model, seconds in models.items() if results["groups"][model] == group}


def calls(results: Results) -> Iterator[str]:
    """Yield the table of calls, files and switches."""
    yield from ("", "## Python calls of one question, with its moment", "", share(dict(results)), "")
    yield from ("| question | calls | files | switches between files |", "|---|--:|--:|--:|")
    for name, count in rows(dict(results)):
        yield f"| {name} | {count.calls:,} | {count.files} | {count.switches:,} |"


def catalogs(results: Results) -> Iterator[str]:
    """Yield the table of catalogs."""
    yield from (
        "",
        "## Catalogs, CPU milliseconds",
        "",
        "| models | KB of JSON | `json.loads` | question | |",
        "|--:|--:|--:|---|--:|",
    )
    for table in results["tables"]:
        read = f"{table['bytes'] / 1024:,.0f} | {median(table['json_seconds']) * 1000:.2f}"
        for name, seconds in table.items():
            if name.startswith("catalog"):
                yield f"| {table['models']} | {read} | {name} | {median(seconds) * 1000:.2f} |"


def saving(results: Results) -> Iterator[str]:
    """Yield the table of a save in an editor."""
    yield from ("", "## Checking two files at a save, CPU milliseconds", "", "| | |", "|---|--:|")
    yield f"| bare Python, with pydantic and yaml imported | {median(results['imports']) * 1000:.0f} |"
    yield f"| `imgrules check` | {median(results['check']) * 1000:.0f} |"


def memory(results: Results) -> Iterator[str]:
    """Yield the table of the memory of the cookbook's models."""
    yield from ("", "## Memory of the cookbook's models, counted by `tracemalloc`", "", "| | KiB a model |", "|---|--:|")
    for says, name in (("their part of the file", "bytes"), ("loaded", "loaded"), ("after each has answered once", "answered")):
        yield f"| {says} | {results[name] / results['models'] / 1024:.1f} |"


def loading(results: Results) -> Iterator[str]:
    """Yield the table of loading a table."""
    yield from ("", f"## A table of {results['models']:,} models", "", "| | |", "|---|--:|")
    yield f"| size of the file | {mib(results['bytes'])} |"
    yield f"| `json.loads`, CPU | {short(median(results['json_seconds']))} s |"
    yield f"| `load`, CPU | {short(median(results['seconds']))} s |"
    yield f"| `load(verify=False)`, CPU | {short(median(results['trusted_seconds']))} s |"
    yield f"| memory that `load` adds | {mib(results['resident'])}, {results['resident'] / results['models'] / 1024:.1f} KiB a model |"
    yield f"| after every model has answered once | {mib(results['resident_answered'])} |"


def starting(results: Results) -> Iterator[str]:
    """Yield the table of the first decision."""
    yield from (
        "",
        "## From the start of a process to the first decision",
        "",
        "| peer | CPU, ms | peak memory |",
        "|---|--:|--:|",
    )
    shown = {"python": "bare Python", "harness": "the benchmark itself, which is in all below"}
    for name, timing in results["peers"].items():
        says = shown.get(name) or PEERS[name].title
        yield f"| {says} | {timing['seconds'] * 1000:.0f} | {mib(timing['peak'])} |"


def compiling(results: Results) -> Iterator[str]:
    """Yield the table of checking and building."""
    yield from (
        "",
        "## Checking and building, CPU seconds",
        "",
        "| files | PyYAML's CSafeLoader alone | check | build |",
        "|--:|--:|--:|--:|",
    )
    for count, timing in results.items():
        yield f"| {int(count):,} | {' | '.join(f'{median(timing[name]):.2f}' for name in ('yaml', 'check', 'build'))} |"


def steps(results: Results) -> Iterator[str]:
    """Yield the table of the steps of a request."""
    cases = list(results)
    yield from ("", "## Where the time of a request goes, in one process, the least of all rounds", "")
    yield "| step, with those above that it needs | " + " | ".join(f"{case}, us | x" for case in cases) + " |"
    yield "|---" + "|--:|--:" * len(cases) + "|"
    for name in results[cases[0]]:
        cells = (f"{short(timing[name] * 1e6)} | {short(timing[name] / timing[ANCHOR])}" for timing in results.values())
        yield f"| {name} | {' | '.join(cells)} |"


def worst(results: Results) -> Iterator[str]:
    """Yield the tables of the worst rule files and requests."""
    yield from ("", "## The worst rule files and requests that were found, by CPU for each KB", "")
    yield "| what | KB | CPU, ms | ms for each KB | times the plain parser |"
    yield "|---|--:|--:|--:|--:|"
    for kind, cases in results.items():
        for name, case in sorted(cases.items(), key=lambda item: -item[1]["ours"] / item[1]["bytes"]):
            size, ours = case["bytes"] / 1024, case["ours"] * 1000
            yield f"| {kind}: {name} | {size:.1f} | {short(ours)} | {short(ours / size)} | {case['ours'] / case['parser']:.0f} |"


SMALL: Mapping[str, Callable[[Results], Iterator[str]]] = {
    "cookbook": cookbook,
    "calls": calls,
    "catalogs": catalogs,
    "memory": memory,
    "saving": saving,
    "worst": worst,
    "steps": steps,
    "loading": loading,
    "starting": starting,
    "compiling": compiling,
    "editing": edits.rows,
}
