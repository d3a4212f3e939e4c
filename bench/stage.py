"""What each part of the benchmark is given: its environment, its effort, a folder, and the peers that are ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import alone
from bench.environment import Environment, Say
from bench.facts import models
from bench.rivals import Rival, SilentError, start
from bench.rule_files import ROOT, write_rules

PREPARING = 90.0
"""The seconds after which a peer that is still preparing is left out."""


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
