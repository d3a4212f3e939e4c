"""
A tree becomes a spec, or findings in the words of an author.

pydantic says what is wrong and where; what is said about it, and what to type instead, is said here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from itertools import islice
from typing import Any, TypeAlias, TypeVar

from pydantic import ValidationError

from imgrules.compiler.bind.better_names import better_name
from imgrules.compiler.bind.expected import wanted
from imgrules.compiler.bind.misplaced import Word, found, value_at
from imgrules.compiler.bind.shape_codes import (
    BAD_NAME,
    MISSING_KEY,
    NOT_A_CHOICE,
    NOTHING,
    OUT_OF_BOUNDS,
    WRONG_KIND,
)
from imgrules.compiler.bind.unknown_names import groups, unknown_key
from imgrules.compiler.read.syntax import Tree
from imgrules.compiler.report.diagnostics import MOST_MISTAKES, Finding, Path, Place
from imgrules.compiler.report.helps import explain, key_typed, meant, write
from imgrules.compiler.spec.annotations import block_of, field_at, is_block, is_required, members, shape_at
from imgrules.compiler.spec.types import PATTERNS, Closed
from imgrules.quoting import quoted
from imgrules.refusals.suggest import nearest

_Spec = TypeVar("_Spec", bound=Closed)
_Error: TypeAlias = Mapping[str, Any]
_NEIGHBOURS = 20
"""So many entries of a block are looked at for what an entry without anything lacks."""


def bind(tree: Tree, kind: type[_Spec]) -> tuple[_Spec | None, tuple[Finding, ...]]:
    """Return the spec that a tree says, or everything that keeps it from being one."""
    try:
        return kind.model_validate(tree.value), ()
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)[: 2 * MOST_MISTAKES]
    return None, tuple(_findings(tree, kind, errors))


def _findings(tree: Tree, kind: type[Closed], errors: list[Any]) -> Iterator[Finding]:
    located = [(_path(tree.value, each), each) for each in errors]
    wide = {path[:-1] for path, each in located if each["type"] == "too_long" and path[-1:] == ("by",)}
    # What stands in a table by too many options is as deep as it has to be.
    located = [(path, each) for path, each in located if not (wide and _is_inside(path, wide))]
    missing = {path: each for path, each in located if each["type"] == "missing"}
    # A union answers once for each of its forms; the first speaks for all.
    wrong = {path: each for path, each in reversed(located) if each["type"] != "missing"}
    unknown = {path: each for path, each in wrong.items() if each["type"] == "extra_forbidden"}
    told: set[Path] = set()
    for group in groups(tree, kind, unknown):
        told.update(group.paths)
        yield group.finding
    for path, error in wrong.items():
        if path in told:
            continue
        if path in unknown:
            yield unknown_key(tree, kind, path, error, missing)
        else:
            yield _wrong_value(tree, kind, path, error)
    for path, error in missing.items():
        yield _missing_key(kind, path, error)


def _is_inside(path: Path, wide: set[Path]) -> bool:
    """Whether a path leads into the table of one of some blocks."""
    return any(each == "table" and path[:at] in wide for at, each in enumerate(path))


def _path(value: Any, error: _Error) -> Path:
    """Return the path in the tree: what pydantic adds for unions and keys is left out."""
    path: list[str | int] = []
    for each in error["loc"]:
        inside = (isinstance(value, dict) and each in value) or (isinstance(value, list) and isinstance(each, int))
        if inside:
            value = value[each]
            path.append(each)
    return (*path, error["loc"][-1]) if error["type"] == "missing" else tuple(path)


def _missing_key(kind: type[Closed], path: Path, error: _Error) -> Finding:
    name, parent = str(path[-1]), path[:-1]
    where = f"{quoted(parent[-1])} has" if parent and isinstance(parent[-1], str) else "this has" if parent else "the file has"
    field = field_at(block_of(shape_at(kind, error["loc"][:-1]), {name}), name)
    hint = f"add `{name}:` {field.description[0].lower()}{field.description[1:]}" if field and field.description else ""
    return Finding(MISSING_KEY, f"{where} no {quoted(name)}", Place(parent, on_key=bool(parent)), hint.rstrip("."))


def _wrong_value(tree: Tree, kind: type[Closed], path: Path, error: _Error) -> Finding:
    value, shape = value_at(tree.value, path), shape_at(kind, error["loc"])
    if error["loc"][-1:] == ("[key]",):
        return _bad_key(path, error)
    block, depth = _innermost(tree.value, kind, path, error["loc"])
    word = Word(
        path, value, tree.words.get(path, value), shape, error, is_required(kind, path, error["loc"]), tree.value, block, depth
    )
    return _nothing(word) if value is None else _SAYINGS.get(error["type"], _wrong_kind)(word)


def _innermost(value: Any, kind: type[Closed], path: Path, loc: tuple[str | int, ...]) -> tuple[type[Closed], int]:
    """Return the block that a value stands in, and how many steps lead to it."""
    for end in range(len(loc) - 1, 0, -1):
        block, depth = shape_at(kind, loc[:end]), len(_path(value, {"loc": loc[:end], "type": ""}))
        if is_block(block) and depth < len(path):
            return block, depth
    return kind, 0


def _bad_key(path: Path, error: _Error) -> Finding:
    said = error.get("ctx", {})
    if "max_length" in said:
        message = f"{quoted(path[-1])} has {len(str(path[-1])):,} characters"
        return Finding(BAD_NAME, message, Place(path, on_key=True), f"at most {said['max_length']:,} are allowed")
    pattern = said.get("pattern", "")
    place, message = Place(path, on_key=True), f"{quoted(path[-1])} cannot be a name here"
    return Finding(BAD_NAME, message, place, *better_name(str(path[-1]), pattern))


def _nothing(word: Word) -> Finding:
    if not word.path:
        return Finding(NOTHING, "the file is empty", Place(), "`imgrules init MODEL` writes one with blanks to fill")
    key, on_key = word.path[-1], isinstance(word.path[-1], str)
    place, (name, _, value) = Place(word.path, on_key=on_key), str(key).rpartition(":")
    if on_key and re.fullmatch(r"\S+", value) and re.search(r"\D", name) and "\n" not in name:
        return Finding(NOTHING, f"no space follows the colon in {quoted(key)}", place, *write(f"{key_typed(name)}: {value}"))
    message = (
        f"{word.name} has no value"
        if word.typed in (None, "")
        else f"{word.name} is {quoted(word.typed)}, which is not a value"
    )
    beside = value_at(word.whole, word.path[:-1])
    if (
        is_block(word.shape)
        and isinstance(beside, dict)
        and any(isinstance(each, dict) and "credits" in each for each in islice(beside.values(), _NEIGHBOURS))
    ):
        return Finding(NOTHING, message, place, "write its price, as its neighbours do: `credits:` with a price or `unknown`")
    if on_key and is_block(word.shape) and word.accepts("{}"):
        return Finding(
            NOTHING,
            message,
            Place(word.path, on_key=True, until=word.path),
            *write(f"{key_typed(str(key))}: {{}}", " if it needs no details"),
        )
    unknown = ", or `unknown` for a price that is not stated" if key == "credits" else ""
    hint = "it takes a block of named values" if is_block(word.shape) else f"write a value{unknown}{word.otherwise}"
    return Finding(NOTHING, message, place, hint)


def _wrong_kind(word: Word) -> Finding:
    takes, help_ = wanted(word)
    return word.says(WRONG_KIND, f"{word.name} takes {takes}, but {found(word)} is given", help_)


def _bad_pattern(word: Word) -> Finding:
    pattern = word.error["ctx"]["pattern"]
    help_ = better_name(str(word.value), pattern)
    if word.path[-1:] == ("gate",) or word.path[-2:-1] == ("gate",):
        help_ = explain("name a gate that _shared.yaml declares under `gates:`")
    if help_.fix is not None and not word.accepts(str(help_.fix)):
        help_ = explain(PATTERNS.get(pattern, "write a name"))
    return word.says(BAD_NAME, f"{quoted(word.value)} is not allowed at {word.name}", help_)


def _not_a_choice(word: Word) -> Finding:
    words = (form for form in members(word.shape) if isinstance(form, type) and issubclass(form, Enum))
    choices = [str(each.value) for form in words for each in form]
    only = word.value[0] if isinstance(word.value, list) and len(word.value) == 1 else word.value
    help_ = meant(nearest(only, choices), f"it takes {all_of(choices)}")
    if isinstance(word.value, list | dict):
        return word.says(WRONG_KIND, f"{word.name} takes one word, but {found(word)} is given", help_)
    return word.says(NOT_A_CHOICE, f"{word.name} cannot be {quoted(word.value)}", help_)


def all_of(choices: list[str]) -> str:
    """Return every choice, also where there are more than a list in a sentence shows."""
    return " or ".join((", ".join(map(quoted, choices[:-1])), quoted(choices[-1])))


def _bounds(word: Word) -> Finding:
    least, most = word.error["ctx"].get("ge"), word.error["ctx"].get("le")
    if least is None and most is None:
        something = "a row for each value" if word.path[-1:] == ("table",) else "something"
        return word.says(OUT_OF_BOUNDS, f"{word.name} is empty", explain(f"write {something}{word.otherwise}"))
    # pydantic writes a decimal bound as Python does.
    bound = f"{re.sub(r'[^0-9.]', '', str(least))} is the minimum" if least is not None else f"{most:,} is the maximum"
    return word.says(OUT_OF_BOUNDS, f"{word.name} cannot be {quoted(word.typed)}", explain(bound))


def _too_many(word: Word) -> Finding:
    most = word.error["ctx"]["max_length"]
    if word.path[-1:] == ("by",):
        return word.says(WRONG_KIND, f"{word.name} takes one name or two, but {len(word.value)} are given", wanted(word)[1])
    if isinstance(word.value, str):
        return word.says(
            OUT_OF_BOUNDS, f"{word.name} has {len(word.value):,} characters", explain(f"at most {most:,} are allowed")
        )
    message = f"{word.name} has {len(word.value):,} entries, but at most {most:,} are allowed"
    return word.says(OUT_OF_BOUNDS, message, explain("remove some, or split it into two models"))


_SAYINGS: Mapping[str, Callable[[Word], Finding]] = {
    "string_pattern_mismatch": _bad_pattern,
    "enum": _not_a_choice,
    "greater_than_equal": _bounds,
    "less_than_equal": _bounds,
    "string_too_short": _bounds,
    "too_short": _bounds,
    "too_long": _too_many,
    "string_too_long": _too_many,
}
