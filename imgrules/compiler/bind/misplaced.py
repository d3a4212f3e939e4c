"""A value at a place that does not accept it, and tests whether the place would accept another value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from imgrules.compiler.read.syntax import parse
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place
from imgrules.compiler.report.helps import Help, explain, write
from imgrules.compiler.source import Source
from imgrules.compiler.spec.facts import FactSpec, FactValueSpec
from imgrules.compiler.spec.field_types import fits_at, is_block, keys, wrong
from imgrules.compiler.spec.model import OptionSpec, ValueSpec
from imgrules.compiler.spec.types import Closed
from imgrules.quoting import quoted
from imgrules.table.amounts import UNKNOWN
from imgrules.table.record_base import record

NO_VALUE = frozenset({"unknown", "any", "all", "none", "null", "various", "many", "tbd", "todo", "n/a", "?", "*", "...", "-"})
"""Words that authors write in place of a list of values, such as `any` or `tbd`; all in lower case."""

NO_PRICE = NO_VALUE - {"all", "many", UNKNOWN}
"""Words that authors write in place of a price that is not stated; all in lower case."""


@record
class MisplacedValue:
    """
    A value at a place that does not accept it.

    `value` is the value as it was read, `typed` its source text, `shape` the type that the place takes, `error` the error of
    pydantic, `root` the value of the whole file, and `block` the class of the innermost block around the place.
    """

    path: Path
    value: Any
    typed: Any
    shape: Any
    error: Mapping[str, Any]
    required: bool
    root: Any
    block: type[Closed]
    depth: int
    """How many steps of `path` lead from the root to `block`."""

    @property
    def name(self) -> str:
        """Return the quoted name of the field, or of the list that holds the value, for a message."""
        named = next((step for step in reversed(self.path) if isinstance(step, str)), None)
        if named is None:
            return "the file"
        return quoted(named) if self.path[-1] == named else f"an entry of {quoted(named)}"

    @property
    def otherwise(self) -> str:
        """Return the end of a hint that offers to delete the value, or "" where the file needs one."""
        if self.required or self._is_needed():
            return ""
        return f", or delete `{self.path[-1]}:`" if isinstance(self.path[-1], str) else ", or delete the line"

    def _is_needed(self) -> bool:
        """Whether another finding would ask for the key if it were deleted, although its block may do without it."""
        # A type says where the provider and the model are sent, an option what it accepts, and a table has a row for each value.
        of_option = self.path[:1] == ("options",) and self.path[len(("options", "name")) :] in {("values",), ("of",)}
        return of_option or self.path in {("provider",), ("model",)} or self.path[-2:-1] == ("table",)

    def finding(self, code: Code, message: str, help_: Help) -> Finding:
        """Return a finding at the path of the value."""
        return Finding(code, message, Place(self.path), *help_)

    def write(self, text: str, otherwise: str, more: str = "") -> Help:
        """Return a hint to write `text` if the place accepts it, else `otherwise` as an explanation."""
        return write(text, more) if self.accepts(text) else explain(otherwise)

    def accepts(self, text: str) -> bool:
        """Whether the place accepts the value of a YAML text."""
        tree, findings = parse(Source("", text))
        if tree is None or findings:
            return False
        block = value_at(self.root, self.path[: self.depth])
        # Only this entry is validated: to validate a long file again for each of many mistakes would be slow.
        entry, below = _isolated(block, self.path[self.depth :], tree.value)
        return all(_common_length(loc, below) < len(below) for loc in wrong(self.block, entry))


def value_at(value: Any, path: Path) -> Any:
    """Return the value at a path below a value."""
    step: Any
    for step in path:
        value = value[step]
    return value


def named_in(root: Any, block: str) -> Collection[str]:
    """Return the names of what a model declares in one of its blocks, such as `options`."""
    named = root.get(block) if isinstance(root, dict) else None
    return named if isinstance(named, dict) else ()


def is_picked_or_known(root: Any, name: object) -> bool:
    """Whether a model declares an option or a fact of a name."""
    return name in named_in(root, "options") or name in named_in(root, "facts")


def name_left_out(path: Path, shape: Any, value: Any) -> str | None:
    """
    Return an explanation that an entry of a block of names is a key of such an entry, whose own name is missing, or None.

    The block is one with names that its author chooses, such as `values`; `shape` is the type of its entries. Among values,
    the key may be one of their option or fact instead.
    """
    if path[-2:-1] not in OF_NAMES or not is_block(shape):
        return None
    block, name = map(str, path[-2:])
    owner = OptionSpec if issubclass(shape, ValueSpec) else FactSpec if issubclass(shape, FactValueSpec) else None
    if (
        owner is not None
        and name in keys(owner)
        and (name not in keys(shape) or name == "send")
        and fits_at(owner, name, value)
    ):
        noun = "option" if owner is OptionSpec else "fact"
        return f"{quoted(name)} belongs to the {noun}: move it beside `values:`; a value of this name has a block"
    if name not in keys(shape):
        return None
    return f"put {quoted(name)} below a name: `{block}: {{NAME: {{{name}: ...}}}}`" if fits_at(shape, name, value) else None


OF_NAMES = {("types",), ("gates",), ("fields",), ("options",), ("facts",), ("values",)}
"""The blocks with names that an author chooses."""


def _isolated(block: Any, path: Path, value: Any) -> tuple[Any, Path]:
    """Return a copy of a block with only `value` at a path, and the path in the copy; a list also keeps its first entry."""
    if not path:
        return value, ()
    inside, below = _isolated(block[path[0]], path[1:], value)
    if isinstance(block, dict):
        return {path[0]: inside}, (path[0], *below)
    return ([block[0], inside], (1, *below)) if path[0] else ([inside], (0, *below))


def _common_length(loc: tuple[Any, ...], path: Path) -> int:
    """Return how many steps of a path occur, in order, in a location of pydantic, which also has steps for unions."""
    length = 0
    for step in loc:
        length += length < len(path) and step == path[length]
    return length


def describe_value(misplaced: MisplacedValue) -> str:
    """Return a phrase for the value, such as `the number 5`."""
    if isinstance(misplaced.value, str):
        return f"the text {quoted(misplaced.value)}" if misplaced.value else "an empty text"
    if isinstance(misplaced.value, bool):
        return quoted(misplaced.typed)
    if isinstance(misplaced.value, int | Decimal):
        return f"the number {misplaced.typed}"
    if isinstance(misplaced.value, list):
        return f"a list of {len(misplaced.value)}" if misplaced.error["type"] == "too_long" else "a list"
    return "a block of named values"
