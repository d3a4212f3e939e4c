"""
A tree becomes a spec, or findings in the words of an author.

pydantic says what is wrong and where; what is said about it, and what to type instead, is said here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, TypeAlias, TypeVar

from pydantic import ValidationError

from imgrules.compiler.better_names import better_name
from imgrules.compiler.diagnostics import MOST_MISTAKES, Change, Finding, Path, Place
from imgrules.compiler.habits import bounds_beside, brought, elsewhere
from imgrules.compiler.helps import Help, delete, explain, key_typed, meant, typed, write
from imgrules.compiler.misplaced import Word, found
from imgrules.compiler.shape_codes import (
    BAD_NAME,
    MISSING_KEY,
    NOT_A_CHOICE,
    NOTHING,
    OUT_OF_BOUNDS,
    UNKNOWN_KEY,
    WRONG_KIND,
)
from imgrules.compiler.shapes import field_at, fits_at, is_block, is_required, keys, kinds, members, shape_at
from imgrules.compiler.spec import FormulaSpec
from imgrules.compiler.syntax import Tree
from imgrules.compiler.wanted import listing_of, table_by, wanted
from imgrules.compiler.wanted_block import taken_keys
from imgrules.compiler.wanted_number import no_number, number_meant
from imgrules.compiler.words import PATTERNS, UNKNOWN, Closed, PriceTableSpec
from imgrules.engine.wording import either, nearest, quoted

_Spec = TypeVar("_Spec", bound=Closed)
_Error: TypeAlias = Mapping[str, Any]
_TYPO = 0.8  # so much alike are a word and its typo
_PRICES = frozenset({FormulaSpec, PriceTableSpec})

_LONGEST_HINT = 300
"""So many characters of a value are written out as they should be."""
_NEIGHBOURS = 20
"""So many entries of a block are looked at for what an entry without anything lacks."""


def bind(tree: Tree, kind: type[_Spec]) -> tuple[_Spec | None, tuple[Finding, ...]]:
    """Answer the spec that a tree says, or everything that keeps it from being one."""
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
    for group in _groups(tree, kind, unknown):
        told.update(group.paths)
        yield group.finding
    for path, error in wrong.items():
        if path in told:
            continue
        if path in unknown:
            yield _unknown_key(tree, kind, path, error, missing)
        else:
            yield _wrong_value(tree, kind, path, error)
    for path, error in missing.items():
        yield _missing_key(kind, path, error)


def _is_inside(path: Path, wide: set[Path]) -> bool:
    """Whether a path leads into the table of one of some blocks."""
    return any(each == "table" and path[:at] in wide for at, each in enumerate(path))


@dataclass(frozen=True, slots=True)
class _Group:
    """Entries of a block that one mistake is the reason of: it is told once."""

    paths: frozenset[Path]
    finding: Finding


def _groups(tree: Tree, kind: type[Closed], unknown: Mapping[Path, _Error]) -> Iterator[_Group]:
    """Yield what is one mistake though it makes several names unknown; each block is looked at once."""
    blocks: dict[Path, list[Path]] = {}
    for path in unknown:
        blocks.setdefault(path[:-1], []).append(path)
    for parent, paths in blocks.items():
        loc = unknown[paths[0]]["loc"][:-1]
        bare = _runs(tree, parent)
        runs = {run[0]: run for path in paths if (run := bare.get(path[-1]))}
        torn = [_torn(tree, kind, parent, loc, run) for run in runs.values()]
        found = [*torn, _bounds_beside(tree, kind, parent, loc), _price_by_value(tree, kind, parent, loc, {*paths})]
        told: set[Path] = set()
        for group in (each for each in found if each is not None):
            # A name may have two readings; the first is told.
            if not (group.paths - told).isdisjoint(paths):
                told |= group.paths
                yield group


def _bounds_beside(tree: Tree, kind: type[Closed], parent: Path, loc: Path) -> _Group | None:
    """Return bounds that stand at an option, and not inside its kind."""
    block = _at(tree.value, parent)
    beside = bounds_beside(_block(shape_at(kind, loc), block), block)
    if beside is None:
        return None
    names, help_ = beside
    message = "unknown key" + ("s " if len(names) > 1 else " ") + " and ".join(map(quoted, names))
    place = Place((*parent, names[0]), on_key=True)
    if isinstance(help_.fix, str):
        place = Place((*parent, names[0]), on_key=True, until=(*parent, names[0]))
        others = (Change(Place((*parent, each)), None) for each in names[1:])
        help_ = help_._replace(fix=(Change(place, help_.fix or None), *others))
    return _Group(frozenset((*parent, each) for each in names), Finding(UNKNOWN_KEY, message, place, *help_))


def _price_by_value(tree: Tree, kind: type[Closed], parent: Path, loc: Path, unknown: set[Path]) -> _Group | None:
    """Return prices that are said for each value of an option, and not in a table of it."""
    block, shape = _at(tree.value, parent), _block(shape_at(kind, loc), ())
    paths = frozenset((*parent, each) for each in block)
    prices = all(each == UNKNOWN or isinstance(each, int | Decimal) for each in block.values())
    if parent[-1:] not in {("credits",), ("base",)} or not prices or not paths <= unknown or shape not in _PRICES:
        return None
    option = listing_of(tree.value, block)
    otherwise = "prices for each value stand in a table by the option, or at the values themselves"
    help_ = write(table_by(option, block)) if option else explain(otherwise)
    message = f"{quoted(parent[-1])} names values, and not by which option"
    return _Group(paths, Finding(UNKNOWN_KEY, message, Place(parent), *help_))


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
    shape = _block(shape_at(kind, error["loc"][:-1]), present)
    takes, place = taken_keys(shape), Place(path, on_key=True)
    glued, own = _glued(name, takes), _negated(shape, tree, path) or brought(shape, present, name)
    if glued:
        return Finding(UNKNOWN_KEY, f"unknown key {quoted(name)}", place, *write(glued))
    if own is None:
        near = nearest(name, (each for each in takes if each not in present))
        blocks = _blocks(kind, error["loc"][:-1], tree.value)
        other = _close(name, near) or elsewhere(blocks, name, present[name]) or f"this block takes {either(takes)}"
        own = meant(near if near and fits_at(shape, near, present[name]) else None, other)
    if isinstance(own.fix, str):
        missing.pop((*parent, own.fix), None)
    elif own.fix:
        place = own.fix[0].place
    return Finding(UNKNOWN_KEY, f"unknown key {quoted(name)}", place, *own)


def _close(name: str, near: str | None) -> str | None:
    """Return that a word is nearly a name of the block, where what stands after it does not fit there."""
    close = near is not None and nearest(name, [near], _TYPO) is not None
    return f"{quoted(near)} is a name here, which takes something else" if close else None


def _negated(shape: Any, tree: Tree, path: Path) -> Help | None:
    """Return what is said of `required:` at an option, where the language has `optional:`."""
    block, name = _at(tree.value, path[:-1]), path[-1]
    if name not in {"required", "mandatory"} or "optional" not in keys(shape) or not isinstance(block[name], bool):
        return None
    if block[name]:
        return delete(Place(path, on_key=True), f"`{name}: true`", "; what is not optional and has no default has to be picked")
    place = Place(path, on_key=True, until=path)
    if {"optional", "default"} & {*block}:
        return delete(Place(path, on_key=True), f"`{name}: false`", "; what is optional or has a default need not be picked")
    return Help("write `optional: true`", (), (Change(place, "optional: true"),))


def _blocks(kind: type[Closed], loc: tuple[str | int, ...], value: Any) -> list[Any]:
    """Return the blocks that a location lies in, the outermost first."""
    shapes = [_block(shape_at(kind, loc[:at]), ()) for at in range(len(loc))]
    return [*(each for each in shapes if is_block(each)), _block(shape_at(kind, loc), _at_loc(value, loc))]


def _at_loc(value: Any, loc: tuple[str | int, ...]) -> Any:
    each: Any
    for each in loc:
        if (isinstance(value, dict) and each in value) or (isinstance(value, list) and isinstance(each, int)):
            value = value[each]
    return value if isinstance(value, dict) else ()


def _glued(name: str, takes: list[str]) -> str | None:
    """Answer the name and the value that stand in one word, or None."""
    found = re.fullmatch(r"([\w.-]+?)[\s:=：]++(\S+)", name)
    meant = nearest(found[1], takes) if found else None
    return f"{meant}: {found[2]}" if found and meant else None


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


def _torn(tree: Tree, kind: type[Closed], parent: Path, loc: Path, run: list[str]) -> _Group | None:
    """Return the value in braces that commas tore apart into a run of names, or None where that is not likely."""
    paths = [(*parent, each) for each in run]
    value, takes = _at(tree.value, paths[0]), taken_keys(_block(shape_at(kind, loc), _at(tree.value, parent)))
    if any(_glued(each, takes) for each in run[1:]):
        return None
    parts = [str(tree.words.get(paths[0], value)), *run[1:]]
    if '"' in "".join(parts) or isinstance(value, dict | list):
        return None
    help_ = _mended(run[0], parts, shape_at(kind, (*loc, run[0])), paths[0])
    if help_ is None:
        return None
    place = Place(paths[0], on_key=True, until=paths[-1])
    return _Group(frozenset(paths), Finding(UNKNOWN_KEY, "a comma parts this value in two", place, *help_))


def _is_bare(tree: Tree, path: Path) -> bool:
    """Answer whether a name stands in braces without a colon after it."""
    return _at(tree.value, path) is None and tree.values[path].start == tree.keys[path].end


def _mended(name: str, parts: list[str], shape: Any, path: Path) -> Help | None:
    """Return the value that parts between commas were meant to be, or None where none is likely."""
    taken, whole = set(kinds(shape)), None
    if taken & {int, Decimal}:
        joined = ",".join(parts)
        if not joined.replace(",", "").isdecimal():
            return None
        odd = no_number(joined, taken, price="credits" in path)
        if odd is not None:
            return explain(f"a comma ends a value; {odd}")
        number = number_meant(joined, taken)
        whole = None if number is None else str(number)
    elif list in taken:
        whole = typed(parts)
    elif str in taken:
        whole = typed(", ".join(parts).strip("\u201c\u201d\u201e"))
    if whole is None:
        return None
    text = f"{name}: {whole}"
    if len(text) > _LONGEST_HINT:
        return explain("a comma ends a value; put a text between quotes, a list in brackets")
    return Help(f"a comma ends a value; write `{text}`", (), text)


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
        return Finding(BAD_NAME, message, Place(path, on_key=True), f"{said['max_length']:,} are the most")
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
        f"{word.name} has nothing after it"
        if word.typed in (None, "")
        else f"{word.name} is {quoted(word.typed)}, which says nothing"
    )
    beside = _at(word.whole, word.path[:-1])
    if (
        is_block(word.shape)
        and isinstance(beside, dict)
        and any(isinstance(each, dict) and "credits" in each for each in islice(beside.values(), _NEIGHBOURS))
    ):
        return Finding(NOTHING, message, place, "say what it costs, as its neighbours do: `credits:` with a price or `unknown`")
    if on_key and is_block(word.shape) and word.accepts("{}"):
        return Finding(
            NOTHING,
            message,
            Place(word.path, on_key=True, until=word.path),
            *write(f"{key_typed(str(key))}: {{}}", " if there is nothing to say"),
        )
    unknown = ", or `unknown` for a price that nobody has stated" if key == "credits" else ""
    hint = "it takes a block of named values" if is_block(word.shape) else f"write a value{unknown}{word.otherwise}"
    return Finding(NOTHING, message, place, hint)


def _wrong_kind(word: Word) -> Finding:
    takes, help_ = wanted(word)
    return word.says(WRONG_KIND, f"{word.name} takes {takes}, and {found(word)} is given", help_)


def _bad_pattern(word: Word) -> Finding:
    pattern = word.error["ctx"]["pattern"]
    help_ = better_name(str(word.value), pattern)
    if word.path[-1:] == ("gate",) or word.path[-2:-1] == ("gate",):
        help_ = explain("name a gate that _shared.yaml declares under `gates:`")
    if help_.fix is not None and not word.accepts(str(help_.fix)):
        help_ = explain(PATTERNS.get(pattern, "write a name"))
    return word.says(BAD_NAME, f"{quoted(word.value)} cannot stand at {word.name}", help_)


def _not_a_choice(word: Word) -> Finding:
    choices = [str(each.value) for each in word.shape]
    only = word.value[0] if isinstance(word.value, list) and len(word.value) == 1 else word.value
    help_ = meant(nearest(only, choices), f"it takes {all_of(choices)}")
    if isinstance(word.value, list | dict):
        return word.says(WRONG_KIND, f"{word.name} takes one word, and {found(word)} is given", help_)
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
    bound = f"{re.sub(r'[^0-9.]', '', str(least))} is the least" if least is not None else f"{most:,} is the most"
    return word.says(OUT_OF_BOUNDS, f"{word.name} cannot be {quoted(word.typed)}", explain(bound))


def _too_many(word: Word) -> Finding:
    most = word.error["ctx"]["max_length"]
    if word.path[-1:] == ("by",):
        return _wrong_kind(word)
    if isinstance(word.value, str):
        return word.says(OUT_OF_BOUNDS, f"{word.name} has {len(word.value):,} characters", explain(f"{most:,} are the most"))
    message = f"{word.name} has {len(word.value):,} entries, and {most:,} are the most"
    return word.says(OUT_OF_BOUNDS, message, explain("leave some out, or make two models of it"))


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
    each: Any
    for each in path:
        value = value[each]
    return value
