"""
Write `rules.tar.xz`: rule files in the old spelling, with decisions that were made from them before it changed.

The files are the packaged rules, the cookbook and the valid corpus of commit 83fe424, the last one with the old spelling. Run
this in a checkout of that commit, with its own program:

    git worktree add --detach old 83fe424 && cd old && PYTHONPATH=. python ../tests/old/make.py ../tests/old/rules.tar.xz
"""

from __future__ import annotations

import io
import json
import random
import sys
import tarfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from imgrules.compiler.build import build_texts
from imgrules.rules import Rules
from tests.packaged import shared_text

MOST = 30
"""How many selections are decided of each model."""


def main(target: str) -> None:
    """Write the archive; a folder in it is a rule set, with its decisions in `decisions.json`."""
    shared = shared_text().encode()
    sets = {name: {path.name: path.read_bytes() for path in Path(folder).glob("*.yaml")} for name, folder in FOLDERS.items()}
    for path in sorted(Path("tests/corpus/valid").glob("*.yaml")):
        sets[f"valid/{path.stem}"] = {"_shared.yaml": shared, path.name: path.read_bytes()}
    with tarfile.open(target, "w:xz") as archive:
        for name, files in sets.items():
            for file, raw in sorted({**files, "decisions.json": decisions(files)}.items()):
                entry = tarfile.TarInfo(f"{name}/{file}")
                entry.size = len(raw)
                archive.addfile(entry, io.BytesIO(raw))


FOLDERS = {"rules": "rules", "cookbook": "docs/cookbook"}


def decisions(files: dict[str, bytes]) -> bytes:
    """Return the selections of a rule set, each with the answer to it, one a line."""
    table = build_texts({name[:-5]: raw.decode("utf-8-sig") for name, raw in files.items()}).table
    assert table is not None
    rules = Rules(table)
    lines = []
    for name, model in table.models.items():
        chance = random.Random(name)  # noqa: S311  the same selections in every run
        for at in range(MOST):
            selection = picked(chance, model) | ({} if at % 5 else {"style": "anime"}) | {"model": name}
            moment = chance.choice(["2025-12-01", "2026-03-01", "2026-11-22"])
            grants = chance.choice([[], ["member"]])
            lines.append(json.dumps([selection, moment, grants, answer(rules, selection, moment, grants)], default=str))
    return "\n".join(lines).encode() + b"\n"


def picked(chance: random.Random, model: Any) -> dict[str, Any]:
    """Return picks for the options of a model: most that are needed, and half of the others."""
    picks = {}
    for option in model.options.values():
        is_needed = not option.optional and option.default is None and option.defaults is None and not option.when
        if option.follows is None and chance.random() < (0.97 if is_needed else 0.5):
            picks[option.name] = pick(chance, option)
    return picks


def pick(chance: random.Random, option: Any) -> Any:
    """Return a value that an option takes, or nearly takes."""
    if option.many is not None:
        fewest, longest = int(option.many.min or 0), int(option.many.max or 4)
        entries = list(option.values) or ["https://example.com/a.png"]
        count = chance.randint(fewest, min(longest + 1, fewest + 4))
        return chance.sample(entries, min(count, len(entries))) if option.values else entries * count
    kinds: list[Any] = [chance.choice(list(option.values))] if option.values else []
    if option.switch:
        return chance.choice([True, False])
    if option.number is not None:
        least, step = option.number.min or 0, option.number.step or 0.5
        most = option.number.max if option.number.max is not None else least + 20 * step
        steps = max(1, int((float(most) - float(least)) / float(step)))
        number = float(least) + float(step) * chance.randint(0, steps)
        kinds.append(int(number) if number == int(number) else number)
    if option.size is not None:
        edges = [256, 512, 768, 1024, 1280, 1536, 2048, 4096]
        kinds.append(f"{chance.choice(edges)}x{chance.choice(edges)}")
    if option.ratio is not None:
        kinds.append(chance.choice(["1:1", "16:9", "21:9", "9:16", "3:2", "5:4"]))
    if option.text is not None:
        kinds.append("a fox")
    return chance.choice(kinds) if kinds else "a fox"


def answer(rules: Any, selection: dict[str, Any], moment: str, grants: list[str]) -> list[Any]:
    """Return what is told of a selection with its texts: status, prices, gates, codes, and a digest of the request body."""
    decision, body = rules.request({**TEXTS, **selection}, grants, at=moment)
    sent = None if body is None else sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()[:8]
    gates = [gate.name for gate in decision.gates]
    codes = sorted({str(violation.code) for violation in decision.violations})
    return [str(decision.status), str(decision.credits), str(decision.regular), gates, codes, sent]


TEXTS = {"prompt": "A red fox", "language": "en"}

if __name__ == "__main__":
    main(sys.argv[1])
