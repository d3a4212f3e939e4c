"""The findings of `imgrules diff`, for the formats of other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imgrules.cli.comparison.diff_report import DiffReport
from imgrules.cli.render import diff_markdown
from imgrules.cli.render.diff_text import headline
from imgrules.cli.render.findings.annotations import Annotation, Case, Findings, Kind, Region
from imgrules.cli.render.findings.annotations import Level as Seriousness
from imgrules.quoting import counted
from imgrules.repository import in_repository
from imgrules.views.diff.diff_records import DiffFinding, Level
from imgrules.views.diff.diff_words import acceptance_words, period_words, sum_words

_SERIOUSNESS = {
    Level.BREAKING: Seriousness.WARNING,
    Level.PRICE: Seriousness.WARNING,
    Level.RISKY: Seriousness.WARNING,
    Level.ADDED: Seriousness.NOTE,
    Level.COSMETIC: Seriousness.NOTE,
}
"""How serious a finding is for which the command does not fail; one for which it fails is an error."""


def findings(report: DiffReport) -> Findings:
    """Return the changes as annotations, in their order, and the models as cases."""
    failing = {finding.fingerprint for finding in report.failing}
    found = tuple(_annotation(finding, failed=finding.fingerprint in failing) for finding in report.shown)
    total = f"; {sum_words(report.diff.total)}" if report.diff.total.selections else ""
    return Findings(
        "imgrules diff",
        f"{headline(report)}{total}",
        found,
        lambda: _suites(report, failing),
        lambda: diff_markdown.page(report),
    )


def _annotation(finding: DiffFinding, *, failed: bool) -> Annotation:
    level = Seriousness.ERROR if failed else _SERIOUSNESS[finding.level]
    kind = Kind(finding.id, finding.id, _SERIOUSNESS[finding.level], finding.why)
    said, accepted = (sentence(finding), _region(finding), _why(finding)), acceptance_words(finding) if finding.accepted else ""
    return Annotation(kind, level, *said, fingerprint=finding.fingerprint, accepted=accepted)


def sentence(finding: DiffFinding) -> str:
    """Return what changes, with the model, how many selections, and when."""
    model = "" if finding.model is None else f"{finding.model}: "
    count = f", {counted(finding.selections, 'selection')}" if finding.selections else ""
    return f"{finding.level}: {model}{finding.message}{count}{period_words(finding)}"


def _why(finding: DiffFinding) -> str:
    return "; ".join(filter(None, (finding.why, acceptance_words(finding))))


def _region(finding: DiffFinding) -> Region | None:
    """Return the place of a change in the new side: that of what held it, where it is not there any more."""
    file, line = (finding.file, finding.line) if finding.in_new else finding.beside or (None, None)
    if file is None or line is None:
        return None
    return Region(in_repository(file), line, 1, line, 1)


def _suites(report: DiffReport, failing: set[str]) -> Mapping[str, list[Case]]:
    """Return one suite, with a case for each model that changes, one for what they share, and one for all others."""
    by_model: dict[str, list[DiffFinding]] = {model: [] for model in report.diff.sums}
    for finding in report.shown:
        by_model.setdefault("all models" if finding.model is None else finding.model, []).append(finding)
    cases = [_case(name, found, failing) for name, found in by_model.items()]
    others = report.diff.unchanged_models
    unchanged = [Case(f"{counted(others, 'model')} unchanged")] if others or not cases else []
    return {"imgrules diff": [*cases, *unchanged]}


def _case(name: str, found: list[DiffFinding], failing: set[str]) -> Case:
    split = (tuple(_lines(found, failing, failed=failed)) for failed in (True, False))
    failures, notes = split
    return Case(name, failures, notes)


def _lines(found: list[DiffFinding], failing: set[str], *, failed: bool) -> Iterator[str]:
    chosen = (finding for finding in found if (finding.fingerprint in failing) is failed)
    return (f"{finding.id}: {sentence(finding)}\n{_why(finding)}" for finding in chosen)
