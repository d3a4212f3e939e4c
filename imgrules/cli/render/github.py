"""
The format `github`: workflow commands, which GitHub shows as annotations at the lines of a pull request.

GitHub shows ten annotations of each level for a step and drops the others without a word, so what is beyond is counted here,
and the job summary lists everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from imgrules.cli.printing.style import Style
from imgrules.cli.render.findings.annotations import Annotation, Level
from imgrules.cli.render.findings.findings import findings_of
from imgrules.cli.render.parts.text_parts import safe
from imgrules.escapes import no_command
from imgrules.quoting import counted

if TYPE_CHECKING:  # the report of each command is loaded by it
    from imgrules.cli.render.findings.findings import AnyReport

MOST = 10
"""How many annotations of each level GitHub shows for one step."""

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render(report: AnyReport, _: Style) -> str:
    """Return a workflow command for each diagnostic, and the summary line."""
    found = findings_of(report)
    return f"{commands(found.annotations)}{no_command(found.summary)}\n"


def commands(found: Iterable[Annotation]) -> str:
    """Return the workflow commands of annotations, one a line: at most `MOST` of each level, and the others are counted."""
    folded = list(_folded(found))
    lines = [line for level in Level for line in _of_level(level, [entry for entry in folded if entry[0].level is level])]
    return "".join(f"{line}\n" for line in lines)


def _folded(found: Iterable[Annotation]) -> Iterator[tuple[Annotation, int]]:
    """Yield each annotation once for all places at which it is the same, with the number of the other places."""
    same: dict[tuple[str, str, str], list[Annotation]] = {}
    for annotation in found:
        same.setdefault((annotation.kind.id, annotation.message, annotation.hint), []).append(annotation)
    yield from ((group[0], len(group) - 1) for group in same.values())


def _of_level(level: Level, entries: list[tuple[Annotation, int]]) -> Iterator[str]:
    shown = entries if len(entries) <= MOST else entries[: MOST - 1]
    yield from (_command(annotation, others) for annotation, others in shown)
    if left := len(entries) - len(shown):
        word = _COMMANDS[level]
        yield f"::{word} title=imgrules::and {counted(left, word)} more; the job summary lists all"


def _command(annotation: Annotation, others: int) -> str:
    title = f"{annotation.kind.id} {annotation.kind.name}"
    properties = {**_place(annotation), "title": title if annotation.kind.id != annotation.kind.name else annotation.kind.id}
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    text = annotation.text + (f"\nthe same at {counted(others, 'other place')}" if others else "")
    return f"::{_COMMANDS[annotation.level]} {given}::{_escaped(text)}"


def _place(annotation: Annotation) -> dict[str, str | int]:
    """Return the properties of a place; GitHub takes columns only within one line."""
    region = annotation.region
    if region is None:
        return {}
    lines: dict[str, str | int] = {"file": safe(region.file), "line": region.line, "endLine": region.end_line}
    return lines if region.line != region.end_line else {**lines, "col": region.column, "endColumn": region.end_column}


def _escaped(text: str) -> str:
    """Return a text as the message of a command: what ends a line, and the sign of an escape itself, become escapes."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return a text as a property of a command, where `:` and `,` also have a meaning."""
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
