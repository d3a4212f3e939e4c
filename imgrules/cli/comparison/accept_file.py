"""The reviewed file of `--accept`: which findings are intended, why, who says so, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imgrules.errors import ImgrulesError
from imgrules.quoting import printable, quoted
from imgrules.table.moments import NoMoment, moment
from imgrules.table.record_base import replace
from imgrules.views.diff.diff_records import Acceptance, Diff, DiffFinding

if TYPE_CHECKING:  # only a comparison with such a file reads YAML
    from imgrules.compiler.read.tree import Tree
    from imgrules.compiler.source import Source

_KEYS = ("fingerprint", "why", "who", "until")
_FORM = "write a list of entries such as `- {fingerprint: x0123456789abcde, why: as agreed, who: kim}`"


def read_acceptances(path: Path) -> tuple[Acceptance, ...]:
    """
    Return the entries of a file of accepted findings.

    Raises:
        ImgrulesError: the file cannot be read, or is not such a list; the message has the line.

    """
    from imgrules.compiler.read.characters import MOST_BYTES, decode  # noqa: PLC0415  as above
    from imgrules.compiler.read.syntax import parse  # noqa: PLC0415  as above
    from imgrules.compiler.report.diagnostics import Severity  # noqa: PLC0415  as above

    with path.open("rb") as file:
        source, findings = decode(str(path), file.read(MOST_BYTES + 1))
    tree, further = (None, ()) if findings else parse(source)
    mistakes = [finding for finding in (*findings, *further) if finding.code.severity is Severity.ERROR]
    if tree is None or mistakes:
        message = mistakes[0].message if mistakes else "it is no YAML"
        span = mistakes[0].place.span if mistakes else None
        line = 1 if span is None else source.position(span.start).line
        raise ImgrulesError(f"{printable(str(path))}:{line}: {printable(message)}; {_FORM}")
    return tuple(_entries(source, tree))


def _entries(source: Source, tree: Tree) -> Iterator[Acceptance]:
    if not isinstance(tree.value, list):
        raise _mistake(source, tree, (), "this is no list; where nothing is accepted, write `[]`")
    seen: dict[str, int] = {}
    for place, entry in enumerate(tree.value):
        acceptance = _entry(source, tree, place, entry)
        if acceptance.fingerprint in seen:
            raise _mistake(source, tree, (place,), f"{quoted(acceptance.fingerprint)} is accepted twice")
        seen[acceptance.fingerprint] = place
        yield acceptance


def _entry(source: Source, tree: Tree, place: int, entry: Any) -> Acceptance:
    if not isinstance(entry, Mapping):
        raise _mistake(source, tree, (place,), "this entry is no mapping")
    for key in entry:
        if key not in _KEYS:
            raise _mistake(source, tree, (place, key), f"{quoted(key)} is no key of an entry; there are {', '.join(_KEYS)}")
    for key in _KEYS[:3]:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise _mistake(source, tree, (place, key), f"this entry has no text at `{key}`")
    return Acceptance(entry["fingerprint"], entry["why"], entry["who"], _until(source, tree, place, entry.get("until")))


def _until(source: Source, tree: Tree, place: int, until: Any) -> str | None:
    try:
        return moment(until)
    except NoMoment as error:
        raise _mistake(source, tree, (place, "until"), str(error)) from error


def _mistake(source: Source, tree: Tree, path: tuple[Any, ...], message: str) -> ImgrulesError:
    spans = [spans[path] for spans in (tree.keys, tree.values) if path in spans]
    spans += [tree.values[path[:-1]]] if path and path[:-1] in tree.values else []
    line = source.position(spans[0].start).line if spans else 1
    return ImgrulesError(f"{printable(source.name)}:{line}: {message}; {_FORM}")


def with_acceptances(diff: Diff, acceptances: tuple[Acceptance, ...], at: str) -> Diff:
    """Return a difference whose findings have the entries for them: as `accepted`, or as `ended` from the end of an entry on."""
    entries = {entry.fingerprint: entry for entry in acceptances}
    return replace(diff, findings=tuple(_accepted(finding, entries.get(finding.fingerprint), at) for finding in diff.findings))


def _accepted(finding: DiffFinding, entry: Acceptance | None, at: str) -> DiffFinding:
    if entry is None:
        return finding
    is_over = entry.until is not None and entry.until <= at
    return replace(finding, ended=entry) if is_over else replace(finding, accepted=entry)
