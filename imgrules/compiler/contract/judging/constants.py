"""Whether a part of a body is one JSON value: an object is where each of its members is sent and is that of the value."""

from __future__ import annotations

from typing import Any

from imgrules.compiler.contract.judging.nodes import (
    AnyOf,
    Case,
    Items,
    Known,
    Leaf,
    Members,
    Node,
    Presence,
    Range,
    Series,
    Words,
    free_names,
    presence,
)
from imgrules.compiler.contract.judging.verdict import (
    OPEN,
    REFUSED,
    Kind,
    Verdict,
    all_of,
    is_sent,
    negated,
    sure,
    unsure,
)
from imgrules.table.exact import steps, subtract
from imgrules.table.measures import exact
from imgrules.table.terms import Number

_DECIDED = (Kind.ACCEPTED, Kind.REFUSED)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal: 1 and 1.0 are, true and 1 are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    return type(one) in {int, float, str, type(None)} and bool(one == other)


def is_constant(node: Node | None, value: Any, case: Case) -> Verdict:
    """Return whether a node is this JSON value wherever it is sent; what is not sent is none."""
    if node is None or isinstance(node, Known):
        return sure(accepted=node is not None and same(node.value, value))
    if isinstance(node, Leaf | AnyOf):
        sent = node.within(case) if isinstance(node, Leaf) else node.nodes
        kinds = {is_constant(inner, value, case).kind for inner in sent}
        decided = next(iter(kinds)) if len(kinds) == 1 else Kind.OPEN
        return sure(accepted=decided is Kind.ACCEPTED) if decided in _DECIDED else unsure(free_names(node, case))
    if isinstance(node, Members):
        return _is_object(node, value, case)
    if isinstance(node, Items):
        return _is_list(node, value, case)
    return OPEN if _may_be(node, value) else REFUSED


def _is_object(node: Members, value: Any, case: Case) -> Verdict:
    if not isinstance(value, dict) or not value.keys() <= node.members.keys():
        return REFUSED
    there = {name: is_sent(member, case) for name, member in node.members.items()}
    absent = (negated(sent) for name, sent in there.items() if name not in value)
    alike = (is_constant(node.members[name], inner, case) for name, inner in value.items())
    return all_of([*absent, *(there[name] for name in value), *alike])


def _is_list(node: Items, value: Any, case: Case) -> Verdict:
    sent = [item for item in node.items if presence(item, case) is not Presence.NEVER]
    always = sum(presence(item, case) is Presence.ALWAYS for item in sent)
    if not isinstance(value, list) or not always <= len(value) <= len(sent):
        return REFUSED
    if always < len(sent):
        return unsure(free_names(node, case))
    return all_of(is_constant(item, inner, case) for item, inner in zip(sent, value, strict=True))


def _may_be(node: Range | Words | Series, value: Any) -> bool:
    """Whether a region may hold a value; true if that is not known."""
    if isinstance(node, Range):
        number = exact(value)
        return number is not None and node.least <= number <= node.greatest and not _off_step(node, number)
    if isinstance(node, Words):
        return isinstance(value, str) and node.shortest <= len(value) and (node.longest is None or len(value) <= node.longest)
    if not isinstance(value, list) or not node.shortest <= len(value) <= node.longest:
        return False
    return all(any(is_constant(entry, inner, {}) is not REFUSED for entry in node.entries) for inner in value)


def _off_step(node: Range, number: Number) -> bool:
    return steps(subtract(number, node.base), node.step)[1] != 0
