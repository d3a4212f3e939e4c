"""The format `json` of a difference: one document, which `schemas/diff.schema.json` describes."""

from __future__ import annotations

import json

from imgrules.cli.comparison.diff_report import DiffReport
from imgrules.cli.printing.style import Style
from imgrules.table.codec import plain
from imgrules.views.diff.report_document import document


def render(report: DiffReport, _: Style) -> str:
    """Return the difference as one JSON document, with every finding."""
    failing = frozenset(finding.fingerprint for finding in report.failing)
    whole = document(report.diff, (report.old, report.new), failing)
    return json.dumps(plain(whole), ensure_ascii=False, indent=2) + "\n"
