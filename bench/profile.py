"""`python -m bench.profile`: where the time of one job goes, function by function, for a look before and after a change."""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import imgrules
from bench.facts import models
from bench.oracle import oracle
from bench.selections import CASES, Asked, case

_EPILOG = """
examples:
  python -m bench.profile                        decide, of allowed selections
  python -m bench.profile emit --case mixed
  python -m bench.profile decide --case refused  what a refusal costs
  python -m bench.profile emit --table table.json --models 10000

It profiles the imgrules that this interpreter imports: in a checkout that of the checkout.
"""


def main(words: Sequence[str] | None = None) -> None:
    """Profile the chosen job, and print the result."""
    asked = _parser().parse_args(words)
    rules = imgrules.load(asked.table)
    all_models = models(asked.models)
    knows = oracle(all_models)
    ask: Callable[..., Any] = getattr(rules, asked.job)
    every = [
        question for handful in case(asked.case, all_models, asked.selections).fresh(asked.selections) for question in handful
    ]
    if asked.case == "refused":
        every = [question for question in every if knows.decide(*question) != "allowed"]
    _run(ask, every)
    begin = time.process_time()
    _run(ask, every)
    print(f"{asked.job}, {asked.case}: {(time.process_time() - begin) / len(every) * 1e6:.2f} us each, without the profiler\n")
    profiler = cProfile.Profile()
    profiler.runcall(_run, ask, every)
    stats = pstats.Stats(profiler, stream=sys.stdout).strip_dirs()
    stats.sort_stats("tottime").print_stats(asked.lines)


def _parser() -> argparse.ArgumentParser:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m bench.profile", description=__doc__, epilog=_EPILOG, formatter_class=formatter)
    parser.add_argument("job", nargs="?", default="decide", choices=["decide", "emit", "emit_json"])
    parser.add_argument("--case", default="valid", choices=list(CASES), help="which selections (default: valid)")
    parser.add_argument("--selections", type=int, default=5000, metavar="N", help="how many (default: 5000)")
    parser.add_argument("--table", type=Path, metavar="FILE", help="a compiled table (default: the packaged rules)")
    parser.add_argument("--models", type=int, default=2, metavar="N", help="how many models the table has (default: 2)")
    parser.add_argument("--lines", type=int, default=25, metavar="N", help="how many functions are shown (default: 25)")
    return parser


def _run(ask: Callable[..., Any], asked: Asked) -> None:
    for selection, grants in asked:
        try:
            ask(selection, grants)
        except imgrules.Refused:
            pass


if __name__ == "__main__":
    main()
