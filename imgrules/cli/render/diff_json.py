"""The format `json` of a difference: one document, which `schemas/diff.schema.json` describes."""

from __future__ import annotations

import json
from typing import Any

from imgrules.cli.diff_report import DiffReport
from imgrules.cli.style import Style
from imgrules.table.codec import plain
from imgrules.views.diff.records import DiffFinding, Level, Sum

SCHEMA_VERSION = 1


def render(report: DiffReport, _: Style) -> str:
    """Return the difference as one JSON document, with every finding."""
    return json.dumps(document(report), ensure_ascii=False, indent=2) + "\n"


def document(report: DiffReport) -> dict[str, Any]:
    """Return the difference as values for JSON."""
    diff = report.diff
    return {
        "schema_version": SCHEMA_VERSION,
        "old": _text(report.old),
        "new": _text(report.new),
        "at": diff.at,
        "currency": diff.currency,
        "failed": bool(report.failing),
        "counts": {level.value: len(diff.of(level)) for level in Level},
        "unchanged_models": diff.unchanged_models,
        "total": sum_document(diff.total),
        "models": [
            {"id": model, "label": diff.labels.get(model, model), "sum": sum_document(total)}
            for model, total in diff.sums.items()
        ],
        "findings": [_finding(finding, failing=finding in report.failing) for finding in diff.findings],
    }


def sum_document(total: Sum) -> dict[str, Any]:
    """Return a sum of selections as values for JSON."""
    names = [name for name in Sum.__match_args__ if name != "space"]
    return {**{name: plain(getattr(total, name)) for name in names}, "sampled_from": total.space}


def _finding(finding: DiffFinding, *, failing: bool) -> dict[str, Any]:
    return {
        "id": finding.id,
        "level": finding.level.value,
        "model": finding.model,
        "path": finding.place,
        "message": finding.message,
        "why": finding.why,
        "old": plain(finding.old),
        "new": plain(finding.new),
        "selections": finding.selections,
        "percent": None if finding.least is None else [plain(finding.least), plain(finding.most)],
        "when": plain(finding.when),
        "since": finding.since,
        "until": finding.until,
        "file": None if finding.file is None else _text(finding.file),
        "line": finding.line,
        "fingerprint": finding.fingerprint,
        "failing": failing,
        "accepted": None if finding.accepted is None else plain(finding.accepted),
    }


def _text(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
