"""
The rule files of a folder, as they stood there at one moment.

A folder may be written while it is read: by an editor, a checkout or a deployment. Half of the old files and half of the
new ones would be rules that nobody has written. So a folder is looked at before and after it is read, is read again where
the two looks differ, and is refused where it does not come to rest.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from errno import ENOENT
from pathlib import Path
from stat import S_ISREG

from imgrules.compiler.read.characters import MOST_BYTES
from imgrules.compiler.read.folder_codes import LINK_LEADS_OUT
from imgrules.compiler.read.syntax_codes import UNREADABLE
from imgrules.compiler.report.diagnostics import Code
from imgrules.errors import RulesError
from imgrules.quoting import printable, quoted

SHARED = "_shared"
MESSAGES = "_messages"
FOR_ALL = (SHARED, MESSAGES)
"""The stems of the files that are about all models, in the order in which they are read; any other is a model."""

MOST_READS = 10
"""A folder that has changed during so many reads is refused."""

REST = 0.05
"""Seconds. A folder is read once nothing has been written in it for so long."""

YOUNG = 2.0
"""Seconds. The times of some file systems are as coarse as this, so the contents of younger files are compared as well."""

_SECOND = 10**9  # in nanoseconds
_USUAL_BYTES = 2**15
# A pipe that took the place of a file must not block; a system has neither flag or one of them.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file of the folder is not read."""

    code: Code
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file of a folder with its bytes, as far as they are needed to see that it is too large; or why it is not read."""

    path: Path
    raw: bytes = b""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file or a folder at one glance. Whatever is written or replaced, something of it changes."""

    path: Path
    is_link: bool = False
    mode: int = 0
    mark: tuple[int, ...] = ()
    """Which file it is and how large; or the error that comes of looking at it, and then `mode` is 0."""
    changed: int = field(default=0, compare=False)
    """When it was written, renamed or replaced, in nanoseconds since the epoch; now, where it is empty."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A folder and its rule files at one glance."""

    top: _Seen | None = None
    files: tuple[_Seen, ...] = ()


def read_folder(folder: Path, *, follow_links: bool = False) -> list[RuleFile]:
    """
    Return the rule files of a folder, those for all models first, as they stood there together.

    Raises:
        RulesError: there is no such folder, there is no model in it, or it changes all the time.

    """
    try:
        files = _settled(folder, lambda: _look(folder), None if follow_links else folder)
    except OSError as error:
        raise RulesError(f"{printable(str(folder))} cannot be read as a folder of rules: {error.strerror}") from error
    if all(each.path.stem in FOR_ALL for each in files):
        name = printable(str(folder))
        raise RulesError(f"{name} holds no model file; `imgrules init MODEL --rules {name}` writes one")
    return files


def read_file(path: Path) -> RuleFile:
    """
    Return one rule file, whole.

    Raises:
        RulesError: it changes all the time.

    """
    return _settled(path, lambda: _Look(files=(_seen(path, is_link=path.is_symlink()),)), path.parent)[0]


def _settled(place: Path, look: Callable[[], _Look], within: Path | None) -> list[RuleFile]:
    """Read what a look shows until the next look shows the same; an error of the very first look is raised."""
    before = look()
    for _ in range(MOST_READS):
        files = _read_at_rest(before, within)
        after = _look_again(look)
        if files is not None and after == before:
            return files
        before = after
    raise RulesError(f"{printable(str(place))} changes while it is read; try again when no program writes to it")


def _look_again(look: Callable[[], _Look]) -> _Look:
    try:
        return look()
    except OSError:
        return _Look()  # a folder that is being replaced is gone for a moment, which is a change as any other


def _read_at_rest(seen: _Look, within: Path | None) -> list[RuleFile] | None:
    """Wait until the last change is old enough, then read; None where a young file differs at a second reading."""
    now = time.time_ns()
    time.sleep(_wait(now, max((each.changed for each in (seen.top, *seen.files) if each is not None), default=now)))
    files = [_read(each, within) for each in seen.files]
    young = now - YOUNG * _SECOND
    same = all(_read(each, within) == file for each, file in zip(seen.files, files, strict=True) if each.changed > young)
    return files if same else None


def _wait(now: int, changed: int) -> float:
    """Return how many seconds are left until a change is old enough; a time in whole seconds may be a second off."""
    age = (now - changed) / _SECOND
    if age > YOUNG:
        return 0
    return REST if changed % _SECOND == 0 else REST - min(max(age, 0), REST)


def _look(folder: Path) -> _Look:
    with os.scandir(folder) as entries:
        found = [(folder / each.name, each.is_symlink()) for each in entries if is_rule_file(each.name)]
    files = sorted(found, key=lambda each: (each[0].stem not in FOR_ALL, each[0].stem != SHARED, each[0].name))
    return _Look(_seen(folder), tuple(_seen(path, is_link=is_link) for path, is_link in files))


def is_rule_file(name: str) -> bool:
    """Whether a file of this name is read; `_draft.yaml` and `.hidden.yaml` are left alone."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122  of a folder with thousands of other files, no path is made
    return name[0] != "." and suffix.lower() in {".yaml", ".yml"} and (stem in FOR_ALL or name[0] != "_")


def _seen(path: Path, *, is_link: bool = False) -> _Seen:
    try:
        found = path.stat()
    except OSError as error:
        return _Seen(path, is_link, mark=(error.errno or 0,))
    mark = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    # A file that is truncated to be written has a size of 0 before it has a new time: ext4 sets them one after the other.
    is_begun = S_ISREG(found.st_mode) and not found.st_size
    changed = time.time_ns() if is_begun else max(found.st_mtime_ns, found.st_ctime_ns)
    return _Seen(path, is_link, found.st_mode, mark, changed)


def _read(seen: _Seen, within: Path | None) -> RuleFile:
    path = seen.path
    if path.suffix != ".yaml":
        return _unread(path, "a rule file ends in .yaml", f"rename it to {path.stem}.yaml")
    if seen.is_link and within is not None and _leads_out(path, within):
        return RuleFile(path, problem=Problem(LINK_LEADS_OUT, f"this link leaves the folder{_target(path)}", _LINK_HINT))
    if seen.mode and not S_ISREG(seen.mode):
        return _unread(path, "this is not a regular file", "move it out of the folder")
    try:
        return RuleFile(path, _bytes(path))
    except OSError as error:
        if seen.is_link and error.errno == ENOENT:
            return _unread(path, f"this link is broken{_target(path)}", "delete it, or point it at a file in the folder")
        return _unread(path, f"the file cannot be read: {error.strerror}", "check its permissions")


_LINK_HINT = "put the file itself here; where a build system links it, use `--follow-links`, or `follow_links=True` in Python"


def _unread(path: Path, message: str, hint: str) -> RuleFile:
    return RuleFile(path, problem=Problem(UNREADABLE, message, hint))


def _leads_out(link: Path, folder: Path) -> bool:
    # `Path.resolve` raises for a link to itself in one Python and not in the next.
    real, home = os.path.realpath(link), os.path.realpath(folder)
    return not Path(real).is_relative_to(home)


def _target(link: Path) -> str:
    """Return where a link points to, for a sentence, or nothing where it is none any more."""
    try:
        return f": it points to {quoted(str(link.readlink()))}"
    except OSError:
        return ""


def _bytes(path: Path) -> bytes:
    handle = os.open(path, _FLAGS)
    try:
        # Room for the largest file costs more than all that is done to a usual one.
        raw = os.read(handle, _USUAL_BYTES)
        while raw and len(raw) <= MOST_BYTES and (more := os.read(handle, MOST_BYTES + 1 - len(raw))):
            raw += more
    finally:
        os.close(handle)
    return raw
