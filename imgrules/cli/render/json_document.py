"""The format `json`: a report as one JSON document, for programs; `schemas/check.schema.json` describes it."""

from __future__ import annotations

import json

from imgrules.cli.printing.style import Style
from imgrules.compiler.report.check_document import document
from imgrules.compiler.report.diagnostics import Report


def render(report: Report, _: Style) -> str:
    """Return the report as one JSON document; lines and columns count from 1, columns in code points."""
    return json.dumps(document(report), ensure_ascii=False, indent=2) + "\n"
