"""
Decide whether a part of a contract accepts all that a part of a body may be, or refuses all of it.

Where the answer depends on picks, it names them: whoever asks fixes one of them and asks again. Where it depends on more than
picks, such as a pattern on a text that callers write, the answer is that it is open: then only complete bodies can be tried.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from imgrules.compiler.contract.document import Contract
from imgrules.compiler.contract.judging import object_rules, value_rules
from imgrules.compiler.contract.judging.nodes import (
    NOT_ONE,
    AnyOf,
    Case,
    Known,
    Leaf,
    Members,
    Node,
    Presence,
    Range,
    Words,
    as_value,
    free_names,
    presence,
)
from imgrules.compiler.contract.judging.verdict import (
    ACCEPTED,
    REFUSED,
    Judging,
    Kind,
    Rule,
    Verdict,
    all_of,
    any_of,
    negated,
    one_of,
    sure,
    unsure,
)
from imgrules.compiler.contract.keywords import CONCRETE, OF_OBJECTS, Schema

MOST_STEPS = 30_000
"""The most keywords that are decided for one model; beyond, nothing is claimed."""


class TooMany(Exception):  # noqa: N818  it ends a proof, and is no mistake
    """More keywords would have to be decided for one model than `MOST_STEPS`."""


class Judge:
    """Decides keywords of one contract, and counts how many."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.steps = 0

    def decide(self, schema: Schema, node: Node, case: Case) -> Verdict:
        """Return whether a schema accepts all that a node may be in a case, where it is there at all."""
        if isinstance(schema, bool):
            return ACCEPTED if schema else self._where_sent(REFUSED, node, case)
        if isinstance(node, Leaf | AnyOf):
            return self._spread(lambda inner: self.decide(schema, inner, case), node, case)
        return all_of(self.keyword(keyword, schema, node, case) for keyword in self.contract.keywords(schema))

    def keyword(self, keyword: str, schema: dict[str, Any] | Any, node: Node, case: Case) -> Verdict:
        """Return whether one keyword of a schema accepts all that a node may be in a case."""
        if isinstance(node, Leaf | AnyOf):
            return self._spread(lambda inner: self.keyword(keyword, schema, inner, case), node, case)
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooMany
        rule = _RULES.get(keyword)
        if keyword in CONCRETE or (keyword == "items" and isinstance(schema["items"], list)):
            return self._concrete(keyword, schema, node, case)
        return ACCEPTED if rule is None else rule(self, schema[keyword], schema, node, case)

    def _spread(self, of: Callable[[Node], Verdict], node: Leaf | AnyOf, case: Case) -> Verdict:
        sent = node.within(case) if isinstance(node, Leaf) else node.nodes
        verdicts = [self._where_sent(of(inner), inner, case) for inner in sent if inner is not None]
        kinds = {verdict.kind for verdict in verdicts}
        if kinds <= {Kind.ACCEPTED}:
            return ACCEPTED
        if kinds == {Kind.REFUSED} and None not in sent:
            return REFUSED
        return unsure(free_names(node, case))

    def _where_sent(self, verdict: Verdict, node: Node, case: Case) -> Verdict:
        there = presence(node, case)
        if there is Presence.NEVER or verdict is ACCEPTED:
            return ACCEPTED
        return verdict if there is Presence.ALWAYS or verdict.kind is not Kind.REFUSED else unsure(free_names(node, case))

    def member(self, schema: Schema, node: Node, case: Case) -> Verdict:
        """Return whether a schema accepts a member of an object or an entry of a list, which may not be sent."""
        return self._where_sent(self.decide(schema, node, case), node, case)

    def _concrete(self, keyword: str, schema: dict[str, Any], node: Node, case: Case) -> Verdict:
        if isinstance(node, Known | Range | Words) or isinstance(node, Members) is not (keyword in OF_OBJECTS):
            return ACCEPTED
        value = as_value(node, case)
        if value is NOT_ONE:
            return unsure(free_names(node, case))
        if not keyword.startswith("unevaluated"):
            own = {name: schema[name] for name in ("items", "additionalItems", keyword) if name in schema}
            return sure(accepted=not self.contract.refuses(own, value))
        errors = self.contract.validator.evolve(schema=schema).iter_errors(value)
        return sure(accepted=all(error.validator != keyword for error in errors))


def _in_place(judge: Judging, value: Any, _: Any, node: Node, case: Case) -> list[Verdict]:
    return [judge.decide(schema, node, case) for schema in value]


def _reference(judge: Judging, value: Any, _: Any, node: Node, case: Case) -> Verdict:
    return judge.decide(judge.contract.target(value), node, case)


def _if(judge: Judging, value: Any, schema: dict[str, Any], node: Node, case: Case) -> Verdict:
    condition = judge.decide(value, node, case)
    if condition.kind is Kind.ACCEPTED:
        return judge.decide(schema.get("then", True), node, case)
    if condition.kind is Kind.REFUSED:
        return judge.decide(schema.get("else", True), node, case)
    then, otherwise = (judge.decide(schema.get(branch, True), node, case) for branch in ("then", "else"))
    if then.kind is otherwise.kind and then.kind in {Kind.ACCEPTED, Kind.REFUSED}:
        return then
    return unsure(condition.names | then.names | otherwise.names)


_RULES: dict[str, Rule] = {
    "$ref": _reference,
    "allOf": lambda *parts: all_of(_in_place(*parts)),
    "anyOf": lambda *parts: any_of(_in_place(*parts)),
    "oneOf": lambda *parts: one_of(_in_place(*parts)),
    "not": lambda judge, value, _, node, case: negated(judge.decide(value, node, case)),
    "if": _if,
    **value_rules.RULES,
    **object_rules.RULES,
}
"""How each keyword is decided; any other keyword, such as `format`, refuses nothing, as in jsonschema."""
