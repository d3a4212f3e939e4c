"""
A tree becomes a spec, or findings in the words of an author.

pydantic says what is wrong and where; what is said about it, and what to type instead, is said here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias, TypeVar, get_args, get_origin

from pydantic import ValidationError

from imgrules.compiler.diagnostics import MOST_MISTAKES, Code, Finding, Path, Place
from imgrules.compiler.scalars import grouped_in, number_in, share_in
from imgrules.compiler.shape_codes import (
    BAD_NAME,
    MISSING_KEY,
    NOT_A_CHOICE,
    NOTHING,
    OUT_OF_BOUNDS,
    UNKNOWN_KEY,
    WRONG_KIND,
)
from imgrules.compiler.shapes import field_at, fields_of, fits, is_block, is_required, keys, kinds, members, shape_at
from imgrules.compiler.syntax import Tree
from imgrules.compiler.words import LANGUAGE, MODEL_ID, PATTERNS, UNKNOWN, WIRE_PATH, Closed
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
    unknown = [(path, each) for path, each in wrong.items() if each["type"] == "extra_forbidden"]
    torn = {path: found for path, each in unknown if (found := _torn(tree, kind, path, each)) is not None}
    yield from (each.finding for path, each in torn.items() if path == each.first)
    for path, error in wrong.items():
        if path in torn or any(path == each.value for each in torn.values()):
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
    present = set(_at(tree.value, parent))
    takes = _taken(_block(shape_at(kind, error["loc"][:-1]), present))
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
    found = re.fullmatch(r"([\w.-]+?)[\s:=：]+(\S+)", name)
    meant = nearest(found[1], takes) if found else None
    return f"{meant}: {found[2]}" if found and meant else None


@dataclass(frozen=True, slots=True)
class _Torn:
    """A value in braces that a comma tore apart: where it stands, and where the first of the names that came of it."""

    value: Path
    first: Path
    finding: Finding


def _torn(tree: Tree, kind: type[Closed], path: Path, error: _Error) -> _Torn | None:
    """Answer the value that an unknown name with nothing after it was a part of, and what to write."""
    parent, names = path[:-1], list(_at(tree.value, path[:-1]))
    bare = [_is_bare(tree, (*parent, each)) for each in names]
    at = names.index(path[-1])
    begun = next((each for each in range(at, -1, -1) if not bare[each]), None)
    if not bare[at] or begun is None:
        return None
    end = next((each for each in range(at, len(names)) if not bare[each]), len(names))
    takes = _taken(_block(shape_at(kind, error["loc"][:-1]), names))
    if any(_glued(each, takes) for each in names[begun + 1 : end]):
        return None
    value, first = (*parent, names[begun]), (*parent, names[begun + 1])
    parts = [str(tree.words.get(value, _at(tree.value, value))), *names[begun + 1 : end]]
    whole = _mended(parts, shape_at(kind, (*error["loc"][:-1], names[begun])))
    if whole is None or '"' in "".join(parts) or isinstance(_at(tree.value, value), dict | list):
        return None
    hint = f"a comma ends a value; write `{names[begun]}: {whole}`"
    return _Torn(value, first, Finding(UNKNOWN_KEY, f"unknown key {quoted(first[-1])}", Place(first, on_key=True), hint))


def _is_bare(tree: Tree, path: Path) -> bool:
    """Answer whether a name stands in braces without a colon after it."""
    return _at(tree.value, path) is None and tree.values[path].start == tree.keys[path].end


def _mended(parts: list[str], shape: Any) -> str | None:
    """Answer the value that parts between commas were meant to be, or None where none is likely."""
    taken = set(kinds(shape))
    if taken & {int, Decimal}:
        joined = ",".join(parts)
        number = _number_meant(joined, taken)
        return None if number is None or not joined.replace(",", "").isdecimal() else str(number)
    return _flow(parts) if list in taken else _flow([", ".join(parts).strip("“”„")])[1:-1] if str in taken else None


def _missing_key(kind: type[Closed], path: Path, error: _Error) -> Finding:
    name, parent = str(path[-1]), path[:-1]
    where = f"{quoted(parent[-1])} has" if parent and isinstance(parent[-1], str) else "this has" if parent else "the file has"
    field = field_at(_block(shape_at(kind, error["loc"][:-1]), {name}), name)
    hint = f"add `{name}:` {field.description[0].lower()}{field.description[1:]}" if field and field.description else ""
    return Finding(MISSING_KEY, f"{where} no {quoted(name)}", Place(parent, on_key=bool(parent)), hint.rstrip("."))


def _block(shape: Any, present: Collection[str]) -> Any:
    """Answer the block that a place takes; of several, the one that most of the keys are for."""
    blocks = [each for each in members(shape) if is_block(each)]
    return max(blocks, key=lambda each: len({*keys(each)}.intersection(present)), default=shape)


def _taken(shape: Any) -> list[str]:
    """Answer the names that a block takes, its own before those that it shares with others."""
    shared = {*keys(shape.__base__)} if is_block(shape) else ()
    return sorted(keys(shape), key=lambda each: each in shared)


def _wrong_value(tree: Tree, kind: type[Closed], path: Path, error: _Error) -> Finding:
    value, shape = _at(tree.value, path), shape_at(kind, error["loc"])
    if error["loc"][-1:] == ("[key]",):
        return _bad_key(path, error)
    word = _Word(path, value, tree.words.get(path, value), shape, error, is_required(kind, path), tree.value)
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
    whole: Any

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
    if pattern == WIRE_PATH:
        word = re.sub(r"\s*/\s*", ".", word).strip(".")
    better = re.sub(r"[^a-z0-9.]+" if pattern == WIRE_PATH else r"[^a-z0-9]+", sign, word.lower()).strip(sign)
    mended = bool(pattern) and "[" not in word and re.fullmatch(pattern, better)
    return f"write `{better}`" if mended else PATTERNS.get(pattern, "write a name")


def _nothing(word: _Word) -> Finding:
    if not word.path:
        return Finding(NOTHING, "the file is empty", Place(), "`imgrules init MODEL` writes one with blanks to fill")
    on_key = isinstance(word.path[-1], str)
    place, tight = Place(word.path, on_key=on_key), re.fullmatch(r"(.*\D.*):([^:\s]+)", str(word.path[-1]))
    if tight:
        name = f'"{tight[1]}"' if ":" in tight[1] else tight[1]
        return Finding(NOTHING, f"no space follows the colon in {quoted(word.path[-1])}", place, f"write `{name}: {tight[2]}`")
    hint = "write `{}` if there is nothing to say" if is_block(word.shape) else f"write a value{word.otherwise}"
    return Finding(NOTHING, f"{word.name} has nothing after it", place, hint)


def _wrong_kind(word: _Word) -> Finding:
    wanted, hint = _wanted(word)
    return word.says(WRONG_KIND, f"{word.name} takes {wanted}, and {_found(word)} is given", hint)


def _bad_pattern(word: _Word) -> Finding:
    hint = _better_name(word.value, word.error["ctx"]["pattern"])
    return word.says(BAD_NAME, f"{quoted(word.value)} cannot stand at {word.name}", hint)


def _not_a_choice(word: _Word) -> Finding:
    choices = [str(each.value) for each in word.shape]
    meant = nearest(word.value, choices)
    hint = f"did you mean `{meant}`?" if meant else f"it takes {_all(choices)}"
    if isinstance(word.value, list | dict):
        return word.says(WRONG_KIND, f"{word.name} takes one word, and {_found(word)} is given", hint)
    return word.says(NOT_A_CHOICE, f"{word.name} cannot be {quoted(word.value)}", hint, meant)


def _all(choices: list[str]) -> str:
    """Answer every choice, also where there are more than a list in a sentence shows."""
    return " or ".join((", ".join(map(quoted, choices[:-1])), quoted(choices[-1])))


def _bounds(word: _Word) -> Finding:
    least, most = word.error["ctx"].get("ge"), word.error["ctx"].get("le")
    if least is None and most is None:
        return word.says(OUT_OF_BOUNDS, f"{word.name} is empty", f"write something{word.otherwise}")
    # pydantic writes a decimal bound as Python does.
    bound = f"{re.sub(r'[^0-9.]', '', str(least))} is the least" if least is not None else f"{most:,} is the most"
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
    own = _wanted_by_name(word)
    if own is not None:
        return own
    if list in taken:
        return "a list", _as_list(value, word.shape)
    if {str, bool, int} <= taken:
        return "one value", "write one text or one whole number"
    if taken & {int, Decimal}:
        return _wanted_number(word.typed if isinstance(value, Decimal) else value, taken, _is_price(word.path))
    return _WANTED[bool](word) if taken == {bool} else _WANTED[str if str in taken else dict](word)


def _wanted_by_name(word: _Word) -> tuple[str, str] | None:
    """Answer what a key takes of which more can be said than its kind, or None."""
    key, value = word.path[-1] if word.path else "", word.value
    if key == "gate":
        return "the name of a gate", "name a gate that _shared.yaml declares under `gates:`"
    parts = {"times": "factor", "plus": "credits"}
    if key in parts and isinstance(value, dict):
        return "a list", f"write `[{{{parts[str(key)]}: {{by: [{_listing(word)}], table: {_row(value)}}}}}]`"
    return None


def _listing(word: _Word) -> str:
    """Answer the option that lists the names of a block as its values."""
    options = word.whole.get("options") if isinstance(word.whole, dict) else None
    listed = ((name, each.get("values")) for name, each in (options or {}).items() if isinstance(each, dict))
    return next((name for name, values in listed if values and set(word.value) <= {*values}), "OPTION")


def _row(value: Mapping[str, Any]) -> str:
    plain = [f"{name}: {each}" for name, each in value.items() if isinstance(each, int | Decimal)]
    return "{" + ", ".join(plain or ["..."]) + "}"


def _wanted_text(word: _Word) -> tuple[str, str]:
    if word.path[-2:-1] == ("ratio",) and isinstance(word.value, int | Decimal) and word.value > 0:
        shape = Fraction(word.value).limit_denominator(100)
        return "a shape", f'write `"{shape.numerator}:{shape.denominator}"`'
    if isinstance(word.value, int | Decimal):
        return "text", f'write `"{word.typed}"`'
    only = word.value[0] if isinstance(word.value, list) and len(word.value) == 1 else None
    return "text", f"write `{only}`" if isinstance(only, str) else "write one text"


_WANTED: Mapping[type, Callable[[_Word], tuple[str, str]]] = {
    bool: lambda _: ("true or false", "write `true` or `false`"),
    str: _wanted_text,
    dict: lambda _: ("named values", "write `name: value` lines"),
}


def _is_price(path: Path) -> bool:
    return "credits" in path and not {"factor", "beyond", "round"}.intersection(path)


def _wanted_number(value: Any, taken: set[Any], price: bool) -> tuple[str, str]:  # noqa: FBT001  as its place says
    wanted = "a whole number" if Decimal not in taken else "a number or `unknown`" if str in taken else "a number"
    number = _number_meant(value, taken) if isinstance(value, str) else None
    if number is not None:
        return wanted, f"write `{number}`"
    if isinstance(value, str) and re.match(r"[0-9].*[^0-9.,_ ]", value):
        return wanted, f"write a number without a unit, such as {1000000 if Decimal not in taken else 5}"
    if nearest(value, [UNKNOWN]) and str in taken:
        return wanted, f"did you mean `{UNKNOWN}`?"
    if Decimal not in taken:
        return wanted, "write a whole number, such as 1"
    if not price:
        return wanted, "write a number, such as 5"
    return wanted, "write a number, such as 5; 0 is free, and `unknown` is a price that nobody has stated"


def _number_meant(text: str, taken: set[Any]) -> int | Decimal | None:
    """Answer the number that a text most likely means, if the place takes such a number."""
    grouped = grouped_in(text)
    # One group alone is as likely a decimal, where decimals may stand.
    if grouped is not None and (Decimal not in taken or len(re.findall("[^0-9]", text)) > 1):
        return grouped
    number = share_in(text) if Decimal in taken else None
    number = number_in(text) if number is None else number
    return number if isinstance(number, int) or Decimal in taken else None


def _as_list(value: Any, shape: Any) -> str:
    item = next((get_args(each)[0] for each in members(shape) if get_origin(each) is list), str)
    if not isinstance(value, str) or "\n" in value:
        return "write a list: `[...]`"
    if is_block(item):
        return f"write `[{_in_block(value, item)}]`"
    return f"write `{_flow([each.strip() for each in re.split(r',| [+|] ', value)])}`"


def _wanted_block(value: Any, shape: Any) -> tuple[str, str]:
    inside = _in_block(value, shape)
    return "named values", f"write `{inside}`" if inside else f"it takes {either(_taken(shape))}"


def _in_block(value: Any, shape: Any) -> str:
    """Answer a block that takes a bare value where it fits, or nothing where it fits nowhere."""
    fields = fields_of(shape)
    required_first = sorted(fields, key=lambda name: not fields[name].is_required())
    forms = ((name, form) for name in required_first for form in (value, [value]) if fits(shape, {name: form}))
    name, form = next(forms, ("", None))
    # A plain word that begins with a digit may be read as a number or a day.
    plain = isinstance(form, str) and form[:1].isdigit()
    return f"{{{name}: {_flow([form])[1:-1] if plain else _flow(form)}}}" if name and "\n" not in str(value) else ""


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
