"""The output formats of a report: one module each, and one row in `FORMATS`, or for `imgrules test` in `EXAMPLE_FORMATS`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from imgrules.cli.printing.style import Style
from imgrules.escapes import no_command

if TYPE_CHECKING:  # commands read `FORMATS` before they load the compiler
    from imgrules.cli.comparison.diff_report import DiffReport
    from imgrules.cli.render.parts.failure import Failure
    from imgrules.compiler.report.diagnostics import Report
    from imgrules.compiler.report.example_report import ExampleReport

_FOR_PEOPLE = {"text", "concise"}
"""The formats that are seldom anything but shown, and so may stand in the log of a job."""

_OF_PROGRAMS = {"github": "github", "sarif": "sarif", "junit": "junit", "gitlab": "gitlab"}

FORMATS = {"text": "text", "concise": "concise", "json": "json_document", **_OF_PROGRAMS}
"""The module that renders each format, by its name in `--format`."""

EXAMPLE_FORMATS = {"text": "examples_text", "json": "examples_json", **_OF_PROGRAMS}
"""The module that renders each format of `imgrules test`, by its name in `--format`."""


def render(name: str, report: Report, style: Style) -> str:
    """Return a report as text in a format of `FORMATS`."""
    return _rendered(name, FORMATS, report, style)


DIFF_FORMATS = {"text": "diff_text", "json": "diff_json", "markdown": "diff_markdown", **_OF_PROGRAMS}
"""The module that renders a difference in each format, by its name in `--format`."""


def render_diff(name: str, report: DiffReport, style: Style) -> str:
    """Return a difference as text in a format of `DIFF_FORMATS`."""
    return _rendered(name, DIFF_FORMATS, report, style)


FAILURE_FORMATS = {"json": "failure_json", **_OF_PROGRAMS}
"""The module that renders why a command could not run; in any other format that stands on standard error alone."""


def render_failure(name: str, report: Failure, style: Style) -> str:
    """Return why a command could not run as text in a format of `FAILURE_FORMATS`."""
    return _rendered(name, FAILURE_FORMATS, report, style)


def render_examples(name: str, report: ExampleReport, style: Style) -> str:
    """Return the report of examples as text in a format of `EXAMPLE_FORMATS`."""
    return _rendered(name, EXAMPLE_FORMATS, report, style)


def _rendered(name: str, formats: Mapping[str, str], report: object, style: Style) -> str:
    rendered: str = import_module(f"{__name__}.{formats[name]}").render(report, style)
    return no_command(rendered) if name in _FOR_PEOPLE else rendered
