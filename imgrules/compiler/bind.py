"""
A tree becomes a spec, or findings in the words of an author.

pydantic says what is wrong and where; what is said about it, and what to type instead, is said here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from itertools import groupby
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAlias, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError

from imgrules.compiler.diagnostics import Finding, Path, Place
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
from imgrules.compiler.spec import PATTERNS, Closed
from imgrules.compiler.syntax import Tree
from imgrules.engine.wording import either, nearest, quoted

_Spec = TypeVar("_Spec", bound=Closed)
_Error: TypeAlias = Mapping[str, Any]


def bind(tree: Tree, kind: type[_Spec]) -> tuple[_Spec | None, tuple[Finding, ...]]:
    """Answer the spec that a tree says, or everything that keeps it from being one."""
    try:
        return kind.model_validate(tree.value), ()
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
    return None, tuple(_findings(tree, kind, errors))


def _findings(tree: Tree, kind: type[Closed], errors: list[Any]) -> Iterator[Finding]:
    located = sorted(((_path(tree.value, each), each) for each in errors), key=lambda each: str(each[0]))
    missing = {path: each for path, each in located if each["type"] == "missing"}
    for path, group in groupby(located, key=lambda each: each[0]):
        first = next(group)[1]
        if first["type"] == "missing":
            continue
        if first["type"] == "extra_forbidden":
            yield _unknown_key(tree, kind, path, first, missing)
        else:
            yield _wrong_value(tree, kind, path, first)
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
    takes = _keys(_shape(kind, error["loc"][:-1]))
    present = set(_at(tree.value, parent))
    meant = nearest(name, (each for each in takes if each not in present))
    if meant:
        missing.pop((*parent, meant), None)
    hint = f"did you mean `{meant}`?" if meant else f"this block takes {either(takes)}"
    place = Place(path, on_key=True)
    return Finding(UNKNOWN_KEY, f"unknown key {quoted(name)}", place, hint, (), meant)


def _missing_key(kind: type[Closed], path: Path, error: _Error) -> Finding:
    name, parent = str(path[-1]), path[:-1]
    where = f"{quoted(parent[-1])} has" if parent and isinstance(parent[-1], str) else "this has" if parent else "the file has"
    shape = _shape(kind, error["loc"][:-1])
    field = shape.model_fields.get(name) if _is_block(shape) else None
    hint = f"`{name}:` {field.description[0].lower()}{field.description[1:]}" if field and field.description else ""
    return Finding(MISSING_KEY, f"{where} no {quoted(name)}", Place(parent, on_key=bool(parent)), hint)


def _wrong_value(tree: Tree, kind: type[Closed], path: Path, error: _Error) -> Finding:
    value, shape, name = _at(tree.value, path), _shape(kind, error["loc"]), _name(path)
    if error["loc"][-1:] == ("[key]",):
        hint = PATTERNS[error["ctx"]["pattern"]] if "pattern" in error.get("ctx", {}) else "write a name"
        return Finding(BAD_NAME, f"{quoted(path[-1])} cannot be a name here", Place(path, on_key=True), hint)
    say = _SAYINGS.get(error["type"], _wrong_kind)
    if value is None:
        say = _nothing
    return say(Place(path), name, value, shape, error)


def _nothing(place: Place, name: str, value: Any, shape: Any, error: _Error) -> Finding:
    hint = "write `{}` if there is nothing to say" if _is_block(shape) else "write a value, or delete the line"
    on_key = bool(place.path) and isinstance(place.path[-1], str)
    return Finding(NOTHING, f"{name} has nothing after it", Place(place.path, on_key=on_key), hint)


def _wrong_kind(place: Place, name: str, value: Any, shape: Any, error: _Error) -> Finding:
    wanted, hint = _wanted(value, shape)
    return Finding(WRONG_KIND, f"{name} takes {wanted}, and {_found(value)} is given", place, hint)


def _bad_pattern(place: Place, name: str, value: Any, shape: Any, error: _Error) -> Finding:
    return Finding(BAD_NAME, f"{quoted(value)} cannot stand at {name}", place, PATTERNS[error["ctx"]["pattern"]])


def _not_a_choice(place: Place, name: str, value: Any, shape: Any, error: _Error) -> Finding:
    if not isinstance(shape, type) or not issubclass(shape, Enum):
        return _wrong_kind(place, name, value, shape, error)
    choices = [str(each.value) for each in shape]
    meant = nearest(value, choices)
    hint = f"did you mean `{meant}`?" if meant else f"it takes {either(choices)}"
    return Finding(NOT_A_CHOICE, f"{name} cannot be {quoted(value)}", place, hint, (), meant)


def _bounds(place: Place, name: str, value: Any, shape: Any, error: _Error) -> Finding:
    least, most = error["ctx"].get("ge"), error["ctx"].get("le")
    if least is not None or most is not None:
        bound = f"{least} is the least" if least is not None else f"{most:,} is the most"
        return Finding(OUT_OF_BOUNDS, f"{name} cannot be {quoted(value)}", place, bound)
    return Finding(OUT_OF_BOUNDS, f"{name} is empty", place, "write something, or delete the line")


_SAYINGS: Mapping[str, Callable[[Place, str, Any, Any, _Error], Finding]] = {
    "nothing": _nothing,
    "string_pattern_mismatch": _bad_pattern,
    "enum": _not_a_choice,
    "greater_than_equal": _bounds,
    "less_than_equal": _bounds,
    "string_too_short": _bounds,
    "too_short": _bounds,
}


def _wanted(value: Any, shape: Any) -> tuple[str, str]:
    """Answer in words what a place takes, and what to type instead of the value that is there."""
    kinds = set(_kinds(shape))
    if str in kinds and kinds <= {str, dict} and isinstance(value, int | Decimal):
        return "text", f'write `"{str(value).lower() if isinstance(value, bool) else value}"`'
    if list in kinds:
        return "a list", f'write `["{value}"]`' if isinstance(value, str) else "write a list: `[...]`"
    if bool in kinds and int not in kinds:
        return "true or false", "write `true` or `false`"
    if kinds & {int, Decimal}:
        number = core(value) if isinstance(value, str) else value
        better = f"write `{number}`" if isinstance(number, int | Decimal) else "write a number, such as 5"
        return ("a number or `unknown`" if str in kinds else "a number"), better
    return _wanted_block(value, shape, kinds)


def _wanted_block(value: Any, shape: Any, kinds: set[Any]) -> tuple[str, str]:
    if not _is_block(shape):
        return ("names with values", "write `name: value` lines") if dict in kinds else ("text", 'write `"..."`')
    required_first = sorted(shape.model_fields, key=lambda name: not shape.model_fields[name].is_required())
    forms = [(name, form) for name in required_first for form in (value, [value]) if _fits(shape, name, form)]
    return "named values", f"write `{{{forms[0][0]}: {_flow(forms[0][1])}}}`" if forms else f"it takes {either(_keys(shape))}"


def _flow(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(f'"{each}"' if isinstance(each, str) else str(each) for each in value) + "]"
    return str(value)


def _fits(shape: type[BaseModel], name: str, value: Any) -> bool:
    try:
        shape.model_validate({name: value})
    except ValidationError as error:
        return all(each["loc"][0] != name for each in error.errors())
    return True


def _found(value: Any) -> str:
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int | Decimal):
        return f"the number {value}"
    return "a list" if isinstance(value, list) else "a block of named values"


def _name(path: Path) -> str:
    named = next((each for each in reversed(path) if isinstance(each, str)), None)
    if named is None:
        return "the file"
    return quoted(named) if path[-1] == named else f"each entry of {quoted(named)}"


def _at(value: Any, path: Path) -> Any:
    for each in path:
        value = value[each]
    return value


def _is_block(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, BaseModel)


def _keys(shape: Any) -> list[str]:
    fields = shape.model_fields if _is_block(shape) else {}
    return [name for name, field in fields.items() if field.alias is None]


def _kinds(shape: Any) -> Iterator[Any]:
    for each in _members(shape):
        kind = get_origin(each) or each
        yield str if isinstance(kind, str) or not isinstance(kind, type) else kind


def _members(shape: Any) -> list[Any]:
    """Answer the forms that a place takes, without annotations."""
    if get_origin(shape) is Annotated:
        return _members(get_args(shape)[0])
    if get_origin(shape) in (Union, UnionType):
        return [each for part in get_args(shape) for each in _members(part) if each is not NoneType]
    return [shape]


def _shape(shape: Any, loc: tuple[str | int, ...]) -> Any:
    """Answer what a place takes: follow pydantic's location through the annotations of the spec."""
    while get_origin(shape) is Annotated:
        shape = get_args(shape)[0]
    if get_origin(shape) in (Union, UnionType):
        parts = [each for each in get_args(shape) if each is not NoneType]
        tagged = next((each for each in parts if loc and Tag(str(loc[0])) in getattr(each, "__metadata__", ())), None)
        if tagged is not None and loc[1:]:
            return _shape(tagged, loc[1:])
        return _shape(parts[0], loc) if len(parts) == 1 else shape
    if not loc or loc[0] == "[key]":
        return shape
    if _is_block(shape):
        named = {field.alias or name: field.annotation for name, field in shape.model_fields.items()}
        return _shape(named.get(str(loc[0])), loc[1:])
    inner = get_args(shape)
    return _shape(inner[-1], loc[1:]) if inner else shape
