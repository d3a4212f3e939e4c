"""
Make the certain fixes of a folder, in memory: what `imgrules check --fix` writes.

Fixes are made in rounds, since one may only be seen after another. A file that would be worse after its fixes, because it
could no longer be read or has more mistakes than before, stays as it was before that round.
"""

from __future__ import annotations

import codecs
from bisect import bisect, insort
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from imgrules.compiler.bind.shape_codes import OLD_SPELLING
from imgrules.compiler.build import Build, build_files
from imgrules.compiler.fixes.edits import apply
from imgrules.compiler.parsed_file import ParsedFile, parse_file
from imgrules.compiler.read.folder import RuleFile, read_folder
from imgrules.compiler.report.diagnostics import Diagnostic, Edit, Severity
from imgrules.compiler.source import Span
from imgrules.table.exact import in_own_context
from imgrules.table.record_base import record, replace

MOST_ROUNDS = 20
"""How often the fixes of a folder are made, each time on the result of the time before."""


class _Version(NamedTuple):
    """A file at some time between two rounds."""

    file: RuleFile
    parsed: ParsedFile


@record
class FixedFile:
    """A file before and after its fixes; `places` counts the places that were fixed, by the id of the code."""

    before: RuleFile
    after: RuleFile
    places: Mapping[str, int]


@record
class Fixes:
    """The fixes of a folder, and the build of its files before and after them."""

    before: Build
    build: Build
    files: tuple[FixedFile, ...]
    kept: tuple[str, ...]
    """The names of files with fixes that were not made, because the file would be worse after them."""

    left: tuple[Diagnostic, ...]
    """Old spellings whose new form is not certain; after the fixes of others, a file may no longer show that they are old."""

    more: bool
    """Whether fixes are left after `MOST_ROUNDS`."""


def fixed(
    folder: Path,
    today: str | None = None,
    *,
    names: frozenset[str] | None = None,
    follow_links: bool = False,
    unsafe: bool = False,
) -> Fixes:
    """
    Return the fixes of a folder, or only those of the files with one of `names`; nothing is written.

    With `unsafe`, fixes that are not certain are made too.

    Raises:
        RulesError: the folder does not exist, holds no model file, or changes while it is read.

    """
    return fixed_files(read_folder(folder, follow_links=follow_links), folder, today, names=names, unsafe=unsafe)


@in_own_context
def fixed_files(
    files: Iterable[RuleFile],
    folder: Path = Path(),
    today: str | None = None,
    *,
    names: frozenset[str] | None = None,
    unsafe: bool = False,
) -> Fixes:
    """Return the fixes of files that were read before; `folder` is named in a hint if there is no shared file."""
    first = {str(file.path): _Version(file, parse_file(file)) for file in files}
    before = built = _build(first, folder, today)
    versions = first
    places: dict[str, Counter[str]] = {name: Counter() for name in first if names is None or Path(name).name in names}
    kept: set[str] = set()
    left: dict[tuple[str, str], Diagnostic] = {}
    for _ in range(MOST_ROUNDS):
        left |= {(mistake.spot.file, mistake.message): mistake for mistake in built.report.diagnostics if _is_left(mistake)}
        fixes = {name: _without_overlaps(_fixes_of(name, built, unsafe=unsafe)) for name in places if name not in kept}
        after = {name: _after(versions[name], mistakes) for name, mistakes in fixes.items() if mistakes}
        if not after:
            break
        next_build = _build({**versions, **after}, folder, today)
        worse = {name for name in after if _is_worse(name, (versions[name], built), (after[name], next_build))}
        kept |= worse
        versions = {**versions, **{name: version for name, version in after.items() if name not in worse}}
        built = _build(versions, folder, today) if worse else next_build
        for name in after.keys() - worse:
            places[name].update(mistake.code.id for mistake in fixes[name] for _ in (mistake.spot, *mistake.more))
    changed = [FixedFile(first[name].file, versions[name].file, dict(counts)) for name, counts in places.items() if counts]
    more = any(_fixes_of(name, built, unsafe=unsafe) for name in places if name not in kept)
    return Fixes(before, built, tuple(changed), tuple(sorted(kept)), tuple(left.values()), more)


def _build(versions: Mapping[str, _Version], folder: Path, today: str | None) -> Build:
    return build_files([version.parsed for version in versions.values()], folder, today)


def _is_left(mistake: Diagnostic) -> bool:
    return mistake.code is OLD_SPELLING and not mistake.certain


def _fixes_of(name: str, built: Build, *, unsafe: bool) -> list[Diagnostic]:
    """Return the mistakes of a file whose fix is certain, or with `unsafe` those with any fix, that changes this file alone."""
    own = (mistake for mistake in built.report.diagnostics if mistake.spot.file == name)
    mistakes = (mistake for mistake in own if mistake.certain or (unsafe and mistake.edits))
    return [mistake for mistake in mistakes if {edit.file for edit in mistake.edits} == {name}]


def _without_overlaps(mistakes: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return those mistakes whose edits are, or do not overlap, edits of one before; the others wait for the next round."""
    spans: list[Span] = []
    made: set[Edit] = set()
    chosen = []
    for mistake in mistakes:
        edits = [edit for edit in mistake.edits if edit not in made]
        if not any(_overlaps(edit, spans) for edit in edits):
            chosen.append(mistake)
            made.update(edits)
            for edit in edits:
                insort(spans, edit.span)
    return chosen


def _overlaps(edit: Edit, spans: list[Span]) -> bool:
    """Whether an edit overlaps one of some sorted spans, or inserts where another edit inserts."""
    start, end = edit.span
    at = bisect(spans, edit.span)
    return (at > 0 and (spans[at - 1][1] > start or spans[at - 1] == edit.span)) or (at < len(spans) and spans[at][0] < end)


def _after(version: _Version, mistakes: Iterable[Diagnostic]) -> _Version:
    """Return the version of a file with the fixes of some mistakes; a byte-order mark stays."""
    edits = dict.fromkeys(edit for mistake in mistakes for edit in mistake.edits)
    text = apply(version.parsed.source.text, edits)
    mark = codecs.BOM_UTF8 if version.file.raw.startswith(codecs.BOM_UTF8) else b""
    file = replace(version.file, raw=mark + text.encode("utf-8"))
    return _Version(file, parse_file(file))


def _is_worse(name: str, before: tuple[_Version, Build], after: tuple[_Version, Build]) -> bool:
    """
    Whether a file cannot be read any more, or has more errors than before.

    The errors of checks count only if the checks could run before: a file that is read again may show what was hidden.
    """
    (old, old_build), (new, new_build) = before, after
    if not new.parsed.has_tree or _errors_in_reading(new) > _errors_in_reading(old):
        return True
    checked = old.parsed.spec is not None and old_build.table is not None
    return checked and (new_build.table is None or _errors(name, new_build) > _errors(name, old_build))


def _errors_in_reading(version: _Version) -> int:
    return sum(finding.code.severity is Severity.ERROR for finding in version.parsed.findings)


def _errors(name: str, built: Build) -> int:
    return sum(len(mistake.more) + 1 for mistake in built.report.errors if mistake.spot.file == name)
