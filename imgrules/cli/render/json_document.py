"""The format `json`: a report as one JSON document, for programs."""

from __future__ import annotations

import json
from typing import Any

from imgrules.cli.style import Style
from imgrules.compiler.report.diagnostics import Corrections, Diagnostic, Edit, Report, Severity, Spot

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
        "diagnostics": [_document(diagnostic) for diagnostic in report.diagnostics],
    }
    if report.corrections is not None:
        document["corrections"] = _corrections(report.corrections)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _corrections(corrections: Corrections) -> dict[str, Any]:
    diffs = corrections.diffs
    return {
        "written": diffs is None,
        "files": [
            {"file": _name(file), "places": {**places}, "diff": diffs and diffs[file]}
            for file, places in corrections.places.items()
        ],
        "kept": [_name(file) for file in corrections.kept],
        "left": [_document(diagnostic) for diagnostic in corrections.left],
        "more": corrections.more,
    }


def _name(file: str) -> str:
    return file.encode("utf-8", "backslashreplace").decode("utf-8")


def _document(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code.id,
        "name": diagnostic.code.name,
        "severity": diagnostic.code.severity.value,
        "message": diagnostic.message,
        **_range(diagnostic.spot),
        "hint": diagnostic.hint or None,
        "fix": diagnostic.fix,
        "certain": diagnostic.certain,
        "edits": [{**_range(edit), "text": edit.text} for edit in diagnostic.edits],
        "more": [_range(spot) for spot in diagnostic.more],
        "related": [{**_range(spot), "label": spot.label} for spot in diagnostic.related],
    }


def _range(spot: Spot | Edit) -> dict[str, Any]:
    return {
        "file": _name(spot.file),
        "line": spot.start.line,
        "column": spot.start.column,
        "end_line": spot.end.line,
        "end_column": spot.end.column,
    }
