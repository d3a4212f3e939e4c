"""The search for the rules of a command that names none: in this folder, or in a folder above."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from imgrules.errors import ImgrulesError
from imgrules.quoting import printable
from imgrules.repository import repository_of

USUAL = Path("rules")
"""The usual folder of rules; a command that takes another one says so."""

SHARED_FILE = "_shared.yaml"


def find_rules() -> Path | None:
    """
    Return the rules of the current folder, else of the nearest folder above, as a relative path; None if there are none.

    A folder that holds `_shared.yaml` is a folder of rules; else its rules are in `rules/`. The search ends with the first
    folder that holds `.git`.
    """
    for above, folder in enumerate(_folders()):
        relative = Path(*[os.pardir] * above)
        if os.path.lexists(folder / SHARED_FILE):
            return relative
        if (folder / USUAL).is_dir():
            return relative / USUAL
    return None


def required_rules(typed: str) -> Path:
    """
    Return the folder that the search finds, and announce it; the error message proposes the command line `typed`.

    Raises:
        ImgrulesError: none is found; commands that check or write do not use the packaged rules instead.

    """
    rules = announce(find_rules())
    if rules is None:
        raise ImgrulesError(
            f"no rules found: {_searched_places()}; name their folder, as in `{typed}`, "
            f"or begin with `imgrules init MODEL --rules {USUAL}`"
        )
    return rules


def announce(rules: Path | None) -> Path | None:
    """Print on standard error which folder was found, unless it is `rules/`, and return it."""
    if rules not in (None, USUAL):
        where = "this folder" if rules == Path() else f"`{printable(str(rules))}`"
        print(f"imgrules: using the rules in {where}", file=sys.stderr)
    return rules


def _folders() -> list[Path]:
    """Return the folders to search, the current one first, up to the repository."""
    current = Path.cwd()
    folders, end = [current, *current.parents], repository_of(current)
    return folders if end is None else folders[: folders.index(end) + 1]


def _searched_places() -> str:
    first, *above = _folders()
    further = f", nor in the folders above it up to {printable(str(above[-1]))}" if above else ""
    return f"there is neither `{SHARED_FILE}` nor `{USUAL}/` in {printable(str(first))}{further}"
