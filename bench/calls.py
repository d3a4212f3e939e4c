"""
`python -m bench.calls`: how many Python calls a question takes, through how many files, and how often into another file.

Counted by `sys.setprofile` for a selection with a moment, whose choice was asked before with other texts, URLs and seeds; and the share
of allowed selections of the cookbook that are decided and emitted without entering the full evaluation, after many others.
With `--commit COMMIT` the imgrules of that commit is counted, over the same selections.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from bench.chosen import drawn
from bench.count import JOBS, Count, lines, middle
from bench.drawing import Drawing, Selection
from bench.versions import Version, checked_out, started
from bench.written import FOLDERS, ROOT, SEED, TODAY, texts_of
from imgrules import Rules
from imgrules.compiler.build import build_texts

WORKER = Path(__file__).with_name("counting.py")
AT = datetime(2026, 5, 1, tzinfo=UTC)
"""A moment at which every model of the cookbook is sold."""

_SELECTIONS = 24


@dataclass(frozen=True)
class Group:
    """A rule set with allowed and refused selections of each of its models."""

    name: str
    texts: dict[str, str]
    drawings: dict[str, Drawing]
    allowed: dict[str, list[Selection]]
    refused: dict[str, list[Selection]]


def group(name: str) -> Group:
    """Return the packaged rules or the cookbook, with selections drawn from a fixed seed."""
    texts, random = texts_of(FOLDERS[name]), Random(SEED)
    table = build_texts(texts, TODAY).table
    assert table is not None  # noqa: S101  the tests build them
    drawings = {model: Drawing(Rules(table), model, random, AT) for model in table.models}
    allowed = {model: drawn(drawing, _SELECTIONS, allowed=True) for model, drawing in drawings.items()}
    refused = {model: drawn(drawing, _SELECTIONS, allowed=False) for model, drawing in drawings.items()}
    return Group(name, texts, drawings, allowed, refused)


def counts(version: Version, group: Group, job: str) -> dict[str, Count]:
    """Return the median count of a job by model, for choices that were asked before with other texts."""
    by_model = {}
    for model, drawing in group.drawings.items():
        chosen = (group.allowed if job == "emit" else group.refused)[model]
        fresh = [drawing.fresh(selection) for selection in chosen] if job == "emit" else chosen
        listed = _asked(version, group, job, chosen, fresh)
        by_model[model] = middle(listed)
    return by_model


def share(version: Version, group: Group, many: int) -> dict[str, float]:
    """Return by model the share of allowed selections that do not enter the full evaluation, after `many` others."""
    shares = {}
    for model, drawing in group.drawings.items():
        chosen = group.allowed[model]
        others = [drawing.fresh(chosen[at % len(chosen)]) for at in range(many)]
        fresh = [
            selection
            for selection in map(drawing.fresh, [*chosen, *drawn(drawing, _SELECTIONS, allowed=True)])
            if drawing.allows(selection)
        ]
        listed = [_asked(version, group, job, others, fresh) for job in ("decide", "emit")]
        shares[model] = 1 - sum(count.full for entry in listed for count in entry) / (2 * len(fresh))
    return shares


def _asked(version: Version, group: Group, job: str, before: list[Selection], asked: list[Selection]) -> list[Count]:
    grants = next(iter(group.drawings.values())).grants
    whole = [[(selection, grants, None, AT) for selection in selections] for selections in (before, asked)]
    version.ask((group.texts, TODAY, job, *whole))
    return [Count(*numbers) for numbers in version.answer()]


def measured(tree: Path, many: int) -> dict[str, Any]:
    """Return every count and share of the imgrules of a folder, by rule set and model."""
    groups = [group(folder) for folder in FOLDERS]
    with started(tree, WORKER) as version:
        results: dict[str, Any] = {job: {chosen.name: counts(version, chosen, job) for chosen in groups} for job, _ in JOBS}
        return {**results, "share": share(version, groups[1], many)}


def main(words: Sequence[str] | None = None) -> None:
    """Count, and print the table or JSON."""
    parser = argparse.ArgumentParser(
        "python -m bench.calls", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--commit", help="count the imgrules of a commit (default: of this checkout)")
    parser.add_argument("--others", type=int, default=10_000, metavar="N", help="selections asked before (default: 10000)")
    parser.add_argument("--json", action="store_true", help="print the counts of every model, for programs")
    asked = parser.parse_args(words)
    with checked_out(asked.commit) if asked.commit else nullcontext(ROOT) as tree:
        results = measured(tree, asked.others)
    if asked.json:
        print(json.dumps({**results, "others": asked.others}))
        return
    print("\n".join(lines({**results, "others": asked.others})))


if __name__ == "__main__":
    main()
