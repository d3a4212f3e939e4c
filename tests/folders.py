"""The tables of the rule folders of this repository, each built once for all tests of a process, which must not change them."""

from __future__ import annotations

from pathlib import Path

from imgrules import load

ROOT = Path(__file__).parents[1]
PACKAGED = load(ROOT / "rules").table
COOKBOOK = load(ROOT / "docs" / "cookbook").table
DOLLARS = load(ROOT / "docs" / "cookbook" / "usd").table
