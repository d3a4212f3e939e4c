"""
a date that does not exist, or an end before the beginning

What: a date or a time does not exist, such as November 31; or an end is not after its beginning.
Why: a rule with such dates would never apply, or would never end.

Avoid:
    promotion: {credits: 5, from: "2026-12-01", until: "2026-11-31"}
Prefer:
    promotion: {credits: 5, from: "2026-11-01", until: "2026-12-01"}
"""

from __future__ import annotations

from collections.abc import Iterator

from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place, Severity
from imgrules.compiler.spec.rule_set import RuleSet, moment_of
from imgrules.compiler.spec.types import Closed, DatedSpec, Role
from imgrules.compiler.spec.walk import walk
from imgrules.quoting import quoted

CODE = Code("IR226", "bad-moment", Severity.ERROR, __doc__)


def check(rules: RuleSet) -> Iterator[Finding]:
    """Yield a finding for each date that does not exist, and for each period that does not end after its start."""
    files: dict[str, Closed] = {"_shared": rules.shared, **rules.models}
    for file, spec in files.items():
        yield from _impossible_moments(file, walk(spec, Role.MOMENT))
        for path, entry in walk(spec, DatedSpec):
            yield from _reversed_periods(file, path, entry)


def _impossible_moments(file: str, moments: Iterator[tuple[Path, str]]) -> Iterator[Finding]:
    for path, text in moments:
        if moment_of(text) is None:
            place = Place(path, file=file)
            yield Finding(
                CODE, f"the date or time {quoted(text)} does not exist", place, "write a date and a time that exist, in UTC"
            )


def _reversed_periods(file: str, path: Path, entry: DatedSpec) -> Iterator[Finding]:
    """Yield a finding if the end of an entry is not after its start."""
    if entry.from_ is None:
        return
    start = moment_of(entry.from_)
    end = moment_of(entry.until)
    if start is not None and end is not None and end <= start:
        related = ((Place((*path, "from"), file=file), "it begins here"),)
        message = f"the end {quoted(entry.until)} is not after the beginning"
        yield Finding(CODE, message, Place((*path, "until"), file=file), "write a later end, or an earlier beginning", related)
