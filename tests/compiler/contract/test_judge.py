"""What the judge says of a part of a body holds for every value that it may be, as jsonschema says."""

from __future__ import annotations

from itertools import product
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgrules.compiler.contract.document import Contract
from imgrules.compiler.contract.judging.constants import same
from imgrules.compiler.contract.judging.judge import Judge
from imgrules.compiler.contract.judging.nodes import (
    AnyOf,
    Items,
    Leaf,
    Members,
    Node,
    Range,
    Series,
    Words,
    as_node,
)
from imgrules.compiler.contract.judging.verdict import Kind

SCALARS = st.sampled_from([True, False, 0, 1, 1.0, 2, 2.5, 8, 16, "", "a", "ab", "abc", "1:1", "low"])
VALUES = SCALARS | st.lists(SCALARS, max_size=3)
NAMES = ("a", "b", "c")
CONSTANTS = st.recursive(VALUES, lambda inner: st.dictionaries(st.sampled_from(NAMES), inner, max_size=3), max_leaves=4)
COUNTS = st.integers(0, 4)
KEYWORDS: dict[str, st.SearchStrategy[Any]] = {
    "type": st.sampled_from(["string", "integer", "number", "boolean", "array", "object", ["string", "integer"]]),
    "enum": st.lists(CONSTANTS, min_size=1, max_size=4),
    "const": CONSTANTS,
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), st.sampled_from([0, 1, 2, 2.5, 8])),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), COUNTS),
    "multipleOf": st.sampled_from([1, 2, 8, 0.5]),
    "pattern": st.sampled_from(["^a", "b$", "^[0-9]+:[0-9]+$", "."]),
    "uniqueItems": st.booleans(),
    "required": st.lists(st.sampled_from(NAMES), unique=True, max_size=2),
    "dependentRequired": st.dictionaries(
        st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), unique=True, max_size=2), max_size=2
    ),
    "propertyNames": st.sampled_from([{"enum": ["a", "b"]}, {"pattern": "^[ab]"}, True, False]),
}


def _deeper(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    schemas = st.lists(inner, min_size=1, max_size=3)
    named = st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    applied = {
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), schemas),
        **dict.fromkeys(("not", "if", "then", "else", "items", "contains", "additionalProperties"), inner),
        **dict.fromkeys(("properties", "dependentSchemas"), named),
        "patternProperties": st.dictionaries(st.sampled_from(["^a", "[bc]"]), inner, max_size=2),
        "unevaluatedProperties": inner,
    }
    pairs = st.sampled_from(sorted({**KEYWORDS, **applied})).flatmap(
        lambda keyword: st.tuples(st.just(keyword), {**KEYWORDS, **applied}[keyword])
    )
    return st.lists(pairs, max_size=3).map(dict)


SCHEMAS = st.recursive(
    st.booleans() | st.fixed_dictionaries({}, optional=KEYWORDS).map(lambda one: dict(list(one.items())[:2])),
    _deeper,
    max_leaves=6,
)
LEAVES = st.lists(VALUES | st.none(), min_size=1, max_size=3)
BODIES = st.dictionaries(
    st.sampled_from(NAMES), LEAVES | st.dictionaries(st.sampled_from(NAMES), LEAVES, min_size=1, max_size=2), max_size=3
)


def tree(part: Any, names: dict[str, list[Any]], path: str = "") -> Node:
    """Return a body whose leaves are told apart by a name of their own."""
    if isinstance(part, dict):
        return Members({name: tree(child, names, f"{path}.{name}") for name, child in part.items()}, whole=not path)
    names[path] = part
    return Leaf((path,), {(at,): None if value is None else as_node(value) for at, value in enumerate(part)})


def concrete(part: Any, chosen: dict[str, Any], path: str = "") -> Any:
    """Return the body for one choice of each leaf, without what is not there."""
    if not isinstance(part, dict):
        return chosen[path]
    members = {name: concrete(child, chosen, f"{path}.{name}") for name, child in part.items()}
    kept = {name: value for name, value in members.items() if value is not None}
    return kept if kept or not path else None


def _assert_holds(schema: Any, body: dict[str, Any]) -> None:
    names: dict[str, list[Any]] = {}
    node, judge = tree(body, names), Judge(Contract({}))
    validator = jsonschema.Draft202012Validator(schema)
    free = judge.decide(schema, node, {}).kind
    for picks in product(*(range(len(values)) for values in names.values())):
        case = dict(zip(names, picks, strict=True))
        valid = validator.is_valid(concrete(body, {name: names[name][at] for name, at in case.items()}))
        fixed = judge.decide(schema, node, case).kind
        assert fixed is (Kind.ACCEPTED if valid else Kind.REFUSED)
        assert free is Kind.DEPENDS or free is fixed


CHOICES = {"a": ["low", "high", None], "b": [1, 2.5, None], "c": {"a": ["x", None]}}
A_LOW, B_ONE = {"properties": {"a": {"const": "low"}}}, {"properties": {"b": {"const": 1}}}


def test_a_verdict_holds_for_each_keyword_about_several_leaves() -> None:
    """Keywords that need several leaves together are decided for every choice, as jsonschema says."""
    for schema in (
        {"patternProperties": {"^[ab]": True}, "additionalProperties": False},
        {"patternProperties": {"^a": {"const": "low"}}, "properties": {"b": True}, "additionalProperties": False},
        {"if": A_LOW, "then": B_ONE},
        {"if": A_LOW, "then": B_ONE, "else": {"required": ["c"]}},
        {"if": {"required": ["b"]}, "else": {"required": ["c"]}},
        {"oneOf": [A_LOW, B_ONE]},
        {"oneOf": [A_LOW, B_ONE, {"required": ["c"]}]},
        {"anyOf": [A_LOW, {"not": B_ONE}]},
        {"dependentRequired": {"a": ["b"]}, "minProperties": 1, "maxProperties": 2},
        {"dependentSchemas": {"c": A_LOW}, "propertyNames": {"enum": ["a", "c"]}},
        {"properties": {"c": {"required": ["a"]}}, "required": ["c"]},
        {
            "properties": {"a": True},
            "anyOf": [{"properties": {"b": {"type": "integer"}}}, True],
            "unevaluatedProperties": False,
        },
    ):
        _assert_holds(schema, CHOICES)


@given(SCHEMAS, BODIES)
def test_a_verdict_holds_for_every_body(schema: Any, body: dict[str, Any]) -> None:
    """What is accepted is valid for all choices, what is refused for none; once all names are fixed, all is decided."""
    _assert_holds(schema, body)


REGIONS: dict[str, tuple[Node, list[Any]]] = {
    "whole": (Range(1, 8), list(range(1, 9))),
    "in-twos": (Range(2, 8, 2, 2), [2, 4, 6, 8]),
    "eights": (Range(8, 64, 8), list(range(8, 65, 8))),
    "halves": (Range(1, 3, 0.5, 1), [1, 1.5, 2, 2.5, 3]),  # type: ignore[arg-type]  # as exact as the decimal
    "words": (Words(1, 3), ["a", "b", "ab", "abc", "1:1", "low"]),
    "any-words": (Words(0), ["", "a", "ab", "1:1", "a" * 50]),
    "list": (Series((as_node("a"), as_node("low")), 1, 2), [["a"], ["low"], ["a", "low"], ["a", "a"]]),
    "perhaps-empty": (Series((as_node(1),), 0, 2), [[], [1], [1, 1]]),
    "one-of-two": (AnyOf((as_node("a"), as_node(2))), ["a", 2]),
    "in-a-list": (Items((Words(1, 1),)), [["a"], ["b"]]),
}


@pytest.mark.parametrize("region", REGIONS)
@given(schema=SCHEMAS)
def test_a_verdict_holds_for_every_value_of_a_region(region: str, schema: Any) -> None:
    """What is accepted is valid for all values of a region, and what is refused for none; there are no names to fix."""
    node, values = REGIONS[region]
    validator = jsonschema.Draft202012Validator(schema)
    verdict = Judge(Contract({})).decide(schema, node, {}).kind
    assert verdict is not Kind.DEPENDS
    if verdict is not Kind.OPEN:
        assert {validator.is_valid(value) for value in values} == {verdict is Kind.ACCEPTED}


@given(st.data(), CONSTANTS)
def test_a_verdict_about_a_constant_holds_for_regions_in_an_object(data: st.DataObject, constant: Any) -> None:
    """An object whose members are regions is a constant for all of their values, for none, or it is said to be open."""
    drawn = data.draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(sorted(REGIONS)), min_size=1))
    node = Members({name: REGIONS[region][0] for name, region in drawn.items()}, whole=True)
    verdict = Judge(Contract({})).decide({"const": constant}, node, {}).kind
    assert verdict is not Kind.DEPENDS
    bodies = [dict(zip(drawn, values, strict=True)) for values in product(*(REGIONS[region][1] for region in drawn.values()))]
    if verdict is not Kind.OPEN:
        assert {same(constant, body) for body in bodies} == {verdict is Kind.ACCEPTED}


PAIR = Members({"a": Range(1, 8), "b": Words(1, 3)}, whole=True)


def test_what_can_be_decided_is_not_left_open() -> None:
    """Bounds, types, steps and lengths of regions are decided without a sample."""
    decided: list[tuple[Node, Any, Kind]] = [
        (Range(1, 50), {"type": "integer", "minimum": 1, "maximum": 50}, Kind.ACCEPTED),
        (Range(51, 60), {"maximum": 50}, Kind.REFUSED),
        (Range(8, 4096, 8), {"multipleOf": 8}, Kind.ACCEPTED),
        (Range(9, 4096, 8, 9), {"multipleOf": 8}, Kind.REFUSED),
        (Words(1, 500), {"type": "string", "minLength": 1, "maxLength": 500}, Kind.ACCEPTED),
        (Words(501), {"anyOf": [{"maxLength": 500}, {"type": "integer"}]}, Kind.REFUSED),
        (Words(3), {"enum": ["a", "b"]}, Kind.REFUSED),
        (Series((as_node("a"),), 1, 4), {"minItems": 1, "maxItems": 4, "items": {"enum": ["a", "b"]}}, Kind.ACCEPTED),
        (Series((as_node("c"),), 1, 4), {"items": {"enum": ["a", "b"]}}, Kind.REFUSED),
        (PAIR, {"const": {"a": 9, "b": "low"}}, Kind.REFUSED),
        (PAIR, {"const": {"a": 2.5, "b": "low"}}, Kind.REFUSED),
        (PAIR, {"const": {"a": 2, "b": ""}}, Kind.REFUSED),
        (PAIR, {"const": {"a": 2}}, Kind.REFUSED),
        (PAIR, {"not": {"enum": [{"a": 2, "b": "low", "c": 1}, [2, "low"]]}}, Kind.ACCEPTED),
        (PAIR, {"const": {"a": 2, "b": "low"}}, Kind.OPEN),
        (Items((Range(1, 8), as_node("x"))), {"const": [2, "y"]}, Kind.REFUSED),
        (Items((Range(1, 8), as_node("x"))), {"const": [2]}, Kind.REFUSED),
    ]
    assert [Judge(Contract({})).decide(schema, node, {}).kind for node, schema, _ in decided] == [kind for *_, kind in decided]
