"""An edit of one of many models is checked, tested and compared in processes of their own, and shown with time and memory."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from bench import edits
from bench.facts import models
from bench.rule_files import write_rules


def test_an_edit_is_measured(tmp_path: Path) -> None:
    """The copy differs in one price of one file, every command runs, and the table has a row for each."""
    old = tmp_path / "rules"
    write_rules(models(4), old)
    new = edits.edited(old)
    changed = [path.name for path in old.iterdir() if path.read_text("utf-8") != (new / path.name).read_text("utf-8")]
    assert len(changed) == 1
    results: dict[str, Any] = {"models": 4, "commands": edits.measured([sys.executable], old, new, 1)}
    assert all(timed[kind][0] > 0 for timed in results["commands"].values() for kind in ("seconds", "peak"))
    assert len([*edits.rows(results)]) == 5 + len(results["commands"])
    (figure,) = edits.figures(results)
    assert figure.values[0] > 0
