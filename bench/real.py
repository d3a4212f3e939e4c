"""The parts of the benchmark about real models: the cookbook, catalogs, calls, an editor's save, and memory."""

from __future__ import annotations

import shutil
from typing import Any

from bench import alone
from bench.stage import Stage
from bench.written import FOLDERS

_CATALOG = 500


def cookbook(stage: Stage) -> dict[str, Any]:
    """Return the results of every question about the cookbook's models."""
    stage.say("asking about the cookbook's models")
    return alone.cookbook(stage.environment.python, stage.effort.rounds)


def calls(stage: Stage) -> dict[str, Any]:
    """Return the calls, files and switches of a question, and the share that needs no full evaluation."""
    stage.say("counting calls")
    return alone.calls(stage.environment.python, stage.effort.others)


def catalogs(stage: Stage) -> dict[str, Any]:
    """Return the time of the catalogs of the packaged models, of the cookbook, and of 500 models."""
    places = [*FOLDERS.values(), stage.table(_CATALOG)]
    stage.say("making catalogs")
    results = alone.catalogs(stage.environment.python, places, stage.effort.rounds)
    left_out = {
        f"{name} of {result['models']} models": why for result in results.values() for name, why in result["left_out"].items()
    }
    return {"tables": list(results.values()), "left_out": left_out}


def saving(stage: Stage) -> dict[str, Any]:
    """Return the time of `check` for two files, as an editor runs it at each save."""
    stage.say("checking two files")
    folder, contracts = stage.folder / "saved" / "rules", FOLDERS["packaged"].parent / "schemas"
    for source in (FOLDERS["packaged"], contracts):
        shutil.copytree(source, folder.with_name(source.name), dirs_exist_ok=True)
    return alone.saved(stage.environment.python, folder, stage.effort.runs * 3)


def memory(stage: Stage) -> dict[str, Any]:
    """Return the memory of the cookbook's models after each has answered."""
    stage.say("weighing the cookbook's models")
    table = stage.folder / "cookbook.json"
    alone.run([stage.environment.python, "-I", "-m", "imgrules", "build", FOLDERS["cookbook"], "-o", table], stage.folder)
    return alone.memory(stage.environment.python, table, stage.folder / "selections.json")
