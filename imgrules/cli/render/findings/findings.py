"""The findings of a report of any command, by the class of the report: the formats of other programs show them alike."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from imgrules.cli.render.findings.annotations import Findings

if TYPE_CHECKING:  # each command loads the records of its own report
    from imgrules.cli.comparison.diff_report import DiffReport
    from imgrules.cli.render.parts.failure import Failure
    from imgrules.compiler.report.diagnostics import Report
    from imgrules.compiler.report.example_report import ExampleReport

    AnyReport: TypeAlias = Report | DiffReport | ExampleReport | Failure

_MODULES = {
    "Report": "check_findings",
    "DiffReport": "diff_findings",
    "ExampleReport": "example_findings",
    "Failure": "failure_findings",
}
"""The module that makes the findings of a report, by the name of its class."""


def findings_of(report: AnyReport) -> Findings:
    """Return what a command found, from its report."""
    module = import_module(f"{__package__}.{_MODULES[type(report).__name__]}")
    found: Findings = module.findings(report)
    return found
