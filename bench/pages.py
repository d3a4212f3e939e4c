"""The tables of the results, but for those of the races."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from statistics import median
from typing import Any

from bench.count import rows, share
from bench.peers import PEERS
from bench.shown import mib, short
from bench.steps import ANCHOR

Found = Mapping[str, Any]

LEFT_OUT = "limits, conditions, prices, gates, dates, other names and the body"


def cookbook(found: Found) -> Iterator[str]:
    """Yield what each question about the cookbook's models costs, beside the packaged ones."""
    yield from ("", "## The cookbook's models, microseconds", "")
    passed = ", ".join(f"{name} {each:.0%}" for name, each in found["passed"].items())
    yield f"Libraries check fields alone; left out of them: {LEFT_OUT}. Of the refused selections they let pass: {passed}."
    yield from ("", "| question | packaged | cookbook, median model | worst model | |", "|---|--:|--:|--:|---|")
    for way, models in found["seconds"].items():
        spent = {group: _of(found, models, group) for group in ("packaged", "cookbook")}
        ours = spent["cookbook"]
        worst = max(ours, key=ours.__getitem__)
        packaged = f"{median(spent['packaged'].values()):.2f}" if spent["packaged"] else "-"
        yield f"| {way} | {packaged} | {median(ours.values()):.2f} | {ours[worst]:.2f} | {worst} |"


def _of(found: Found, models: Mapping[str, list[float]], group: str) -> dict[str, float]:
    return {model: median(each) * 1e6 for model, each in models.items() if found["groups"][model] == group}


def calls(found: Found) -> Iterator[str]:
    """Yield the calls, files and switches of each question."""
    yield from ("", "## Python calls of one question, with its moment", "", share(dict(found)), "")
    yield from ("| question | calls | files | switches between files |", "|---|--:|--:|--:|")
    for name, each in rows(dict(found)):
        yield f"| {name} | {each.calls:,} | {each.files} | {each.switches:,} |"


def catalogs(found: Found) -> Iterator[str]:
    """Yield what catalogs cost."""
    yield from (
        "",
        "## Catalogs, CPU milliseconds",
        "",
        "| models | KB of JSON | `json.loads` | question | |",
        "|--:|--:|--:|---|--:|",
    )
    for each in found["tables"]:
        read = f"{each['bytes'] / 1024:,.0f} | {median(each['json_seconds']) * 1000:.2f}"
        for name, seconds in each.items():
            if name.startswith("catalog"):
                yield f"| {each['models']} | {read} | {name} | {median(seconds) * 1000:.2f} |"


def saving(found: Found) -> Iterator[str]:
    """Yield what a save costs."""
    yield from ("", "## Checking two files at a save, CPU milliseconds", "", "| | |", "|---|--:|")
    yield f"| bare Python, with pydantic and yaml imported | {median(found['imports']) * 1000:.0f} |"
    yield f"| `imgrules check` | {median(found['check']) * 1000:.0f} |"


def memory(found: Found) -> Iterator[str]:
    """Yield what the cookbook's models take."""
    yield from ("", "## Memory of the cookbook's models, counted by `tracemalloc`", "", "| | KiB a model |", "|---|--:|")
    for says, name in (("their part of the file", "bytes"), ("loaded", "loaded"), ("after each has answered once", "answered")):
        yield f"| {says} | {found[name] / found['models'] / 1024:.1f} |"


def loading(found: Found) -> Iterator[str]:
    """Yield what loading a table costs."""
    yield from ("", f"## A table of {found['models']:,} models", "", "| | |", "|---|--:|")
    yield f"| size of the file | {mib(found['bytes'])} |"
    yield f"| `json.loads`, CPU | {short(median(found['json_seconds']))} s |"
    yield f"| `load`, CPU | {short(median(found['seconds']))} s |"
    yield f"| `load(verify=False)`, CPU | {short(median(found['trusted_seconds']))} s |"
    yield f"| memory that `load` adds | {mib(found['resident'])}, {found['resident'] / found['models'] / 1024:.1f} KiB a model |"
    yield f"| after every model has answered once | {mib(found['resident_answered'])} |"


def starting(found: Found) -> Iterator[str]:
    """Yield what the first decision costs."""
    yield from (
        "",
        "## From the start of a process to the first decision",
        "",
        "| peer | CPU, ms | peak memory |",
        "|---|--:|--:|",
    )
    shown = {"python": "bare Python", "harness": "the benchmark itself, which is in all below"}
    for name, each in found["peers"].items():
        says = shown.get(name) or PEERS[name].title
        yield f"| {says} | {each['seconds'] * 1000:.0f} | {mib(each['peak'])} |"


def compiling(found: Found) -> Iterator[str]:
    """Yield what checking and building cost."""
    yield from (
        "",
        "## Checking and building, CPU seconds",
        "",
        "| files | PyYAML's CSafeLoader alone | check | build |",
        "|--:|--:|--:|--:|",
    )
    for count, each in found.items():
        yield f"| {int(count):,} | {' | '.join(f'{median(each[name]):.2f}' for name in ('yaml', 'check', 'build'))} |"


def steps(found: Found) -> Iterator[str]:
    """Yield the steps of a request."""
    cases = list(found)
    yield from ("", "## Where the time of a request goes, in one process, the least of all rounds", "")
    yield "| step, with those above that it needs | " + " | ".join(f"{case}, us | x" for case in cases) + " |"
    yield "|---" + "|--:|--:" * len(cases) + "|"
    for name in found[cases[0]]:
        cells = (f"{short(each[name] * 1e6)} | {short(each[name] / each[ANCHOR])}" for each in found.values())
        yield f"| {name} | {' | '.join(cells)} |"


def worst(found: Found) -> Iterator[str]:
    """Yield the worst rule files and requests."""
    yield from ("", "## The worst rule files and requests that were found, by CPU for each KB", "")
    yield "| what | KB | CPU, ms | ms for each KB | times the plain parser |"
    yield "|---|--:|--:|--:|--:|"
    for kind, cases in found.items():
        for name, each in sorted(cases.items(), key=lambda one: -one[1]["ours"] / one[1]["bytes"]):
            size, ours = each["bytes"] / 1024, each["ours"] * 1000
            yield f"| {kind}: {name} | {size:.1f} | {short(ours)} | {short(ours / size)} | {each['ours'] / each['parser']:.0f} |"


SMALL: Mapping[str, Callable[[Found], Iterator[str]]] = {
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
}
