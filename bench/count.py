"""How many calls, files and switches a question takes: the record of it, and its texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median
from typing import Any, NamedTuple

JOBS = (("emit", "emit"), ("decide", "decide of a refusal"), ("all", "the same, with all reasons and repairs"))


class Count(NamedTuple):
    """The Python calls of one question, their files, the switches between files, and whether it was evaluated in full."""

    calls: int
    files: int
    switches: int
    full: bool


def middle(counts: Iterable[Count]) -> Count:
    """Return the median of each number."""
    calls, files, switches, full = (int(median(numbers)) for numbers in zip(*counts, strict=True))
    return Count(calls, files, switches, bool(full))


def rows(results: dict[str, Any]) -> Iterator[tuple[str, Count]]:
    """Yield the rows of each job: the median model, and the one with the most calls."""
    for job, title in JOBS:
        for name, models in results[job].items():
            worst = max(models, key=lambda name: models[name][0])
            yield f"{title}, {name}: median model", middle(models.values())
            yield f"{title}, {name}: worst, {worst}", Count(*models[worst])


def share(results: dict[str, Any]) -> str:
    """Return the sentence about the share that is answered without the full evaluation."""
    least = min(results["share"], key=results["share"].__getitem__)
    return (
        f"Share of allowed selections of the cookbook that are answered without the full evaluation, after {results['others']:,} "
        f"others: {median(results['share'].values()):.3f} of the median model, {results['share'][least]:.3f} of {least}, the least."
    )


def lines(results: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of a table for a terminal."""
    yield f"{'':76}{'calls':>8}{'files':>8}{'switches':>10}"
    for name, count in rows(results):
        yield f"{name:76}{count.calls:8,}{count.files:8}{count.switches:10,}"
    yield share(results)
