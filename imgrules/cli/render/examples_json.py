"""The format `json` of `imgrules test`: the results as one JSON document, for programs; `schemas/test.schema.json` describes it."""

from __future__ import annotations

import json

from imgrules.cli.printing.style import Style
from imgrules.compiler.report.example_document import document
from imgrules.compiler.report.example_report import ExampleReport
from imgrules.table.exact import json_number


def render(report: ExampleReport, _: Style) -> str:
    """Return the report as one JSON document; lines and columns count from 1, columns in code points."""
    return json.dumps(document(report), ensure_ascii=False, indent=2, default=json_number) + "\n"
