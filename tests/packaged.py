"""Copies of the packaged rules for tests that edit them: without their contract, which knows the packaged models alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
RULES = ROOT / "rules"
CONTRACT = ROOT / "schemas" / "creation.schema.json"


@cache
def _texts() -> Mapping[str, str]:
    found = {path.stem: path.read_text("utf-8") for path in RULES.glob("*.yaml")}
    return {**found, "_shared": _with("", "    contract", found["_shared"])}


def texts() -> dict[str, str]:
    """Return the texts of the packaged rule files by stem, without the contract."""
    return dict(_texts())


@cache
def shared_text() -> str:
    """Return the shared file without its contract, and with no order of models, for other models."""
    return _with("order: []\n", "order", _texts()["_shared"])


def _with(line: str, key: str, text: str) -> str:
    kept, count = re.subn(rf"(?m)^{key}: .*\n", line, text)
    assert count == 1
    return kept


def copied(target: Path) -> Path:
    """Write the packaged rules without their contract to a folder, and return it."""
    target.mkdir(parents=True, exist_ok=True)
    for stem, text in texts().items():
        (target / f"{stem}.yaml").write_text(text, "utf-8")
    return target


def copied_with_contract(target: Path) -> Path:
    """Copy the packaged rules to a folder, and their contract to where they name it; return the folder."""
    shutil.copytree(RULES, target)
    (target.parent / CONTRACT.parent.name).mkdir()
    shutil.copy(CONTRACT, target.parent / CONTRACT.parent.name)
    return target
