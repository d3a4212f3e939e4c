"""The two sides of a comparison: a folder, a compiled table, or either of them in a git revision."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from imgrules.cli.arguments.rules_and_picks import folder
from imgrules.cli.arguments.rules_folder import required_rules
from imgrules.cli.comparison.git import (
    NoPathError,
    NoRevisionError,
    commit_of,
    folders_with,
    from_here,
    merge_base,
    path_in_repository,
    read_at,
)
from imgrules.cli.printing.progress import progress
from imgrules.errors import ImgrulesError, TableError
from imgrules.quoting import counted, printable, quoted
from imgrules.table.codec import loads
from imgrules.table.record_base import record
from imgrules.table.records import Table

if TYPE_CHECKING:  # a table needs no compiler
    from imgrules.compiler.parsed_file import ParsedFile
    from imgrules.compiler.read.folder import RuleFile
    from imgrules.compiler.rule_places import RulePlaces

_LEFT = 5  # mistakes of a side that are listed


@record(slots=False)
class OpenSide:
    """One side: its name for people, its table, and where its rules are written; None for a compiled table."""

    name: str
    table: Table
    places: RulePlaces | None = None


def open_sides(given: list[str], *, follow_links: bool = False) -> tuple[OpenSide, OpenSide]:
    """
    Return the old and the new side that the arguments name.

    With one argument, a revision is compared with the rules of the working tree; a folder or a table, and the rules that are found
    without an argument, with the merge base of the default branch.

    Raises:
        ImgrulesError: a side cannot be read, or has mistakes.

    """
    if len(given) > 2:  # noqa: PLR2004  OLD and NEW
        raise ImgrulesError(f"two sides are compared, and {len(given)} are named; write `imgrules diff OLD NEW`")
    if "" in given:
        raise ImgrulesError("a side is empty, as a variable without a value leaves it; name a folder, a table or a revision")
    if len(given) == 2:  # noqa: PLR2004  as above
        return side_of(given[0], given[1], follow_links=follow_links), side_of(given[1], given[0], follow_links=follow_links)
    if given and not Path(given[0]).exists():
        new = required_rules("imgrules diff OLD NEW")
        return side_of(given[0], str(new), follow_links=follow_links), _of_path(new, follow_links=follow_links)
    new = Path(given[0]) if given else required_rules("imgrules diff OLD NEW")
    top = new if new.is_dir() else new.parent
    commit = merge_base(top)
    return _of_commit(commit, path_in_repository(new), f"{commit[:12]} (merge base)", top), _of_path(
        new, follow_links=follow_links
    )


def side_of(named: str, other: str, *, follow_links: bool) -> OpenSide:
    """
    Return the side of one argument; a revision without a path means the path of the other side in it.

    Raises:
        ImgrulesError: the side cannot be read, or has mistakes.

    """
    path = Path(named)
    if path.exists():
        return _of_path(path, follow_links=follow_links)
    revision, colon, inner = named.partition(":")
    beside = Path(other)
    repository = beside if beside.is_dir() else beside.parent if beside.exists() else Path()
    try:
        commit = commit_of(revision, repository)
    except NoRevisionError:
        raise
    except ImgrulesError as error:
        raise ImgrulesError(f"{quoted(named)} is no folder and no table, and no revision can be read here: {error}") from error
    if colon:
        return _of_commit(commit, inner.rstrip("/"), named, repository)
    home = beside if beside.exists() else required_rules("imgrules diff OLD NEW")
    return _of_commit(commit, path_in_repository(home), named, repository)


def _of_path(path: Path, *, follow_links: bool) -> OpenSide:
    if not folder(path).is_dir():
        return _of_table(path.read_bytes(), str(path))
    from imgrules.compiler.read.folder import read_folder  # noqa: PLC0415  a table needs no compiler

    return _of_files(read_folder(path, follow_links=follow_links), path, str(path))


def _of_commit(commit: str, path: str, name: str, repository: Path) -> OpenSide:
    try:
        found = read_at(commit, path, repository)
    except NoPathError as error:
        raise ImgrulesError(f"{error}; {_elsewhere(commit, repository)}") from error
    if isinstance(found, bytes):
        return _of_table(found, name)
    from imgrules.compiler.read.folder import FOR_ALL, RuleFile, is_rule_file  # noqa: PLC0415  as above

    links = [file for file, raw in found.items() if raw is None and is_rule_file(file)]
    if links:
        raise ImgrulesError(f"{printable(name)}: {quoted(links[0])} is a link, and a revision is read without following any")
    home = from_here(path, repository)
    files = [RuleFile(home / file, raw) for file, raw in found.items() if raw is not None and is_rule_file(file)]
    files.sort(key=lambda file: (file.path.stem not in FOR_ALL, file.path.stem != FOR_ALL[0], file.path.name))
    if all(file.path.stem in FOR_ALL for file in files):
        raise ImgrulesError(
            f"{printable(name)} holds no model file in {quoted(path or '.')}; name the folder, as in `REVISION:rules`"
        )
    return _of_files(files, home, name)


def _elsewhere(commit: str, repository: Path) -> str:
    """Return what to type where a commit has no rules at a path: the folders that it has, as an earlier place of them."""
    from imgrules.compiler.read.folder import SHARED  # noqa: PLC0415  as above

    folders = folders_with(commit, f"{SHARED}.yaml", repository)
    if not folders:
        return f"no folder of it has a `{SHARED}.yaml`: name another revision"
    named = [quoted(f"{commit[:12]}:{'' if folder == '.' else folder}") for folder in folders[:_LEFT]]
    return f"it has rules elsewhere: if these were moved, compare with {' or '.join(named)}"


def _of_table(raw: bytes, name: str) -> OpenSide:
    try:
        return OpenSide(name, loads(raw))
    except TableError as error:
        raise TableError(f"{printable(name)}: {error}") from error


def _of_files(files: list[RuleFile], home: Path, name: str) -> OpenSide:
    """
    Return the side of some rule files, which are carried over to the current spelling in memory where they are older.

    Their bodies are not proved: an edit that mends a body has to be compared with what it mends.
    """
    from imgrules.compiler.bind.shape_codes import OLD_SPELLING  # noqa: PLC0415  as above
    from imgrules.compiler.build import build_files, parse_files  # noqa: PLC0415  as above
    from imgrules.compiler.read.contract_file import unproved  # noqa: PLC0415  as above

    parsed = parse_files(files, progress())
    built = build_files(parsed, home, contracts=unproved, of_tables=())
    if any(mistake.code is OLD_SPELLING for mistake in built.report.errors):
        from imgrules.compiler.fixes.fix import fixed_files  # noqa: PLC0415  only an older spelling needs it

        after = {file.before.path: file.after for file in fixed_files(files, home).files}
        carried = parse_files([after.get(file.path, file) for file in files])
        built = build_files(carried, home, contracts=unproved, of_tables=())
        if built.table is not None and not built.broken:
            print(f"imgrules: {printable(name)} is in an older spelling, which was carried over in memory", file=sys.stderr)
    if built.table is None or built.broken:
        shown = built.report.errors[:_LEFT]
        lines = "".join(
            f"\n  {printable(mistake.spot.file)}:{mistake.spot.start.line}: {mistake.code.id} {printable(mistake.message)}"
            for mistake in shown
        )
        raise ImgrulesError(
            f"{printable(name)} has {counted(len(built.report.errors), 'mistake')}, so it cannot be compared:{lines}"
        )
    return side_of_table(built.table, built.ids, parsed, name)


def side_of_table(table: Table, ids: Mapping[str, str], files: list[ParsedFile], name: str) -> OpenSide:
    """Return the side of a table that was built from parsed files; `ids` are its models by the stem of their file."""
    from imgrules.compiler.rule_places import RulePlaces  # noqa: PLC0415  as above

    stems = {model: stem for stem, model in ids.items()}
    return OpenSide(name, table, RulePlaces({file.stem: file for file in files}, stems))
