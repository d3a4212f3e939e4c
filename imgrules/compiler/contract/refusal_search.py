"""
Search what a contract refuses of the bodies of a model, in one period, without making the bodies.

The body is looked at once, as a tree. Only where a keyword depends on picks are these told apart, one name after another;
combinations that are not sold are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from imgrules.compiler.contract.body_tree import body_of
from imgrules.compiler.contract.document import Contract, Pointer
from imgrules.compiler.contract.judging.judge import Judge
from imgrules.compiler.contract.judging.nodes import (
    Case,
    Items,
    Known,
    Members,
    Node,
    Presence,
    few_numbers,
    free_names,
    presence,
    settled,
)
from imgrules.compiler.contract.judging.object_rules import additional, matching
from imgrules.compiler.contract.judging.verdict import Kind
from imgrules.compiler.contract.picks import picks_of
from imgrules.table.record_base import record, replace
from imgrules.table.records import Cell, Model, Table
from imgrules.table.terms import WirePath

_MOST_FOUND = 3  # so many refused numbers of one region are kept

UNDECLARED = "undeclared"
"""In place of a keyword: the contract declares nothing at this path."""


@record
class At:
    """A place in a body, and the schema in the contract that is about it."""

    path: WirePath = ()
    pointer: Pointer = ()

    def inside(self, *steps: str | int, at: WirePath = ()) -> At:
        """Return the place of a part."""
        return At((*self.path, *at), (*self.pointer, *steps))


@record
class Refusal:
    """What the contract refuses: in a case, the value at a place, because of a keyword; `tried` if only bodies could be tried."""

    at: At
    keyword: str
    schema: Mapping[str, Any]
    case: Case
    names: frozenset[str] = frozenset()
    tried: bool = False
    found: tuple[Any, ...] = ()
    """Some values at the place that are refused, where they were looked at one by one."""

    @property
    def value(self) -> Any:
        """The value of the keyword."""
        return self.schema.get(self.keyword)


class RefusalSearch:
    """The search for refusals in one period of one model."""

    def __init__(self, table: Table, model: Model, contract: Contract) -> None:
        self.table, self.model, self.contract = table, model, contract
        self.judge = Judge(contract)
        self.picks = picks_of(table, model, contract.constants)
        self.body = body_of(model, self.picks)

    def all(self) -> Iterator[Refusal]:
        """Yield all that the contract refuses of the bodies of the period."""
        yield from self.refusals(self.contract.schema, self.body, {}, At())

    def refusals(self, schema: Any, node: Node, case: Case, at: At) -> Iterator[Refusal]:
        """Yield what a schema refuses of a node in a case."""
        if schema is False:
            yield from islice(self._undeclared(node, case, at), 1)
        elif schema is not True:
            schema = self.contract.keywords(schema)
            for keyword in schema:
                yield from self._of(keyword, schema, node, case, at)

    def _undeclared(self, node: Node, case: Case, at: At) -> Iterator[Refusal]:
        there = presence(node, case)
        if there is Presence.ALWAYS:
            yield Refusal(at, UNDECLARED, {}, case)
        elif there is Presence.SOMETIMES:
            names = free_names(node, case)
            if names:
                yield from self._split(names, case, lambda inner: self._undeclared(node, inner, at))
            else:
                yield Refusal(at, UNDECLARED, {}, case, tried=True)

    def _of(self, keyword: str, schema: Mapping[str, Any], node: Node, case: Case, at: At) -> Iterator[Refusal]:
        """Yield what one keyword refuses of a node in a case."""
        verdict = self.judge.keyword(keyword, schema, node, case)
        if verdict.kind is Kind.ACCEPTED:
            return
        parts = _parts(self.contract, keyword, schema, settled(node, case), at)
        if parts is not None:
            for inner, child, where in parts:
                yield from self.refusals(inner, child, case, where)
        elif keyword == "if":
            yield from self._conditional(schema, node, case, at)
        elif verdict.kind is Kind.DEPENDS:
            yield from self._split(verdict.names, case, lambda inner: self._of(keyword, schema, node, inner, at))
        else:
            yield from self._refused(Refusal(at, keyword, schema, case), node, tried=verdict.kind is Kind.OPEN)

    def _refused(self, refusal: Refusal, node: Node, *, tried: bool) -> Iterator[Refusal]:
        """Yield a refusal in the cases in which the node is sent at all."""
        there, names = presence(node, refusal.case), free_names(node, refusal.case)
        if there is Presence.NEVER:
            return
        if there is Presence.SOMETIMES and names:
            yield from self._split(
                names,
                refusal.case,
                lambda case: self._refused(replace(refusal, case=case), node, tried=tried),
            )
            return
        told = replace(refusal, names=free_names(node, {}), tried=tried)
        yield from self._one_by_one(told, node) if tried else (told,)

    def _one_by_one(self, refusal: Refusal, node: Node) -> Iterator[Refusal]:
        """Yield an open refusal, but where no number of a region is refused when each is looked at."""
        numbers = few_numbers(node, refusal.case)
        found = tuple(number for number in numbers if self._refuses(refusal, number))
        if found or not numbers:
            yield replace(refusal, found=found[:_MOST_FOUND])

    def _refuses(self, refusal: Refusal, number: Any) -> bool:
        return self.judge.keyword(refusal.keyword, refusal.schema, Known(number), {}).kind is Kind.REFUSED

    def _conditional(self, schema: Mapping[str, Any], node: Node, case: Case, at: At) -> Iterator[Refusal]:
        condition = self.judge.decide(schema["if"], node, case)
        if condition.kind is Kind.DEPENDS:
            yield from self._split(condition.names, case, lambda inner: self._conditional(schema, node, inner, at))
        elif condition.kind is Kind.OPEN:
            whole = self.judge.keyword("if", dict(schema), node, case)
            if whole.kind is Kind.DEPENDS:
                yield from self._split(whole.names, case, lambda inner: self._conditional(schema, node, inner, at))
            elif whole.kind is not Kind.ACCEPTED:
                yield from self._refused(Refusal(at, "if", schema, case), node, tried=True)
        else:
            branch = "then" if condition.kind is Kind.ACCEPTED else "else"
            yield from self.refusals(schema.get(branch, True), node, case, at.inside(branch))

    def _split(self, names: frozenset[str], case: Case, of: Callable[[Case], Iterator[Refusal]]) -> Iterator[Refusal]:
        """Yield what is refused for each pick of the name with the fewest picks."""
        name = min(names, key=lambda candidate: (len(self.picks[candidate]), candidate))
        for index in range(len(self.picks[name])):
            inner = {**case, name: index}
            if self.cells(inner):
                yield from of(inner)

    def cells(self, case: Case) -> tuple[Cell, ...]:
        """Return the combinations that are sold in a case."""
        fixed = {name: self.picks[name][index].value for name, index in case.items() if name in self.model.axes}
        if not fixed:
            return self.model.cells
        return tuple(self.model.matching(fixed, [name for name in self.model.axes if name not in fixed]))


def _parts(
    contract: Contract, keyword: str, schema: Mapping[str, Any], node: Node, at: At
) -> list[tuple[Any, Node, At]] | None:
    """Return the parts that a keyword requires one by one, each with its schema; None for any other keyword."""
    value = schema[keyword]
    if keyword == "allOf":
        return [(inner, node, at.inside(keyword, index)) for index, inner in enumerate(value)]
    if keyword == "$ref":
        return [(contract.target(value), node, At(at.path, tuple(str(value)[2:].split("/"))))]
    if isinstance(node, Members):
        return _members(keyword, schema, node, at)
    if isinstance(node, Items) and keyword == "prefixItems":
        pairs = zip(value, node.items, strict=False)
        return [(inner, item, at.inside(keyword, index, at=(index,))) for index, (inner, item) in enumerate(pairs)]
    if isinstance(node, Items) and keyword == "items" and not isinstance(value, list):
        first = len(schema.get("prefixItems") or ())
        return [(value, item, at.inside(keyword, at=(first + index,))) for index, item in enumerate(node.items[first:])]
    return None


def _members(keyword: str, schema: Mapping[str, Any], node: Members, at: At) -> list[tuple[Any, Node, At]] | None:
    members, whole = node.members, dict(schema)
    if keyword == "properties":
        names = [name for name in schema[keyword] if name in members]
        return [(schema[keyword][name], members[name], at.inside(keyword, name, at=(name,))) for name in names]
    if keyword == "patternProperties":
        pairs = ((name, *pair) for name in members for pair in matching(whole, name))
        return [(inner, members[name], at.inside(keyword, pattern, at=(name,))) for name, pattern, inner in pairs]
    if keyword == "additionalProperties":
        return [(schema[keyword], members[name], at.inside(keyword, at=(name,))) for name in additional(whole, node)]
    return None
