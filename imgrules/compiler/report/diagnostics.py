"""Records for authors: a code with its page, a finding at a path, a diagnostic at a place, and the report of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import TypeAlias

from imgrules.compiler import file_caps as caps
from imgrules.compiler.source import Position, Source, Span

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from the root of a file to a value, such as `("options", "quality", "values", "high", "credits")`."""


MOST_MISTAKES = caps.MOST_MISTAKES
"""How many diagnostics of one file a report holds; whoever has repaired them gets the rest in the next run."""


class Severity(StrEnum):
    """How serious a mistake is: an error keeps its model out of the table, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """
    One kind of mistake. An id is never reused for another kind.

    `page` is its documentation: what the mistake is, why it matters, an example to avoid and one to prefer.
    """

    id: str
    name: str
    severity: Severity
    page: str

    @property
    def summary(self) -> str:
        """Return the first line of the page."""
        return self.page.strip().splitlines()[0]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding points: a value or a key in a file's tree, an entry with both, or a span of its text."""

    path: Path = ()
    on_key: bool = False
    span: Span | None = None
    file: str | None = None
    """The stem of the file; None for the file in which the finding was made."""

    until: Path | None = None
    """The path of the last entry of a range that begins with the key at `path`; equal to `path` for one key with its value."""


@dataclass(frozen=True, slots=True)
class Change:
    """A replacement of the text at a place; None as `text` deletes the whole entry, with its key."""

    place: Place
    text: str | None


Fix: TypeAlias = str | tuple[Change, ...] | None
"""How to repair a mistake: text that replaces what the finding points at, or changes at any places."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake before its line and column are known. `fix` is the text that `hint` proposes; without it, the hint explains."""

    code: Code
    message: str
    place: Place
    hint: str = ""
    related: tuple[tuple[Place, str], ...] = ()
    fix: Fix = None


def up_to_the_cap(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Yield the findings of one file, at most `MOST_MISTAKES + 1`: the last one shows that there are more."""
    return islice(findings, MOST_MISTAKES + 1)


@dataclass(frozen=True, slots=True)
class Spot:
    """
    A range of a file, with an excerpt of the line in which it begins. `label` says what it is, beside another spot.

    `excerpt` is that line, or its part around the place where the line is long: then `cut` counts the characters left out
    before it, and `longer` is true if characters are left out after it.
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
    """A change of a file whose place is known: `text` replaces what `span` holds."""

    file: str
    span: Span
    start: Position
    end: Position
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its places in the text: `spot`, and `more` of the same. All `edits` together do what the hint says."""

    code: Code
    message: str
    spot: Spot
    hint: str = ""
    related: tuple[Spot, ...] = ()
    edits: tuple[Edit, ...] = ()
    more: tuple[Spot, ...] = ()

    @property
    def fix(self) -> str | None:
        """Return the text that replaces what each spot points at, or None if the repair is anything else."""
        texts = [edit.text for edit in self.edits if edit.span == self.spot.span]
        return (
            texts[0]
            if texts and {edit.text for edit in self.edits} == {texts[0]} and len(self.edits) == len(self.more) + 1
            else None
        )


@dataclass(frozen=True, slots=True)
class Report:
    """
    All diagnostics of one run, in the order of the files, and how many files were read and examples were run.

    Of one file it holds `MOST_MISTAKES` at most; if it left any out, `more` is true.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    files: int = 0
    examples: int = 0
    more: bool = False

    def of(self, severity: Severity) -> tuple[Diagnostic, ...]:
        """Return the diagnostics of one severity."""
        return tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.code.severity is severity)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Return the diagnostics that keep a model out of the table."""
        return self.of(Severity.ERROR)


def spot(source: Source, span: Span, label: str = "") -> Spot:
    """Return a span of a source with its line, its column and an excerpt."""
    start = source.position(span.start)
    return Spot(source.name, span, start, source.position(span.end), *source.excerpt(span.start), label)


def grouped(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics of one file with those merged that differ only in their place, at the first of their places."""
    same: dict[object, list[Diagnostic]] = {}
    for diagnostic in sorted(dict.fromkeys(diagnostics), key=lambda item: item.spot.span):
        same.setdefault((diagnostic.code.id, diagnostic.message, diagnostic.hint, diagnostic.related), []).append(diagnostic)
    return [_merge(group) for group in same.values()]


def _merge(same: list[Diagnostic]) -> Diagnostic:
    first = same[0]
    if len(same) == 1:
        return first
    edits = tuple(dict.fromkeys(edit for diagnostic in same for edit in diagnostic.edits))
    return replace(first, edits=edits, more=tuple(diagnostic.spot for diagnostic in same[1:]))


def in_order(diagnostics: Iterable[Diagnostic], names: list[str]) -> tuple[Diagnostic, ...]:
    """Return diagnostics sorted by file (in the order of `names`), place and code, and deduplicated."""
    order = {name: position for position, name in enumerate(names)}
    return tuple(
        sorted(
            dict.fromkeys(diagnostics),
            key=lambda diagnostic: (order[diagnostic.spot.file], diagnostic.spot.span, diagnostic.code.id),
        )
    )
