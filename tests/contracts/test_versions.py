"""The version is the same everywhere."""

from __future__ import annotations

import tomllib
from pathlib import Path

import imgrules

ROOT = Path(__file__).parents[2]


def test_the_project_and_the_package_agree() -> None:
    """The version of the project is the version of the package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == imgrules.__version__


def test_the_changelog_knows_the_version() -> None:
    """The changelog has a heading for the version."""
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert any(imgrules.__version__ in heading for heading in headings)
