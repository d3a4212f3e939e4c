"""The parts of the benchmark, one function each: what is run, and with which peers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import alone, real
from bench.environment import Environment, Say
from bench.facts import models
from bench.peers import PEERS
from bench.race import Entry, Race, run
from bench.rivals import Rival, SilentError, ended, start
from bench.rule_files import ROOT, write_rules

PREPARING = 90.0
"""The seconds after which a peer that is still preparing is left out."""

COMMON = ("decide", "emit", "emit_json")
MORE = {
    "emit": (("hand_written", "emit_code"), ("imgrules", "decide_body"), ("jsonschema_rs", "emit_why")),
    "emit_json": (("hand_written", "emit_json_encoder"),),
}
"""Jobs that only one peer has, raced beside the common job that they are compared with."""


@dataclass(frozen=True)
class Effort:
    """The number of rounds and selections of a run."""

    rounds: int
    selections: int
    runs: int
    many: tuple[int, ...]
    files: tuple[int, ...]
    others: int = 10_000


@dataclass(frozen=True)
class Stage:
    """The environment, effort and folder of a run."""

    environment: Environment
    effort: Effort
    folder: Path
    say: Say

    def table(self, count: int) -> Path:
        """Return the compiled table of `count` models, built once."""
        folder, table = self.folder / f"rules-{count}", self.folder / f"table-{count}.json"
        if not folder.is_dir():
            write_rules(models(count), folder)
        if not table.is_file():
            self.say(f"building the table of {count:,} models")
            alone.run([self.environment.python, "-I", "-m", "imgrules", "build", folder, "-o", table], self.folder)
        return table

    def rivals(self, names: Sequence[str], count: int) -> tuple[list[Rival], dict[str, str]]:
        """Return the peers that are ready for `count` models, and why the others are not."""
        table = "" if count == 2 else str(self.table(count))
        rules = ROOT / "rules" if not table else self.folder / f"rules-{count}"
        ready, left_out = [], {}
        for name in names:
            self.say(f"preparing {name} for {count:,} models")
            try:
                words = [name, str(count), str(self.effort.selections), str(rules), table]
                ready.append(start(self.environment.python, words, PREPARING))
            except SilentError as silent:
                left_out[name] = f"not ready: {silent}"
        return ready, left_out


def selections(stage: Stage) -> dict[str, Any]:
    """Return the races of every job in every case, with the two real models."""
    rivals, left_out = stage.rivals(list(PEERS), 2)
    by_name = {rival.name: rival for rival in rivals}
    races = []
    with ended(rivals):
        for job in COMMON:
            pairs = [(name, job) for name in by_name] + [pair for pair in MORE.get(job, ()) if pair[0] in by_name]
            entries = [(Entry(name, pair_job, 2), by_name[name]) for name, pair_job in pairs]
            races += [run(job, case, entries, stage.effort.rounds, stage.say) for case in ("mixed", "valid", "refused")]
        pairs = [("hand_written", "first"), ("imgrules", "first"), ("imgrules", "all")]
        entries = [(Entry(name, pair_job, 2), by_name[name]) for name, pair_job in pairs]
        races.append(run("refusals", "refused", entries, stage.effort.rounds, stage.say))
    return {"races": races, "left_out": left_out}


def many(stage: Stage) -> dict[str, Any]:
    """Return the races of `emit` with many models, beside imgrules with two."""
    races: list[Race] = []
    left_out: dict[str, str] = {}
    prepared: dict[str, float] = {}
    for count in stage.effort.many:
        two, _ = stage.rivals(["imgrules", "hand_written"], 2)
        rivals, missing = stage.rivals(list(PEERS), count)
        with ended([*two, *rivals]):
            entries = [(Entry(rival.name, "emit", 2), rival) for rival in two]
            entries += [(Entry(rival.name, "emit", count), rival) for rival in rivals]
            races.append(run(f"emit, {count:,} models", "mixed", entries, stage.effort.rounds, stage.say))
        left_out |= {f"{name}, {count:,} models": reason for name, reason in missing.items()}
        prepared |= {f"{rival.name}, {count:,} models": rival.prepared for rival in rivals}
    return {"races": races, "left_out": left_out, "prepared": prepared}


def loading(stage: Stage) -> dict[str, Any]:
    """Return the cost of loading the table of the most models."""
    count = stage.effort.many[-1]
    table = stage.table(count)
    stage.say(f"loading the table of {count:,} models")
    return {"models": count, **alone.loaded(stage.environment.python, table, count, stage.effort.runs)}


def starting(stage: Stage) -> dict[str, Any]:
    """Return the cost of the first decision from the start of a process."""
    runs = stage.effort.runs * 3
    stage.say("starting every peer in fresh processes")
    first = alone.first_decision(stage.environment.python, runs)
    return {"first_decision": first, "peers": alone.started(stage.environment.python, list(PEERS), runs)}


def stepping(stage: Stage) -> dict[str, Any]:
    """Return the time of each step of a request."""
    stage.say("timing the steps of a request")
    return {case: alone.stepped(stage.environment.python, case) for case in ("valid", "refused")}


def compiling(stage: Stage) -> dict[str, Any]:
    """Return the time of checking and building folders of rule files."""
    results = {}
    for count in stage.effort.files:
        folder, table = stage.folder / f"rules-{count}", stage.folder / f"table-{count}.json"
        if not folder.is_dir():
            write_rules(models(count), folder)
        stage.say(f"reading, checking and building {count:,} files")
        runs = stage.effort.runs if count <= 1000 else 1
        results[str(count)] = alone.compiled(stage.environment.python, folder, table, runs)
    return results


def worst(stage: Stage) -> dict[str, Any]:
    """Return the time of the worst rule files and requests."""
    stage.say("checking the worst rule files, and deciding the worst requests")
    return alone.worst(stage.environment.python)


STAGES = {
    "selections": selections,
    "cookbook": real.cookbook,
    "calls": real.calls,
    "steps": stepping,
    "starting": starting,
    "saving": real.saving,
    "compiling": compiling,
    "catalogs": real.catalogs,
    "memory": real.memory,
    "loading": loading,
    "models": many,
    "worst": worst,
}
"""Every part by its name in `--only`; `compiling` comes before the parts that need its tables."""
