"""How the keywords about numbers, texts and single values are decided."""

from __future__ import annotations

from typing import Any

from imgrules.compiler.contract.judging.constants import is_constant, same
from imgrules.compiler.contract.judging.nodes import (
    NOT_ONE,
    Case,
    Items,
    Known,
    Members,
    Node,
    Range,
    Series,
    Words,
    as_value,
)
from imgrules.compiler.contract.judging.patterns import matches, steps_for
from imgrules.compiler.contract.judging.verdict import ACCEPTED, OPEN, REFUSED, Judging, Rule, Verdict, any_of, sure


def _json_type(node: Node) -> set[str]:
    """Return the types that a value may have; `integer` beside `number` where it is always, `fraction` where it may be none."""
    if isinstance(node, Members):
        return {"object"}
    if isinstance(node, Items | Series):
        return {"array"}
    if isinstance(node, Words):
        return {"string"}
    if isinstance(node, Range):
        whole = node.step == int(node.step) and node.base == int(node.base)
        return {"number", "integer" if whole else "fraction"}
    value = node.value if isinstance(node, Known) else None
    if value is None or isinstance(value, bool | str):
        return {{bool: "boolean", str: "string"}.get(type(value), "null")}
    return {"number", *(["integer"] if value == int(value) else [])}


def _type(_judge: Judging, value: Any, _: Any, node: Node, _case: Case) -> Verdict:
    allowed, own = {value} if isinstance(value, str) else {*value}, _json_type(node)
    if allowed & (own - {"fraction"}):
        return ACCEPTED
    return OPEN if "fraction" in own and "integer" in allowed else REFUSED


def _enum(_judge: Judging, value: Any, _: Any, node: Node, case: Case) -> Verdict:
    own = as_value(node, case)
    if own is not NOT_ONE:
        return sure(accepted=any(same(own, allowed) for allowed in value))
    return any_of(is_constant(node, allowed, case) for allowed in value)


def _const(judge: Judging, value: Any, schema: dict[str, Any], node: Node, case: Case) -> Verdict:
    return _enum(judge, [value], schema, node, case)


def _bounds(node: Node, kinds: tuple[type, ...]) -> tuple[Any, Any] | None:
    """Return the least and the greatest number of a node, or of its length; None for another type, or as no greatest."""
    if isinstance(node, Known):
        value = node.value
        if str in kinds:
            return (len(value), len(value)) if isinstance(value, str) else None
        return (value, value) if Range in kinds and type(value) in {int, float} else None
    if not isinstance(node, kinds):
        return None
    if isinstance(node, Range):
        return node.least, node.greatest
    return (node.shortest, node.longest) if isinstance(node, Words | Series) else None


def _at_least(kinds: tuple[type, ...], *, beyond: bool = False) -> Rule:
    def rule(_judge: Judging, value: Any, _: Any, node: Node, _case: Case) -> Verdict:
        bounds = _bounds(node, kinds)
        if bounds is None or bounds[0] > value or (bounds[0] == value and not beyond):
            return ACCEPTED
        below = bounds[1] is not None and (bounds[1] < value or (bounds[1] == value and beyond))
        return REFUSED if below else OPEN

    return rule


def _at_most(kinds: tuple[type, ...], *, beyond: bool = False) -> Rule:
    def rule(_judge: Judging, value: Any, _: Any, node: Node, _case: Case) -> Verdict:
        bounds = _bounds(node, kinds)
        if bounds is None or (bounds[1] is not None and (bounds[1] < value or (bounds[1] == value and not beyond))):
            return ACCEPTED
        return REFUSED if bounds[0] > value or (bounds[0] == value and beyond) else OPEN

    return rule


def _multiple(judge: Judging, value: Any, _: Any, node: Node, _case: Case) -> Verdict:
    if isinstance(node, Known) and type(node.value) in {int, float}:
        if type(value) is int and type(node.value) is int:
            return sure(accepted=node.value % value == 0)
        return sure(accepted=not judge.contract.refuses({"multipleOf": value}, node.value))
    if not isinstance(node, Range):
        return ACCEPTED
    whole = all(type(number) is int for number in (value, node.step, node.base))
    return sure(accepted=node.base % value == 0) if whole and node.step % value == 0 else OPEN


_STEPS_OF_A_KEYWORD = 100_000
"""So many steps of a regular expression count as one keyword that is decided, so that all of them together are bounded."""


def _pattern(judge: Judging, value: Any, _: Any, node: Node, _case: Case) -> Verdict:
    if not isinstance(node, Known) or not isinstance(node.value, str):
        return OPEN if isinstance(node, Words) else ACCEPTED
    judge.steps += (steps_for(value, node.value) or 0) // _STEPS_OF_A_KEYWORD
    found = matches(value, node.value)
    return OPEN if found is None else sure(accepted=found)


_NUMBERS, _TEXTS = (Range,), (str, Words)
LENGTHS_OF_LISTS = _at_least((Series,)), _at_most((Series,))
"""The rules of `minItems` and `maxItems` for a list of which only bounds of the length are known."""

RULES: dict[str, Rule] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minimum": _at_least(_NUMBERS),
    "exclusiveMinimum": _at_least(_NUMBERS, beyond=True),
    "maximum": _at_most(_NUMBERS),
    "exclusiveMaximum": _at_most(_NUMBERS, beyond=True),
    "multipleOf": _multiple,
    "minLength": _at_least(_TEXTS),
    "maxLength": _at_most(_TEXTS),
    "pattern": _pattern,
}
