"""The format `text` of a difference: by model, the most serious change first, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from imgrules.cli.comparison.diff_report import DiffReport
from imgrules.cli.printing.style import Style
from imgrules.escapes import escaped
from imgrules.quoting import counted
from imgrules.views.diff.diff_records import DiffFinding, Level
from imgrules.views.diff.diff_words import acceptance_words, period_words, sum_words

_STYLES = {
    Level.BREAKING: "error",
    Level.PRICE: "warning",
    Level.RISKY: "warning",
    Level.ADDED: "good",
    Level.COSMETIC: "dim",
}
_WIDTH = max(map(len, Level))


def render(report: DiffReport, style: Style) -> str:
    """Return the changes of each model with their lines, and the sum of selections."""
    return "".join(f"{escaped(line)}\n" if line.isprintable() else f"{line}\n" for line in _lines(report, style))


def headline(report: DiffReport) -> str:
    """Return how many changes of each level there are, such as `1 breaking change, 3 price changes`."""
    counts = [(len(report.diff.of(level)), level) for level in Level]
    words = ", ".join(counted(count, f"{level} change") for count, level in counts if count)
    return words or "no changes"


def _lines(report: DiffReport, style: Style) -> Iterator[str]:
    diff = report.diff
    for model, group in groupby(report.shown, lambda finding: finding.model):
        yield style("bold", _title(report, model))
        for finding in group:
            yield from _finding(finding, style)
        yield ""
    yield style("bold", headline(report))
    if diff.total.selections:
        yield sum_words(diff.total)
    if diff.findings and diff.unchanged_models:
        yield f"{counted(diff.unchanged_models, 'model')} unchanged"
    yield from _notes(report)


def _title(report: DiffReport, model: str | None) -> str:
    if model is None:
        return "all models"
    label, total = report.diff.labels.get(model, model), report.diff.sums.get(model)
    name = model if label == model else f"{label} ({model})"
    return f"{name}: {sum_words(total)}" if total is not None and total.selections else name


def _finding(finding: DiffFinding, style: Style) -> Iterator[str]:
    level = style(_STYLES[finding.level], finding.level.ljust(_WIDTH))
    count = f", {counted(finding.selections, 'selection')}" if finding.selections else ""
    yield f"  {level}  {finding.message}{count}{period_words(finding)}"
    before = "" if finding.in_new else " (before)"
    place = "" if finding.file is None else f"{finding.file}:{finding.line}{before}  "
    yield f"  {' ' * _WIDTH}  {style('dim', f'{place}{finding.id}: {finding.why}')}"
    accepted = acceptance_words(finding)
    if accepted:
        yield f"  {' ' * _WIDTH}  {accepted}"


def _notes(report: DiffReport) -> Iterator[str]:
    hidden = len(report.diff.findings) - len(report.shown)
    if hidden:
        yield f"{counted(hidden, 'cosmetic change')} not shown; --cosmetic shows {'it' if hidden == 1 else 'them'}"
    if report.unlisted:
        yield from _how_to_accept(report.unlisted)


def _how_to_accept(failing: Iterable[DiffFinding]) -> Iterator[str]:
    yield "to accept a change, add it to a reviewed file, and pass the file with --accept:"
    for finding in failing:
        yield f"  - {{fingerprint: {finding.fingerprint}, why: WHY, who: WHO}}  # {finding.message}"
