"""The format `json` of a command that could not run: one document, which the schemas of `check`, `test` and `diff` describe."""

from __future__ import annotations

import json

from imgrules.cli.printing.style import Style
from imgrules.cli.render.parts.failure import Failure
from imgrules.compiler.report.failure_document import document


def render(report: Failure, _: Style) -> str:
    """Return the reason as one JSON document."""
    return json.dumps(document(report.message), ensure_ascii=False, indent=2) + "\n"
