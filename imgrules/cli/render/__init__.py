"""The formats of a report: one module each, and one row here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from imgrules.cli.style import Style

if TYPE_CHECKING:  # a command says which formats there are before it loads the compiler
    from imgrules.compiler.report.diagnostics import Report

FORMATS = {"text": "text", "concise": "concise", "json": "json_document"}
"""The module that renders each format, by the name that `--format` takes."""


def render(name: str, report: Report, style: Style) -> str:
    """Return a report in one of the formats."""
    rendered: str = import_module(f"{__name__}.{FORMATS[name]}").render(report, style)
    return rendered
