"""
`python -m bench.worst`: the worst rule files and requests that hunts found, by the CPU that each KB of them costs.

A rule file is checked, and held against PyYAML's C loader reading the same; a request is decided, refused with all its
reasons and repairs, and asked for choices, and held against `json.loads` of the same. What a later hunt finds is added here.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT))

import yaml

import imgrules
from bench.grown import GROWN, Texts
from imgrules.compiler.build import build_texts

TODAY = "2026-11-26T00:00:00Z"
_ROUNDS = 3

FILES: Mapping[str, tuple[str, int]] = {
    "prices for 250 days": ("dated_values", 250),
    "125 promotions": ("promotions", 125),
    "24,000 unknown keys": ("unknown_keys", 24_000),
    "24,000 mistakes of YAML": ("mistakes", 24_000),
    "one key 24,000 times": ("duplicate_keys", 24_000),
    "2,400 models that send the same": ("same_models", 24_000),
    "1,000 limits over 10,000 combinations": ("limits", 1000),
    "limits of most values": ("limits_of_lists", 250),
    "options that each depend on all before": ("everyone_on_everyone", 24_000),
    "sums of sums of sums": ("diamonds_of_totals", 248),
    "a limit that needs 250 options": ("needs", 248),
    "a table whose rows are nearly values": ("table_without_its_values", 2400),
    "retired values whose stand-in is nearly there": ("stand_ins", 2400),
    "250 languages": ("languages", 250),
    "250 options in a cycle": ("circle", 250),
    "a wire table of 10,000 cells": ("wire_table", 10_000),
    "125 sizes that nothing is": ("impossible_sizes", 125),
    "a long number that is grouped": ("numbers_with_commas", 12_000),
    "brackets": ("brackets", 100_000),
    "aliases of YAML": ("anchors", 24_000),
}
"""Ways in which a rule set grows, each up to the limits of the rule language."""

_LISTED = ("speed", "quality", "detail", "stylize", "weird", "references", "style_weight", "omni_weight")
_NUMBERS = ("ratio", "chaos", "raw", "tile", "style_reference", "style_version", "omni_reference")
_DECIMALS = ("experimental", "seed", "image_weight")
_MIDJOURNEY = {
    "model": "midjourney",
    "version": "x",
    "negative_prompt": "x",
    **{name: ["q"] for name in _LISTED},
    **dict.fromkeys(_NUMBERS, -5),
    **dict.fromkeys(_DECIMALS, 0.3),
}
"""A wrong value for each option of a model that has many."""


def _wrong(*names: str) -> dict[str, Any]:
    return {"model": "m", **dict.fromkeys(names, "q")}


REQUESTS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "a wrong value for every option": ("cookbook", _MIDJOURNEY),
    "a list of 50,000": ("cookbook", {"model": "midjourney", "references": ["a"] * 50_000}),
    "20,000 unknown keys": ("cookbook", {"model": "flux-2-pro", **{f"k{at}": at for at in range(20_000)}}),
    "a text of 1 MB": ("cookbook", {"model": "flux-2-pro", "prompt": "x " * 500_000}),
    "a number of 4,000 digits": ("cookbook", {"model": "midjourney", "seed": 10**4000}),
    "lists in lists": ("cookbook", {"model": "midjourney", "references": [["a"] * 10] * 1000}),
    "a model that is nearly there": ("cookbook", {"model": "midjuorney"}),
    "nothing but the model": ("cookbook", {"model": "midjourney"}),
    "a search for repairs to its end": (
        "cookbook",
        {
            "model": "ideogram-3",
            "speed": "FLASH",
            "ratio": "1:3",
            "resolution": "unknown",
            "magic_prompt": "plain",
            "style": "AUTO",
            "outputs": 1,
            **dict.fromkeys(("style_codes", "references", "character", "negative_prompt", "seed")),
            "kind": "plain",
            "kind0": "plain",
            "kind1": "plain",
        },
    ),
    "one of 2,500 values": ("values", {"model": "m"}),
    "one of 2,500 values that a limit names": ("any_of", {"model": "m"}),
    "one of 10,000 combinations": ("limits", {"model": "m", "o0": "v0"}),
    "a wrong value of 10,000 combinations": ("limits", {"model": "m", "o0": "v00", "o1": "v01", "o2": "v02", "o3": "v03"}),
    "250 options that need each other": ("needs", {"model": "m", "q": "a"}),
    "a wrong value for each of 250 options that need each other": ("needs", _wrong("q", *(f"n{at}" for at in range(248)))),
    "2,500 values that each have a limit": ("limits_of_values", {"model": "m"}),
    "one of 10,000 combinations with 250 surcharges": ("surcharges_of_many", {"model": "m"}),
    "a wrong value for each option that depends on all before": (
        "everyone_on_everyone",
        _wrong(*(f"n{at}" for at in range(155))),
    ),
}
"""Requests with their rules: the cookbook, or a rule set that has grown to the limits of the language."""
_GROWN = {
    "values": 2500,
    "any_of": 2497,
    "limits": 1000,
    "needs": 248,
    "everyone_on_everyone": 24_000,
    "limits_of_values": 1000,
    "surcharges_of_many": 250,
}


def main(words: Sequence[str] | None = None) -> None:
    """Time every case, and print them, the worst first."""
    parser = argparse.ArgumentParser("python -m bench.worst", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print seconds, for programs")
    asked = parser.parse_args(words)
    results = {"rule file": {name: _file(*case) for name, case in FILES.items()}, "request": _requests()}
    if asked.json:
        print(json.dumps(results))
        return
    for kind, cases in results.items():
        print(f"{kind:52}{'KB':>8}{'ms':>10}{'ms for each KB':>16}{'x parser':>10}")
        for name, case in sorted(cases.items(), key=lambda item: -item[1]["ours"] / item[1]["bytes"]):
            size, ours = case["bytes"] / 1024, case["ours"] * 1000
            print(f"  {name:50}{size:8.1f}{ours:10.1f}{ours / size:16.2f}{case['ours'] / case['parser']:10.0f}")


def _file(name: str, count: int) -> dict[str, float]:
    texts = GROWN[name](count)
    size = sum(len(text.encode()) for text in texts.values())
    return {"bytes": size, "ours": _least(lambda: build_texts(texts, TODAY)), "parser": _least(lambda: _read(texts))}


def _read(texts: Texts) -> None:
    for text in texts.values():
        # For invalid YAML, the time until the error counts.
        with contextlib.suppress(yaml.YAMLError, RecursionError):
            yaml.load(text, yaml.CSafeLoader)


def _requests() -> dict[str, dict[str, float]]:
    sets = rule_sets()
    return {name: _request(sets[rules], selection) for name, (rules, selection) in REQUESTS.items()}


def rule_sets() -> dict[str, imgrules.Rules]:
    """Return the rules that requests are asked of, by name."""
    sets = {"cookbook": imgrules.load(ROOT / "docs" / "cookbook")}
    for name, count in _GROWN.items():
        table = build_texts(GROWN[name](count), TODAY).table
        if table is None:
            raise SystemExit(f"{name} has mistakes")
        sets[name] = imgrules.Rules(table)
    return sets


def _request(rules: imgrules.Rules, selection: dict[str, Any]) -> dict[str, float]:
    text = json.dumps(selection)
    ours = _least(lambda: _answers(rules, selection))
    return {"bytes": len(text), "ours": ours, "parser": _least(lambda: json.loads(text))}


def _answers(rules: imgrules.Rules, selection: dict[str, Any]) -> None:
    json.dumps(rules.decide(selection, at=TODAY).as_dict())
    rules.choices(selection, at=TODAY)


def _least(work: Callable[[], object]) -> float:
    """Return the least CPU seconds of some rounds, or of one round if it takes seconds."""
    least = float("inf")
    for _ in range(_ROUNDS):
        begin = time.process_time()
        work()
        least = min(least, time.process_time() - begin)
        if least > 1:
            break
    return max(least, 1e-7)


if __name__ == "__main__":
    main()
