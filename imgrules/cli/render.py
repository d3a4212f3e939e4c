"""A report as text for people, as one line each, or as JSON for programs."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from imgrules.cli.style import Style
from imgrules.compiler.report.diagnostics import Diagnostic, Edit, Report, Severity, Spot
from imgrules.quoting import counted

SCHEMA_VERSION = 1
_PLACES = 5  # so many more places of one mistake are named; JSON has all of them


def text(report: Report, style: Style) -> str:
    """Return every diagnostic with its excerpt, and a line that sums up."""
    blocks = ["\n".join(_block(each, style)) for each in report.diagnostics]
    return "\n\n".join([*blocks, summary(report, style)]) + "\n"


def concise(report: Report, style: Style) -> str:
    """Return one line per diagnostic, and a line that sums up."""
    return "".join(f"{_line(each, style)}\n" for each in report.diagnostics) + summary(report, style) + "\n"


def as_json(report: Report) -> str:
    """Return the report as one JSON document; lines and columns count from 1, columns in code points."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "files": report.files,
        "examples": report.examples,
        "errors": len(report.errors),
        "warnings": len(report.of(Severity.WARNING)),
        "more": report.more,
        "diagnostics": [_document(each) for each in report.diagnostics],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def errors(report: Report, style: Style) -> str:
    """Return every error with its excerpt, and of the warnings how many there are: for a command that does other work."""
    blocks = ["\n".join(_block(each, style)) for each in report.errors]
    unseen = "; `imgrules check` shows the warnings" if report.of(Severity.WARNING) else ""
    return "\n\n".join([*blocks, summary(report, style) + unseen]) + "\n"


def summary(report: Report, style: Style) -> str:
    """Return what came out, in one line."""
    errors, warnings = len(report.errors), len(report.of(Severity.WARNING))
    checked = f"{counted(report.files, 'file')} checked, {counted(report.examples, 'example')} run"
    found = ", ".join(counted(each, word) for each, word in ((errors, "error"), (warnings, "warning")) if each)
    kind = "error" if errors else "warning" if warnings else "good"
    more = "; mend these first, there are more" if report.more else ""
    return f"{checked}: {style(kind, found or 'no mistakes')}{more}"


def _line(each: Diagnostic, style: Style) -> str:
    place = f"{_safe(each.spot.file)}:{each.spot.start.line}:{each.spot.start.column}"
    severity = each.code.severity.value
    return (
        f"{style('bold', place)}: {style(severity, f'{severity}[{each.code.id}]')} {_safe(each.message)}"
        + (f" ({_safe(each.hint)})" if each.hint else "")
        + (f" [and {_more(each)}]" if each.more else "")
    )


def _block(each: Diagnostic, style: Style) -> Iterator[str]:
    severity = each.code.severity.value
    gutter = " " * max(len(str(spot.start.line)) for spot in (each.spot, *each.related))
    yield f"{style(severity, f'{severity}[{each.code.id}]')}: {style('bold', _safe(each.message))}"
    yield f"{gutter}{style('note', '-->')} {_safe(each.spot.file)}:{each.spot.start.line}:{each.spot.start.column}"
    here = [(spot, "-", "dim") for spot in each.related if spot.file == each.spot.file]
    for spot, sign, kind in sorted([*here, (each.spot, "^", severity)], key=lambda one: one[0].span):
        yield from _excerpt(spot, sign, gutter, style, kind)
    for spot in each.related:
        if spot.file != each.spot.file:
            yield f"{gutter}{style('note', ':::')} {_safe(spot.file)}:{spot.start.line}:{spot.start.column}: {spot.label}"
    if each.more:
        yield f"{gutter} {style('note', '= and')} {_more(each)}"
    if each.hint:
        yield f"{gutter} {style('note', '= help:')} {_safe(each.hint)}"


def _more(each: Diagnostic) -> str:
    """Return how many more of the same there are, and where the next of them stand."""
    places = [f"{spot.start.line}:{spot.start.column}" for spot in each.more[:_PLACES]]
    left = len(each.more) - len(places)
    return f"{len(each.more)} more like this: {', '.join(places)}" + (f" and {left} more" if left else "")


def _excerpt(spot: Spot, sign: str, gutter: str, style: Style, kind: str) -> Iterator[str]:
    bar = style("note", "|")
    if not spot.excerpt.strip():
        return
    start = spot.start.column - 1 - spot.cut
    whole = len(spot.excerpt)
    end = min(spot.end.column - 1 - spot.cut, whole) if spot.end.line == spot.start.line else whole
    cells = [_cell(each) for each in spot.excerpt]
    before, marked = _width(cells[:start]), _width(cells[start : max(end, start + 1)])
    shown = ("…" if spot.cut else "") + "".join(cells) + ("…" if spot.longer else "")
    number = str(spot.start.line).rjust(len(gutter))
    yield f"{gutter} {bar}"
    yield f"{style('note', number)} {bar} {shown}".rstrip()
    pointer = sign * max(1, marked) + (f" {spot.label}" if spot.label else "")
    yield f"{gutter} {bar} {' ' * (before + bool(spot.cut))}{style(kind, pointer)}"


def _cell(sign: str) -> str:
    if sign == "\t":
        return "→"
    return sign if sign.isprintable() else f"<U+{ord(sign):04X}>"


def _width(cells: list[str]) -> int:
    signs = [sign for cell in cells for sign in cell if not unicodedata.combining(sign)]
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in signs)


def _safe(words: str) -> str:
    return "".join(map(_cell, words))


def _document(each: Diagnostic) -> dict[str, Any]:
    return {
        "code": each.code.id,
        "name": each.code.name,
        "severity": each.code.severity.value,
        "message": each.message,
        **_stretch(each.spot),
        "hint": each.hint or None,
        "fix": each.fix,
        "edits": [{**_stretch(one), "text": one.text} for one in each.edits],
        "more": [_stretch(spot) for spot in each.more],
        "related": [{**_stretch(spot), "label": spot.label} for spot in each.related],
    }


def _stretch(spot: Spot | Edit) -> dict[str, Any]:
    return {
        "file": spot.file.encode("utf-8", "backslashreplace").decode("utf-8"),
        "line": spot.start.line,
        "column": spot.start.column,
        "end_line": spot.end.line,
        "end_column": spot.end.column,
    }
