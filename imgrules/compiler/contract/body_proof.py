"""
Prove the bodies of a model against its contract, or find selections whose body it refuses.

The body of each period is looked at once, as a tree. Only where a keyword depends on picks are these told apart, one name after
another; combinations that are not sold are left out. What is refused is confirmed by a selection that the engine accepts, whose
complete body jsonschema refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Any

from imgrules.compiler.contract.body_tree import body_of
from imgrules.compiler.contract.document import Contract, Pointer
from imgrules.compiler.contract.judge import Judge, TooMany
from imgrules.compiler.contract.nodes import Case, Items, Members, Node, Presence, as_node, free_names, presence
from imgrules.compiler.contract.object_rules import additional, matching
from imgrules.compiler.contract.picks import Pick, picks_of
from imgrules.compiler.contract.verdict import Kind
from imgrules.compiler.samples.sample_selections import trial_of
from imgrules.engine.body import built
from imgrules.table.records import Cell, Model, Table, fields_of
from imgrules.table.terms import WirePath

MOST_TRIALS = 2_000
"""The most selections that are tried to confirm one refusal, or where a keyword can only be tried."""

_ALIKE = 3  # so many combinations are tried that differ only in options that do not matter

UNDECLARED = "undeclared"
"""In place of a keyword: the contract declares nothing at this path."""


@dataclass(frozen=True, slots=True)
class At:
    """A place in a body, and the schema in the contract that is about it."""

    path: WirePath = ()
    pointer: Pointer = ()

    def inside(self, *steps: str | int, at: WirePath = ()) -> At:
        """Return the place of a part."""
        return At((*self.path, *at), (*self.pointer, *steps))


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the contract refuses: in a case, the value at a place, because of a keyword; `tried` if only bodies could be tried."""

    at: At
    keyword: str
    schema: Mapping[str, Any]
    case: Case
    names: frozenset[str] = frozenset()
    tried: bool = False

    @property
    def value(self) -> Any:
        """The value of the keyword."""
        return self.schema.get(self.keyword)


@dataclass(frozen=True, slots=True)
class Breach:
    """A refusal with a selection that shows it, or without one where none was found among many."""

    model: str
    version: Model
    refusal: Refusal
    picked: Mapping[str, Any] | None
    body: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ContractProof:
    """What was found for some models; `sampled` are the places and keywords that were only tried, `unproved` models beyond a cap."""

    breaches: tuple[Breach, ...] = ()
    sampled: tuple[tuple[WirePath, str], ...] = ()
    unproved: tuple[str, ...] = ()
    steps: int = 0
    """How many keywords were decided."""
    trials: int = 0
    """How many selections were tried."""


def joined(proofs: Iterable[ContractProof]) -> ContractProof:
    """Return several proofs as one."""
    every = list(proofs)
    return ContractProof(
        tuple(breach for proof in every for breach in proof.breaches),
        tuple(dict.fromkeys(place for proof in every for place in proof.sampled)),
        tuple(dict.fromkeys(name for proof in every for name in proof.unproved)),
        sum(proof.steps for proof in every),
        sum(proof.trials for proof in every),
    )


def prove(table: Table, name: str, contract: Contract) -> ContractProof:
    """Return the proof of one model in all its periods."""
    return joined(_proved(_Search(table, version, contract), name) for version in table.models[name].versions if version.cells)


def _proved(search: _Search, name: str) -> ContractProof:
    breaches: list[Breach] = []
    sampled: list[tuple[WirePath, str]] = []
    unproved: list[str] = []
    try:
        for refusal in search.refusals(search.contract.schema, search.body, {}, At()):
            shown, complete = search.confirmed(refusal)
            if shown is None and refusal.tried:
                sampled.append((refusal.at.path, refusal.keyword))
            elif shown is not None or not complete:
                breaches.append(Breach(name, search.model, refusal, *(shown or (None, None))))
    except (TooMany, RecursionError):  # a body and a contract that are both deep take more levels than Python has
        unproved.append(name)
    return ContractProof(tuple(breaches), tuple(sampled), tuple(unproved), search.judge.steps, search.trials)


class _Search:
    """The search for refusals in one period of one model."""

    def __init__(self, table: Table, model: Model, contract: Contract) -> None:
        self.table, self.model, self.contract = table, model, contract
        self.judge = Judge(contract)
        self.picks = picks_of(table, model, contract.constants)
        self.body = body_of(model, self.picks)
        self.trials = 0

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
        parts = _parts(self.contract, keyword, schema, node, at)
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
        yield replace(refusal, names=free_names(node, {}), tried=tried)

    def _conditional(self, schema: Mapping[str, Any], node: Node, case: Case, at: At) -> Iterator[Refusal]:
        condition = self.judge.decide(schema["if"], node, case)
        if condition.kind is Kind.DEPENDS:
            yield from self._split(condition.names, case, lambda inner: self._conditional(schema, node, inner, at))
        elif condition.kind is Kind.OPEN:
            if self.judge.keyword("if", dict(schema), node, case).kind is not Kind.ACCEPTED:
                yield from self._refused(Refusal(at, "if", schema, case), node, tried=True)
        else:
            branch = "then" if condition.kind is Kind.ACCEPTED else "else"
            yield from self.refusals(schema.get(branch, True), node, case, at.inside(branch))

    def _split(self, names: frozenset[str], case: Case, of: Callable[[Case], Iterator[Refusal]]) -> Iterator[Refusal]:
        """Yield what is refused for each pick of the name with the fewest picks."""
        name = min(names, key=lambda candidate: (len(self.picks[candidate]), candidate))
        for index in range(len(self.picks[name])):
            inner = {**case, name: index}
            if self._cells(inner):
                yield from of(inner)

    def _cells(self, case: Case) -> tuple[Cell, ...]:
        """Return the combinations that are sold in a case."""
        fixed = {name: self.picks[name][index].value for name, index in case.items() if name in self.model.axes}
        if not fixed:
            return self.model.cells
        return tuple(self.model.matching(fixed, [name for name in self.model.axes if name not in fixed]))

    def confirmed(self, refusal: Refusal) -> tuple[tuple[Mapping[str, Any], Mapping[str, Any]] | None, bool]:
        """Return a selection with its refused body, or None, and whether every selection of the case would have been tried."""
        choices = self._choices(refusal)
        cells = self._few(refusal) if refusal.tried else self._cells(refusal.case)
        attempts = ((cell, dict(zip(choices, values, strict=True))) for values in product(*choices.values()) for cell in cells)
        count = 0
        for cell, values in islice(attempts, MOST_TRIALS):
            count += 1
            shown = self._body(cell, values, refusal.case)
            if shown is not None and self._breaks(refusal, shown[1]):
                self.trials += count
                return shown, True
        self.trials += count
        computed = any(option.follows is not None and not option.bound for option in self.model.options.values())
        return None, next(attempts, None) is None and not computed

    def _breaks(self, refusal: Refusal, body: Mapping[str, Any]) -> bool:
        """Whether jsonschema refuses a body; of many that are tried, only those are given to it that break the keyword."""
        if refusal.tried and refusal.keyword != UNDECLARED:
            value = value_at(body, refusal.at.path)
            if value is None or self.judge.keyword(refusal.keyword, refusal.schema, as_node(value), {}).kind is Kind.ACCEPTED:
                return False
        return self.contract.refuses(self.contract.schema, body)

    def _few(self, refusal: Refusal) -> list[Cell]:
        """Return a few combinations for each combination of the options that are tried."""
        places = [at for at, name in enumerate(self.model.axes) if name in refusal.names or name in refusal.case]
        kept: dict[tuple[Any, ...], list[Cell]] = {}
        for cell in self._cells(refusal.case):
            alike = kept.setdefault(tuple(cell.values[place] for place in places), [])
            if len(alike) < _ALIKE:
                alike.append(cell)
        return [cell for alike in kept.values() for cell in alike]

    def _choices(self, refusal: Refusal) -> dict[str, list[Any]]:
        """Return the values to try of each option and field that no combination holds."""
        tested = _tested(self.model)
        return {
            name: self._values(name, picks, refusal, tested)
            for name, picks in self.picks.items()
            if name not in self.model.axes and (name not in self.model.options or self.model.options[name].follows is None)
        }

    def _values(self, name: str, picks: tuple[Pick, ...], refusal: Refusal, tested: frozenset[str]) -> list[Any]:
        if name in refusal.case:
            pick = picks[refusal.case[name]]
            return list(pick.samples)
        if refusal.tried and name in refusal.names:
            return [value for pick in picks for value in pick.samples]
        if name in tested:
            return [pick.value for pick in picks]
        fields = fields_of(self.table, self.model)
        required = fields[name].required if name in fields else self.model.options[name].required
        return [next((pick.value for pick in picks if (pick.value is not None) is required), picks[0].value if picks else None)]

    def _body(self, cell: Cell, values: Mapping[str, Any], case: Case) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
        """Return a selection of a combination and its body, or None where it is not possible, or not in the case."""
        given = {name: value for name, value in values.items() if value is not None}
        trial = trial_of(self.model, cell, {name: value for name, value in given.items() if name in self.model.options})
        if trial is None:
            return None
        if any(not self._fits(name, index, trial.values) for name, index in case.items()):
            return None
        texts = {name: value for name, value in given.items() if name not in self.model.options}
        return {**trial.picked, **texts}, built(self.model, {**trial.values, **texts})

    def _fits(self, name: str, index: int, values: Mapping[str, Any]) -> bool:
        """Whether a selection has a value for an option exactly where a pick has one."""
        option = self.model.options.get(name)
        is_picked = option is not None and option.follows is None
        return not is_picked or (values.get(name) is None) is (self.picks[name][index].value is None)


def value_at(body: Any, path: WirePath) -> Any:
    """Return the value at a path of a body, or None."""
    for step in path:
        named = isinstance(body, Mapping) and step in body
        if not named and not (isinstance(body, list) and isinstance(step, int) and step < len(body)):
            return None
        body = body[step]
    return body


def _tested(model: Model) -> frozenset[str]:
    """Return the options whose values decide whether a selection is possible."""
    conditions = [test.name for limit in model.limits for test in (*limit.when, *limit.only, *limit.never)]
    needed = [name for limit in model.limits for name in limit.needs]
    before = [name for option in model.options.values() for name in option.depends_on]
    return frozenset((*conditions, *needed, *before))


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
