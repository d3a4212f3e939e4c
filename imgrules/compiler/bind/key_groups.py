"""Several keys of a block that result from one mistake, and the one finding about all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imgrules.compiler.bind.shape_codes import UNKNOWN_KEY
from imgrules.compiler.report.diagnostics import Change, Finding, Path, Place
from imgrules.compiler.report.helps import Help
from imgrules.compiler.spec.types import Closed
from imgrules.quoting import either
from imgrules.table.record_base import record


@record
class Group:
    """Several keys of a block that result from one mistake, and the finding about all of them."""

    paths: frozenset[Path]
    finding: Finding


@record
class UnknownKeys:
    """
    The keys of one block that it does not take.

    `root` is the value of the whole file, `kind` its class, `parent` the path of the block, `block` its value, `shape` the type
    that stands there, and `names` are the unknown keys.
    """

    root: Any
    kind: type[Closed]
    parent: Path
    block: Mapping[str, Any]
    shape: Any
    names: frozenset[str]

    def group(self, help_: Help, message: str, also: tuple[str, ...] = ()) -> Group:
        """Return the group of all keys of the block, and of keys that are missing; the finding is about the whole block."""
        paths = frozenset((*self.parent, name) for name in (*self.block, *also))
        return Group(paths, Finding(UNKNOWN_KEY, message, Place(self.parent), *help_))


def one_for_several(parent: Path, names: list[str], help_: Help) -> Group:
    """Return the group of some keys of a block; a fix of the hint replaces the first of them, and the others are deleted."""
    message = "unknown key" + ("s " if len(names) > 1 else " ") + either(names, word="and")
    place = Place((*parent, names[0]), on_key=True)
    if isinstance(help_.fix, str):
        place = Place((*parent, names[0]), on_key=True, until=(*parent, names[0]))
        deletions = (Change(Place((*parent, name)), None) for name in names[1:])
        help_ = help_._replace(fix=(Change(place, help_.fix or None), *deletions))
    return Group(frozenset((*parent, name) for name in names), Finding(UNKNOWN_KEY, message, place, *help_))
