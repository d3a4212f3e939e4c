"""Building a wheel compiles the packaged rules, so that `imgrules.load()` of an installed package reads one table."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface[BuilderConfig]):
    """Adds the compiled table to the wheel; a build with mistakes in the rules fails."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile `rules/` unless the wheel is editable: a checkout always reads its YAML."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from imgrules import dumps, load  # noqa: PLC0415  importable only from here on

        table = Path(tempfile.mkdtemp()) / "table.json"
        table.write_text(dumps(load(Path(self.root) / "rules").table), encoding="utf-8")
        build_data["force_include"][str(table)] = "imgrules/packaged/table.json"
