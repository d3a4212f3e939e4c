"""All packages that the tests run with are pinned with hashes, in versions that the project allows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements-dev.lock").read_text("utf-8")
DECLARED = [
    *PROJECT["build-system"]["requires"],
    *PROJECT["project"]["dependencies"],
    *(requirement for extra in PROJECT["project"]["optional-dependencies"].values() for requirement in extra),
]
WANTED = [Requirement(requirement) for requirement in DECLARED if not requirement.startswith("imgrules[")]
ENTRIES = re.findall(r"^(\S+==[^\\\n]+?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", LOCK, re.MULTILINE)
PINNED = {canonicalize_name(requirement.name): requirement for requirement in (Requirement(line) for line, _ in ENTRIES)}


def test_the_lock_is_pins_with_hashes_and_nothing_else() -> None:
    """Each line of the lock is a pin, its hash or a comment: no registry, path or option."""
    rest = LOCK
    for line, hashes in ENTRIES:
        rest = rest.replace(f"{line} \\\n{hashes}", "", 1)
    assert len(PINNED) == len(ENTRIES) > len(WANTED)
    assert [line for line in rest.splitlines() if line and not line.startswith("#")] == []
    assert not re.search(r"://|(?<![\w-])/|--(?:extra-)?index|--find", LOCK)


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_what_the_project_takes_is_pinned(wanted: Requirement) -> None:
    """Each requirement, also of the build, has a pin that it allows."""
    (pin,) = PINNED[canonicalize_name(wanted.name)].specifier
    assert wanted.specifier.contains(pin.version)


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_the_lowest_version_is_stated(wanted: Requirement) -> None:
    """Each requirement states its lowest version in the form that `.ci/run` reads, and the same everywhere."""
    assert re.fullmatch(r"[A-Za-z-]+>=[0-9.]+", str(wanted))
    assert {
        str(requirement) for requirement in WANTED if canonicalize_name(requirement.name) == canonicalize_name(wanted.name)
    } == {str(wanted)}


def test_the_lock_says_how_it_is_renewed() -> None:
    """The command in its head is the one that CONTRIBUTING.md gives."""
    command = next(line.removeprefix("#").strip() for line in LOCK.splitlines() if "uv pip compile" in line)
    assert command in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
