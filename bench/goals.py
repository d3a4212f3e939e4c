"""The figures about real models: each goal, with what was measured of the cookbook, catalogs, calls, saving and memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from statistics import median
from typing import Any

from bench.figure import Figure

Found = Mapping[str, Any]
Base = Callable[[str, int], float]
"""The CPU seconds that something of a model is held against, in a round."""


def calls(found: Found) -> Iterator[Figure]:
    """Yield the share of selections that need no full evaluation, of the model that has the least."""
    says = f"cookbook: share of allowed selections answered without the full evaluation, after {found['others']:,} others"
    yield Figure(f"{says}, least model", 1, (min(found["share"].values()),), at_least=True)


def cookbook(found: Found) -> Iterator[Figure]:
    """Yield the figures of the cookbook's models, the median and the worst."""
    decide, text = "decide, valid", "decide, valid, the moment as text"
    refused, everything = "decide, refused", "decide, refused, all reasons and repairs"
    ours = "against a packaged model's"
    yield from _both(found, f"cookbook: `decide`, valid, {ours}", decide, _packaged(found, decide), (2.5, 5))
    yield from _both(
        found, f"cookbook: `decide`, valid, the moment as text, {ours} with a datetime", text, _packaged(found, decide)
    )
    yield from _first(found)
    for name, (says, goal) in _CHECKERS.items():
        if f"{name}, valid" in found["seconds"]:
            base = _same(found, f"{name}, valid")
            yield from _both(found, f"cookbook: `emit`, valid, against {says}", "emit, valid", base, (goal, None))
    yield from _both(found, f"cookbook: `decide` of a refusal, {ours}", refused, _packaged(found, refused), (4, None))
    says = f"cookbook: `decide` of a refusal with all reasons and repairs, {ours}"
    yield from _both(found, says, everything, _packaged(found, everything), (4, None))
    yield from _of_packaged(found, "2 models: `decide` with the moment as text, against a datetime", text, decide)
    allowed, no = "as_dict of an allowed decision", "as_dict of a refusal"
    yield from _of_packaged(found, "2 models: `as_dict` of an allowed decision, against `decide`", allowed, decide, 4)
    yield from _of_packaged(found, "2 models: `as_dict` of a refusal, against `decide`", no, refused)


_CHECKERS = {
    "pydantic": ("pydantic's `model_validate`, which checks fields", 1.3),
    "msgspec": ("msgspec's `convert`, which checks fields", None),
    "jsonschema-rs": ("jsonschema-rs, which checks fields", None),
}


def _packaged(found: Found, way: str) -> Base:
    models = [each for model, each in found["seconds"][way].items() if found["groups"][model] == "packaged"]
    return lambda _, at: median(each[at] for each in models)


def _same(found: Found, way: str) -> Base:
    return lambda model, at: float(found["seconds"][way][model][at])


def _both(
    found: Found, says: str, way: str, base: Base, goals: tuple[float | None, float | None] = (None, None)
) -> Iterator[Figure]:
    ratios = {
        model: [each / base(model, at) for at, each in enumerate(seconds)]
        for model, seconds in found["seconds"][way].items()
        if found["groups"][model] == "cookbook"
    }
    worst = max(ratios, key=lambda each: median(ratios[each]))
    yield Figure(f"{says}, median model", goals[0], tuple(median(each) for each in zip(*ratios.values(), strict=True)))
    yield Figure(f"{says}, worst model, {worst}", goals[1], tuple(ratios[worst]))


def _first(found: Found) -> Iterator[Figure]:
    ratios = [median(each["first"]) / median(each["full"]) for each in found["first"].values() if each["full"]]
    if ratios:
        yield Figure(
            "cookbook: `decide` of a choice that is met for the first time, against the full evaluation", 0.7, tuple(ratios)
        )


def _of_packaged(found: Found, says: str, way: str, base: str, goal: float | None = None) -> Iterator[Figure]:
    models = [each for each, group in found["groups"].items() if group == "packaged"]
    one, other = ([found["seconds"][name][each] for each in models] for name in (way, base))
    rounds = zip(zip(*one, strict=True), zip(*other, strict=True), strict=True)
    yield Figure(says, goal, tuple(median(a / b for a, b in zip(left, right, strict=True)) for left, right in rounds))


_CATALOG = {"catalog, again": 0.8, "catalog, first": 5, "catalog_json, again": 0.02, "catalog_json, first": None}


def catalogs(found: Found) -> Iterator[Figure]:
    """Yield each catalog against `json.loads` of its JSON; the goals are those of the cookbook."""
    for each in found["tables"]:
        for name, goal in _CATALOG.items():
            if name in each:
                method, _, when = name.partition(", ")
                says = f"{each['models']} models: `{method}()`, {when}, against `json.loads` of its JSON"
                ratios = tuple(ours / read for ours, read in zip(each[name], each["json_seconds"], strict=True))
                yield Figure(says, goal if each["models"] == 18 else None, ratios)


def saving(found: Found) -> Iterator[Figure]:
    """Yield what an editor waits for at a save."""
    ratios = tuple(ours / bare for ours, bare in zip(found["check"], found["imports"], strict=True))
    yield Figure("`imgrules check` of 2 files, against bare Python with pydantic and yaml imported", 1.7, ratios)


def memory(found: Found) -> Iterator[Figure]:
    """Yield the memory of a model of the cookbook."""
    says = "cookbook: memory of each model, after it has answered"
    yield Figure(says, 40, (found["answered"] / found["models"] / 1024,), "KiB")
