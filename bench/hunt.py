"""
`python -m bench.hunt --minutes 30`: search for the rule files, requests and results that cost most CPU for each KB.

The inputs to begin with are those of `bench/grown.py` and `bench/worst.py`, the cookbook, the packaged rules, and random
rules. One is changed a little, again and again, and the worst of each kind are kept and changed further. What has less than
a KB counts as one KB, so that it has to be slow by itself. What is found is printed, a line of JSON each: what is worse than
the rows of `bench/worst.py` belongs there, and an exception that no docstring names is a fault.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import json
import random
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import imgrules
from bench.changed import ODD, changed, changed_files
from bench.grown import GROWN
from bench.worst import FILES, REQUESTS, TODAY, rule_sets
from imgrules.compiler.build import build_texts
from imgrules.testing import rule_documents, written

ROOT = Path(__file__).parents[1]
_MOST_SECONDS = 10
_KEPT = 16
_DETAIL = {"status": "ready", "main_url": "https://e.x/a.png", "artifacts": [{"url": "https://e.x/b.png"}, "https://e.x/c"]}
_BODY = {"type": "image", "prompt": "A red fox", "image_generation": {"model": "x"}, "extra_config": {"output": {"count": 1}}}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of input: what is asked of it, how it is changed, and the inputs to begin with."""

    ask: Callable[[Any], object]
    change: Callable[[Any, random.Random], Any]
    begin: list[Any]


@dataclass(frozen=True, slots=True)
class Cost:
    """An input and its CPU seconds, in total and for each KB."""

    given: Any
    seconds: float
    each_kb: float


def main() -> None:
    """Hunt for some minutes, each kind in turn, and print every input that is worse than all before."""
    parser = argparse.ArgumentParser("python -m bench.hunt", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    chance, end = random.Random(asked.seed), time.monotonic() + asked.minutes * 60
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGPROF, _too_long)
    kinds = _kinds()
    kept: dict[str, list[Cost]] = {name: [] for name in kinds}
    tries = 0
    for name, given in ((name, first) for name, kind in kinds.items() for first in kind.begin):
        kept[name] = _with_worst(kept[name], name, kinds[name], given)
        tries += 1
    while time.monotonic() < end:
        name = chance.choice(list(kinds))
        from_one = (
            chance.choice([*kept[name], *kept[name][:4]]).given if chance.random() < 0.8 else chance.choice(kinds[name].begin)
        )
        kept[name] = _with_worst(kept[name], name, kinds[name], kinds[name].change(copy.deepcopy(from_one), chance))
        tries += 1
    print(json.dumps({"inputs": tries, "ms for each KB": {name: costs[0].each_kb * 1000 for name, costs in kept.items()}}))


def _too_long(*_: object) -> None:
    raise TimeoutError("it takes too long")


def _with_worst(kept: list[Cost], name: str, kind: Kind, given: Any) -> list[Cost]:
    """Return the worst inputs of a kind with one more, which is printed if it is the worst, or raises."""
    size = len(json.dumps(given, ensure_ascii=False, default=str)) / 1024
    if size > 2000:
        return kept
    try:
        seconds = _seconds(kind.ask, given)
        if not kept or seconds / max(size, 1) > kept[-1].each_kb:
            seconds = min(seconds, _seconds(kind.ask, given))
    except Exception as error:  # noqa: BLE001  a hunt looks for any exception
        _print(name, given, size, raised=repr(error)[:300])
        return kept
    cost = Cost(given, seconds, seconds / max(size, 1))
    if not kept or cost.each_kb > kept[0].each_kb * 1.1:
        _print(name, given, size, ms=round(seconds * 1000, 2), each_kb=round(cost.each_kb * 1000, 2))
    return sorted([*kept, cost], key=lambda entry: -entry.each_kb)[:_KEPT]


def _print(name: str, given: Any, size: float, **details: Any) -> None:
    print(json.dumps({"kind": name, "KB": round(size, 2), **details, "given": given}, default=str), flush=True)


def _seconds(ask: Callable[[Any], object], given: Any) -> float:
    signal.setitimer(signal.ITIMER_PROF, _MOST_SECONDS)
    begin = time.process_time()
    try:
        ask(given)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - begin


def _kinds() -> dict[str, Kind]:
    files = [GROWN[name](count) for name, count in (*FILES.values(), *((name, 40) for name in GROWN))]
    files += [written(rule_documents().example()) for _ in range(8)]
    files += [*_folder(ROOT / "rules"), *_folder(ROOT / "docs" / "cookbook")]
    picked = [*REQUESTS.values(), *_picks()]
    bodies = [("cookbook", body) for body in (_BODY, *({"model": name} for name in _sets()["cookbook"].table.models))]
    kinds = {
        "check": Kind(lambda texts: build_texts(texts, TODAY), changed_files, files),
        "build and answer": Kind(_answered, changed_files, files),
    }
    for name in ("decide", "complete", "emit", "choices"):
        kinds[name] = Kind(partial(_asked, name), _changed_request, picked)
    kinds["regenerate"] = Kind(partial(_asked, "regenerate"), _changed_request, [*picked, *bodies])
    kinds["read_result"] = Kind(partial(_asked, "read_result"), _changed_request, [("packaged", _DETAIL)])
    return kinds


def _folder(folder: Path) -> Iterator[dict[str, str]]:
    """Yield each model of a folder with the shared files."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}
    shared = {stem: text for stem, text in texts.items() if stem[0] == "_"}
    yield from ({**shared, stem: text} for stem, text in texts.items() if stem[0] != "_")


def _picks() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a pick for every option of a model, sound and not."""
    for model in _sets()["cookbook"].table.models.values():
        first = {option.name: next(iter(option.values), option.default) for option in model.options.values()}
        yield "cookbook", {"model": model.id, **first, "prompt": "A red fox"}
        yield "cookbook", {"model": model.id, **dict.fromkeys(model.options, "q")}


@cache
def _sets() -> dict[str, imgrules.Rules]:
    return {**rule_sets(), "packaged": imgrules.load()}


def _changed_request(given: tuple[str, Any], chance: random.Random) -> tuple[str, Any]:
    """Return a request with other picks: of options of its model, or of unknown names."""
    name, picked = given
    model = _sets()[name].table.models.get(str(picked.get("model"))) if isinstance(picked, dict) else None
    words = ["prompt", "language", "voice_id", "zz", "1:1", "16:9", "1024x1024"]
    if model is not None:
        words += [*model.options, *(name for option in model.options.values() for name in [*option.values][:20])]
    if isinstance(picked, dict) and model is not None and model.options and chance.random() < 0.5:
        option = model.options[chance.choice(list(model.options))]
        picked[option.name] = copy.deepcopy(chance.choice([*ODD, *option.values, *(f"{value}x" for value in option.values)]))
        return name, picked
    return name, changed(picked, chance, words)


def _asked(question: str, given: tuple[str, Any]) -> None:
    name, picked = given
    rules = _sets()[name]
    if question == "read_result":
        rules.read_result(picked)
    elif question == "choices":
        json.dumps(rules.choices(picked, (), None, TODAY))
    elif question == "regenerate":
        again = rules.regenerate(picked, {"prompt": "Another"}, (), None, TODAY)
        json.dumps(again.decision.as_dict())
    elif question == "emit":
        with contextlib.suppress(imgrules.Refused):
            rules.emit_json(picked, (), None, TODAY)
    else:
        json.dumps(rules.decide(picked, (), None, TODAY, complete=question == "complete").as_dict())


def _answered(texts: dict[str, str]) -> None:
    """Build, write, read and check the table, and ask every question about its models."""
    table = build_texts(texts, TODAY).table
    if table is None:
        return
    rules = imgrules.Rules(imgrules.loads(imgrules.dumps(table)))
    json.dumps([rules.catalog((), None, TODAY), rules.calendar((), None)])
    for name, model in rules.table.models.items():
        wrong = {"model": name, **dict.fromkeys([*model.options][:999], "q")}
        for picked in ({"model": name}, wrong):
            json.dumps([rules.choices(picked, (), None, TODAY), rules.decide(picked, (), None, TODAY).as_dict()])


if __name__ == "__main__":
    main()
