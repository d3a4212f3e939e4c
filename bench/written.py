"""The fixed rule files: their folders, the date at which they are checked, and the seed of their drawn selections."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = {"packaged": ROOT / "rules", "cookbook": ROOT / "docs" / "cookbook"}

TODAY = "2026-11-22T00:00:00Z"
"""A fixed date, because the clock would make two runs differ."""

SEED = 20_261_127


def texts_of(folder: Path) -> dict[str, str]:
    """Return the texts of the rule files of a folder, by stem."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}
