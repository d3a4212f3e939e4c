"""Rule files that a command rewrites: they are shown as a diff, and written only if nothing else wrote to them meanwhile."""

from __future__ import annotations

import re
from difflib import unified_diff
from pathlib import Path

from imgrules.cli.writing.files import replace as write
from imgrules.errors import ImgrulesError
from imgrules.quoting import printable


def rewrite(path: Path, before: bytes, after: bytes) -> None:
    """
    Write a file atomically that was read before.

    Raises:
        ImgrulesError: it is not as it was read.
        OSError: it cannot be written; the old file stays.

    """
    if path.read_bytes() != before:
        raise ImgrulesError(f"{printable(str(path))} changed while it was fixed; try again when no program writes to it")
    write(path, after.decode("utf-8"))


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
