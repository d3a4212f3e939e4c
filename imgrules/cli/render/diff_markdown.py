"""
The format `markdown` of a difference: a comment on a pull request, with what breaks clients or costs more outside of any fold.

It begins with a hidden mark, by which the next run finds its comment and replaces it.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from imgrules.cli.comparison.diff_report import DiffReport
from imgrules.cli.printing.style import Style
from imgrules.cli.render.diff_text import headline
from imgrules.cli.render.parts.markdown_parts import plain
from imgrules.quoting import counted
from imgrules.repository import in_repository
from imgrules.views.diff.diff_records import DiffFinding, Level
from imgrules.views.diff.diff_words import acceptance_words, period_words, sum_words

MOST_BYTES = 60_000
"""The maximum size of a comment; GitHub refuses one of more than 65,536 characters."""

_ROOM = 2_000
"""What is kept free for the end of a comment."""

_FENCE = "~~~~"


def render(report: DiffReport, _: Style) -> str:
    """Return the difference as a comment, below the maximum size; what has no room is counted."""
    return page(report)


def _mark(report: DiffReport) -> str:
    """Return the hidden line by which the comment about these rules is found again, such as `<!-- imgrules-diff rules -->`."""
    return f"<!-- imgrules-diff {re.sub(r'[^a-zA-Z0-9_./]+', '-', in_repository(report.new))} -->"


def page(report: DiffReport) -> str:
    """Return the difference in Markdown."""
    failing = {finding.fingerprint for finding in report.failing}
    lines = [(finding, finding.fingerprint in failing) for finding in report.shown]
    outside = [line for line in lines if _stands_outside(*line)]
    inside = [line for line in lines if not _stands_outside(*line)]
    text, left = _filled("".join(f"{line}\n" for line in _head(report)), _tables(report, outside))
    if inside and left:
        left += len(inside)
    elif inside:
        text, left = _filled(
            f"{text}\n<details><summary>{_counts(line[0] for line in inside)}</summary>\n", _tables(report, inside)
        )
        text += "\n</details>\n"
    more = f"\nand {counted(left, 'change')} more; `imgrules diff` lists all\n" if left else ""
    return text + more + "".join(f"{line}\n" for line in _foot(report, len(text.encode())))


def _stands_outside(finding: DiffFinding, failed: bool) -> bool:  # noqa: FBT001  the two parts of a line
    """Whether a change stands outside of the fold: what breaks, what may cost more, and what makes the command fail."""
    return failed or finding.level is Level.BREAKING or (finding.level is Level.PRICE and finding.id != "price-lowered")


def _head(report: DiffReport) -> Iterator[str]:
    yield _mark(report)
    yield f"### imgrules diff: {headline(report)}"
    yield ""
    yield f"From {plain(report.old)} to {plain(report.new)}:"
    if report.diff.total.selections:
        yield ""
        yield f"**{plain(sum_words(report.diff.total))}**"


def _tables(report: DiffReport, lines: Iterable[tuple[DiffFinding, bool]]) -> Iterator[str]:
    """Yield the tables of the models, a piece for each title and each line."""
    for model, group in groupby(lines, lambda line: line[0].model):
        yield f"\n**{_title(report, model)}**\n\n| level | change | where |\n|---|---|---|\n"
        for finding, failed in group:
            level = f"**{finding.level}**" if failed else finding.level.value
            yield f"| {level} | {_change(finding)} | {_place(finding)} |\n"


def _title(report: DiffReport, model: str | None) -> str:
    if model is None:
        return "All models"
    label = report.diff.labels.get(model, model)
    return plain(model if label == model else f"{label} ({model})")


def _change(finding: DiffFinding) -> str:
    count = f", {counted(finding.selections, 'selection')}" if finding.selections else ""
    lines = [f"{finding.message}{count}{period_words(finding)}", f"{finding.id}: {finding.why}", acceptance_words(finding)]
    first, *others = (plain(line) for line in lines if line)
    return "<br>".join([first, *(f"<sub>{line}</sub>" for line in others)])


def _place(finding: DiffFinding) -> str:
    """Return the line of a change, as a link where this runs in a job of GitHub."""
    if finding.file is None:
        return ""
    file = in_repository(finding.file)
    shown = plain(f"{file}:{finding.line}" if finding.in_new else f"{file}:{finding.line} (before)")
    server, repository, commit = (os.environ.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "SHA"))
    if not (server and repository and commit and finding.in_new) or file.startswith("/"):
        return shown
    from urllib.parse import quote  # noqa: PLC0415  only a job has links

    return f"[{shown}]({server}/{repository}/blob/{commit}/{quote(os.fsencode(file))}#L{finding.line})"


def _filled(text: str, pieces: Iterable[str]) -> tuple[str, int]:
    """Return a text with pieces behind it, as many as there is room for, and how many lines are left out."""
    size, left = len(text.encode()), 0
    for piece in pieces:
        size += len(piece.encode("utf-8", "backslashreplace"))
        if size > MOST_BYTES - _ROOM:
            left += piece.startswith("|")
        else:
            text += piece
    return text, left


def _counts(found: Iterable[DiffFinding]) -> str:
    counts = Counter(finding.level for finding in found)
    return ", ".join(counted(counts[level], f"{level} change") for level in Level if counts[level])


def _foot(report: DiffReport, size: int) -> Iterator[str]:
    unchanged, hidden = report.diff.unchanged_models, len(report.diff.findings) - len(report.shown)
    said = [f"{counted(unchanged, 'model')} unchanged."] if unchanged else []
    said += [f"{counted(hidden, 'cosmetic change')} not shown."] if hidden else []
    yield from ("", *said) if said else ()
    entries = [f"- {{fingerprint: {finding.fingerprint}, why: WHY, who: WHO}}" for finding in report.unlisted]
    fitting = entries[: max(0, MOST_BYTES - _ROOM // 2 - size) // 60]
    if fitting:
        yield "\n<details><summary>To accept a change, add it to the reviewed file of accepted changes</summary>\n"
        yield from (f"{_FENCE}yaml", *fitting, _FENCE, "\n</details>")
