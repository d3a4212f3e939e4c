"""What public catalogs say and the language once could not: each folder of `tests/gaps` has no finding, and its examples pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from imgrules.compiler.build import build

GAPS = sorted(path for path in (Path(__file__).parents[1] / "gaps").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", GAPS, ids=lambda path: path.name)
def test_it_can_be_said(folder: Path) -> None:
    """The folder is sold as written: without an error or a warning, and with an example of each of its models."""
    built = build(folder)
    assert built.table is not None
    assert [(finding.code.id, finding.message) for finding in built.report.diagnostics] == []
    assert len(built.table.models) == len(list(folder.glob("[!_]*.yaml")))
