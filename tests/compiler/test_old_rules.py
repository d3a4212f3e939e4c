"""Rule files in the old spelling become valid ones by `check --fix`, decide as before, and are not changed again."""

from __future__ import annotations

import json
import re
import tarfile
from collections import Counter
from pathlib import Path

import pytest

from imgrules.compiler.fixes.fix import Fixes, fixed
from imgrules.rules import Rules
from tests.old.make import answer

ARCHIVE = Path(__file__).parents[1] / "old" / "rules.tar.xz"

with tarfile.open(ARCHIVE) as _archive:
    SETS = sorted({str(Path(name).parent) for name in _archive.getnames()})
"""The folders of the archive, each a rule set."""


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a folder with one rule set of the archive, before its fixes."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path / str(request.param)


def _fix(folder: Path) -> Fixes:
    """Write the fixes of a folder, and return them."""
    fixes = fixed(folder)
    for file in fixes.files:
        file.after.path.write_bytes(file.after.raw)
    return fixes


@pytest.mark.parametrize("folder", SETS, indirect=True)
def test_a_rule_set_is_carried_over(folder: Path) -> None:
    """All files are valid after their fixes, with all comments, and decide every selection as before."""
    before = {path.name: path.read_bytes() for path in folder.glob("*.yaml")}
    fixes = _fix(folder)
    assert [error.message for error in fixes.build.report.errors] == []
    assert (fixes.kept, fixes.left, fixes.more) == ((), (), False)
    for file in fixes.files:
        assert _comments(file.after.raw) == _comments(before[file.after.path.name])
    assert fixed(folder).files == ()
    assert fixes.build.table is not None
    _assert_same_answers(Rules(fixes.build.table), (folder / "decisions.json").read_text("utf-8"))


def _comments(raw: bytes) -> Counter[str]:
    return Counter(re.findall(r"(?<=\s)#[^\r\n]*", raw.decode("utf-8")))


def _assert_same_answers(rules: Rules, decisions: str) -> None:
    """Status, prices, gates and body of a selection are as before; what is wrong with it is told with the same codes or fewer.

    Where a value is wrong, a limit that names its option is left open: one `only` names all options of an `excludes`, which
    was a limit for each of them.
    """
    for line in decisions.splitlines():
        selection, moment, grants, (*told, codes, sent) = json.loads(line)
        *now, codes_now, sent_now = answer(rules, selection, moment, grants)
        assert (now, sent_now) == (told, sent), selection
        assert {*codes_now} <= {*codes}, selection
        assert bool(codes_now) == bool(codes), selection


def test_the_archive_is_old(tmp_path: Path) -> None:
    """Most files of the archive that have options are changed, and nearly a thousand selections are compared."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(tmp_path, filter="data")
    changed = {str(file.after.path.relative_to(tmp_path)) for name in SETS for file in fixed(tmp_path / name).files}
    assert {"cookbook/midjourney.yaml", "cookbook/_shared.yaml", "rules/_shared.yaml"} <= changed
    lines = [line for path in tmp_path.rglob("decisions.json") for line in path.read_text("utf-8").splitlines()]
    assert len(lines) > 900
    assert Counter(json.loads(line)[3][0] for line in lines)["allowed"] > len(lines) / 3
