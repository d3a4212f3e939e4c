"""
Explain in terms of the rule language why a tree is not valid for a spec.

pydantic reports which error is where; this module makes the message and the hint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from itertools import islice
from typing import Any, TypeAlias

from imgrules.compiler.bind.better_names import better_name, names_apart
from imgrules.compiler.bind.expected import expected
from imgrules.compiler.bind.expected_number import is_price
from imgrules.compiler.bind.foreign_keywords import OTHER_WORDS
from imgrules.compiler.bind.misplaced import OF_NAMES, MisplacedValue, describe_value, value_at
from imgrules.compiler.bind.old_spellings import old_spellings
from imgrules.compiler.bind.shape_codes import (
    BAD_NAME,
    MISSING_KEY,
    NOT_A_CHOICE,
    NOTHING,
    OUT_OF_BOUNDS,
    WRONG_KIND,
)
from imgrules.compiler.bind.unknown_names import groups, numbers_split_by_commas, unknown_key
from imgrules.compiler.read.scalars import NOTHING_WORDS
from imgrules.compiler.read.tree import Tree
from imgrules.compiler.report.certainty import is_slip
from imgrules.compiler.report.diagnostics import Change, Finding, Path, Place
from imgrules.compiler.report.helps import Help, did_you_mean, explain, key_typed, write
from imgrules.compiler.spec.examples import ExpectSpec
from imgrules.compiler.spec.field_types import block_of, field_at, is_block, is_required, keys, members, shape_at
from imgrules.compiler.spec.model import Measure, ValueSpec
from imgrules.compiler.spec.types import AMOUNT, NAME, PATTERNS, Closed
from imgrules.quoting import either, quoted
from imgrules.refusals.suggest import nearest
from imgrules.table.amounts import UNKNOWN
from imgrules.table.terms import NONE

_Error: TypeAlias = Mapping[str, Any]
_MOST_NEIGHBOURS = 20
"""How many entries of a block are searched for `credits`, to see whether an empty entry beside them lacks its price."""


def explained(tree: Tree, kind: type[Closed], errors: list[Any]) -> Iterator[Finding]:
    """Yield findings for the errors of pydantic: first groups with a common cause, then wrong values, then missing keys."""
    located = [(_tree_path(tree.value, error), error) for error in errors]
    wide_tables = {path[:-1] for path, error in located if error["type"] == "too_long" and path[-1:] == ("by",)}
    # A table by too many options is reported itself; the errors inside the table are only consequences.
    located = [(path, error) for path, error in located if not (wide_tables and _is_inside(path, wide_tables))]
    missing = {path: error for path, error in located if error["type"] == "missing"}
    # pydantic reports an error for each form of a union; the first is kept.
    wrong = {path: error for path, error in reversed(located) if error["type"] != "missing"}
    old = old_spellings(tree, kind, wrong)
    yield from old.values()
    wrong = {path: error for path, error in wrong.items() if path not in old}
    unknown = {path: error for path, error in wrong.items() if error["type"] == "extra_forbidden"}
    reported, replaced = set[Path](), set[Path]()
    rows = {path: error for path, error in wrong.items() if path not in unknown}
    for group in (*groups(tree, kind, unknown), *numbers_split_by_commas(tree, kind, rows)):
        reported.update(group.paths)
        replaced.add(group.finding.place.path)
        yield group.finding
    for path, error in wrong.items():
        if path in reported:
            continue
        if path in unknown:
            yield unknown_key(tree, kind, path, error, missing)
        else:
            yield _wrong_value(tree, kind, path, error)
    moved = {(*path[:-2], path[-1]) for path in wrong if len(path) > 1}
    for path, error in missing.items():
        # A key that stands one level too low is reported there.
        if path[:-1] in replaced or path in reported or path in moved:
            continue
        yield _missing_key(kind, path, error)


def _is_inside(path: Path, tables: set[Path]) -> bool:
    """Whether a path leads into the `table` of a block; `tables` are the paths of the blocks."""
    return any(step == "table" and path[:position] in tables for position, step in enumerate(path))


def _tree_path(value: Any, error: _Error) -> Path:
    """Return the path in the tree of an error of pydantic: its location without the steps for unions and keys."""
    path: list[str | int] = []
    for step in error["loc"]:
        inside = (isinstance(value, dict) and step in value) or (isinstance(value, list) and isinstance(step, int))
        if inside:
            value = value[step]
            path.append(step)
    return (*path, error["loc"][-1]) if error["type"] == "missing" else tuple(path)


def _missing_key(kind: type[Closed], path: Path, error: _Error) -> Finding:
    name, parent = str(path[-1]), path[:-1]
    subject = (
        f"{quoted(parent[-1])} has"
        if parent and isinstance(parent[-1], str)
        else "this entry has"
        if parent
        else "the file has"
    )
    field = field_at(block_of(shape_at(kind, error["loc"][:-1]), {name}), name)
    hint = f"add `{name}:` {field.description[0].lower()}{field.description[1:]}" if field and field.description else ""
    return Finding(MISSING_KEY, f"{subject} no {quoted(name)}", Place(parent, on_key=bool(parent)), hint.rstrip("."))


def _wrong_value(tree: Tree, kind: type[Closed], path: Path, error: _Error) -> Finding:
    value, shape = value_at(tree.value, path), shape_at(kind, error["loc"])
    if error["loc"][-1:] == ("[key]",):
        return _bad_key(path, error)
    block, depth = _innermost_block(tree.value, kind, path, error["loc"])
    misplaced = MisplacedValue(
        path=path,
        value=value,
        typed=tree.words.get(path, value),
        shape=shape,
        error=error,
        required=is_required(kind, path, error["loc"]),
        root=tree.value,
        block=block,
        depth=depth,
    )
    if value is None:
        return _no_value(misplaced)
    return _without_colon(misplaced) or _EXPLAINERS.get(error["type"], _wrong_type)(misplaced)


def _without_colon(misplaced: MisplacedValue) -> Finding | None:
    """Return a finding about a bracket that follows a name without a colon, so that its first key is a part of the name."""
    key, value = misplaced.path[-1:], str(misplaced.typed)
    parted = re.fullmatch(r"([^\s{}\[\]:]+)\s*([{\[][^{}\[\]]*)", str(key[0])) if key else None
    if parted is None or value[-1:] not in {"}", "]"}:
        return None
    name, opened = parted.groups()
    place = Place(misplaced.path, on_key=True, until=misplaced.path)
    return Finding(WRONG_KIND, f"no colon follows {quoted(name)}", place, *write(f"{name}: {opened}: {value}"))


def _innermost_block(value: Any, kind: type[Closed], path: Path, loc: tuple[str | int, ...]) -> tuple[type[Closed], int]:
    """Return the innermost block around a value, and the number of steps of the path that lead to it."""
    for end in range(len(loc) - 1, 0, -1):
        block, depth = shape_at(kind, loc[:end]), len(_tree_path(value, {"loc": loc[:end], "type": ""}))
        if is_block(block) and depth < len(path):
            return block, depth
    return kind, 0


def _bad_key(path: Path, error: _Error) -> Finding:
    context = error.get("ctx", {})
    if "max_length" in context:
        message = f"{quoted(path[-1])} has {len(str(path[-1])):,} characters"
        return Finding(BAD_NAME, message, Place(path, on_key=True), f"at most {context['max_length']:,} are allowed")
    pattern = context.get("pattern", "")
    place, message = Place(path, on_key=True), f"{quoted(path[-1])} cannot be a name here"
    return Finding(BAD_NAME, message, place, *better_name(str(path[-1]), pattern))


def _no_value(misplaced: MisplacedValue) -> Finding:
    """Return a finding about a key or an entry that is empty or null."""
    if not misplaced.path:
        return Finding(NOTHING, "the file is empty", Place(), "`imgrules init MODEL` writes one with blanks to fill")
    key, on_key = misplaced.path[-1], isinstance(misplaced.path[-1], str)
    place, (name, _, value) = Place(misplaced.path, on_key=on_key), str(key).rpartition(":")
    if on_key and re.fullmatch(r"\S+", value) and re.search(r"\D", name) and "\n" not in name:
        return Finding(NOTHING, f"no space follows the colon in {quoted(key)}", place, *write(f"{key_typed(name)}: {value}"))
    message = (
        f"{misplaced.name} has no value"
        if misplaced.typed in (None, "")
        else f"{misplaced.name} is {quoted(misplaced.typed)}, which is not a value"
    )
    nothing = _nothing_meant(misplaced)
    if nothing is not None:
        changes = nothing.fix if isinstance(nothing.fix, tuple) else ()
        return Finding(NOTHING, message, changes[0].place if changes else Place(misplaced.path), *nothing)
    if not is_block(misplaced.shape):
        unknown = is_price(misplaced.path) and misplaced.accepts(UNKNOWN)
        or_unknown = ", or `unknown` for a price that is not stated" if unknown else ""
        return Finding(NOTHING, message, place, f"write a value{or_unknown}{misplaced.otherwise}")
    lines = _lines_of_a_block(misplaced)
    if lines is None and on_key and misplaced.accepts("{}"):
        whole = Place(misplaced.path, on_key=True, until=misplaced.path)
        return Finding(NOTHING, message, whole, *write(f"{key_typed(str(key))}: {{}}", " if it needs no details"))
    return Finding(NOTHING, message, place, lines or "it takes a block of named values")


def _lines_of_a_block(misplaced: MisplacedValue) -> str | None:
    """Return what most likely belongs into an empty block, as its neighbours show; None if nothing does."""
    beside = value_at(misplaced.root, misplaced.path[:-1])
    if issubclass(misplaced.shape, ExpectSpec):
        return "say what is expected, such as `expect: {status: allowed}`"
    if not isinstance(beside, dict):
        return None
    if any(isinstance(neighbour, dict) and "credits" in neighbour for neighbour in islice(beside.values(), _MOST_NEIGHBOURS)):
        return "write its price, as its neighbours do: `credits:` with a price or `unknown`"
    own = [name for name in keys(misplaced.shape) if name in beside and (*misplaced.path[:-1], name) != misplaced.path]
    return f"indent what belongs to it: {either(own, word='and')}" if own and misplaced.path[-2:-1] in OF_NAMES else None


def _nothing_meant(misplaced: MisplacedValue) -> Help | None:
    """Return a hint to write `(none)` or `false` in place of `null`, where this can be meant; None elsewhere."""
    if str(misplaced.typed).lower() not in NOTHING_WORDS:
        return None
    if misplaced.path[-1] == "send" and misplaced.accepts("false"):
        return write("false")
    if misplaced.path[-1] == "as" and issubclass(misplaced.block, ValueSpec):
        return _nothing_sent(misplaced)
    if is_price(misplaced.path) and misplaced.accepts(UNKNOWN):
        return explain(f"a price that is not stated is `{UNKNOWN}`; 0 is free")
    return did_you_mean(NONE, "") if _takes_nothing(misplaced.path) and misplaced.accepts(NONE) else None


def _nothing_sent(misplaced: MisplacedValue) -> Help:
    """Return a hint for a value for which `as` sends nothing."""
    place = Place(misplaced.path, on_key=True, until=misplaced.path)
    if "send" in value_at(misplaced.root, misplaced.path[:-1]):
        return explain("delete it; `send:` beside it says whether something is sent")
    return Help("write `send: false`", (), (Change(place, "send: false"),))


def _takes_nothing(path: Path) -> bool:
    """Whether a place is a test of a condition, or what is sent at a wire path, where `(none)` is no ordinary text."""
    return bool({"when", "only", "never", "body"} & {*path[:-1]})


def _wrong_type(misplaced: MisplacedValue) -> Finding:
    accepted, help_ = expected(misplaced)
    return misplaced.finding(WRONG_KIND, f"{misplaced.name} takes {accepted}, but {describe_value(misplaced)} is given", help_)


def _bad_pattern(misplaced: MisplacedValue) -> Finding:
    """Return a finding about a text that does not match the pattern of its place."""
    pattern = misplaced.error["ctx"]["pattern"]
    if pattern == AMOUNT:
        # What is not an amount is explained as what is not a number.
        return _wrong_type(misplaced)
    several = names_apart(str(misplaced.value)) if pattern == NAME else None
    help_ = several or better_name(str(misplaced.value), pattern)
    source, _, measure = str(misplaced.value).rpartition(".")
    if misplaced.path[-1:] == ("of",) and source and measure in {*Measure}:
        help_ = explain(f"use `of: {source}` with `measure: {measure}` beside it")
    elif misplaced.path[-1:] == ("gate",) or misplaced.path[-2:-1] == ("gate",):
        help_ = explain("name a gate that _shared.yaml declares under `gates:`")
    if help_.fix is not None and not misplaced.accepts(str(help_.fix)):
        help_ = explain(PATTERNS.get(pattern, "write a name"))
    return misplaced.finding(BAD_NAME, f"{quoted(misplaced.value)} is not allowed at {misplaced.name}", help_)


def _not_a_choice(misplaced: MisplacedValue) -> Finding:
    enums = (form for form in members(misplaced.shape) if isinstance(form, type) and issubclass(form, Enum))
    choices = [str(choice.value) for enum in enums for choice in enum]
    word = misplaced.value[0] if isinstance(misplaced.value, list) and len(misplaced.value) == 1 else misplaced.value
    meant = nearest(word, choices) or next((choice for choice in choices if word in OTHER_WORDS.get(choice, ())), None)
    help_ = did_you_mean(meant, f"it takes {either(choices, len(choices))}", certain=is_slip(word, meant, choices))
    if isinstance(misplaced.value, list | dict):
        return misplaced.finding(
            WRONG_KIND, f"{misplaced.name} takes one word, but {describe_value(misplaced)} is given", help_
        )
    return misplaced.finding(NOT_A_CHOICE, f"{misplaced.name} cannot be {quoted(misplaced.typed)}", help_)


def _out_of_bounds(misplaced: MisplacedValue) -> Finding:
    """Return a finding about a number beyond a bound, or about an empty text, list or mapping."""
    least, most = misplaced.error["ctx"].get("ge"), misplaced.error["ctx"].get("le")
    if least is None and most is None:
        missing = "a row for each value" if misplaced.path[-1:] == ("table",) else "something"
        return misplaced.finding(OUT_OF_BOUNDS, f"{misplaced.name} is empty", explain(f"write {missing}{misplaced.otherwise}"))
    # pydantic may write a decimal bound as `Decimal('0')`, of which only the digits are shown.
    if misplaced.path[-1:] == ("factor",) and not misplaced.value:
        free = "what costs nothing has `credits: 0` in a table, or at a value or a word"
        return misplaced.finding(OUT_OF_BOUNDS, f"{misplaced.name} cannot be {quoted(misplaced.typed)}", explain(free))
    bound = f"{re.sub(r'[^0-9.]', '', str(least))} is the minimum" if least is not None else f"{most:,} is the maximum"
    return misplaced.finding(OUT_OF_BOUNDS, f"{misplaced.name} cannot be {quoted(misplaced.typed)}", explain(bound))


def _too_many(misplaced: MisplacedValue) -> Finding:
    most = misplaced.error["ctx"]["max_length"]
    if misplaced.path[-1:] == ("by",):
        return misplaced.finding(
            WRONG_KIND, f"{misplaced.name} takes one name or two, but {len(misplaced.value)} are given", expected(misplaced)[1]
        )
    if isinstance(misplaced.value, str):
        return misplaced.finding(
            OUT_OF_BOUNDS, f"{misplaced.name} has {len(misplaced.value):,} characters", explain(f"at most {most:,} are allowed")
        )
    message = f"{misplaced.name} has {len(misplaced.value):,} entries, but at most {most:,} are allowed"
    return misplaced.finding(OUT_OF_BOUNDS, message, explain("remove some, or split it into two models"))


_EXPLAINERS: Mapping[str, Callable[[MisplacedValue], Finding]] = {
    "string_pattern_mismatch": _bad_pattern,
    "enum": _not_a_choice,
    "greater_than_equal": _out_of_bounds,
    "less_than_equal": _out_of_bounds,
    "string_too_short": _out_of_bounds,
    "too_short": _out_of_bounds,
    "too_long": _too_many,
    "string_too_long": _too_many,
}
