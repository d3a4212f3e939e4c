"""What the rule language once could not say: each folder is a rule set that says it, proven by its own examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from imgrules.compiler.build import build
from imgrules.compiler.report.diagnostics import Severity

FOLDERS = sorted(folder for folder in Path(__file__).parent.iterdir() if (folder / "_shared.yaml").is_file())


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in FOLDERS])
def test_gap(folder: Path) -> None:
    """A rule set has no errors, and each of its models has an example, which holds."""
    built = build(folder)
    assert [diagnostic.message for diagnostic in built.report.diagnostics if diagnostic.code.severity is Severity.ERROR] == []
    assert built.examples
    assert all(built.examples.values())
