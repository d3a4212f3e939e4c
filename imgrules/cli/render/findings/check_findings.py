"""The findings of `imgrules check`, for the formats of other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imgrules.cli.printing.style import PLAIN
from imgrules.cli.render.findings.annotations import Annotation, Case, Findings, Kind, Level, Region, with_fingerprints
from imgrules.cli.render.parts import job_summary
from imgrules.cli.render.parts.text_parts import safe, summary
from imgrules.compiler.report.diagnostics import Diagnostic, Report, Spot
from imgrules.compiler.report.helps import typed
from imgrules.repository import in_repository

_LONGEST = 120
"""How many characters of a selection the name of a case has."""


def findings(report: Report) -> Findings:
    """Return the diagnostics of a report as annotations, in their order, and its files and examples as cases."""
    reasons = [*(("", found) for found in report.diagnostics), *((entry.why, entry.diagnostic) for entry in report.accepted)]
    every = with_fingerprints((_annotation(diagnostic, why), _path(diagnostic.spot)) for why, diagnostic in reasons)
    found, hidden = every[: len(report.diagnostics)], every[len(report.diagnostics) :]
    line = summary(report, PLAIN)
    return Findings(
        "imgrules check",
        line,
        tuple(found),
        lambda: _suites(report),
        lambda: job_summary.page("imgrules check", line, found),
        tuple(hidden),
    )


def _suites(report: Report) -> Mapping[str, list[Case]]:
    """Return a suite for each file, with a case for the file and one for each of its examples."""
    by_file: dict[str, list[Diagnostic]] = {file: [] for file in report.selections}
    for diagnostic in report.diagnostics:
        by_file.setdefault(diagnostic.spot.file, []).append(diagnostic)
    return {in_repository(file): _cases(report, file, found) for file, found in by_file.items()}


def _cases(report: Report, file: str, found: list[Diagnostic]) -> list[Case]:
    """Return the case of a file, and those of its examples."""
    selections = report.selections.get(file, ())
    names = [in_repository(file)] + [f"example {at}: {typed(select)}"[:_LONGEST] for at, select in enumerate(selections, 1)]
    sentences: dict[tuple[int, bool], list[str]] = {}
    for diagnostic in found:
        for spot in (diagnostic.spot, *diagnostic.more):
            case = _example(spot, len(selections)), report.is_failed_by(diagnostic)
            sentences.setdefault(case, []).append(_sentence(spot, diagnostic))
    texts = ((tuple(sentences.get((at, failed), ())) for failed in (True, False)) for at in range(len(names)))
    return [Case(name, failures, notes, names[0]) for name, (failures, notes) in zip(names, texts, strict=True)]


def _example(spot: Spot, most: int) -> int:
    """Return the number of the example that a spot lies in, from 1; 0 for any other place in the file."""
    head, at = (*spot.path, None, None)[:2]
    return at + 1 if head == "examples" and isinstance(at, int) and at < most else 0


def _sentence(spot: Spot, diagnostic: Diagnostic) -> str:
    code, place = diagnostic.code, f"{spot.start.line}:{spot.start.column}"
    hint = f"\nhelp: {safe(diagnostic.hint)}" if diagnostic.hint else ""
    return f"{code.severity.value}[{code.id}] {place}: {safe(diagnostic.message)}{hint}"


def _annotation(diagnostic: Diagnostic, accepted: str) -> Annotation:
    code, level = diagnostic.code, Level(diagnostic.code.severity.value)
    return Annotation(
        Kind(code.id, code.name, level, code.page),
        level,
        diagnostic.message,
        region(diagnostic.spot),
        f"help: {diagnostic.hint}" if diagnostic.hint else "",
        tuple(map(region, diagnostic.related)),
        tuple(map(region, diagnostic.more)),
        accepted=accepted,
    )


def region(spot: Spot) -> Region:
    """Return the place of a spot in the repository."""
    start, end = spot.start, spot.end
    return Region(in_repository(spot.file), start.line, start.column, end.line, end.column, spot.label)


def _path(spot: Spot) -> Iterator[str]:
    """Yield the keys of a path; positions in lists are left out, because they change when an entry is added before."""
    return (key for key in spot.path if isinstance(key, str))
