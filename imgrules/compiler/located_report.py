"""Locate findings in their files: a report of diagnostics with lines and columns, without the consequences of other errors."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from imgrules.compiler.parsed_file import ParsedFile
from imgrules.compiler.read.folder import SHARED
from imgrules.compiler.read.syntax_codes import MISREAD
from imgrules.compiler.read.tree import Tree
from imgrules.compiler.report.certainty import is_same_text
from imgrules.compiler.report.diagnostics import (
    MOST_MISTAKES,
    Accepted,
    Change,
    Diagnostic,
    Edit,
    Finding,
    Path,
    Place,
    Report,
    Severity,
    Spot,
    grouped,
    in_order,
    spot,
)
from imgrules.compiler.source import Span


def report_of(
    files: Mapping[str, ParsedFile],
    findings: list[tuple[str, Finding]],
    examples: int,
    accepted: Iterable[tuple[str, Finding, str]] = (),
) -> Report:
    """
    Return the report of all findings except consequences of other errors, merged and truncated for each file.

    `accepted` are findings that authors accept, each with the stem of its file and the reason.
    """
    error_spans = {stem: sorted(_error_spans(file)) for stem, file in files.items()}
    diagnostics = [
        _diagnostic(files, stem, finding)
        for stem, finding in findings
        if not _is_consequence(files, stem, finding, error_spans)
    ]
    error_places = {
        (diagnostic.spot.file, diagnostic.spot.span) for diagnostic in diagnostics if diagnostic.code.severity is Severity.ERROR
    }
    remaining = [
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.code is not MISREAD or (diagnostic.spot.file, diagnostic.spot.span) not in error_places
    ]
    by_file: dict[str, list[Diagnostic]] = {}
    for diagnostic in remaining:
        by_file.setdefault(diagnostic.spot.file, []).append(diagnostic)
    # In a file with very many mistakes a stage stops early, so more of each kind may exist than are known here.
    truncated = any(len(group) > MOST_MISTAKES for group in by_file.values())
    by_file = {name: grouped(group) for name, group in by_file.items()}
    kept = [diagnostic for group in by_file.values() for diagnostic in _most_severe(group)]
    is_more = truncated or len(kept) < sum(map(len, by_file.values()))
    reasons = tuple(Accepted(_diagnostic(files, stem, finding), why) for stem, finding, why in accepted)
    ordered = in_order(kept, [file.source.name for file in files.values()])
    return Report(ordered, len(files), examples, is_more, accepted=reasons)


def _most_severe(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Return up to `MOST_MISTAKES` diagnostics of one file, errors before warnings."""
    return sorted(diagnostics, key=lambda diagnostic: (diagnostic.code.severity is not Severity.ERROR, diagnostic.spot.span))[
        :MOST_MISTAKES
    ]


def _error_spans(file: ParsedFile) -> Iterator[Span]:
    """Yield the spans of the errors in characters and YAML, which have a span and no path."""
    errors = (finding for finding in file.findings if finding.code.severity is Severity.ERROR)
    return (finding.place.span for finding in errors if finding.place.span is not None)


def _is_consequence(
    files: Mapping[str, ParsedFile], stem: str, finding: Finding, error_spans: Mapping[str, list[Span]]
) -> bool:
    """Whether a finding has a path and is about a part of the text with an error in characters or YAML, which is its cause."""
    file = files[finding.place.file or stem]
    if finding.place.span is not None or file.tree is None:
        return False
    path, until = finding.place.path, finding.place.until
    own_spans = [spans.get(path) for spans in (file.tree.values, file.tree.keys)]
    own_spans += [file.tree.entries(path, until)] if until is not None else []
    return any(_overlaps_any(span, error_spans[file.stem]) for span in own_spans if span is not None)


def _overlaps_any(span: Span, error_spans: list[Span]) -> bool:
    """Whether a span overlaps one of `error_spans`, which are sorted."""
    position = bisect_left(error_spans, (span.end, 0))
    return position > 0 and error_spans[position - 1].end > span.start


def _diagnostic(files: Mapping[str, ParsedFile], stem: str, finding: Finding) -> Diagnostic:
    related = tuple(spot_of(files, stem, place, label) for place, label in finding.related)
    changes = tuple(_edits(files, stem, finding))
    return Diagnostic(
        finding.code,
        finding.message,
        spot_of(files, stem, finding.place),
        finding.hint,
        related,
        changes,
        certain=bool(changes) and (finding.certain or _is_certain(files, stem, finding, changes)),
    )


_OFFER = r"(?s)(?:write|did you mean) `(?!.*(?:` if |, or ))"
"""A hint that proposes one text, and leaves no choice to the author."""


def _is_certain(files: Mapping[str, ParsedFile], stem: str, finding: Finding, changes: tuple[Edit, ...]) -> bool:
    """Whether the files show that a fix is what the author means."""
    if finding.slip is not None:
        return _is_confirmed(files, finding.place.file or stem, *finding.slip)
    return re.search(_OFFER, finding.hint) is not None and _keeps_text(files, stem, finding, changes)


def _is_confirmed(files: Mapping[str, ParsedFile], stem: str, word: str, name: str) -> bool:
    """Whether a file and the shared one have a word that is a slip only once, and the right name more often."""
    text = "\n".join(files[home].source.text for home in dict.fromkeys((SHARED, stem)) if home in files)
    count = Counter(re.findall(r"[\w.:-]*\w", text))
    return count[word] == 1 and count[name] > 1


def _keeps_text(files: Mapping[str, ParsedFile], stem: str, finding: Finding, changes: tuple[Edit, ...]) -> bool:
    """Whether the edits of a finding change quotes, brackets and spaces alone."""
    changed = (
        [finding.place.file or stem]
        if isinstance(finding.fix, str)
        else [change.place.file or stem for change in finding.fix or ()]
    )
    sources = {files[name].source.name: files[name].source for name in changed}
    return all(is_same_text(sources[edit.file].slice(edit.span), edit.text) for edit in changes)


def _edits(files: Mapping[str, ParsedFile], stem: str, finding: Finding) -> Iterator[Edit]:
    from imgrules.compiler.fixes.edits import edits  # noqa: PLC0415  a report without findings does not load it

    fix = (Change(finding.place, finding.fix),) if isinstance(finding.fix, str) else finding.fix or ()
    for change in fix:
        file = files[change.place.file or stem]
        yield from edits(file.source, file.tree, change, spot_of(files, stem, change.place).span)


def spot_of(files: Mapping[str, ParsedFile], stem: str, place: Place, label: str = "") -> Spot:
    """Return the spot of a place: its file, line, column and excerpt."""
    file = files[place.file or stem]
    span = place.span if place.span is not None else _span(file.tree, place.path, place.on_key)
    if place.until is not None and file.tree is not None:
        span = file.tree.entries(place.path, place.until)
    return spot(file.source, span, label, place.path)


def _span(tree: Tree | None, path: Path, on_key: bool) -> Span:  # noqa: FBT001  a flag of `Place`
    """Return the span of a path in a tree; if the tree lacks the path, the span of the nearest key around it."""
    if tree is None:
        return Span(0, 0)
    for spans in (tree.keys, tree.values) if on_key else (tree.values, tree.keys):
        if path and path in spans:
            return spans[path]
    # A finding about the whole file, such as a missing key, is reported at its first key.
    return _span(tree, path[:-1], on_key=True) if path else next(iter(tree.keys.values()), tree.values.get((), Span(0, 0)))
