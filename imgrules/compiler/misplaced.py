"""A value that cannot stand where it stands, and what its place would accept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from imgrules.compiler.diagnostics import Code, Finding, Path, Place
from imgrules.compiler.helps import Help, explain, write
from imgrules.compiler.shapes import wrong
from imgrules.compiler.source import Source
from imgrules.compiler.syntax import parse
from imgrules.compiler.words import UNKNOWN, Closed
from imgrules.engine.wording import quoted

NO_VALUE = frozenset({"unknown", "any", "all", "none", "null", "various", "many", "tbd", "todo", "n/a", "?", "*", "...", "-"})
"""Words that stand where somebody does not know, or does not want, a list of values."""

NO_PRICE = NO_VALUE - {"all", "many", UNKNOWN}
"""Words that stand where nobody has stated a price."""


@dataclass(frozen=True, slots=True)
class Word:
    """A value that cannot stand where it stands: what was read, what was typed, what the place takes, and the whole file."""

    path: Path
    value: Any
    typed: Any
    shape: Any
    error: Mapping[str, Any]
    required: bool
    whole: Any
    kind: type[Closed]

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
        found = wrong(self.kind, _replaced(self.whole, self.path, tree.value))
        return all(_shared(each, self.path) < len(self.path) for each in found)


def _replaced(whole: Any, path: Path, value: Any) -> Any:
    """Return a document with another value at a path; what lies beside the path is shared."""
    if not path:
        return value
    copy: Any = dict(whole) if isinstance(whole, dict) else list(whole)
    copy[path[0]] = _replaced(copy[path[0]], path[1:], value)
    return copy


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
