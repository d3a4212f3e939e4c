"""`python -m bench`: imgrules beside its peers, measured in one run."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bench.chart import Bar, chart
from bench.environment import Environment, environment, pinned
from bench.figures import figures
from bench.peers import PEERS
from bench.race import Entry
from bench.report import Conditions, document, page
from bench.stage import Effort, Stage
from bench.stages import STAGES

RESULTS = Path(__file__).parent / "results"
FULL = Effort(rounds=15, selections=20_000, runs=5, many=(100, 10_000), files=(10, 1000, 10_000))
QUICK = Effort(rounds=3, selections=2000, runs=1, many=(100,), files=(10, 100), others=500)

_EPILOG = """
examples:
  python -m bench                        everything; about twenty minutes, half of them ten thousand models
  python -m bench --quick                a glance in two or three minutes: fewer of everything
  python -m bench --only selections      every peer, job and case with the two real models
  python -m bench --only models --only loading

The first run makes bench/.venv and installs the peers there, with the versions of bench/requirements.txt.
A run of everything writes bench/results/; any other run prints its tables, and writes where --out says.
"""


def main(words: Sequence[str] | None = None) -> None:
    """Run the chosen parts of the benchmark, and print and write the results."""
    asked = _parser().parse_args(words)
    effort = QUICK if asked.quick else FULL
    effort = Effort(**{**vars(effort), "rounds": asked.rounds or effort.rounds})
    say = _say()
    machine = environment(say)
    _on_one_core()
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(machine, effort, Path(folder), say)
        results = {name: part(stage) for name, part in STAGES.items() if name in (asked.only or STAGES)}
    whole = not (asked.only or asked.quick)
    out = asked.out or (RESULTS if whole else None)
    text = _write(out, _conditions(machine, effort), results)
    print(text, end="")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure imgrules beside hand-written code and the engines that people would pick instead.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--only", action="append", choices=list(STAGES), metavar="CASE", help=f"one of {', '.join(STAGES)}; again for more"
    )
    parser.add_argument(
        "--rounds", type=_rounds, metavar="N", help="how many rounds each race has (default: 15, or 3 with --quick)"
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds, selections, models and files")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where results go (default: bench/results for a whole run)")
    return parser


def _rounds(word: str) -> int:
    if not word.isdecimal() or int(word) < 2:
        raise argparse.ArgumentTypeError("a number from 2 on, for there to be a spread")
    return int(word)


def _say() -> Any:
    begin = time.monotonic()
    return lambda words: print(f"[{time.monotonic() - begin:6.1f} s] {words}", file=sys.stderr, flush=True)


def _on_one_core() -> None:
    """Pin this process and its children to one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _conditions(machine: Environment, effort: Effort) -> Conditions:
    names = ["imgrules", *(requirement.partition("==")[0] for requirement in pinned())]
    return Conditions(
        date=datetime.now(UTC).date().isoformat(),
        python=f"{platform.python_implementation()} {platform.python_version()}",
        platform=f"{platform.system()} {platform.machine()}",
        rounds=effort.rounds,
        selections=effort.selections,
        versions={name: machine.versions[name] for name in names if name in machine.versions},
        not_installed=machine.failed,
    )


def _write(out: Path | None, conditions: Conditions, results: Mapping[str, Any]) -> str:
    rows = figures(results)
    text = page(conditions, results, rows)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "results.json").write_text(json.dumps(document(conditions, results, rows), indent=1) + "\n", encoding="utf-8")
        (out / "table.md").write_text(text, encoding="utf-8")
        for name, drawn in _charts(conditions, results):
            (out / name).write_text(drawn, encoding="utf-8")
    return text


def _charts(conditions: Conditions, results: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    below = f"{conditions.date}, {conditions.python}, CPU time; less is better"
    if "selections" in results:
        race = next(mixed for mixed in results["selections"]["races"] if (mixed.name, mixed.case) == ("emit", "mixed"))
        hand = Entry("hand_written", "emit", 2)
        bars = [_bar(entry, median(race.ratios(entry, hand))) for entry in race.seconds if entry.job == "emit"]
        yield "emit.svg", chart("Check a selection and build its body, times hand-written code", below, bars, "x")
    for race in results.get("models", {}).get("races", ()):
        count = max(entry.models for entry in race.seconds)
        bars = [_bar(entry, race.microseconds(entry)) for entry in race.seconds if entry.models == count]
        yield f"emit-{count}.svg", chart(f"The same with {count:,} models, microseconds", below, bars, " us")


def _bar(entry: Entry, value: float) -> Bar:
    return Bar(PEERS[entry.peer].title, value, ours=entry.peer == "imgrules")


if __name__ == "__main__":
    main()
