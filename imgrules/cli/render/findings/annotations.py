"""Annotations: what the formats of other programs show of a finding, with places in the repository and a stable fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from imgrules.cli.render.parts.text_parts import safe
from imgrules.table.record_base import record, replace


class Level(StrEnum):
    """How serious an annotation is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@record
class Kind:
    """A kind of finding: its stable id, its name in words with hyphens, and the page that explains it."""

    id: str
    name: str
    level: Level
    page: str


@record
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


@record
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
    accepted: str = ""
    """Why somebody accepts it; such a finding fails nothing."""

    @property
    def text(self) -> str:
        """Return the message with its hint and the number of further places, a line each."""
        further = f"and {len(self.more)} more like this: {', '.join(map(str, self.more[:5]))}" if self.more else ""
        more = further + ", …" * (len(self.more) > 5)  # noqa: PLR2004  as many as a reader looks at
        return "\n".join(filter(None, [safe(self.message), safe(self.hint), more]))


@record
class Case:
    """A case of a test suite: why it failed, and what else is to be said; a case without failures passes."""

    name: str
    failures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    file: str = ""


@record
class Findings:
    """What a command found, for the formats of other programs; `summary` has a line or two for people."""

    command: str
    summary: str
    annotations: tuple[Annotation, ...]
    suites: Callable[[], Mapping[str, list[Case]]]
    """The cases of the run by file, those that passed too; a function, because one format alone needs them."""
    page: Callable[[], str]
    """The summary of a job in Markdown."""
    hidden: tuple[Annotation, ...] = ()
    """Accepted findings that only programs list."""


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
