"""How the keywords about the members of objects and the entries of lists are decided."""

from __future__ import annotations

import re
from typing import Any

from imgrules.compiler.contract.judging.nodes import (
    NOT_ONE,
    Case,
    Items,
    Known,
    Members,
    Node,
    Presence,
    Series,
    as_value,
    free_names,
    presence,
)
from imgrules.compiler.contract.judging.value_rules import LENGTHS_OF_LISTS
from imgrules.compiler.contract.judging.verdict import (
    ACCEPTED,
    OPEN,
    REFUSED,
    Judging,
    Kind,
    Rule,
    Verdict,
    all_of,
    any_of,
    is_sent,
    negated,
    sure,
    unsure,
)
from imgrules.compiler.contract.keywords import Schema


def _required(_judge: Judging, value: Any, _: Any, node: Node, case: Case) -> Verdict:
    if not isinstance(node, Members):
        return ACCEPTED
    return all_of(is_sent(node.members.get(name), case) for name in value)


def _properties(judge: Judging, value: Any, _: Any, node: Node, case: Case) -> Verdict:
    if not isinstance(node, Members):
        return ACCEPTED
    return all_of(judge.member(schema, node.members[name], case) for name, schema in value.items() if name in node.members)


def matching(schema: dict[str, Any], name: str) -> list[tuple[str, Schema]]:
    """Return the schemas of `patternProperties` that apply to a name, each with its pattern."""
    patterns = schema.get("patternProperties") or {}
    return [(pattern, inner) for pattern, inner in patterns.items() if re.search(pattern, name)]


def additional(schema: dict[str, Any], node: Members) -> list[str]:
    """Return the members to which `additionalProperties` of a schema applies."""
    named = schema.get("properties") or {}
    return [name for name in node.members if name not in named and not matching(schema, name)]


def _pattern_properties(judge: Judging, _value: Any, schema: dict[str, Any], node: Node, case: Case) -> Verdict:
    if not isinstance(node, Members):
        return ACCEPTED
    pairs = ((inner, member) for name, member in node.members.items() for _, inner in matching(schema, name))
    return all_of(judge.member(inner, member, case) for inner, member in pairs)


def _additional(judge: Judging, value: Any, schema: dict[str, Any], node: Node, case: Case) -> Verdict:
    if not isinstance(node, Members):
        return ACCEPTED
    return all_of(judge.member(value, node.members[name], case) for name in additional(schema, node))


def _property_names(judge: Judging, value: Any, _: Any, node: Node, case: Case) -> Verdict:
    if not isinstance(node, Members):
        return ACCEPTED
    refused = (name for name in node.members if judge.decide(value, Known(name), {}) is not ACCEPTED)
    return all_of(negated(is_sent(node.members.get(name), case)) for name in refused)


def _dependent_required(judge: Judging, value: Any, _: Any, node: Node, case: Case) -> Verdict:
    if not isinstance(node, Members):
        return ACCEPTED
    pairs = ((is_sent(node.members.get(name), case), names) for name, names in value.items())
    return all_of(any_of([negated(there), _required(judge, names, None, node, case)]) for there, names in pairs)


def _dependent_schemas(judge: Judging, value: Any, _: Any, node: Node, case: Case) -> Verdict:
    if not isinstance(node, Members):
        return ACCEPTED
    pairs = ((is_sent(node.members.get(name), case), schema) for name, schema in value.items())
    return all_of(any_of([negated(there), judge.decide(schema, node, case)]) for there, schema in pairs)


def _count(*, least: bool) -> Rule:
    def rule(_judge: Judging, value: Any, _: Any, node: Node, case: Case) -> Verdict:
        if not isinstance(node, Members):
            return ACCEPTED
        found = [presence(member, case) for member in node.members.values()]
        always, never = found.count(Presence.ALWAYS), found.count(Presence.NEVER)
        most = len(found) - never
        if (always >= value) if least else (most <= value):
            return ACCEPTED
        refused = most < value if least else always > value
        return REFUSED if refused else unsure(free_names(node, case))

    return rule


def _entries(of_series: Rule) -> Rule:
    def rule(judge: Judging, value: Any, schema: dict[str, Any], node: Node, case: Case) -> Verdict:
        if not isinstance(node, Items):
            return of_series(judge, value, schema, node, case)
        found = [presence(item, case) for item in node.items]
        length = found.count(Presence.ALWAYS)
        counted = of_series(judge, value, schema, Series((), length, len(found) - found.count(Presence.NEVER)), case)
        return unsure(free_names(node, case)) if counted is OPEN else counted

    return rule


def _items(judge: Judging, value: Any, schema: dict[str, Any], node: Node, case: Case) -> Verdict:
    first = len(schema.get("prefixItems") or ())
    if isinstance(node, Items):
        return all_of(judge.member(value, item, case) for item in node.items[first:])
    return _of_series(judge, value, node, first, case) if isinstance(node, Series) else ACCEPTED


def _of_series(judge: Judging, schema: Schema, node: Series, first: int, case: Case) -> Verdict:
    """Return whether a schema accepts the entries of a list from an index on."""
    verdicts = {judge.decide(schema, entry, case).kind for entry in node.entries}
    if node.longest <= first or verdicts <= {Kind.ACCEPTED}:
        return ACCEPTED
    return REFUSED if verdicts == {Kind.REFUSED} and node.shortest > first else OPEN


def _prefix(judge: Judging, value: Any, _: Any, node: Node, case: Case) -> Verdict:
    if isinstance(node, Items):
        return all_of(judge.member(schema, item, case) for schema, item in zip(value, node.items, strict=False))
    if not isinstance(node, Series):
        return ACCEPTED
    return all_of(_of_series(judge, schema, node, at, case) for at, schema in enumerate(value))


def _contains(judge: Judging, value: Any, schema: dict[str, Any], node: Node, case: Case) -> Verdict:
    if not isinstance(node, Items | Series):
        return ACCEPTED
    own = as_value(node, case)
    if own is NOT_ONE:
        return unsure(free_names(node, case))
    parts: dict[str, Any] = {name: schema[name] for name in ("minContains", "maxContains") if name in schema}
    return sure(accepted=not judge.contract.refuses(parts | {"contains": value}, own))


_LEAST, _MOST = LENGTHS_OF_LISTS
RULES: dict[str, Rule] = {
    "minItems": _entries(_LEAST),
    "maxItems": _entries(_MOST),
    "items": _items,
    "prefixItems": _prefix,
    "contains": _contains,
    "required": _required,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
    "propertyNames": _property_names,
    "dependentRequired": _dependent_required,
    "dependentSchemas": _dependent_schemas,
    "minProperties": _count(least=True),
    "maxProperties": _count(least=False),
}
