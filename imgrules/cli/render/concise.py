"""A report with one line for each diagnostic, as editors and `grep` read it."""

from __future__ import annotations

from imgrules.cli.render.shown import more_like_this, safe, summary
from imgrules.cli.style import Style
from imgrules.compiler.report.diagnostics import Diagnostic, Report


def render(report: Report, style: Style) -> str:
    """Return one line per diagnostic, and a line that sums up."""
    return "".join(f"{_line(diagnostic, style)}\n" for diagnostic in report.diagnostics) + summary(report, style) + "\n"


def _line(each: Diagnostic, style: Style) -> str:
    place = f"{safe(each.spot.file)}:{each.spot.start.line}:{each.spot.start.column}"
    severity = each.code.severity.value
    return (
        f"{style('bold', place)}: {style(severity, f'{severity}[{each.code.id}]')} {safe(each.message)}"
        + (f" ({safe(each.hint)})" if each.hint else "")
        + (f" [and {more_like_this(each)}]" if each.more else "")
    )
