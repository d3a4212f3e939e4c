"""
A tree becomes a spec, or findings in the words of an author.

pydantic says what is wrong and where; what is said about it, and what to type instead, is said here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar, get_args, get_origin

from pydantic import ValidationError

from imgrules.compiler.diagnostics import MOST_MISTAKES, Code, Finding, Path, Place
from imgrules.compiler.scalars import core
from imgrules.compiler.shape_codes import (
    BAD_NAME,
    MISSING_KEY,
    NOT_A_CHOICE,
    NOTHING,
    OUT_OF_BOUNDS,
    UNKNOWN_KEY,
    WRONG_KIND,
)
from imgrules.compiler.shapes import fits, is_block, is_required, keys, kinds, members, shape_at
from imgrules.compiler.spec import LANGUAGE, MODEL_ID, PATTERNS, UNKNOWN, WIRE_PATH, Closed
from imgrules.compiler.syntax import Tree
from imgrules.engine.wording import either, nearest, quoted

_Spec = TypeVar("_Spec", bound=Closed)
_Error: TypeAlias = Mapping[str, Any]


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
    for path, error in wrong.items():
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
    takes = keys(shape_at(kind, error["loc"][:-1]))
    present = set(_at(tree.value, parent))
    meant = nearest(name, (each for each in takes if each not in present))
    if meant:
        missing.pop((*parent, meant), None)
    place, glued = Place(path, on_key=True), re.fullmatch(r"([\w.-]+?)[\s:=：]+(\S+)", name)
    if glued and nearest(glued[1], takes):
        return Finding(UNKNOWN_KEY, f"unknown key {quoted(name)}", place, f"write `{nearest(glued[1], takes)}: {glued[2]}`")
    hint = f"did you mean `{meant}`?" if meant else f"this block takes {either(takes)}"
    if name.isdecimal():
        hint = "a comma ends a value; write a decimal with a point, such as 8.5"
    return Finding(UNKNOWN_KEY, f"unknown key {quoted(name)}", place, hint, (), meant)


def _missing_key(kind: type[Closed], path: Path, error: _Error) -> Finding:
    name, parent = str(path[-1]), path[:-1]
    where = f"{quoted(parent[-1])} has" if parent and isinstance(parent[-1], str) else "this has" if parent else "the file has"
    shape = shape_at(kind, error["loc"][:-1])
    field = shape.model_fields.get(name) if is_block(shape) else None
    hint = f"add `{name}:` {field.description[0].lower()}{field.description[1:]}" if field and field.description else ""
    return Finding(MISSING_KEY, f"{where} no {quoted(name)}", Place(parent, on_key=bool(parent)), hint.rstrip("."))


def _wrong_value(tree: Tree, kind: type[Closed], path: Path, error: _Error) -> Finding:
    value, shape = _at(tree.value, path), shape_at(kind, error["loc"])
    if error["loc"][-1:] == ("[key]",):
        return _bad_key(path, error)
    word = _Word(path, value, tree.words.get(path, value), shape, error, is_required(kind, path))
    return _nothing(word) if value is None else _SAYINGS.get(error["type"], _wrong_kind)(word)


@dataclass(frozen=True, slots=True)
class _Word:
    """A value that cannot stand where it stands: what was read, what was typed, and what the place takes."""

    path: Path
    value: Any
    typed: Any
    shape: Any
    error: _Error
    required: bool

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
        return "" if self.required else ", or delete the line"

    def says(self, code: Code, message: str, hint: str, fix: str | None = None) -> Finding:
        """Answer a finding at the value."""
        return Finding(code, message, Place(self.path), hint, (), fix)


def _bad_key(path: Path, error: _Error) -> Finding:
    pattern = error.get("ctx", {}).get("pattern", "")
    place, message = Place(path, on_key=True), f"{quoted(path[-1])} cannot be a name here"
    return Finding(BAD_NAME, message, place, _better_name(str(path[-1]), pattern))


def _better_name(word: str, pattern: str) -> str:
    """Answer the name that a word becomes with small letters and plain signs, or what a name is."""
    sign = "-" if pattern in {LANGUAGE, MODEL_ID} else "_"
    better = re.sub(r"[^a-z0-9.]+" if pattern == WIRE_PATH else r"[^a-z0-9]+", sign, word.lower()).strip(sign)
    return f"write `{better}`" if pattern and re.fullmatch(pattern, better) else PATTERNS.get(pattern, "write a name")


def _nothing(word: _Word) -> Finding:
    if not word.path:
        return Finding(NOTHING, "the file is empty", Place(), "`imgrules init MODEL` writes one with blanks to fill")
    hint = "write `{}` if there is nothing to say" if is_block(word.shape) else f"write a value{word.otherwise}"
    on_key = isinstance(word.path[-1], str)
    return Finding(NOTHING, f"{word.name} has nothing after it", Place(word.path, on_key=on_key), hint)


def _wrong_kind(word: _Word) -> Finding:
    wanted, hint = _wanted(word)
    return word.says(WRONG_KIND, f"{word.name} takes {wanted}, and {_found(word)} is given", hint)


def _bad_pattern(word: _Word) -> Finding:
    hint = _better_name(word.value, word.error["ctx"]["pattern"])
    return word.says(BAD_NAME, f"{quoted(word.value)} cannot stand at {word.name}", hint)


def _not_a_choice(word: _Word) -> Finding:
    choices = [str(each.value) for each in word.shape]
    meant = nearest(word.value, choices)
    hint = f"did you mean `{meant}`?" if meant else f"it takes {either(choices)}"
    if isinstance(word.value, list | dict):
        return word.says(WRONG_KIND, f"{word.name} takes one word, and {_found(word)} is given", hint)
    return word.says(NOT_A_CHOICE, f"{word.name} cannot be {quoted(word.value)}", hint, meant)


def _bounds(word: _Word) -> Finding:
    least, most = word.error["ctx"].get("ge"), word.error["ctx"].get("le")
    if least is None and most is None:
        return word.says(OUT_OF_BOUNDS, f"{word.name} is empty", f"write something{word.otherwise}")
    bound = f"{least} is the least" if least is not None else f"{most:,} is the most"
    return word.says(OUT_OF_BOUNDS, f"{word.name} cannot be {quoted(word.typed)}", bound)


_SAYINGS: Mapping[str, Callable[[_Word], Finding]] = {
    "string_pattern_mismatch": _bad_pattern,
    "enum": _not_a_choice,
    "greater_than_equal": _bounds,
    "less_than_equal": _bounds,
    "string_too_short": _bounds,
    "too_short": _bounds,
}


def _wanted(word: _Word) -> tuple[str, str]:
    """Answer in words what a place takes, and what to type instead of the value that is there."""
    taken, value = set(kinds(word.shape)), word.value
    if is_block(word.shape):
        return _wanted_block(value, word.shape)
    if list in taken:
        return "a list", _as_list(value, word.shape)
    if {str, bool, int} <= taken:
        return "one value", "write one text or one whole number"
    if taken & {int, Decimal}:
        return _wanted_number(value, taken)
    return _WANTED[bool](word) if taken == {bool} else _WANTED[str if str in taken else dict](word)


def _wanted_text(word: _Word) -> tuple[str, str]:
    if isinstance(word.value, int | Decimal):
        return "text", f'write `"{word.typed}"`'
    only = word.value[0] if isinstance(word.value, list) and len(word.value) == 1 else None
    return "text", f"write `{only}`" if isinstance(only, str) else "write one text"


_WANTED: Mapping[type, Callable[[_Word], tuple[str, str]]] = {
    bool: lambda _: ("true or false", "write `true` or `false`"),
    str: _wanted_text,
    dict: lambda _: ("named values", "write `name: value` lines"),
}


def _wanted_number(value: Any, taken: set[Any]) -> tuple[str, str]:
    wanted = "a whole number" if Decimal not in taken else "a number or `unknown`" if str in taken else "a number"
    number = _number_in(value) if isinstance(value, str) else None
    if isinstance(number, int) or (number is not None and Decimal in taken):
        return wanted, f"write `{number}`"
    if nearest(value, [UNKNOWN]) and str in taken:
        return wanted, f"did you mean `{UNKNOWN}`?"
    if Decimal not in taken:
        return wanted, "write a whole number, such as 1"
    return wanted, "write a number, such as 5; 0 is free, and `unknown` is a price that nobody has stated"


def _number_in(text: str) -> int | Decimal | None:
    """Answer the number that a text holds: in another base, with a decimal comma, or with a word beside it."""
    read = core(text)
    found = re.fullmatch(r"\D{0,2}?([0-9][0-9_]*)(?:[.,]([0-9]+))?\D*", text)
    if isinstance(read, str) and found:
        read = core(found[1].replace("_", "") + (f".{found[2]}" if found[2] else ""))
    return read if isinstance(read, int | Decimal) and not isinstance(read, bool) else None


def _as_list(value: Any, shape: Any) -> str:
    item = next((get_args(each)[0] for each in members(shape) if get_origin(each) is list), str)
    if not isinstance(value, str) or "\n" in value:
        return "write a list: `[...]`"
    if is_block(item):
        return f"write `[{_in_block(value, item)}]`"
    return f"write `{_flow([each.strip() for each in value.split(',')])}`"


def _wanted_block(value: Any, shape: Any) -> tuple[str, str]:
    inside = _in_block(value, shape)
    return "named values", f"write `{inside}`" if inside else f"it takes {either(keys(shape))}"


def _in_block(value: Any, shape: Any) -> str:
    """Answer a block that takes a bare value where it fits, or nothing where it fits nowhere."""
    required_first = sorted(shape.model_fields, key=lambda name: not shape.model_fields[name].is_required())
    forms = ((name, form) for name in required_first for form in (value, [value]) if fits(shape, {name: form}))
    name, form = next(forms, ("", None))
    return f"{{{name}: {_flow(form)}}}" if name and "\n" not in str(value) else ""


def _flow(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(f'"{each}"' if isinstance(each, str) else str(each) for each in value) + "]"
    return str(value)


def _found(word: _Word) -> str:
    if isinstance(word.value, str):
        return f"the text {quoted(word.value)}"
    if isinstance(word.value, bool):
        return quoted(word.typed)
    if isinstance(word.value, int | Decimal):
        return f"the number {word.typed}"
    return "a list" if isinstance(word.value, list) else "a block of named values"


def _at(value: Any, path: Path) -> Any:
    for each in path:
        value = value[each]
    return value
