"""Explain keys that a block does not take, one by one or as a group of keys that result from one mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import takewhile
from typing import Any, TypeAlias

from imgrules.compiler.bind.bounds_meant import misplaced_bounds
from imgrules.compiler.bind.conditions_meant import joined_tests, test_of_values
from imgrules.compiler.bind.expected import option_listing, table_by
from imgrules.compiler.bind.expected_block import split_at_commas, taken_keys
from imgrules.compiler.bind.expected_number import number_meant, why_no_number
from imgrules.compiler.bind.facts_meant import fact_meant
from imgrules.compiler.bind.foreign_keywords import CORRECT_FORM, help_for_foreign_word, money_meant, where_it_belongs
from imgrules.compiler.bind.key_groups import Group, UnknownKeys, one_for_several
from imgrules.compiler.bind.limits_meant import limit_meant
from imgrules.compiler.bind.misplaced import name_left_out, named_in, value_at
from imgrules.compiler.bind.prices_meant import dated_price
from imgrules.compiler.bind.select_meant import SELECT, select_meant
from imgrules.compiler.bind.shape_codes import UNKNOWN_KEY
from imgrules.compiler.bind.tables_meant import block_for_a_table, rows_beside_by
from imgrules.compiler.read.tree import Tree
from imgrules.compiler.report.certainty import is_slip
from imgrules.compiler.report.diagnostics import Change, Finding, Path, Place
from imgrules.compiler.report.helps import Help, certainly, delete, did_you_mean, explain, key_typed, typed, write
from imgrules.compiler.spec.field_types import block_of, field_at, fits_at, is_block, keys, kinds, shape_at
from imgrules.compiler.spec.price import FormulaSpec
from imgrules.compiler.spec.tables import PriceTableSpec
from imgrules.compiler.spec.types import AMOUNT, Closed
from imgrules.quoting import either, quoted
from imgrules.refusals.suggest import nearest

_Error: TypeAlias = Mapping[str, Any]
_TYPO = 0.8  # the least similarity, from 0 to 1, at which a word counts as a typo of a key
_PRICES = frozenset({FormulaSpec, PriceTableSpec})

_LONGEST_HINT = 300
"""The most characters of a corrected value that a hint shows."""


def numbers_split_by_commas(tree: Tree, kind: type[Closed], wrong: Mapping[Path, _Error]) -> Iterator[Group]:
    """Yield a group for each number in a block that takes any key, such as a table, that a comma splits into rows of digits."""
    for path, error in wrong.items():
        if not path or not isinstance(path[-1], str) or not path[-1].isdecimal() or not _is_bare(tree, path):
            continue
        loc = error["loc"]
        around = loc[: len(loc) - 1 - loc[::-1].index(path[-1])]
        group = _split_by_commas(tree, kind, path[:-1], around, _runs_of_bare_names(tree, path[:-1]).get(path[-1], []))
        if group is not None and path == min(group.paths - {group.finding.place.path}, key=lambda part: tree.keys[part].start):
            yield group


def groups(tree: Tree, kind: type[Closed], unknown: Mapping[Path, _Error]) -> Iterator[Group]:
    """Yield groups of unknown keys that result from one mistake; each key is in at most one group."""
    blocks: dict[Path, list[Path]] = {}
    for path in unknown:
        blocks.setdefault(path[:-1], []).append(path)
    for parent, paths in blocks.items():
        loc = unknown[paths[0]]["loc"][:-1]
        run_by_name = _runs_of_bare_names(tree, parent)
        runs = {run[0]: run for path in paths if (run := run_by_name.get(path[-1]))}
        split_values = [_split_by_commas(tree, kind, parent, loc, run) for run in runs.values()]
        keys_here = UnknownKeys(
            root=tree.value,
            kind=kind,
            parent=parent,
            block=value_at(tree.value, parent),
            shape=shape_at(kind, loc),
            names=frozenset(str(path[-1]) for path in paths),
        )
        candidates = [
            *split_values,
            *(meant(keys_here) for meant in _MEANT),
            _misplaced_bounds(tree, kind, parent, loc),
            _outside_of_select(tree, kind, parent, loc),
            _estimate_as_block(tree, parent),
            _prices_by_value(tree, kind, parent, loc, {*paths}),
        ]
        reported: set[Path] = set()
        for group in (group for group in candidates if group is not None):
            # A key may belong to two groups; the first is reported.
            if not (group.paths - reported).isdisjoint(paths):
                reported |= group.paths
                yield group


_MEANT = (dated_price, joined_tests, test_of_values, block_for_a_table, rows_beside_by)
"""What several unknown keys of one block may mean together; the first group that has a key is reported."""


def _misplaced_bounds(tree: Tree, kind: type[Closed], parent: Path, loc: Path) -> Group | None:
    """Return the group of bounds that an option has at its top level instead of inside `number:`, or None."""
    block = value_at(tree.value, parent)
    misplaced = misplaced_bounds(block_of(shape_at(kind, loc), block), block)
    if misplaced is None:
        return None
    names, help_ = misplaced
    without_name = name_left_out(parent, block_of(shape_at(kind, loc), block), block)
    return one_for_several(parent, names, help_ if without_name is None else explain(without_name))


def _outside_of_select(tree: Tree, kind: type[Closed], parent: Path, loc: Path) -> Group | None:
    """Return the group of picks that an example has at its top level instead of inside `select:`, or None."""
    block = value_at(tree.value, parent)
    outside = select_meant(block_of(shape_at(kind, loc), block), block, named_in(tree.value, "options"))
    if outside is None:
        return None
    group = one_for_several(parent, *outside)
    return Group(group.paths | {(*parent, SELECT)}, group.finding)  # the finding also says what is missing


def _estimate_as_block(tree: Tree, parent: Path) -> Group | None:
    """Return the group of the key of a price that is written as `{about: 5}`, or None."""
    block = value_at(tree.value, parent)
    if parent[-1:] not in {("credits",), ("base",)} or [*block] != ["about"] or not _is_amount(f"about {block['about']}"):
        return None
    message = f"{quoted(parent[-1])} has an estimate as a block"
    return Group(
        frozenset({(*parent, "about")}), Finding(UNKNOWN_KEY, message, Place(parent), *write(f"about {block['about']}"))
    )


def _prices_by_value(tree: Tree, kind: type[Closed], parent: Path, loc: Path, unknown: set[Path]) -> Group | None:
    """Return the group of keys that map values of an option to prices without a table, or None."""
    block, shape = value_at(tree.value, parent), block_of(shape_at(kind, loc), ())
    paths = frozenset((*parent, name) for name in block)
    only_prices = all(isinstance(price, int | Decimal) or _is_amount(price) for price in block.values())
    if parent[-1:] not in {("credits",), ("base",)} or not only_prices or not paths <= unknown or shape not in _PRICES:
        return None
    option = option_listing(tree.value, block)
    otherwise = money_meant(block) or "put prices for each value in a table by the option, or at the values themselves"
    help_ = write(table_by(option, block)) if option else explain(otherwise)
    message = f"{quoted(parent[-1])} names values, but not the option they belong to"
    return Group(paths, Finding(UNKNOWN_KEY, message, Place(parent), *help_))


def _is_amount(price: object) -> bool:
    return isinstance(price, str) and re.search(AMOUNT, price) is not None


def unknown_key(tree: Tree, kind: type[Closed], path: Path, error: _Error, missing: dict[Path, _Error]) -> Finding:
    """Return a finding about a key that its block does not take; a key that the hint proposes is removed from `missing`."""
    name, parent = str(path[-1]), path[:-1]
    present = value_at(tree.value, parent)
    shape = block_of(shape_at(kind, error["loc"][:-1]), present)
    known_keys, place = taken_keys(shape), Place(path, on_key=True)
    split, help_ = (
        _split_key_and_value(name, known_keys),
        _required_as_optional(shape, tree, path)
        or (explain(without_name) if (without_name := name_left_out(parent, shape, present)) else None)
        or help_for_foreign_word(
            shape,
            present,
            name,
            limit_meant(path, present, named_in(tree.value, "options"))
            or fact_meant(path, shape, present[name], {*named_in(tree.value, "options"), *named_in(tree.value, "facts")}),
        ),
    )
    if split:
        key = split.partition(":")[0]
        help_ = certainly(write(split)) if name.startswith(key) and key not in present else write(split)
        return Finding(UNKNOWN_KEY, f"unknown key {quoted(name)}", place, *help_)
    if help_ is None:
        nearest_key = nearest(name, (key for key in known_keys if key not in present))
        blocks = _enclosing_blocks(kind, error["loc"][:-1], tree.value)
        otherwise = (
            _takes_something_else(shape, name, nearest_key, present[name])
            or where_it_belongs(blocks, name, present[name])
            or f"this block takes {either(known_keys)}"
        )
        fitting = nearest_key if nearest_key and fits_at(shape, nearest_key, present[name]) else None
        help_ = did_you_mean(fitting, otherwise, certain=is_slip(name, fitting, known_keys))
    if isinstance(help_.fix, str):
        missing.pop((*parent, help_.fix), None)
    elif help_.fix:
        place = help_.fix[0].place
    return Finding(UNKNOWN_KEY, f"unknown key {quoted(name)}", place, *help_)


def _takes_something_else(shape: Any, name: str, nearest_key: str | None, value: Any) -> str | None:
    """Return an explanation that the nearest key does not take the value of this key, or None if the two are not similar."""
    if nearest_key is None or name in _OPERATORS or nearest(name, [nearest_key], _TYPO) is None:
        return None
    if nearest_key in CORRECT_FORM:
        return CORRECT_FORM[nearest_key]
    if not isinstance(value, list) and {*kinds(field_at(shape, nearest_key).annotation)} == {list}:
        return f"`{nearest_key}:` is a list: begin each of its entries with a dash"
    return f"{quoted(nearest_key)} is a key here, but it takes another kind of value"


_OPERATORS = frozenset({"in", "is", "not", "or", "and", "any", "all"})
"""Words of other languages that are no slips of a key."""


def _required_as_optional(shape: Any, tree: Tree, path: Path) -> Help | None:
    """Return a hint for `required:` at an option, where the rule language has `optional:`, or None."""
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


def _enclosing_blocks(kind: type[Closed], loc: tuple[str | int, ...], value: Any) -> list[Any]:
    """Return the types of the blocks around a location of pydantic, the outermost first."""
    shapes = [block_of(shape_at(kind, loc[:length]), ()) for length in range(len(loc))]
    return [*(block for block in shapes if is_block(block)), block_of(shape_at(kind, loc), _block_at(value, loc))]


def _block_at(value: Any, loc: tuple[str | int, ...]) -> Any:
    """Return the mapping at a location of pydantic, whose steps for unions are skipped; `()` if it is no mapping."""
    step: Any
    for step in loc:
        if (isinstance(value, dict) and step in value) or (isinstance(value, list) and isinstance(step, int)):
            value = value[step]
    return value if isinstance(value, dict) else ()


def _split_key_and_value(name: str, known_keys: list[str]) -> str | None:
    """Return the text `credits: 5` for a key such as `credits:5`, written without a space; None for any other key."""
    match = re.fullmatch(r"([\w.-]+?)(?:\s*+=>\s*+|[\s:=：]++(?!>))(\S+)", name)
    key = nearest(match[1], known_keys) if match else None
    return f"{key}: {match[2]}" if match and key else None


def _runs_of_bare_names(tree: Tree, parent: Path) -> dict[str | int, list[str]]:
    """Return, for each name without a colon, the last name with a value before it and all names without a colon that follow."""
    runs: dict[str | int, list[str]] = {}
    run: list[str] = []
    for name in value_at(tree.value, parent):
        if not _is_bare(tree, (*parent, name)):
            run = [name]
        elif run:
            run.append(name)
            runs[name] = run
    return runs


def _split_by_commas(tree: Tree, kind: type[Closed], parent: Path, loc: Path, run: list[str]) -> Group | None:
    """Return the group for a value in flow style that commas split into a run of names, or None if that is not likely."""
    if not run:
        return None
    value, known_keys = (
        value_at(tree.value, (*parent, run[0])),
        taken_keys(block_of(shape_at(kind, loc), value_at(tree.value, parent))),
    )
    if any(_split_key_and_value(bare_name, known_keys) for bare_name in run[1:]):
        return None
    shape, first = shape_at(kind, (*loc, run[0])), str(tree.words.get((*parent, run[0]), value))
    run = _of_one_number(tree, parent, run) if _ends_with_digit(first) and _takes_number(shape) else run
    paths, parts = [(*parent, name) for name in run], [first, *run[1:]]
    if len(run) == 1 or '"' in "".join(parts) or isinstance(value, dict | list):
        return None
    help_ = _repaired(run[0], parts, _commas(tree, paths), shape, paths[0])
    if help_ is None:
        return None
    place = Place(paths[0], on_key=True, until=paths[-1])
    return Group(frozenset(paths), Finding(UNKNOWN_KEY, "a comma splits this value", place, *help_))


def _takes_number(shape: Any) -> bool:
    return is_block(shape) or not {int, Decimal}.isdisjoint(kinds(shape))


def _ends_with_digit(text: str) -> bool:
    return text[-1:].isdecimal()


def _of_one_number(tree: Tree, parent: Path, run: list[str]) -> list[str]:
    """Return the names of a run that are part of the number before them: digits, with no space after the comma."""
    gaps = _commas(tree, [(*parent, name) for name in run])
    parts = takewhile(lambda part: part[0].isdecimal() and part[1] == ",", zip(run[1:], gaps, strict=True))
    return [run[0], *(name for name, _ in parts)]


def _commas(tree: Tree, paths: list[Path]) -> list[str]:
    """Return the comma after each entry but the last, as it is typed: with a space after it or without."""
    ends = [tree.values[path].end for path in paths[:-1]]
    return ["," if tree.keys[path].start - end == 1 else ", " for end, path in zip(ends, paths[1:], strict=True)]


def _is_bare(tree: Tree, path: Path) -> bool:
    """Whether a name is written in braces without a colon after it."""
    return value_at(tree.value, path) is None and tree.values[path].start == tree.keys[path].end


def _repaired(name: str, parts: list[str], commas: list[str], shape: Any, path: Path) -> Help | None:
    """Return a hint that joins the parts between commas to one value, or None if no such value is likely."""
    accepted = set(kinds(shape))
    text = parts[0] + "".join(f"{comma}{part}" for comma, part in zip(commas, parts[1:], strict=True))
    if is_block(shape) or accepted & {int, Decimal}:
        return _repaired_number(name, ",".join(parts), shape, path)
    if str in accepted and (list not in accepted or _is_sentence(text)):
        repaired = typed(text.strip("\u201c\u201d\u201e"))
    elif list in accepted:
        repaired = typed(split_at_commas(text))
    else:
        return None
    return _ends_a_value(name, repaired)


def _is_sentence(text: str) -> bool:
    """Whether a text where a list is accepted too is one text: it has a number with a comma, or a part of several words."""
    return re.search(r"[0-9],[0-9]", text) is not None or any(len(part.split()) >= _WORDS for part in text.split(","))


_WORDS = 3


def _ends_a_value(name: str, repaired: str) -> Help:
    text = f"{key_typed(name)}: {repaired}"
    if len(text) > _LONGEST_HINT:
        return explain("a comma ends a value; put a text in quotes, or a list in brackets")
    return Help(f"a comma ends a value; write `{text}`", (), text)


def _repaired_number(name: str, joined: str, shape: Any, path: Path) -> Help | None:
    """Return a hint that joins the digits between commas to one number or estimate, or None if they are not digits."""
    accepted, about = set(kinds(shape)) | ({Decimal} if is_block(shape) else set()), "about "
    estimate = joined.startswith(about) and str in accepted
    digits = joined.removeprefix(about) if estimate else joined
    if not digits.replace(",", "").isdecimal():
        return None
    reason = why_no_number(digits, accepted, price="credits" in path)
    if reason is not None:
        return explain(f"a comma ends a value; {reason}")
    number = number_meant(digits, accepted)
    if number is None:
        return None
    if is_block(shape):
        return explain(f"a comma ends a value, and decimals follow a point: `{number}`")
    return _ends_a_value(name, f"{about if estimate else ''}{number}")
