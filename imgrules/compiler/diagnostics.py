"""What an author is told: a code with its page, a finding at a path, a diagnostic at a place, a report of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TypeAlias

from imgrules.compiler import caps
from imgrules.compiler.source import Position, Source, Span

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from the top of a file down to a value."""


MOST_MISTAKES = caps.MOST_MISTAKES
"""So many mistakes of one file are told; who has mended them is told the rest."""


class Severity(StrEnum):
    """An error keeps its model out of the table; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """
    One kind of mistake; an id is never used again for another kind.

    `page` is its documentation: what it is, why it matters, an example to avoid and one to prefer.
    """

    id: str
    name: str
    severity: Severity
    page: str

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.strip().splitlines()[0]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding points: a value or a key of a file's tree, or a span of its text."""

    path: Path = ()
    on_key: bool = False
    span: Span | None = None
    file: str | None = None
    """The stem of the file, where it is not the file that is looked at."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake as a stage sees it. `fix` is text that may stand in place of what it points at."""

    code: Code
    message: str
    place: Place
    hint: str = ""
    related: tuple[tuple[Place, str], ...] = ()
    fix: str | None = None


def as_told(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Return as many findings of one file as are told anyway, and one, so that it is known that there is more."""
    return islice(findings, MOST_MISTAKES + 1)


@dataclass(frozen=True, slots=True)
class Spot:
    """
    A stretch of a file, with the line it begins in; what stands there is said by `label`.

    `excerpt` is that line, or what lies around the place in a long one; `cut` characters are left out before it,
    and it goes on if it is `longer`.
    """

    file: str
    span: Span
    start: Position
    end: Position
    excerpt: str
    cut: int = 0
    longer: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its place looked up."""

    code: Code
    message: str
    spot: Spot
    hint: str = ""
    related: tuple[Spot, ...] = ()
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """
    What was found in one run, in the order of the files: `examples` were run.

    Of one file no more is told than `MOST_MISTAKES`; then there may be `more`.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    files: int = 0
    examples: int = 0
    more: bool = False

    def of(self, severity: Severity) -> tuple[Diagnostic, ...]:
        """Answer the diagnostics of one severity."""
        return tuple(each for each in self.diagnostics if each.code.severity is severity)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that keep a model out of the table."""
        return self.of(Severity.ERROR)


def spot(source: Source, span: Span, label: str = "") -> Spot:
    """Answer a span with everything that a person needs to find it."""
    start = source.position(span.start)
    return Spot(source.name, span, start, source.position(span.end), *source.excerpt(span.start), label)


def in_order(diagnostics: Iterable[Diagnostic], names: list[str]) -> tuple[Diagnostic, ...]:
    """Answer diagnostics by file, then by place, then by code, each once."""
    order = {name: at for at, name in enumerate(names)}
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda each: (order[each.spot.file], each.spot.span, each.code.id)))
