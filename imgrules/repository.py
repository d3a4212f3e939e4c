"""The repository that a folder is in, and the names that files have in it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


def repository_of(folder: Path) -> Path | None:
    """Return the nearest folder that holds `.git`, this one or one above; None without any."""
    return next((place for place in (folder, *folder.parents) if os.path.lexists(place / ".git")), None)


def in_repository(file: str) -> str:
    """Return the name of a file relative to the repository of the current folder, with `/`; an absolute name outside of it."""
    path, root = Path(os.path.abspath(file)), _root(Path.cwd())  # noqa: PTH100  links stay as they are written
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


@cache
def _root(folder: Path) -> Path:
    """Return the repository of a folder; without one, the folder itself."""
    return repository_of(folder) or folder
