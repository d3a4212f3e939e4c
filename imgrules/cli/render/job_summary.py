"""The summary of a job on GitHub: the findings as a table in Markdown, and where it is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from imgrules.cli.render.annotations import Annotation, annotated
from imgrules.cli.render.markdown_parts import plain
from imgrules.cli.render.text_parts import summary
from imgrules.cli.style import Style
from imgrules.compiler.report.diagnostics import Report
from imgrules.quoting import counted

MOST_BYTES = 900_000
"""The maximum size of a summary; GitHub refuses more than 1 MiB for one step."""

VARIABLE = "GITHUB_STEP_SUMMARY"
"""The environment variable with the name of the file that GitHub shows as the summary of a step."""


def of_report(report: Report, style: Style) -> str:
    """Return the summary of a report of `imgrules check`."""
    return f"### imgrules check\n\n{summary(report, style)}\n{table(annotated(report))}"


def table(found: Iterable[Annotation]) -> str:
    """Return annotations as a table of Markdown, as many as there is room for; the others are counted."""
    rows = [f"| {entry.level.value} `{entry.kind.id}` | {_place(entry)} | {_said(entry)} |\n" for entry in found]
    if not rows:
        return ""
    shown, size = [], 0
    for row in rows:
        size += len(row.encode("utf-8", "backslashreplace"))
        if size > MOST_BYTES:
            break
        shown.append(row)
    left = len(rows) - len(shown)
    return (
        "\n| what | where | message |\n|---|---|---|\n"
        + "".join(shown)
        + (f"\nand {counted(left, 'finding')} more\n" if left else "")
    )


def write(text: str) -> None:
    """Append a text to the job summary, where the environment names one; a file that cannot be written is said and no more."""
    file = os.environ.get(VARIABLE)
    if not file:
        return
    try:
        with Path(file).open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
    except OSError as error:
        print(f"imgrules: the job summary was not written: {error}", file=sys.stderr)


def _place(annotation: Annotation) -> str:
    return plain(str(annotation.region)) if annotation.region else ""


def _said(annotation: Annotation) -> str:
    return "<br>".join(map(plain, annotation.text.splitlines()))
