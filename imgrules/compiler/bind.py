"""
A tree becomes a spec, or findings in the words of an author.

pydantic says what is wrong and where; what is said about it, and what to type instead, is said here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias, TypeVar

from pydantic import ValidationError

from imgrules.compiler.diagnostics import MOST_MISTAKES, Finding, Path, Place
from imgrules.compiler.shape_codes import (
    BAD_NAME,
    MISSING_KEY,
    NOT_A_CHOICE,
    NOTHING,
    OUT_OF_BOUNDS,
    UNKNOWN_KEY,
    WRONG_KIND,
)
from imgrules.compiler.shapes import field_at, is_block, is_required, keys, kinds, members, shape_at
from imgrules.compiler.syntax import Tree
from imgrules.compiler.wanted import Word, flow, found, number_meant, taken_keys, wanted
from imgrules.compiler.words import LANGUAGE, MODEL_ID, PATTERNS, WIRE_PATH, Closed
from imgrules.engine.wording import either, nearest, quoted

_Spec = TypeVar("_Spec", bound=Closed)
_Error: TypeAlias = Mapping[str, Any]

_LONGEST_HINT = 300
"""So many characters of a value are written out as they should be."""


def bind(tree: Tree, kind: type[_Spec]) -> tuple[_Spec | None, tuple[Finding, ...]]:
    """Answer the spec that a tree says, or everything that keeps it from being one."""
    try:
        return kind.model_validate(tree.value), ()
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)[: 2 * MOST_MISTAKES]
    return None, tuple(_findings(tree, kind, errors))


def _findings(tree: Tree, kind: type[Closed], errors: list[Any]) -> Iterator[Finding]:
    located = [(_path(tree.value, each), each) for each in errors]
    missing = {path: each for path, each in located if each["type"] == "missing"}
    # A union answers once for each of its forms; the first speaks for all.
    wrong = {path: each for path, each in reversed(located) if each["type"] != "missing"}
    unknown = [(path, each) for path, each in wrong.items() if each["type"] == "extra_forbidden"]
    torn = _torn_values(tree, kind, unknown)
    whole = {each.value for each in torn.values()}
    yield from (each.finding for path, each in torn.items() if path == each.first)
    for path, error in wrong.items():
        if path in torn or path in whole:
            continue
        if error["type"] == "extra_forbidden":
            yield _unknown_key(tree, kind, path, error, missing)
        else:
            yield _wrong_value(tree, kind, path, error)
    for path, error in missing.items():
        yield _missing_key(kind, path, error)


def _path(value: Any, error: _Error) -> Path:
    """Answer the path in the tree: what pydantic adds for unions and keys is left out."""
    path: list[str | int] = []
    for each in error["loc"]:
        inside = (isinstance(value, dict) and each in value) or (isinstance(value, list) and isinstance(each, int))
        if inside:
            value = value[each]
            path.append(each)
    return (*path, error["loc"][-1]) if error["type"] == "missing" else tuple(path)


def _unknown_key(tree: Tree, kind: type[Closed], path: Path, error: _Error, missing: dict[Path, _Error]) -> Finding:
    name, parent = str(path[-1]), path[:-1]
    present = _at(tree.value, parent)
    takes = taken_keys(_block(shape_at(kind, error["loc"][:-1]), present))
    meant = nearest(name, (each for each in takes if each not in present))
    if meant:
        missing.pop((*parent, meant), None)
    place, glued = Place(path, on_key=True), _glued(name, takes)
    if glued:
        return Finding(UNKNOWN_KEY, f"unknown key {quoted(name)}", place, f"write `{glued}`")
    hint = f"did you mean `{meant}`?" if meant else f"this block takes {either(takes)}"
    return Finding(UNKNOWN_KEY, f"unknown key {quoted(name)}", place, hint, (), meant)


def _glued(name: str, takes: list[str]) -> str | None:
    """Answer the name and the value that stand in one word, or None."""
    found = re.fullmatch(r"([\w.-]+?)[\s:=：]++(\S+)", name)
    meant = nearest(found[1], takes) if found else None
    return f"{meant}: {found[2]}" if found and meant else None


@dataclass(frozen=True, slots=True)
class _Torn:
    """A value in braces that a comma tore apart: where it stands, and where the first of the names that came of it."""

    value: Path
    first: Path
    finding: Finding


def _torn_values(tree: Tree, kind: type[Closed], unknown: list[tuple[Path, _Error]]) -> dict[Path, _Torn]:
    """Return, by the path of each unknown name with nothing after it, the value that it was a part of."""
    runs = {parent: _runs(tree, parent) for parent in {path[:-1] for path, _ in unknown}}
    known: dict[Path, _Torn | None] = {}
    torn = {}
    for path, error in unknown:
        run = runs[path[:-1]].get(path[-1], [])
        value = (*path[:-1], *run[:1])
        if run and value not in known:
            known[value] = _torn(tree, kind, value, run[1:], error)
        if run and (found := known[value]) is not None:
            torn[path] = found
    return torn


def _runs(tree: Tree, parent: Path) -> dict[str | int, list[str]]:
    """Return, by each name of a block with nothing after it, its run: a name with a value, and all such names behind it."""
    runs: dict[str | int, list[str]] = {}
    run: list[str] = []
    for name in _at(tree.value, parent):
        if not _is_bare(tree, (*parent, name)):
            run = [name]
        elif run:
            run.append(name)
            runs[name] = run
    return runs


def _torn(tree: Tree, kind: type[Closed], value: Path, names: list[str], error: _Error) -> _Torn | None:
    """Return the value that the names behind it were a part of, and what to write; None where that is not likely."""
    loc, typed, first = error["loc"][:-1], _at(tree.value, value), (*value[:-1], names[0])
    takes = taken_keys(_block(shape_at(kind, loc), _at(tree.value, value[:-1])))
    if any(_glued(each, takes) for each in names):
        return None
    parts = [str(tree.words.get(value, typed)), *names]
    whole = _mended(parts, shape_at(kind, (*loc, value[-1])))
    if whole is None or '"' in "".join(parts) or isinstance(typed, dict | list):
        return None
    better = f"write `{value[-1]}: {whole}`" if len(whole) <= _LONGEST_HINT else "put a text between quotes, a list in brackets"
    place = Place(first, on_key=True)
    return _Torn(
        value, first, Finding(UNKNOWN_KEY, f"unknown key {quoted(names[0])}", place, f"a comma ends a value; {better}")
    )


def _is_bare(tree: Tree, path: Path) -> bool:
    """Answer whether a name stands in braces without a colon after it."""
    return _at(tree.value, path) is None and tree.values[path].start == tree.keys[path].end


def _mended(parts: list[str], shape: Any) -> str | None:
    """Answer the value that parts between commas were meant to be, or None where none is likely."""
    taken = set(kinds(shape))
    if taken & {int, Decimal}:
        joined = ",".join(parts)
        number = number_meant(joined, taken)
        return None if number is None or not joined.replace(",", "").isdecimal() else str(number)
    return flow(parts) if list in taken else flow([", ".join(parts).strip("“”„")])[1:-1] if str in taken else None


def _missing_key(kind: type[Closed], path: Path, error: _Error) -> Finding:
    name, parent = str(path[-1]), path[:-1]
    where = f"{quoted(parent[-1])} has" if parent and isinstance(parent[-1], str) else "this has" if parent else "the file has"
    field = field_at(_block(shape_at(kind, error["loc"][:-1]), {name}), name)
    hint = f"add `{name}:` {field.description[0].lower()}{field.description[1:]}" if field and field.description else ""
    return Finding(MISSING_KEY, f"{where} no {quoted(name)}", Place(parent, on_key=bool(parent)), hint.rstrip("."))


def _block(shape: Any, present: Collection[str]) -> Any:
    """Answer the block that a place takes; of several, the one that most of the keys are for."""
    blocks = [each for each in members(shape) if is_block(each)]
    return max(blocks, key=lambda each: sum(name in present for name in keys(each)), default=shape)


def _wrong_value(tree: Tree, kind: type[Closed], path: Path, error: _Error) -> Finding:
    value, shape = _at(tree.value, path), shape_at(kind, error["loc"])
    if error["loc"][-1:] == ("[key]",):
        return _bad_key(path, error)
    word = Word(path, value, tree.words.get(path, value), shape, error, is_required(kind, path), tree.value)
    return _nothing(word) if value is None else _SAYINGS.get(error["type"], _wrong_kind)(word)


def _bad_key(path: Path, error: _Error) -> Finding:
    said = error.get("ctx", {})
    if "max_length" in said:
        message = f"{quoted(path[-1])} has {len(str(path[-1])):,} characters"
        return Finding(BAD_NAME, message, Place(path, on_key=True), f"{said['max_length']:,} are the most")
    pattern = said.get("pattern", "")
    place, message = Place(path, on_key=True), f"{quoted(path[-1])} cannot be a name here"
    return Finding(BAD_NAME, message, place, _better_name(str(path[-1]), pattern))


def _better_name(word: str, pattern: str) -> str:
    """Answer the name that a word becomes with small letters and plain signs, or what a name is."""
    sign = "-" if pattern in {LANGUAGE, MODEL_ID} else "_"
    if pattern == WIRE_PATH:
        word = ".".join(each.strip() for each in word.split("/")).strip(".")
    better = re.sub(r"[^a-z0-9.]+" if pattern == WIRE_PATH else r"[^a-z0-9]+", sign, word.lower()).strip(sign)
    mended = bool(pattern) and "[" not in word and re.fullmatch(pattern, better)
    return f"write `{better}`" if mended else PATTERNS.get(pattern, "write a name")


def _nothing(word: Word) -> Finding:
    if not word.path:
        return Finding(NOTHING, "the file is empty", Place(), "`imgrules init MODEL` writes one with blanks to fill")
    on_key = isinstance(word.path[-1], str)
    place, (name, _, value) = Place(word.path, on_key=on_key), str(word.path[-1]).rpartition(":")
    if re.fullmatch(r"\S+", value) and re.search(r"\D", name) and "\n" not in name:
        name = f'"{name}"' if ":" in name else name
        return Finding(NOTHING, f"no space follows the colon in {quoted(word.path[-1])}", place, f"write `{name}: {value}`")
    hint = "write `{}` if there is nothing to say" if is_block(word.shape) else f"write a value{word.otherwise}"
    return Finding(NOTHING, f"{word.name} has nothing after it", place, hint)


def _wrong_kind(word: Word) -> Finding:
    takes, hint = wanted(word)
    return word.says(WRONG_KIND, f"{word.name} takes {takes}, and {found(word)} is given", hint)


def _bad_pattern(word: Word) -> Finding:
    hint = _better_name(word.value, word.error["ctx"]["pattern"])
    return word.says(BAD_NAME, f"{quoted(word.value)} cannot stand at {word.name}", hint)


def _not_a_choice(word: Word) -> Finding:
    words = (form for form in members(word.shape) if isinstance(form, type) and issubclass(form, Enum))
    choices = [str(each.value) for form in words for each in form]
    meant = nearest(word.value, choices)
    hint = f"did you mean `{meant}`?" if meant else f"it takes {all_of(choices)}"
    if isinstance(word.value, list | dict):
        return word.says(WRONG_KIND, f"{word.name} takes one word, and {found(word)} is given", hint)
    return word.says(NOT_A_CHOICE, f"{word.name} cannot be {quoted(word.value)}", hint, meant)


def all_of(choices: list[str]) -> str:
    """Answer every choice, also where there are more than a list in a sentence shows."""
    return " or ".join((", ".join(map(quoted, choices[:-1])), quoted(choices[-1])))


def _bounds(word: Word) -> Finding:
    least, most = word.error["ctx"].get("ge"), word.error["ctx"].get("le")
    if least is None and most is None:
        return word.says(OUT_OF_BOUNDS, f"{word.name} is empty", f"write something{word.otherwise}")
    # pydantic writes a decimal bound as Python does.
    bound = f"{re.sub(r'[^0-9.]', '', str(least))} is the least" if least is not None else f"{most:,} is the most"
    return word.says(OUT_OF_BOUNDS, f"{word.name} cannot be {quoted(word.typed)}", bound)


def _too_many(word: Word) -> Finding:
    most = word.error["ctx"]["max_length"]
    if isinstance(word.value, str):
        return word.says(OUT_OF_BOUNDS, f"{word.name} has {len(word.value):,} characters", f"{most:,} are the most")
    message = f"{word.name} has {len(word.value):,} entries, and {most:,} are the most"
    return word.says(OUT_OF_BOUNDS, message, "leave some out, or make two models of it")


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


def _at(value: Any, path: Path) -> Any:
    for each in path:
        value = value[each]
    return value
