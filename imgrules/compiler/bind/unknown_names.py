"""Names that a block does not take: what was meant by one, or by several that one mistake made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from imgrules.compiler.bind.expected import listing_of, table_by
from imgrules.compiler.bind.expected_block import taken_keys
from imgrules.compiler.bind.expected_number import no_number, number_meant
from imgrules.compiler.bind.misplaced import value_at
from imgrules.compiler.bind.other_languages import bounds_beside, brought, elsewhere
from imgrules.compiler.bind.shape_codes import UNKNOWN_KEY
from imgrules.compiler.read.syntax import Tree
from imgrules.compiler.report.diagnostics import Change, Finding, Path, Place
from imgrules.compiler.report.helps import Help, delete, explain, meant, typed, write
from imgrules.compiler.spec.annotations import block_of, fits_at, is_block, keys, kinds, shape_at
from imgrules.compiler.spec.model import FormulaSpec
from imgrules.compiler.spec.types import UNKNOWN, Closed, PriceTableSpec
from imgrules.quoting import either, quoted
from imgrules.refusals.suggest import nearest

_Error: TypeAlias = Mapping[str, Any]
_TYPO = 0.8  # so much alike are a word and its typo
_PRICES = frozenset({FormulaSpec, PriceTableSpec})

_LONGEST_HINT = 300
"""So many characters of a value are written out as they should be."""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of a block that one mistake is the reason of: it is told once."""

    paths: frozenset[Path]
    finding: Finding


def groups(tree: Tree, kind: type[Closed], unknown: Mapping[Path, _Error]) -> Iterator[Group]:
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


def _bounds_beside(tree: Tree, kind: type[Closed], parent: Path, loc: Path) -> Group | None:
    """Return bounds that stand at an option, and not inside its kind."""
    block = value_at(tree.value, parent)
    beside = bounds_beside(block_of(shape_at(kind, loc), block), block)
    if beside is None:
        return None
    names, help_ = beside
    message = "unknown key" + ("s " if len(names) > 1 else " ") + " and ".join(map(quoted, names))
    place = Place((*parent, names[0]), on_key=True)
    if isinstance(help_.fix, str):
        place = Place((*parent, names[0]), on_key=True, until=(*parent, names[0]))
        others = (Change(Place((*parent, each)), None) for each in names[1:])
        help_ = help_._replace(fix=(Change(place, help_.fix or None), *others))
    return Group(frozenset((*parent, each) for each in names), Finding(UNKNOWN_KEY, message, place, *help_))


def _price_by_value(tree: Tree, kind: type[Closed], parent: Path, loc: Path, unknown: set[Path]) -> Group | None:
    """Return prices that are said for each value of an option, and not in a table of it."""
    block, shape = value_at(tree.value, parent), block_of(shape_at(kind, loc), ())
    paths = frozenset((*parent, each) for each in block)
    prices = all(each == UNKNOWN or isinstance(each, int | Decimal) for each in block.values())
    if parent[-1:] not in {("credits",), ("base",)} or not prices or not paths <= unknown or shape not in _PRICES:
        return None
    option = listing_of(tree.value, block)
    otherwise = "prices for each value go in a table by the option, or at the values themselves"
    help_ = write(table_by(option, block)) if option else explain(otherwise)
    message = f"{quoted(parent[-1])} names values, but not the option they belong to"
    return Group(paths, Finding(UNKNOWN_KEY, message, Place(parent), *help_))


def unknown_key(tree: Tree, kind: type[Closed], path: Path, error: _Error, missing: dict[Path, _Error]) -> Finding:
    """Return what was meant by a name that its block does not take; what it stands for is not missing then."""
    name, parent = str(path[-1]), path[:-1]
    present = value_at(tree.value, parent)
    shape = block_of(shape_at(kind, error["loc"][:-1]), present)
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
    return f"{quoted(near)} is a key here, but it takes something else" if close else None


def _negated(shape: Any, tree: Tree, path: Path) -> Help | None:
    """Return what is said of `required:` at an option, where the language has `optional:`."""
    block, name = value_at(tree.value, path[:-1]), path[-1]
    if name not in {"required", "mandatory"} or "optional" not in keys(shape) or not isinstance(block[name], bool):
        return None
    if block[name]:
        return delete(
            Place(path, on_key=True), f"`{name}: true`", "; an option without a default is required unless it is optional"
        )
    place = Place(path, on_key=True, until=path)
    if {"optional", "default"} & {*block}:
        return delete(
            Place(path, on_key=True), f"`{name}: false`", "; an option that is optional or has a default is not required"
        )
    return Help("write `optional: true`", (), (Change(place, "optional: true"),))


def _blocks(kind: type[Closed], loc: tuple[str | int, ...], value: Any) -> list[Any]:
    """Return the blocks that a location lies in, the outermost first."""
    shapes = [block_of(shape_at(kind, loc[:at]), ()) for at in range(len(loc))]
    return [*(each for each in shapes if is_block(each)), block_of(shape_at(kind, loc), _at_loc(value, loc))]


def _at_loc(value: Any, loc: tuple[str | int, ...]) -> Any:
    each: Any
    for each in loc:
        if (isinstance(value, dict) and each in value) or (isinstance(value, list) and isinstance(each, int)):
            value = value[each]
    return value if isinstance(value, dict) else ()


def _glued(name: str, takes: list[str]) -> str | None:
    """Return the name and the value that stand in one word, or None."""
    found = re.fullmatch(r"([\w.-]+?)[\s:=：]++(\S+)", name)
    meant = nearest(found[1], takes) if found else None
    return f"{meant}: {found[2]}" if found and meant else None


def _runs(tree: Tree, parent: Path) -> dict[str | int, list[str]]:
    """Return, by each name of a block with nothing after it, its run: a name with a value, and all such names behind it."""
    runs: dict[str | int, list[str]] = {}
    run: list[str] = []
    for name in value_at(tree.value, parent):
        if not _is_bare(tree, (*parent, name)):
            run = [name]
        elif run:
            run.append(name)
            runs[name] = run
    return runs


def _torn(tree: Tree, kind: type[Closed], parent: Path, loc: Path, run: list[str]) -> Group | None:
    """Return the value in braces that commas tore apart into a run of names, or None where that is not likely."""
    paths = [(*parent, each) for each in run]
    value, takes = value_at(tree.value, paths[0]), taken_keys(block_of(shape_at(kind, loc), value_at(tree.value, parent)))
    if any(_glued(each, takes) for each in run[1:]):
        return None
    parts = [str(tree.words.get(paths[0], value)), *run[1:]]
    if '"' in "".join(parts) or isinstance(value, dict | list):
        return None
    help_ = _mended(run[0], parts, shape_at(kind, (*loc, run[0])), paths[0])
    if help_ is None:
        return None
    place = Place(paths[0], on_key=True, until=paths[-1])
    return Group(frozenset(paths), Finding(UNKNOWN_KEY, "a comma splits this value", place, *help_))


def _is_bare(tree: Tree, path: Path) -> bool:
    """Return whether a name stands in braces without a colon after it."""
    return value_at(tree.value, path) is None and tree.values[path].start == tree.keys[path].end


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
        return explain("a comma ends a value; put a text in quotes, a list in brackets")
    return Help(f"a comma ends a value; write `{text}`", (), text)
