"""The parts of the benchmark, one function each: what is run, and with which peers."""

from __future__ import annotations

from typing import Any

from bench import alone, edits, real
from bench.facts import models
from bench.peers import PEERS
from bench.race import Entry, Race, run
from bench.rivals import ended
from bench.rule_files import write_rules
from bench.stage import Stage

COMMON = ("decide", "emit", "emit_json")
MORE = {
    "emit": (("hand_written", "emit_code"), ("imgrules", "decide_body"), ("jsonschema_rs", "emit_why")),
    "emit_json": (("hand_written", "emit_json_encoder"),),
}
"""Jobs that only one peer has, raced beside the common job that they are compared with."""


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


def editing(stage: Stage) -> dict[str, Any]:
    """Return the cost of the commands about an edit of one of many models."""
    count = stage.effort.files[1]
    folder = stage.folder / f"rules-{count}"
    if not folder.is_dir():
        write_rules(models(count), folder)
    stage.say(f"checking, testing and comparing an edit of one of {count:,} models")
    timed = edits.measured([stage.environment.python, "-I"], folder, edits.edited(folder), stage.effort.runs)
    return {"models": count, "commands": timed}


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
    "editing": editing,
    "catalogs": real.catalogs,
    "memory": real.memory,
    "loading": loading,
    "models": many,
    "worst": worst,
}
"""Every part by its name in `--only`; `compiling` comes before the parts that need its tables."""
