"""Rule files that a command rewrites: they are shown as a diff, and written only if nothing else wrote to them meanwhile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Protocol

from imgrules.cli.writing.files import replace as write
from imgrules.errors import ImgrulesError
from imgrules.quoting import printable


class _Content(Protocol):
    @property
    def path(self) -> Path:
        """The path of the file."""

    @property
    def raw(self) -> bytes:
        """Its bytes."""


class Rewritten(Protocol):
    """A file as it was read, and as it is to be written."""

    @property
    def before(self) -> _Content:
        """The file as it was read."""

    @property
    def after(self) -> _Content:
        """The file as it is to be written."""


def rewrite(files: Sequence[Rewritten]) -> None:
    """
    Write files atomically that were read before, each one whole; none is written if one of them may not be.

    Raises:
        ImgrulesError: one is not as it was read, or nobody has the permission to write it.
        OSError: one cannot be written; the old file stays.

    """
    for file in files:
        _may_be_written(file.after.path, file.before.raw)
    for file in files:
        write(file.after.path, file.after.raw.decode("utf-8"))


def _may_be_written(path: Path, before: bytes) -> None:
    if path.read_bytes() != before:
        raise ImgrulesError(f"{printable(str(path))} changed while it was fixed; try again when no program writes to it")
    # A file is replaced by another one, for which the system asks the folder alone.
    if not path.stat().st_mode & 0o222:
        how = "allow it with `chmod u+w`, and try again"
        raise ImgrulesError(f"{printable(str(path))} may not be written: nothing is changed; {how}")


def diff(path: Path, before: bytes, after: bytes) -> str:
    """Return a unified diff of a file; its lines end in LF, whatever those of the file."""
    old, new = (_lines(raw.decode("utf-8-sig")) for raw in (before, after))
    name = printable(str(path))
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(old, new, name, name)
    )


def _lines(text: str) -> list[str]:
    return [line.replace("\r\n", "\n") for line in re.findall(r"[^\n]*\n|[^\n]+", text)]
