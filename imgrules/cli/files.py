"""Files are replaced whole or not at all."""

from __future__ import annotations

import os
import tempfile
from errno import EISDIR
from pathlib import Path


def replace(path: Path, text: str) -> None:
    """
    Write a file at once: whoever reads it sees the old or the new text, also when the writing fails half-way.

    Raises:
        OSError: it cannot be written; the old file stays.

    """
    path = path.resolve()
    if path.is_dir():
        raise IsADirectoryError(EISDIR, "this is a folder; name a file", str(path))
    if path.exists() and not path.is_file():
        # A pipe or a device is written into; it must not be replaced by a file.
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
