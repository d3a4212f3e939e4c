"""
The memory of the models of a table after they have answered once; run by itself, with `-I`, for `bench.alone`.

Counted by `tracemalloc`, since a few models are small beside a process. Late imports are triggered before by other
rules; what is cached for these models counts.
"""

from __future__ import annotations

import gc
import json
import sys
import tracemalloc
from pathlib import Path
from random import Random
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))

import imgrules

AT = "2026-05-01T00:00:00Z"


def memory(table: Path, selections: list[dict[str, Any]]) -> dict[str, int]:
    """Return the bytes that `load` adds, and those after every selection was emitted."""
    _ask_others()
    text = table.stat().st_size
    gc.collect()
    tracemalloc.start()
    rules = imgrules.load(table, verify=False)
    loaded = _traced()
    grants = frozenset(grant for gate in rules.table.gates.values() for grant in gate.opens_with)
    for selection in selections:
        rules.emit(selection, grants, None, AT)
    answered = _traced()
    tracemalloc.stop()
    return {"bytes": text, "models": len(selections), "loaded": loaded, "answered": answered}


def _ask_others() -> None:
    """Trigger all late imports with the packaged rules."""
    rules = imgrules.load()
    sound = {"model": "gpt-image-2", "ratio": "1:1", "quality": "low", "prompt": "A red fox", "language": "en"}
    rules.emit(sound, (), None, AT)
    refused = rules.decide({**sound, "quality": "none"}, (), None, AT)
    assert refused.repairs  # noqa: S101  reading it imports `refusals`


def _traced() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def one_each(table: Path) -> list[dict[str, Any]]:
    """Return an allowed selection of each model of a table; drawn in another process than the measured one."""
    from bench.drawing import Drawing  # noqa: PLC0415  the measured process does not import it
    from bench.written import SEED  # noqa: PLC0415  as above

    rules, random = imgrules.load(table), Random(SEED)
    drawings = [Drawing(rules, model, random, AT) for model in rules.table.models]
    return [next(filter(drawing.allows, iter(drawing.sound, None))) for drawing in drawings]


if __name__ == "__main__":
    table, selections = Path(sys.argv[1]), Path(sys.argv[2])
    if selections.is_file():
        print(json.dumps(memory(table, json.loads(selections.read_text(encoding="utf-8")))))
    else:
        selections.write_text(json.dumps(one_each(table)), encoding="utf-8")
