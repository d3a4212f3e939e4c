"""The goals for real models, with what was measured: the cookbook, catalogs, calls, saving and memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from statistics import median
from typing import Any

from bench.figure import Figure

Results = Mapping[str, Any]
Base = Callable[[str, int], float]
"""The CPU seconds to compare with, of a model in a round."""


def calls(results: Results) -> Iterator[Figure]:
    """Yield the share of selections that need no full evaluation, of the model with the least."""
    says = f"cookbook: share of allowed selections answered without the full evaluation, after {results['others']:,} others"
    yield Figure(f"{says}, least model", 1, (min(results["share"].values()),), at_least=True)


def cookbook(results: Results) -> Iterator[Figure]:
    """Yield the figures of the cookbook's models, the median and the worst."""
    decide, text = "decide, valid", "decide, valid, the moment as text"
    refused, everything = "decide, refused", "decide, refused, all reasons and repairs"
    ours = "against a packaged model's"
    yield from _median_and_worst(results, f"cookbook: `decide`, valid, {ours}", decide, _packaged(results, decide), (2.5, 5))
    yield from _median_and_worst(
        results, f"cookbook: `decide`, valid, the moment as text, {ours} with a datetime", text, _packaged(results, decide)
    )
    yield from _first_choices(results)
    for name, (says, goal) in _CHECKERS.items():
        if f"{name}, valid" in results["seconds"]:
            base = _same_model(results, f"{name}, valid")
            yield from _median_and_worst(results, f"cookbook: `emit`, valid, against {says}", "emit, valid", base, (goal, None))
    yield from _median_and_worst(
        results, f"cookbook: `decide` of a refusal, {ours}", refused, _packaged(results, refused), (4, None)
    )
    says = f"cookbook: `decide` of a refusal with all reasons and repairs, {ours}"
    yield from _median_and_worst(results, says, everything, _packaged(results, everything), (4, None))
    yield from _of_packaged(results, "2 models: `decide` with the moment as text, against a datetime", text, decide)
    allowed, no = "as_dict of an allowed decision", "as_dict of a refusal"
    yield from _of_packaged(results, "2 models: `as_dict` of an allowed decision, against `decide`", allowed, decide, 4)
    yield from _of_packaged(results, "2 models: `as_dict` of a refusal, against `decide`", no, refused)


_CHECKERS = {
    "pydantic": ("pydantic's `model_validate`, which checks fields", 1.3),
    "msgspec": ("msgspec's `convert`, which checks fields", None),
    "jsonschema-rs": ("jsonschema-rs, which checks fields", None),
}


def _packaged(results: Results, way: str) -> Base:
    models = [seconds for model, seconds in results["seconds"][way].items() if results["groups"][model] == "packaged"]
    return lambda _, at: median(seconds[at] for seconds in models)


def _same_model(results: Results, way: str) -> Base:
    return lambda model, at: float(results["seconds"][way][model][at])


def _median_and_worst(
    results: Results, says: str, way: str, base: Base, goals: tuple[float | None, float | None] = (None, None)
) -> Iterator[Figure]:
    ratios = {
        model: [second / base(model, at) for at, second in enumerate(seconds)]
        for model, seconds in results["seconds"][way].items()
        if results["groups"][model] == "cookbook"
    }
    worst = max(ratios, key=lambda name: median(ratios[name]))
    yield Figure(f"{says}, median model", goals[0], tuple(median(column) for column in zip(*ratios.values(), strict=True)))
    yield Figure(f"{says}, worst model, {worst}", goals[1], tuple(ratios[worst]))


def _first_choices(results: Results) -> Iterator[Figure]:
    ratios = [median(timing["first"]) / median(timing["full"]) for timing in results["first"].values() if timing["full"]]
    if ratios:
        yield Figure(
            "cookbook: `decide` of a choice that is met for the first time, against the full evaluation", 0.7, tuple(ratios)
        )


def _of_packaged(results: Results, says: str, way: str, base: str, goal: float | None = None) -> Iterator[Figure]:
    models = [model for model, group in results["groups"].items() if group == "packaged"]
    timings, other = ([results["seconds"][name][model] for model in models] for name in (way, base))
    rounds = zip(zip(*timings, strict=True), zip(*other, strict=True), strict=True)
    yield Figure(says, goal, tuple(median(a / b for a, b in zip(left, right, strict=True)) for left, right in rounds))


_CATALOG = {"catalog, again": 0.8, "catalog, first": 5, "catalog_json, again": 0.02, "catalog_json, first": None}


def catalogs(results: Results) -> Iterator[Figure]:
    """Yield each catalog beside `json.loads` of its JSON; the goals are those of the cookbook."""
    for table in results["tables"]:
        for name, goal in _CATALOG.items():
            if name in table:
                method, _, when = name.partition(", ")
                says = f"{table['models']} models: `{method}()`, {when}, against `json.loads` of its JSON"
                ratios = tuple(ours / read for ours, read in zip(table[name], table["json_seconds"], strict=True))
                yield Figure(says, goal if 2 < table["models"] < 500 else None, ratios)


def saving(results: Results) -> Iterator[Figure]:
    """Yield the seconds that an editor waits at a save."""
    ratios = tuple(ours / bare for ours, bare in zip(results["check"], results["imports"], strict=True))
    yield Figure("`imgrules check` of 2 files, against bare Python with pydantic and yaml imported", 1.7, ratios)


def memory(results: Results) -> Iterator[Figure]:
    """Yield the memory of a model of the cookbook."""
    says = "cookbook: memory of each model, after it has answered"
    yield Figure(says, 40, (results["answered"] / results["models"] / 1024,), "KiB")
