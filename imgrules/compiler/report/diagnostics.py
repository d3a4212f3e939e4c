"""Records of what is reported to authors: codes, findings at a path, diagnostics with line and column, and reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import islice
from typing import Any, TypeAlias

from imgrules.compiler import file_caps as caps
from imgrules.compiler.report.proof_record import Proof
from imgrules.compiler.source import Position, Source, Span
from imgrules.table.record_base import field, record, replace

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from the root of a file to a value, such as `("options", "quality", "values", "high", "credits")`."""


MOST_MISTAKES = caps.MOST_MISTAKES
"""How many diagnostics of one file a report contains; after these are fixed, the next run reports more."""


class Severity(StrEnum):
    """How serious a mistake is: a model with an error is left out of the table, one with a warning is not."""

    ERROR = "error"
    WARNING = "warning"


@record
class Code:
    """
    A kind of mistake; its `id` is never reused for another kind.

    `page` is its documentation: what the mistake is, why it matters, an example to avoid and one to prefer.
    """

    id: str
    name: str
    severity: Severity
    page: str
    may_be_meant: bool = False
    """Whether authors may have meant what is reported, so that the hint shows how to accept it."""

    @property
    def summary(self) -> str:
        """Return the first line of the page."""
        return self.page.strip().splitlines()[0]


@record
class Place:
    """What a finding points at: a value, a key or a range of entries in the tree of a file, or a span of its text."""

    path: Path = ()
    on_key: bool = False
    span: Span | None = None
    file: str | None = None
    """The stem of the file; None for the file in which the finding was made."""

    until: Path | None = None
    """The path of the last entry of a range that begins with the key at `path`; equal to `path` for one key with its value."""


@record
class Change:
    """A replacement of the text at a place; None as `text` deletes the whole entry, with its key."""

    place: Place
    text: str | None


Fix: TypeAlias = str | tuple[Change, ...] | None
"""How to fix a mistake: a text that replaces what the finding points at, or several changes; None without an automatic fix."""


@record
class Finding:
    """A mistake at a path, before its line and column are looked up. `fix` is the change that `hint` proposes, or None."""

    code: Code
    message: str
    place: Place
    hint: str = ""
    related: tuple[tuple[Place, str], ...] = ()
    fix: Fix = None
    certain: bool = False
    """Whether the fix is what the author means, so that `check --fix` makes it."""
    slip: tuple[str, str] | None = None
    """A word that may be a slip of a name, and the name: the fix is certain if the rest of the files has this name alone."""


def up_to_the_cap(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Yield the findings of one file, at most `MOST_MISTAKES + 1`: one more than a report shows."""
    return islice(findings, MOST_MISTAKES + 1)


@record
class Spot:
    """
    A range of a file, with an excerpt of the line in which it begins; `label` describes it in a list of related spots.

    `excerpt` is the line, or a part of a long line: then `cut` is the number of characters left out before it, and `longer`
    is true if characters are left out after it.
    """

    file: str
    span: Span
    start: Position
    end: Position
    excerpt: str
    cut: int = 0
    longer: bool = False
    label: str = ""
    path: Path = field(default=(), compare=False)
    """The path in the file, which stays the same when lines are added above; empty for a range of the text."""


@record
class Edit:
    """A change of a file at a known position: `text` replaces the text of `span`."""

    file: str
    span: Span
    start: Position
    end: Position
    text: str


@record
class Diagnostic:
    """A finding with line and column. `more` are other spots with the same mistake; all `edits` together follow the hint."""

    code: Code
    message: str
    spot: Spot
    hint: str = ""
    related: tuple[Spot, ...] = ()
    edits: tuple[Edit, ...] = ()
    more: tuple[Spot, ...] = ()
    certain: bool = False
    """Whether the edits are what the author means, so that `check --fix` makes them."""

    @property
    def fix(self) -> str | None:
        """Return the text that replaces each spot of the diagnostic, or None if the fix is another change, or there is none."""
        texts = [edit.text for edit in self.edits if edit.span == self.spot.span]
        return (
            texts[0]
            if texts and {edit.text for edit in self.edits} == {texts[0]} and len(self.edits) == len(self.more) + 1
            else None
        )


@record
class Accepted:
    """A warning that an author accepts in the rule file, and the reason."""

    diagnostic: Diagnostic
    why: str


@record
class Corrections:
    """What a run corrected; with `diffs`, what it would correct, and as which unified diff of each file."""

    places: Mapping[str, Mapping[str, int]]
    """The number of places that were corrected, by file and by the id of the code."""

    kept: tuple[str, ...] = ()
    """The names of files that stay as they were, because they would be worse after their fixes."""

    left: tuple[Diagnostic, ...] = ()
    """Mistakes whose fix is not certain."""

    more: bool = False
    """Whether a further run would correct more."""

    diffs: Mapping[str, str] | None = None


@record
class Report:
    """
    All diagnostics of one run, in the order of the files, and the numbers of files that were read and examples that were run.

    It contains at most `MOST_MISTAKES` diagnostics of each file; `more` is true if any are left out.
    `corrections` is None if the run was not asked to correct anything, and `fails_on` is the lowest severity that fails it.
    `accepted` warnings are not among the diagnostics.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    files: int = 0
    examples: int = 0
    more: bool = False
    corrections: Corrections | None = None
    selections: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    """For each file that was read, the selections of its examples that were run, in order."""
    fails_on: Severity = Severity.ERROR
    tried: tuple[str, ...] = ()
    """The parts of contracts that were not proved but tried, such as a pattern on a text that callers write."""
    accepted: tuple[Accepted, ...] = ()
    proof: Proof | None = None
    """What was proved about rules without an error; None where nothing was tried."""

    def of(self, severity: Severity) -> tuple[Diagnostic, ...]:
        """Return the diagnostics of one severity."""
        return tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.code.severity is severity)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Return the diagnostics that are errors."""
        return self.of(Severity.ERROR)

    @property
    def failures(self) -> tuple[Diagnostic, ...]:
        """Return the diagnostics for which the run fails."""
        return tuple(filter(self.is_failed_by, self.diagnostics))

    def is_failed_by(self, diagnostic: Diagnostic) -> bool:
        """Whether the run fails for a diagnostic."""
        return diagnostic.code.severity is Severity.ERROR or self.fails_on is Severity.WARNING


def spot(source: Source, span: Span, label: str = "", path: Path = ()) -> Spot:
    """Return a span of a source with its line, its column and an excerpt."""
    start = source.position(span.start)
    return Spot(source.name, span, start, source.position(span.end), *source.excerpt(span.start), label, path)


def grouped(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics of one file, sorted; those that differ only in their place are merged into one at the first place."""
    same: dict[object, list[Diagnostic]] = {}
    for diagnostic in sorted(dict.fromkeys(diagnostics), key=lambda item: item.spot.span):
        same.setdefault(
            (diagnostic.code.id, diagnostic.message, diagnostic.hint, diagnostic.related, diagnostic.certain), []
        ).append(diagnostic)
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
