"""Where the rules lie that a command works on when none are named: here, or in a folder above."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from imgrules.errors import ImgrulesError
from imgrules.quoting import printable

HERE = Path("rules")
"""Where rules lie by custom; what is taken from elsewhere is said."""

SHARED_FILE = "_shared.yaml"
REPOSITORY = ".git"


def search() -> Path | None:
    """
    Return the folder of rules of the current folder, else that of the nearest folder above which has one, else None.

    A folder is one of rules if it holds `_shared.yaml`; else its rules are in `rules/`. The search ends with the first
    folder that holds `.git`.
    """
    for above, folder in enumerate(_folders()):
        way = Path(*[os.pardir] * above)
        if os.path.lexists(folder / SHARED_FILE):
            return way
        if (folder / HERE).is_dir():
            return way / HERE
    return None


def the_rules(typed: str) -> Path:
    """
    Return the folder that the search finds, and say which it is; `typed` is how a folder is named to the command.

    Raises:
        ImgrulesError: none is found; a command that judges or writes takes no others in their place.

    """
    rules = say(search())
    if rules is None:
        raise ImgrulesError(
            f"no rules found: {_looked_for()}; name their folder, as in `{typed}`, "
            f"or begin with `imgrules init MODEL --rules {HERE}`"
        )
    return rules


def say(rules: Path | None) -> Path | None:
    """Say on standard error which folder was found, unless it is `rules/` here; return it."""
    if rules not in (None, HERE):
        where = "this folder" if rules == Path() else f"`{printable(str(rules))}`"
        print(f"imgrules: these are the rules in {where}", file=sys.stderr)
    return rules


def _folders() -> list[Path]:
    """Return the folders that are searched, the current one first."""
    current = Path.cwd()
    searched: list[Path] = []
    for folder in (current, *current.parents):
        searched.append(folder)
        if os.path.lexists(folder / REPOSITORY):
            break
    return searched


def _looked_for() -> str:
    first, *above = _folders()
    further = f", nor in the folders above it up to {printable(str(above[-1]))}" if above else ""
    return f"there is neither `{SHARED_FILE}` nor `{HERE}/` in {printable(str(first))}{further}"
