"""The format `concise`: one line for each diagnostic, as editors and `grep` read it."""

from __future__ import annotations

from imgrules.cli.printing.style import Style
from imgrules.cli.render.parts.text_parts import corrected, more_like_this, safe, summary
from imgrules.compiler.report.diagnostics import Diagnostic, Report


def render(report: Report, style: Style) -> str:
    """Return one line per diagnostic, and a summary line."""
    lines = "".join(f"{_line(diagnostic, style)}\n" for diagnostic in report.diagnostics)
    return f"{corrected(report, style)}{lines}{summary(report, style)}\n"


def _line(diagnostic: Diagnostic, style: Style) -> str:
    place = f"{safe(diagnostic.spot.file)}:{diagnostic.spot.start.line}:{diagnostic.spot.start.column}"
    severity = diagnostic.code.severity.value
    return (
        f"{style('bold', place)}: {style(severity, f'{severity}[{diagnostic.code.id}]')} {safe(diagnostic.message)}"
        + (f" ({safe(diagnostic.hint)})" if diagnostic.hint else "")
        + (f" [and {more_like_this(diagnostic)}]" if diagnostic.more else "")
    )
