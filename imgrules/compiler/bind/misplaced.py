"""A value that cannot stand where it stands, and what its place would accept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from imgrules.compiler.read.syntax import parse
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place
from imgrules.compiler.report.helps import Help, explain, write
from imgrules.compiler.source import Source
from imgrules.compiler.spec.annotations import wrong
from imgrules.compiler.spec.types import UNKNOWN, Closed
from imgrules.quoting import quoted

NO_VALUE = frozenset({"unknown", "any", "all", "none", "null", "various", "many", "tbd", "todo", "n/a", "?", "*", "...", "-"})
"""Words that stand where somebody does not know, or does not want, a list of values."""

NO_PRICE = NO_VALUE - {"all", "many", UNKNOWN}
"""Words that stand where nobody has stated a price."""


@dataclass(frozen=True, slots=True)
class Word:
    """A value that cannot stand where it stands: what was read, what was typed, what the place takes, and the block that it stands in."""

    path: Path
    value: Any
    typed: Any
    shape: Any
    error: Mapping[str, Any]
    required: bool
    whole: Any
    block: type[Closed]
    depth: int
    """How many steps of the path lead to the block that the value stands in."""

    @property
    def name(self) -> str:
        """The field, or the list that the value stands in."""
        named = next((each for each in reversed(self.path) if isinstance(each, str)), None)
        if named is None:
            return "the file"
        return quoted(named) if self.path[-1] == named else f"an entry of {quoted(named)}"

    @property
    def otherwise(self) -> str:
        """What may be done where nothing can be written."""
        if self.required:
            return ""
        return f", or delete `{self.path[-1]}:`" if isinstance(self.path[-1], str) else ", or delete the line"

    def says(self, code: Code, message: str, help_: Help) -> Finding:
        """Return a finding at the value."""
        return Finding(code, message, Place(self.path), *help_)

    def write(self, text: str, otherwise: str, more: str = "") -> Help:
        """Return the help to type a text, if the place accepts it; else the one that explains."""
        return write(text, more) if self.accepts(text) else explain(otherwise)

    def accepts(self, text: str) -> bool:
        """Whether a text, typed in place of the value, is what the place takes."""
        tree, findings = parse(Source("", text))
        if tree is None or findings:
            return False
        said = value_at(self.whole, self.path[: self.depth])
        # The entry alone is tried, so that a long file with many mistakes is not read anew for each of them.
        tried, below = _alone(said, self.path[self.depth :], tree.value)
        return all(_shared(each, below) < len(below) for each in wrong(self.block, tried))


def value_at(value: Any, path: Path) -> Any:
    """Return what stands at a path."""
    each: Any
    for each in path:
        value = value[each]
    return value


def _alone(said: Any, path: Path, value: Any) -> tuple[Any, Path]:
    """Return a block with nothing but a value at a path, and the path there; the first entry of a list tells what it lists."""
    if not path:
        return value, ()
    inside, below = _alone(said[path[0]], path[1:], value)
    if isinstance(said, dict):
        return {path[0]: inside}, (path[0], *below)
    return ([said[0], inside], (1, *below)) if path[0] else ([inside], (0, *below))


def _shared(loc: tuple[Any, ...], path: Path) -> int:
    """Return how far a location of pydantic, with the names of its unions, follows a path."""
    at = 0
    for each in loc:
        at += at < len(path) and each == path[at]
    return at


def found(word: Word) -> str:
    """Return in words what stands there."""
    if isinstance(word.value, str):
        return f"the text {quoted(word.value)}"
    if isinstance(word.value, bool):
        return quoted(word.typed)
    if isinstance(word.value, int | Decimal):
        return f"the number {word.typed}"
    if isinstance(word.value, list):
        return f"a list of {len(word.value)}" if word.error["type"] == "too_long" else "a list"
    return "a block of named values"
