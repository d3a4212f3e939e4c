"""Propose where the bounds belong that authors write at an option, a field or a fact itself, outside of what it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imgrules.compiler.bind.foreign_keywords import EQUIVALENTS, is_number
from imgrules.compiler.report.helps import Help, explain, write
from imgrules.compiler.spec.bounds import Unit
from imgrules.compiler.spec.facts import FactSpec
from imgrules.compiler.spec.field_types import fits_at, is_block
from imgrules.compiler.spec.kinds import KINDS
from imgrules.compiler.spec.model import OptionSpec, OwnFieldSpec
from imgrules.compiler.spec.shared import FieldSpec
from imgrules.quoting import either

TYPES: Mapping[str, str] = {
    **dict.fromkeys(("integer", "int", "whole"), "number: {}"),
    **dict.fromkeys(("number", "float", "decimal"), "number: {step: any}"),
    **dict.fromkeys(("boolean", "bool", "switch", "toggle"), "values: [true, false]"),
    **dict.fromkeys(("string", "text", "str"), "text: {}"),
    **dict.fromkeys(("array", "list"), "list: {}"),
    **{kind: f"{kind}: {{}}" for kind in ("size", "ratio")},
}
"""What an option declares instead of the `type:` of another language."""

_KEYS_OF_KINDS = {*KINDS, "of"}
_NUMBER_KEYS = {"min": "min", "max": "max", "step": "step", "minimum": "min", "maximum": "max", "multipleOf": "step"}
_LENGTH_KEYS = {"min", "max", "unit"}


def misplaced_bounds(shape: Any, block: Mapping[str, Any]) -> tuple[list[str], Help] | None:
    """
    Return the keys of bounds that an option, a field or a fact has at its top level, and a hint where to write them, or None.

    Bounds may belong to a number, a text or a list: a number is certain only with both bounds, a step or a `type:`, a text
    with the unit of one.
    """
    if not is_block(shape) or not all(map(is_number, _bounds_of(block).values())):
        return None
    if issubclass(shape, FieldSpec | OwnFieldSpec):
        return None if "text" in block else _length(shape, block)
    if not issubclass(shape, OptionSpec | FactSpec):
        return None
    return (_length(shape, block) if _is_a_length(block) else None) or _bounds_of_a_kind(shape, block)


def _is_a_length(block: Mapping[str, Any]) -> bool:
    """Whether the bounds of an option or a fact are those of a text, whose unit is given beside them."""
    return block.get("unit") in {*Unit} and "type" not in block and not _kinds_in(block)


def _length(shape: Any, block: Mapping[str, Any]) -> tuple[list[str], Help] | None:
    """Return the keys of a length, and a hint to put them inside `text:`; None without a bound or a unit of texts."""
    length = {key: block[key] for key in block if key in _LENGTH_KEYS}
    if not length:
        return None
    return [*length], write(f"text: {_braced(length)}") if fits_at(shape, "text", length) else explain(_INSIDE.format("text"))


_INSIDE = "put the bounds inside `{}:`"


def _bounds_of_a_kind(shape: Any, block: Mapping[str, Any]) -> tuple[list[str], Help] | None:
    bounds, type_name, present = _bounds_of(block), block.get("type"), _kinds_in(block)
    kind = TYPES.get(type_name) if isinstance(type_name, str) else None
    names = [key for key in block if key in _NUMBER_KEYS or (key == "type" and kind)]
    if not names or (not bounds and kind is None):
        return None
    if present:
        return names, _beside_a_kind(present, bounds)
    number = kind is None or kind.startswith("number")
    if not number and bounds:
        return names, explain(_INSIDE.format(str(kind).partition(":")[0]))
    if kind is None and not _are_of_a_number(bounds, block.get("default")):
        kinds = either(f"{each}: {_braced(bounds)}" for each in ("number", "list", "text"))
        subject, more = ("option", _OF_A_FIELD) if issubclass(shape, OptionSpec) else ("fact", "")
        return names, explain(f"put the bounds inside what the {subject} takes: {kinds}{more}")
    return names, _number_hint(bounds, kind)


_OF_A_FIELD = "; what a model changes of a shared field stands under `fields:`"


def _kinds_in(block: Mapping[str, Any]) -> set[str]:
    """Return the keys that say what an option takes, also where another language has another word for one."""
    return _KEYS_OF_KINDS & {EQUIVALENTS[OptionSpec].get(key, key) for key in block}


def _are_of_a_number(bounds: Mapping[str, Any], default: Any) -> bool:
    return "step" in bounds or ({"min", "max"} <= {*bounds} and not isinstance(default, str))


def _beside_a_kind(present: set[str], bounds: Mapping[str, Any]) -> Help:
    """Return a hint for bounds or a type beside a key, such as `values`, that already says what is taken."""
    inside = sorted(present & {"number", "text", "list"})
    if bounds and inside:
        return explain(_INSIDE.format(inside[0]))
    sentence = f"`{min(present)}:` already says what is taken"
    return explain(sentence) if bounds else Help(f"delete it; {sentence}", (), "")


def _bounds_of(block: Mapping[str, Any]) -> dict[str, Any]:
    return {_NUMBER_KEYS[name]: block[name] for name in block if name in _NUMBER_KEYS}


def _number_hint(bounds: dict[str, Any], kind: str | None) -> Help:
    """Return a hint to write `number:` with the bounds; decimal bounds get a `step:` that allows them."""
    if kind is not None and not bounds:
        return Help(f"write `{kind}`", (), kind)
    if "step" not in bounds and (any(bound != int(bound) for bound in bounds.values()) or "any" in str(kind)):
        bounds["step"] = "any"
    return write(f"number: {_braced(bounds)}")


def _braced(bounds: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{name}: {bound}" for name, bound in bounds.items()) + "}"
