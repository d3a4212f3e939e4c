"""
Specs become a table: defaults are filled in, options are multiplied out, prices and gates find their cells.

It cannot fail on specs that `checks` found nothing wrong with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, takewhile
from typing import Any

from imgrules.compiler.lower.combinations import are_held, details_of, grid_of, price_of, promoted_of, skeleton, sold
from imgrules.compiler.lower.grid import Bits, Grid
from imgrules.compiler.lower.periods import Era, eras
from imgrules.compiler.lower.terms import aliases, badges, constant, credits_of, exactly, lookup, tests, texts, wire_path
from imgrules.compiler.spec.model import FormulaSpec, ModelSpec, OwnFieldSpec
from imgrules.compiler.spec.rule_set import Leaf, RuleSet, as_names, leaves
from imgrules.compiler.spec.shared import FieldSpec, GateSpec, ResultSpec, TypeSpec
from imgrules.compiler.spec.types import TableSpec, is_switch
from imgrules.table.records import Cell, Change, Field, Formula, Gate, GateRule, Line, Model, Result, Send, Table, Type, named
from imgrules.table.terms import Alias, Lookup


def lower(rules: RuleSet) -> Table:
    """Return what a rule set means."""
    shared = rules.shared
    return Table(
        shared.language,
        {name: _gate(name, each) for name, each in (shared.gates or {}).items()},
        {name: _type(name, each) for name, each in shared.types.items()},
        {name: _model(name, rules, each) for name, each in rules.models.items()},
        None if shared.result is None else _result(shared.result),
        tuple(_undisputed(one for name, each in rules.models.items() for one in aliases(each.aliases, name))),
        tuple(shared.languages or ()),
        {language: dict(each) for language, each in rules.messages.items()},
    )


def _undisputed(named: Iterable[Alias]) -> Iterator[Alias]:
    """Return the other names that one model has; what two of them claim means neither."""
    known = list(named)
    owners: dict[str, set[str]] = {}
    for each in known:
        owners.setdefault(each.name, set()).add(each.means)
    return (each for each in known if len(owners[each.name]) == 1)


def _gate(name: str, spec: GateSpec) -> Gate:
    return Gate(name, tuple(spec.opens_with), spec.label, spec.icon, spec.action)


def _type(name: str, spec: TypeSpec) -> Type:
    fields = {each: _field(each, said, None) for each, said in (spec.fields or {}).items()}
    return Type(name, fields, dict(spec.refused or {}))


def _field(name: str, spec: FieldSpec, own: OwnFieldSpec | None) -> Field:
    required = spec.required if own is None or own.required is None else own.required
    rule, *also = texts(spec.text, None if own is None else own.text)
    return Field(name, bool(required), rule, tuple(also))


def _model(name: str, rules: RuleSet, spec: ModelSpec) -> Model:
    kind = rules.shared.types[spec.type]
    whole = [(each.start, _at(name, each, kind)) for each in eras(spec, rules.shared)]
    first = whole[0][1]
    if len(whole) == 1:
        return first
    changed = ((now, model) for (_, before), (now, model) in pairwise(whole) if model != before)
    return replace(first, changes=tuple(Change(now, model) for now, model in changed if now is not None))


def _at(name: str, era: Era, kind: TypeSpec) -> Model:
    """Return a model as it is in one stretch of time."""
    spec, bare = era.spec, skeleton(name, era, kind)
    own = spec.fields or {}
    fields = {each: _field(each, said, own.get(each)) for each, said in (kind.fields or {}).items()} if own else {}
    rules = tuple(GateRule(tests(each.when), as_names(each.gate)) for each in spec.gates or ())
    # Combinations hold what is before the first rule about something else; what follows keeps the author's order.
    held = tuple(takewhile(lambda rule: are_held((test.name for test in rule.when), bare), rules))
    return replace(
        bare,
        body=tuple(_send(each, spec) for each in leaves(kind, spec)),
        cells=tuple(_cells(bare, spec, held)) if era.gone is None else (),
        badges=badges(spec.badges),
        fields=fields,
        gates=rules[len(held) :],
        price=_formula(spec.credits) if isinstance(spec.credits, FormulaSpec) else None,
        aliases=tuple(_aliases(kind, spec)),
        gone=era.gone,
    )


def _aliases(kind: TypeSpec, spec: ModelSpec) -> Iterator[Any]:
    for name, field in (kind.fields or {}).items():
        yield from aliases(field.aliases, name)
    for name, option in spec.options.items():
        yield from aliases(option.aliases, name)


def _cells(model: Model, spec: ModelSpec, rules: tuple[GateRule, ...]) -> Iterator[Cell]:
    own, grid = as_names(spec.gate), grid_of(model)
    rest, closed = sold(grid, model, spec), _closed(grid, rules)
    for at, row in zip(grid.places(rest), grid.of(rest), strict=True):
        picked = named(model.axes, row)
        said = details_of(spec, picked)
        of_values = [gate for each in said if each.gate is not None for gate in as_names(each.gate)]
        gates = dict.fromkeys((*own, *of_values, *closed.get(at, ())))
        base, promoted = credits_of(price_of(spec, picked, said)), promoted_of(spec, picked, said)
        now = base if promoted is None else credits_of(promoted)
        regular = None if promoted is None else base
        yield Cell(row, now, tuple(gates), regular, promoted is not None)


def _closed(grid: Grid, rules: tuple[GateRule, ...]) -> Mapping[int, list[str]]:
    """Return the gates before conditions that hold, by the place of a combination; each gate once, in author's order."""
    closed: dict[int, list[str]] = {}
    told: dict[str, Bits] = {}
    for rule in rules:
        held = grid.holding(rule.when)
        for gate in rule.gates:
            for at in grid.places(held & ~told.get(gate, 0)):
                closed.setdefault(at, []).append(gate)
            told[gate] = told.get(gate, 0) | held
    return closed


def _formula(spec: FormulaSpec) -> Formula | None:
    said = {each: getattr(spec.round, each) for each in ("up", "down", "nearest")} if spec.round else {}
    rounding, step = next(((mode, each) for mode, each in said.items() if each is not None), (None, 1))
    return Formula(
        tuple(_line(each.factor, each.when, None, None) for each in spec.times or ()),
        tuple(_line(each.credits, each.when, each.per, each.beyond) for each in spec.plus or ()),
        spec.each,
        rounding,
        exactly(step) or 1,
    )


def _line(said: Any, when: Any, per: str | None, beyond: int | Decimal | None) -> Line:
    table = lookup(said) if isinstance(said, TableSpec) else None
    return Line(None if table else credits_of(said), table, tests(when), per, exactly(beyond) or 0)


def _send(leaf: Leaf, spec: ModelSpec) -> Send:
    path, option = wire_path(leaf.path), spec.options.get(leaf.name or "")
    if isinstance(leaf.value, TableSpec):
        return Send(path, lookup=lookup(leaf.value))
    spelled = {} if option is None or leaf.form is not None else _spelled(option)
    if spelled and leaf.name is not None:
        return Send(path, lookup=Lookup((leaf.name,), spelled))
    form = "boolean" if leaf.form is None and option is not None and is_switch(option.values) else leaf.form
    return Send(path, leaf.name, constant(leaf.value), None, form)


def _spelled(option: Any) -> dict[str, Any]:
    """Return what is sent for each value, if one is sent otherwise than it is called."""
    said = option.values if isinstance(option.values, dict) else {}
    if all(each.send is None for each in said.values()):
        return {}
    return {value: value if each.send is None else constant(each.send) for value, each in said.items()}


def _result(spec: ResultSpec) -> Result:
    state, artifacts = spec.state, spec.artifacts
    return Result(
        wire_path(state.read),
        tuple(state.running),
        tuple(state.succeeded),
        tuple(state.failed),
        wire_path(spec.main.read),
        wire_path(spec.thumbnail.read) if spec.thumbnail else None,
        wire_path(artifacts.read) if artifacts else None,
        wire_path(artifacts.url) if artifacts and artifacts.url else None,
    )
