"""
Rewrite what examples expect to what the rules say, where a literal stands: what `imgrules test --update` writes.

An example is updated as a whole, or stays as it is: a key that is not there any more, or several answers of its combinations,
cannot be written as another literal.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from imgrules.compiler.examples.differences import Difference
from imgrules.compiler.examples.runs import Run
from imgrules.compiler.fixes.edits import apply, edits
from imgrules.compiler.located_report import spot_of
from imgrules.compiler.parsed_file import ParsedFile, parse_file
from imgrules.compiler.read.folder import RuleFile, read_folder
from imgrules.compiler.read.scalars import plain_value
from imgrules.compiler.report.block_changes import Shortening
from imgrules.compiler.report.diagnostics import Change, Edit, Place, Spot
from imgrules.compiler.report.diagnostics import Path as KeyPath
from imgrules.compiler.report.helps import typed
from imgrules.compiler.tested import Tested, run_examples_of
from imgrules.quoting import quoted
from imgrules.table.exact import in_own_context, written
from imgrules.table.record_base import record, replace

_PLAIN = re.compile(r"[A-Za-z(][\w() .-]*[\w)]|[A-Za-z]")


@record
class UpdatedFile:
    """A file before and after the update of its examples, and their numbers, from 1."""

    before: RuleFile
    after: RuleFile
    examples: tuple[int, ...]


class LeftExample(NamedTuple):
    """An example that fails and was not updated, with its place and the reason."""

    model: str
    number: int
    spot: Spot
    reason: str


@record
class Updates:
    """The update of the examples of a folder: the files that change, the examples that are left, and the tests around it."""

    files: tuple[UpdatedFile, ...]
    left: tuple[LeftExample, ...]
    before: Tested
    after: Tested


@in_own_context
def updated(folder: Path, names: frozenset[str] | None = None, *, follow_links: bool = False) -> Updates:
    """
    Return the update of the failing examples of a folder, or of the files with one of `names`; nothing is written.

    Raises:
        RulesError: the folder does not exist, holds no model file, or changes while it is read.

    """
    return updated_files(read_folder(folder, follow_links=follow_links), folder, names)


@in_own_context
def updated_files(files: Iterable[RuleFile], folder: Path = Path(), names: frozenset[str] | None = None) -> Updates:
    """Return the update of the failing examples of files that were read before."""
    versions = {parsed.stem: (file, parsed) for file in files for parsed in [parse_file(file)]}
    before = run_examples_of([parsed for _, parsed in versions.values()], folder, names)
    reasons: dict[tuple[str, int], str] = {}
    changes = dict(_changes(before, reasons))
    rewritten = {stem: _rewritten(versions[stem], changes[stem].values()) for stem in changes}
    after = before
    if rewritten:
        after = run_examples_of([rewritten.get(stem, version)[1] for stem, version in versions.items()], folder, names)
    wrong = _still_failing(after)
    for stem in [stem for stem in changes if any((stem, index) in wrong for index in changes[stem])]:
        # Not expected; if it happens, the whole file stays as its author wrote it.
        reasons |= {(stem, index): "another literal does not make it pass" for index in changes[stem]}
        del changes[stem], rewritten[stem]
        after = run_examples_of([rewritten.get(stem, version)[1] for stem, version in versions.items()], folder, names)
    done = tuple(
        UpdatedFile(versions[stem][0], rewritten[stem][0], tuple(index + 1 for index in changes[stem])) for stem in changes
    )
    return Updates(done, tuple(_left(before, reasons)), before, after)


_Changes = dict[int, list[Edit]]
"""The edits of the examples of one file, by the index of the example."""


def _changes(tested: Tested, reasons: dict[tuple[str, int], str]) -> Iterator[tuple[str, _Changes]]:
    """Yield the edits of each file by its stem; add the reason for each example that fails and cannot be updated."""
    homes = {model: stem for stem, model in tested.build.ids.items()}
    by_file: dict[str, _Changes] = {}
    for (model, index), runs in _grouped(tested.runs).items():
        stem = homes[model]
        reason = _hindrance(runs)
        if reason:
            reasons[stem, index] = reason
        elif runs[0].differences:
            by_file.setdefault(stem, {})[index] = list(_edits(tested.files[stem], stem, index, runs[0].differences))
    yield from by_file.items()


def _grouped(runs: Iterable[Run]) -> dict[tuple[str, int], list[Run]]:
    groups: dict[tuple[str, int], list[Run]] = {}
    for run in runs:
        groups.setdefault((run.model, run.index), []).append(run)
    return groups


def _hindrance(runs: list[Run]) -> str:
    """Return why the runs of one example that fails cannot be written as other literals; empty if they can, or it passes."""
    if not any(run.differences for run in runs):
        return ""
    if any(run.is_undated for run in runs):
        return "it needs `at:` with a date"
    answers = [{difference.path: repr(difference.actual) for difference in run.differences} for run in runs]
    if any(answer != answers[0] for answer in answers):
        return "its combinations have different outcomes"
    return next(filter(None, map(_unwritable, runs[0].differences)), "")


def _unwritable(difference: Difference) -> str:
    """Return why a difference cannot be written as another literal; empty if it can."""
    name = quoted(".".join(map(str, difference.path)))
    if difference.meant:
        return f"no rule sends {quoted(str(difference.path[-1]))}; did you mean {quoted(difference.meant)}?"
    if difference.actual is None:
        return f"there is no {name} that could be expected, so delete it, or expect something else"
    return "" if _is_literal(difference) else f"{name} is a whole block, so name the paths in it"


def _is_literal(difference: Difference) -> bool:
    """Whether what the rules say can be expected: a text, a number or a boolean, a list of these, or a repair."""
    value = difference.actual
    parts = value if isinstance(value, list | tuple) else [value]
    if difference.path == ("use",):
        parts = value.values()
    entries = [entry for part in parts for entry in (part if isinstance(part, list | tuple) else [part])]
    return all(isinstance(entry, str | int | Decimal) for entry in entries)


def _edits(file: ParsedFile, stem: str, index: int, differences: Iterable[Difference]) -> Iterator[Edit]:
    for difference in differences:
        path: KeyPath = ("examples", index, "expect", *difference.path)
        place = Place(path)
        span = spot_of({stem: file}, stem, place).span
        old = file.source.slice(span)
        change = Change if old[:1] not in {"[", "{"} and "\n" not in old else Shortening
        yield from edits(file.source, file.tree, change(place, _literal(old, difference.actual)), span)


def _literal(old: str, value: Any) -> str:
    """Return a value as it is typed in place of an old one, in its quotes where it had some."""
    if isinstance(value, Decimal):
        return written(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_literal('', entry) for entry in value)}]"
    if not isinstance(value, str):
        return typed(value)
    if old[:1] == "'" and value.isprintable() and "'" not in value:
        return f"'{value}'"
    is_plain = _PLAIN.fullmatch(value) and isinstance(plain_value(value), str)
    return value if old[:1] not in {'"', "'"} and is_plain else json.dumps(value, ensure_ascii=False)


def _rewritten(version: tuple[RuleFile, ParsedFile], changes: Iterable[list[Edit]]) -> tuple[RuleFile, ParsedFile]:
    """Return a file with edits; a byte-order mark stays."""
    file, parsed = version
    text = apply(parsed.source.text, [edit for group in changes for edit in group])
    mark = codecs.BOM_UTF8 if file.raw.startswith(codecs.BOM_UTF8) else b""
    after = replace(file, raw=mark + text.encode("utf-8"))
    return after, parse_file(after)


def _still_failing(tested: Tested) -> frozenset[tuple[str, int]]:
    homes = {model: stem for stem, model in tested.build.ids.items()}
    return frozenset((homes[run.model], run.index) for run in tested.runs if run.differences)


def _left(tested: Tested, reasons: Mapping[tuple[str, int], str]) -> Iterator[LeftExample]:
    for (stem, index), reason in reasons.items():
        spot = spot_of(tested.files, stem, Place(("examples", index)))
        yield LeftExample(tested.build.ids[stem], index + 1, spot, reason)
