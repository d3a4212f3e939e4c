"""Loads a table and prints the cost; run by itself, in a fresh process, for `bench.alone`."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path


def read_json(table: Path) -> dict[str, float]:
    """Return the CPU seconds of reading the file as JSON."""
    text = table.read_bytes()
    begin = time.process_time()
    json.loads(text)
    return {"seconds": time.process_time() - begin}


def load(table: Path, count: int, *, verify: bool) -> dict[str, float]:
    """Return the CPU seconds of `load`, and the bytes that it added, before and after every model has answered once."""
    sys.path.append(str(Path(__file__).parents[1]))
    import imgrules
    from bench.facts import models

    all_models = models(count)
    before, begin = _resident(), time.process_time()
    rules = imgrules.load(table, verify=verify)
    seconds, after = time.process_time() - begin, _resident()
    for model in all_models:
        picked = {"model": model.id, "ratio": model.ratios[0], "quality": model.qualities[0]}
        rules.emit({**picked, "prompt": "A red fox", "language": "en"})
    return {"seconds": seconds, "resident": after - before, "resident_answered": _resident() - before}


def _resident() -> int:
    """Return the resident bytes of this process; the peak if the system does not report them."""
    statm = Path("/proc/self/statm")
    if statm.is_file():
        return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGESIZE")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    table, count, verify = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] != ["trusted"]
    print(json.dumps(load(table, count, verify=verify) if count else read_json(table)))
