"""Read the contract that a type names: a file beside the rules, which lies inside the repository."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISREG

from imgrules.compiler.read.characters import MOST_BYTES
from imgrules.compiler.read.folder import bytes_of
from imgrules.compiler.source import ContractFile
from imgrules.quoting import quoted
from imgrules.repository import repository_of

_HINT = "name a path relative to the folder of the rules"


def read_contract(folder: Path, written: str) -> ContractFile:
    """
    Return the file that a path names, relative to the folder of the rules, or why it is not read.

    Links are followed, but never out of the repository: the nearest folder above with `.git`, or else the parent folder.
    """
    home = Path(os.path.realpath(folder))
    real = Path(os.path.realpath(home / written))
    if not real.is_relative_to(_root(home)):
        hint = "put the contract into the repository of the rules, or beside their folder"
        return ContractFile(message=f"the contract {quoted(written)} lies outside of the repository", hint=hint)
    try:
        if not S_ISREG(real.stat().st_mode):
            return ContractFile(message=f"the contract {quoted(written)} is no file", hint=_hint(folder, written))
        raw = bytes_of(real)
    except OSError as error:
        reason = "does not exist" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
        return ContractFile(message=f"the contract {quoted(written)} {reason}", hint=_hint(folder, written))
    if len(raw) > MOST_BYTES:
        return ContractFile(
            message=f"the contract {quoted(written)} has more than {MOST_BYTES:,} bytes",
            hint="leave out what is not about this request",
        )
    return ContractFile(raw)


def _hint(folder: Path, written: str) -> str:
    """Return what to name: a file of the same name that is beside the rules, in the folder above them, or in its `schemas`."""
    name = Path(written).name
    home = Path(os.path.realpath(folder))
    near = (name, f"../{name}", f"../schemas/{name}")
    found = next((place for place in near if (home / place).is_file() and _is_inside(home, place)), None)
    return f"{_HINT}; there is {quoted(found)}" if found else f"{_HINT}, and put the contract there"


def unproved(_: str) -> None:
    """Return None for every contract, where rules are compiled that lie in no folder: their bodies are not proved."""


def _is_inside(home: Path, place: str) -> bool:
    return Path(os.path.realpath(home / place)).is_relative_to(_root(home))


def _root(folder: Path) -> Path:
    """Return the repository of a folder, or else the folder above it."""
    return repository_of(folder) or folder.parent
