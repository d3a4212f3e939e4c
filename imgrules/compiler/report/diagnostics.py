"""What an author is told: a code with its page, a finding at a path, a diagnostic at a place, a report of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import TypeAlias

from imgrules.compiler import file_caps as caps
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
    """Where a finding points: a value, a key or both of a file's tree, or a span of its text."""

    path: Path = ()
    on_key: bool = False
    span: Span | None = None
    file: str | None = None
    """The stem of the file, where it is not the file that is looked at."""

    until: Path | None = None
    """Where the last entry lies that is pointed at, from the key at `path` on: the same path for a key with its value."""


@dataclass(frozen=True, slots=True)
class Change:
    """Text that is to stand in place of what is at a place; without a text, the whole entry goes, with its key."""

    place: Place
    text: str | None


Fix: TypeAlias = str | tuple[Change, ...] | None
"""What mends a mistake: text in place of what the finding points at, or changes elsewhere."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake as a stage sees it. What `hint` offers to type is `fix`; without one, the hint explains."""

    code: Code
    message: str
    place: Place
    hint: str = ""
    related: tuple[tuple[Place, str], ...] = ()
    fix: Fix = None


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
class Edit:
    """A change of a file, with its place looked up: `text` stands in place of a stretch."""

    file: str
    span: Span
    start: Position
    end: Position
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its places looked up: the first, and `more` of the same; all `edits` together do what the hint says."""

    code: Code
    message: str
    spot: Spot
    hint: str = ""
    related: tuple[Spot, ...] = ()
    edits: tuple[Edit, ...] = ()
    more: tuple[Spot, ...] = ()

    @property
    def fix(self) -> str | None:
        """The text that may stand in place of what is pointed at, where that is all there is to do at each place."""
        here = [each.text for each in self.edits if each.span == self.spot.span]
        return (
            here[0]
            if here and {each.text for each in self.edits} == {here[0]} and len(self.edits) == len(self.more) + 1
            else None
        )


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
        """Return the diagnostics of one severity."""
        return tuple(each for each in self.diagnostics if each.code.severity is severity)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that keep a model out of the table."""
        return self.of(Severity.ERROR)


def spot(source: Source, span: Span, label: str = "") -> Spot:
    """Return a span with everything that a person needs to find it."""
    start = source.position(span.start)
    return Spot(source.name, span, start, source.position(span.end), *source.excerpt(span.start), label)


def grouped(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return equal diagnostics of one file as one, at the first of their places; what points elsewhere too stays by itself."""
    alike: dict[object, list[Diagnostic]] = {}
    for each in sorted(dict.fromkeys(diagnostics), key=lambda one: one.spot.span):
        alike.setdefault((each.code.id, each.message, each.hint, each.related), []).append(each)
    return [_as_one(some) for some in alike.values()]


def _as_one(alike: list[Diagnostic]) -> Diagnostic:
    first = alike[0]
    if len(alike) == 1:
        return first
    edits = tuple(dict.fromkeys(one for each in alike for one in each.edits))
    return replace(first, edits=edits, more=tuple(each.spot for each in alike[1:]))


def in_order(diagnostics: Iterable[Diagnostic], names: list[str]) -> tuple[Diagnostic, ...]:
    """Return diagnostics by file, then by place, then by code, each once."""
    order = {name: at for at, name in enumerate(names)}
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda each: (order[each.spot.file], each.spot.span, each.code.id)))
