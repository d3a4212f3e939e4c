"""Annotations: what the formats of other programs show of a finding, with places in the repository and a stable fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from imgrules.cli.render.repository import in_repository
from imgrules.cli.render.text_parts import safe
from imgrules.compiler.report.diagnostics import Diagnostic, Report, Spot


class Level(StrEnum):
    """How serious an annotation is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding: its stable id, its name in words with hyphens, and the page that explains it."""

    id: str
    name: str
    level: Level
    page: str


@dataclass(frozen=True, slots=True)
class Region:
    """A range of a file in the repository; lines and columns count from 1, columns in code points."""

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    label: str = ""

    def __str__(self) -> str:
        """Return the place as people read it, such as `rules/nano.yaml:3`."""
        return f"{safe(self.file)}:{self.line}"


@dataclass(frozen=True, slots=True)
class Annotation:
    """
    A finding as other programs show it.

    `region` is None where the finding has no place in a file. `fingerprint` holds no line number, so that it stays the same
    when the file is edited elsewhere; of equal findings in one file, `more` are the further places.
    """

    kind: Kind
    level: Level
    message: str
    region: Region | None
    hint: str = ""
    related: tuple[Region, ...] = ()
    more: tuple[Region, ...] = ()
    fingerprint: str = ""

    @property
    def text(self) -> str:
        """Return the message with its hint and the number of further places, a line each."""
        further = f"and {len(self.more)} more like this: {', '.join(map(str, self.more[:5]))}" if self.more else ""
        more = further + ", …" * (len(self.more) > 5)  # noqa: PLR2004  as many as a reader looks at
        return "\n".join(filter(None, [safe(self.message), self.hint and f"help: {safe(self.hint)}", more]))


def annotated(report: Report) -> list[Annotation]:
    """Return the diagnostics of a report as annotations, in their order."""
    return with_fingerprints((_annotation(diagnostic), _path(diagnostic.spot)) for diagnostic in report.diagnostics)


def with_fingerprints(found: Iterable[tuple[Annotation, Iterable[str]]]) -> list[Annotation]:
    """
    Return annotations with fingerprints; each is given with the names that lead to its place, such as the keys of its path.

    What is equal in all of this is told apart by a number, in the order given.
    """
    count = Counter[str]()
    done = []
    for annotation, names in found:
        file = annotation.region.file if annotation.region else ""
        same = json.dumps([annotation.kind.id, file, *names, annotation.message])
        count[same] += 1
        print_of = hashlib.sha256(f"{same}{count[same]}".encode()).hexdigest()
        done.append(replace(annotation, fingerprint=print_of))
    return done


def _annotation(diagnostic: Diagnostic) -> Annotation:
    code, level = diagnostic.code, Level(diagnostic.code.severity.value)
    return Annotation(
        Kind(code.id, code.name, level, code.page),
        level,
        diagnostic.message,
        _region(diagnostic.spot),
        diagnostic.hint,
        tuple(map(_region, diagnostic.related)),
        tuple(map(_region, diagnostic.more)),
    )


def _region(spot: Spot) -> Region:
    start, end = spot.start, spot.end
    return Region(in_repository(spot.file), start.line, start.column, end.line, end.column, spot.label)


def _path(spot: Spot) -> Iterator[str]:
    """Yield the keys of a path; positions in lists are left out, because they change when an entry is added before."""
    return (key for key in spot.path if isinstance(key, str))
