"""The format `text`: every diagnostic with its excerpt, for people."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from imgrules.cli.printing.style import Style
from imgrules.cli.render.parts.text_parts import cell, corrected, more_like_this, proved, safe, summary, width
from imgrules.compiler.report.diagnostics import Diagnostic, Report, Severity, Spot


def render(report: Report, style: Style) -> str:
    """Return every diagnostic with its excerpt, and a summary line."""
    blocks = ["\n".join(_block(diagnostic, style)) for diagnostic in report.diagnostics]
    above = [corrected(report, style)] if report.corrections else []
    return "\n".join(filter(None, [*above, "\n\n".join([*blocks, summary(report, style)]) + "\n"])) + proved(report, style)


def errors(report: Report, style: Style) -> str:
    """Return the errors with their excerpts, and a summary that counts the warnings: for commands other than `check`."""
    blocks = ["\n".join(_block(diagnostic, style)) for diagnostic in report.errors]
    hint = "; `imgrules check` shows the warnings" if report.of(Severity.WARNING) else ""
    return "\n\n".join([*blocks, summary(report, style) + hint]) + "\n"


def blocks(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return diagnostics with their excerpts, in plain text."""
    return ["\n".join(_block(diagnostic, Style(io.StringIO(), "never"))) for diagnostic in diagnostics]


def _block(diagnostic: Diagnostic, style: Style) -> Iterator[str]:
    severity = diagnostic.code.severity.value
    gutter = " " * max(len(str(spot.start.line)) for spot in (diagnostic.spot, *diagnostic.related))
    yield f"{style(severity, f'{severity}[{diagnostic.code.id}]')}: {style('bold', safe(diagnostic.message))}"
    yield f"{gutter}{style('note', '-->')} {safe(diagnostic.spot.file)}:{diagnostic.spot.start.line}:{diagnostic.spot.start.column}"
    related = [(spot, "-", "dim") for spot in diagnostic.related if spot.file == diagnostic.spot.file]
    for spot, sign, kind in sorted([*related, (diagnostic.spot, "^", severity)], key=lambda marked: marked[0].span):
        yield from excerpt(spot, sign, gutter, style, kind)
    for spot in diagnostic.related:
        if spot.file != diagnostic.spot.file:
            yield f"{gutter}{style('note', ':::')} {safe(spot.file)}:{spot.start.line}:{spot.start.column}: {spot.label}"
    if diagnostic.more:
        yield f"{gutter} {style('note', '= and')} {more_like_this(diagnostic)}"
    if diagnostic.hint:
        yield f"{gutter} {style('note', '= help:')} {safe(diagnostic.hint)}"


def excerpt(spot: Spot, sign: str, gutter: str, style: Style, kind: str) -> Iterator[str]:
    """Yield the line of a spot with its number, and below it the spot marked by a sign."""
    bar = style("note", "|")
    if not spot.excerpt.strip():
        return
    start = spot.start.column - 1 - spot.cut
    whole = len(spot.excerpt)
    end = min(spot.end.column - 1 - spot.cut, whole) if spot.end.line == spot.start.line else whole
    cells = [cell(character) for character in spot.excerpt]
    before, marked = width(cells[:start]), width(cells[start : max(end, start + 1)])
    shown = ("…" if spot.cut else "") + "".join(cells) + ("…" if spot.longer else "")
    number = str(spot.start.line).rjust(len(gutter))
    yield f"{gutter} {bar}"
    yield f"{style('note', number)} {bar} {shown}".rstrip()
    pointer = sign * max(1, marked) + (f" {spot.label}" if spot.label else "")
    yield f"{gutter} {bar} {' ' * (before + bool(spot.cut))}{style(kind, pointer)}"
