"""The format `json` of `imgrules test`: the results of all examples as one JSON document, for programs."""

from __future__ import annotations

import json
from typing import Any

from imgrules.cli.style import Style
from imgrules.compiler.report.diagnostics import Diagnostic, Spot
from imgrules.compiler.report.example_report import CoverageItem, ExampleReport, ExampleResult, Mismatch, UpdateReport
from imgrules.table.exact import json_number

SCHEMA_VERSION = 1


def render(report: ExampleReport, _: Style) -> str:
    """Return the report as one JSON document, as `schemas/test.schema.json` describes it."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "models": len(report.files),
        "examples": len(report.results),
        "failed": len(report.failed),
        "errors": [_mistake(mistake) for mistake in report.rules.errors],
        "coverage": {
            "reached": report.reached,
            "items": len(report.coverage),
            "percent": report.percent,
            "unreached": [_item(item) for item in report.coverage if not item.reached],
        },
        "results": [_result(result) for result in report.results],
    }
    if report.updates is not None:
        document["updates"] = _updates(report.updates)
    return json.dumps(document, ensure_ascii=False, indent=2, default=json_number) + "\n"


def _result(result: ExampleResult) -> dict[str, Any]:
    return {
        "model": result.model,
        "example": result.number,
        "over": dict(result.over),
        **_place(result.spot),
        "passed": result.passed,
        "message": result.message or None,
        "hint": result.hint or None,
        "differences": [_mismatch(mismatch) for mismatch in result.mismatches],
    }


def _mismatch(mismatch: Mismatch) -> dict[str, Any]:
    return {
        "key": mismatch.key,
        "expected": mismatch.expected,
        "got": mismatch.got,
        "message": mismatch.message,
        **_place(mismatch.spot),
    }


def _updates(updates: UpdateReport) -> dict[str, Any]:
    files = updates.counts.items()
    return {
        "written": updates.written,
        "files": [{"file": _name(file), "examples": count, "diff": updates.diffs[file]} for file, count in files],
        "left": [{"example": name, "reason": why, **_place(spot)} for name, spot, why in updates.left],
    }


def _item(item: CoverageItem) -> dict[str, Any]:
    return {"kind": item.kind, "name": item.name, "model": item.model, **_place(item.spot)}


def _mistake(mistake: Diagnostic) -> dict[str, Any]:
    return {"code": mistake.code.id, "message": mistake.message, "hint": mistake.hint or None, **_place(mistake.spot)}


def _place(spot: Spot) -> dict[str, Any]:
    return {
        "file": _name(spot.file),
        "line": spot.start.line,
        "column": spot.start.column,
        "end_line": spot.end.line,
        "end_column": spot.end.column,
    }


def _name(file: str) -> str:
    return file.encode("utf-8", "backslashreplace").decode("utf-8")
