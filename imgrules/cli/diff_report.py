"""What `imgrules diff` reports: the difference with its lines, the names of both sides, and what makes the command fail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from imgrules.cli.diff_sides import OpenSide
from imgrules.views.diff.records import Diff, DiffFinding, Level


@dataclass(frozen=True, slots=True)
class DiffReport:
    """
    A difference as it is reported: `old` and `new` name the sides.

    `failing` are the findings for which the command exits with 1. Without `cosmetic`, cosmetic findings are only counted.
    """

    diff: Diff
    old: str
    new: str
    failing: tuple[DiffFinding, ...] = ()
    cosmetic: bool = False

    @property
    def shown(self) -> tuple[DiffFinding, ...]:
        """The findings that are listed."""
        return tuple(finding for finding in self.diff.findings if self.cosmetic or finding.level is not Level.COSMETIC)


_LAST = {"price": "credits", "regular": "promotion", "gate": "gate", "label": "label", "badge": "badges", "default": "default"}
"""The key at which a kind of change is written, by the first word of its id."""


def located(diff: Diff, old: OpenSide, new: OpenSide) -> Diff:
    """Return a difference with the file and the line of each finding, as far as its side is a folder."""
    return replace(diff, findings=tuple(_located(diff.findings, old, new)))


def _located(findings: Iterable[DiffFinding], old: OpenSide, new: OpenSide) -> Iterable[DiffFinding]:
    for finding in findings:
        side = new if finding.in_new else old
        path = finding.path if finding.in_new or finding.model in old.table.models else finding.path[2:]
        last = _LAST.get(finding.id.partition("-")[0])
        place = None if side.places is None else side.places.place(path, last)
        yield finding if place is None else replace(finding, file=place[0], line=place[1])
