"""The summary of a job on GitHub: the findings as a table in Markdown, and where it is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from imgrules.cli.render.findings.annotations import Annotation
from imgrules.cli.render.findings.findings import findings_of
from imgrules.cli.render.parts.markdown_parts import plain
from imgrules.quoting import counted

if TYPE_CHECKING:  # the report of each command is loaded by it
    from imgrules.cli.render.findings.findings import AnyReport

MOST_BYTES = 900_000
"""The maximum size of a summary; GitHub refuses more than 1 MiB for one step."""

VARIABLE = "GITHUB_STEP_SUMMARY"
"""The environment variable with the name of the file that GitHub shows as the summary of a step."""


def write(report: AnyReport) -> None:
    """Append the findings of a report to the job summary, where the environment names one."""
    if os.environ.get(VARIABLE):
        append(findings_of(report).page())


def append(text: str) -> None:
    """Append a text to the job summary, where the environment names one; a failure is said and no more."""
    file = os.environ.get(VARIABLE)
    if not file:
        return
    try:
        with Path(file).open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
    except OSError as error:
        print(f"imgrules: the job summary was not written: {error}", file=sys.stderr)


def page(command: str, summary: str, found: Iterable[Annotation]) -> str:
    """Return a page with the summary of a command, and its findings as a table."""
    lines = "\n\n".join(map(plain, filter(None, summary.splitlines())))
    return f"### {command}\n\n{lines}\n{_table(found)}\n"


def _table(found: Iterable[Annotation]) -> str:
    """Return annotations as a table of Markdown, as many as there is room for; the others are counted."""
    rows = [f"| {entry.level.value} `{entry.kind.id}` | {_place(entry)} | {_said(entry)} |\n" for entry in found]
    if not rows:
        return ""
    shown = _fitting(rows)
    left = len(rows) - len(shown)
    more = f"\nand {counted(left, 'finding')} more\n" if left else ""
    return f"\n| what | where | message |\n|---|---|---|\n{''.join(shown)}{more}"


def _fitting(rows: list[str]) -> list[str]:
    """Return the first rows, up to the maximum size."""
    size = 0
    for position, row in enumerate(rows):
        size += len(row.encode("utf-8", "backslashreplace"))
        if size > MOST_BYTES:
            return rows[:position]
    return rows


def _place(annotation: Annotation) -> str:
    return plain(str(annotation.region)) if annotation.region else ""


def _said(annotation: Annotation) -> str:
    return "<br>".join(map(plain, annotation.text.splitlines()))
