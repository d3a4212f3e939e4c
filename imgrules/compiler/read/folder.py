"""
Read the rule files of a folder in a consistent state, as they were at one moment.

An editor, a checkout or a deployment may write to a folder while it is read, and a mix of old and new files would give rules
that nobody has written. So this module takes a snapshot of all file times and sizes before and after reading, reads again
if the two differ, and raises an error if the folder keeps changing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from errno import ENOENT
from pathlib import Path
from stat import S_ISREG

from imgrules.compiler.read.characters import MOST_BYTES
from imgrules.compiler.read.folder_codes import LINK_LEADS_OUT
from imgrules.compiler.read.syntax_codes import UNREADABLE
from imgrules.compiler.report.diagnostics import Code
from imgrules.errors import RulesError
from imgrules.quoting import printable, quoted
from imgrules.table.record_base import field, record

SHARED = "_shared"
MESSAGES = "_messages"
FOR_ALL = (SHARED, MESSAGES)
"""The stems of the files that apply to all models, in the order in which they are read; any other file is a model."""

MOST_READS = 10
"""How often a folder is read that changes during each read; after that, an error is raised."""

QUIET = 0.05
"""How many seconds a folder must be unchanged before it is read."""

COARSEST_TIMESTAMP = 2.0
"""The resolution in seconds of the coarsest file timestamps; files changed more recently are read twice and compared."""

_SECOND = 10**9  # nanoseconds
_USUAL_BYTES = 2**15
# Without O_NONBLOCK, opening a named pipe would block. Each of the two flags exists only on some systems.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@record
class Problem:
    """The reason why a file of the folder is not read: the parts of a finding without its place."""

    code: Code
    message: str
    hint: str


@record
class RuleFile:
    """A file of a folder with its bytes, truncated to `MOST_BYTES + 1`; or with the reason why it is not read."""

    path: Path
    raw: bytes = b""
    problem: Problem | None = None


@record
class FileState:
    """The result of `stat` for a file or a folder. After a write or a replacement, the state is not equal to the one before."""

    path: Path
    is_link: bool = False
    mode: int = 0
    mark: tuple[int, ...] = ()
    """Device, inode, size in bytes and times; or the error number of `stat`, in which case `mode` is 0."""
    changed: int = field(default=0, compare=False)
    """When it was last written, renamed or replaced, in nanoseconds since the epoch; the current time if it is empty."""


@record
class _Snapshot:
    """The states of a folder and of its rule files."""

    top: FileState | None = None
    files: tuple[FileState, ...] = ()


def read_folder(folder: Path, *, follow_links: bool = False) -> list[RuleFile]:
    """
    Return the rule files of a folder, those for all models first, in a state that all of them had at the same moment.

    Raises:
        RulesError: the folder cannot be read, holds no model file, or keeps changing.

    """
    try:
        files = _read_until_stable(folder, lambda: _snapshot(folder), None if follow_links else folder)
    except OSError as error:
        raise RulesError(f"{printable(str(folder))} cannot be read as a folder of rules: {error.strerror}") from error
    if all(file.path.stem in FOR_ALL for file in files):
        name = printable(str(folder))
        raise RulesError(f"{name} holds no model file; `imgrules init MODEL --rules {name}` writes one")
    return files


def read_file(path: Path) -> RuleFile:
    """
    Return one rule file with its bytes, read while nobody wrote to it.

    Raises:
        RulesError: the file keeps changing.

    """
    return _read_until_stable(path, lambda: _Snapshot(files=(file_state(path, is_link=path.is_symlink()),)), path.parent)[0]


def _read_until_stable(place: Path, take_snapshot: Callable[[], _Snapshot], within: Path | None) -> list[RuleFile]:
    """Return the files, read again until the snapshots before and after are equal; OSError if the first snapshot fails."""
    before = take_snapshot()
    for _ in range(MOST_READS):
        files = _read_when_quiet(before, within)
        after = _snapshot_or_empty(take_snapshot)
        if files is not None and after == before:
            return files
        before = after
    raise RulesError(f"{printable(str(place))} changes while it is read; try again when no program writes to it")


def _snapshot_or_empty(take_snapshot: Callable[[], _Snapshot]) -> _Snapshot:
    try:
        return take_snapshot()
    except OSError:
        return _Snapshot()  # a folder that is being replaced may be missing for a moment, which is a change like any other


def _read_when_quiet(snapshot: _Snapshot, within: Path | None) -> list[RuleFile] | None:
    """Wait until `QUIET` seconds after the last change, then return the files; None if a young file changes in between."""
    now = time.time_ns()
    time.sleep(_wait(now, max((state.changed for state in (snapshot.top, *snapshot.files) if state is not None), default=now)))
    files = [_read(state, within) for state in snapshot.files]
    young = now - COARSEST_TIMESTAMP * _SECOND
    same = all(_read(state, within) == file for state, file in zip(snapshot.files, files, strict=True) if state.changed > young)
    return files if same else None


def _wait(now: int, changed: int) -> float:
    """Return the seconds to wait until a change is `QUIET` seconds old; a timestamp in whole seconds may be too early."""
    age = (now - changed) / _SECOND
    if age > COARSEST_TIMESTAMP:
        return 0
    return QUIET if changed % _SECOND == 0 else QUIET - min(max(age, 0), QUIET)


def _snapshot(folder: Path) -> _Snapshot:
    """Return the states of a folder and of its rule files, the shared ones first."""
    with os.scandir(folder) as entries:
        paths = [(folder / entry.name, entry.is_symlink()) for entry in entries if is_rule_file(entry.name)]
    files = sorted(paths, key=lambda item: (item[0].stem not in FOR_ALL, item[0].stem != SHARED, item[0].name))
    return _Snapshot(file_state(folder), tuple(file_state(path, is_link=is_link) for path, is_link in files))


def is_rule_file(name: str) -> bool:
    """Whether a file name is that of a rule file; `_draft.yaml` and `.hidden.yaml` are not read."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122  a path for each of thousands of other files would be slow
    return name[0] != "." and suffix.lower() in {".yaml", ".yml"} and (stem in FOR_ALL or name[0] != "_")


def file_state(path: Path, *, is_link: bool = False) -> FileState:
    """Return the state of a file or a folder; without reading its content."""
    try:
        stat = path.stat()
    except OSError as error:
        return FileState(path, is_link, mark=(error.errno or 0,))
    mark = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
    # When a file is truncated before a write, ext4 sets its size to 0 before it sets the new timestamp.
    is_begun = S_ISREG(stat.st_mode) and not stat.st_size
    changed = time.time_ns() if is_begun else max(stat.st_mtime_ns, stat.st_ctime_ns)
    return FileState(path, is_link, stat.st_mode, mark, changed)


def _read(state: FileState, within: Path | None) -> RuleFile:
    """Return a rule file with its bytes, or with the reason why it is not read."""
    path = state.path
    if path.suffix != ".yaml":
        return _unreadable(path, "the name of this file does not end in .yaml", f"rename it to {path.stem}.yaml")
    if state.is_link and within is not None and _leads_out(path, within):
        return RuleFile(path, problem=Problem(LINK_LEADS_OUT, f"this link leaves the folder{_points_to(path)}", _LINK_HINT))
    if state.mode and not S_ISREG(state.mode):
        return _unreadable(path, "this is not a regular file", "move it out of the folder")
    try:
        return RuleFile(path, bytes_of(path))
    except OSError as error:
        if state.is_link and error.errno == ENOENT:
            return _unreadable(path, f"this link is broken{_points_to(path)}", "delete it, or point it at a file in the folder")
        return _unreadable(path, f"the file cannot be read: {error.strerror}", "check its permissions")


_LINK_HINT = (
    "put the file itself here; if a build system makes such links, use `--follow-links`, or `follow_links=True` in Python"
)


def _unreadable(path: Path, message: str, hint: str) -> RuleFile:
    return RuleFile(path, problem=Problem(UNREADABLE, message, hint))


def _leads_out(link: Path, folder: Path) -> bool:
    # Whether `Path.resolve` raises for a link to itself depends on the version of Python.
    real, home = os.path.realpath(link), os.path.realpath(folder)
    return not Path(real).is_relative_to(home)


def _points_to(link: Path) -> str:
    """Return the end of a message that says where a link points, or "" if it is no longer a link."""
    try:
        return f": it points to {quoted(str(link.readlink()))}"
    except OSError:
        return ""


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a file, truncated to `MOST_BYTES + 1`."""
    handle = os.open(path, _FLAGS)
    try:
        # For a file of usual size, allocating a buffer for the largest file would take longer than all other work.
        raw = os.read(handle, _USUAL_BYTES)
        while raw and len(raw) <= MOST_BYTES and (chunk := os.read(handle, MOST_BYTES + 1 - len(raw))):
            raw += chunk
    finally:
        os.close(handle)
    return raw
