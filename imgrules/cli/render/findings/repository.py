"""The names of files as a repository knows them: relative to its root, whatever folder the program runs in."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


def in_repository(file: str) -> str:
    """Return the name of a file relative to the root of its repository, with `/`; an absolute name if it is outside."""
    path, root = Path(os.path.abspath(file)), _root(Path.cwd())  # noqa: PTH100  links stay as they are written
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


@cache
def _root(folder: Path) -> Path:
    """Return the folder that holds `.git`, this one or one above; without any, this folder."""
    return next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), folder)
