"""A report as one JSON document, for programs."""

from __future__ import annotations

import json
from typing import Any

from imgrules.cli.style import Style
from imgrules.compiler.report.diagnostics import Diagnostic, Edit, Report, Severity, Spot

SCHEMA_VERSION = 1


def render(report: Report, _: Style) -> str:
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
