"""Two sides of a comparison for tests: the packaged rules, and the same with some texts replaced."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from imgrules.compiler.build import build_texts
from imgrules.table.records import Table
from imgrules.views.diff.compare import compare
from imgrules.views.diff.diff_records import Diff

RULES = Path(__file__).parents[3] / "rules"
PACKAGED = {path.stem: path.read_text(encoding="utf-8") for path in sorted(RULES.glob("*.yaml"))}


@cache
def built(*texts: tuple[str, str]) -> Table:
    """Return the table of the texts of rule files, each a stem and a text; examples may fail."""
    build = build_texts(dict(texts))
    assert build.table is not None
    assert not build.broken, build.report.errors
    return build.table


def edited(stem: str, *replaced: tuple[str, str], of: dict[str, str] | None = None) -> dict[str, str]:
    """Return the packaged rules, or others, with some texts of one file replaced; each has to be there."""
    files = PACKAGED if of is None else of
    text = files[stem]
    for old, new in replaced:
        assert old in text, old
        text = text.replace(old, new)
    return {**files, stem: text}


def difference(old: dict[str, str], new: dict[str, str], at: str | None = None) -> Diff:
    """Return the difference of the texts of two rule sets."""
    return compare(built(*old.items()), built(*new.items()), at)


def told(diff: Diff) -> list[str]:
    """Return the level, the id and the message of each finding."""
    return [f"{finding.level} {finding.id} {finding.message}" for finding in diff.findings]
