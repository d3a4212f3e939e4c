"""
Specs become a table: defaults are filled in, options are multiplied out, prices and gates find their cells.

It cannot fail on specs that `checks` found nothing wrong with.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from imgrules.compiler.combinations import combinations, holds, price_of
from imgrules.compiler.rule_set import RuleSet, any_of, gates_of, sends, values_of
from imgrules.compiler.spec import (
    UNKNOWN,
    BadgeSpec,
    GateSpec,
    LimitSpec,
    ModelSpec,
    OptionSpec,
    ResultSpec,
    TypeSpec,
    WireTableSpec,
)
from imgrules.engine.table import Badge, Cell, Credits, Field, Gate, Limit, Model, Option, Result, Send, Table, Type, Value


def lower(rules: RuleSet) -> Table:
    """Answer what a rule set means."""
    shared = rules.shared
    return Table(
        shared.language,
        {name: _gate(name, each) for name, each in (shared.gates or {}).items()},
        {name: _type(name, each) for name, each in shared.types.items()},
        {name: _model(name, each, shared.types[each.type]) for name, each in rules.models.items()},
        None if shared.result is None else _result(shared.result),
    )


def _gate(name: str, spec: GateSpec) -> Gate:
    return Gate(name, tuple(spec.opens_with), spec.label, spec.icon, spec.action)


def _type(name: str, spec: TypeSpec) -> Type:
    return Type(name, {each: _field(each, spec) for each in spec.fields or {}}, dict(spec.refused or {}))


def _field(name: str, kind: TypeSpec) -> Field:
    spec = (kind.fields or {})[name]
    shortest, longest = (spec.text.min, spec.text.max) if spec.text else (None, None)
    return Field(name, bool(spec.required), shortest or 0, longest)


def _model(name: str, spec: ModelSpec, kind: TypeSpec) -> Model:
    return Model(
        name,
        spec.name,
        spec.type,
        {option: _option(option, each, kind) for option, each in spec.options.items()},
        tuple(_send(*each) for each in sends(kind, spec)),
        tuple(_cells(spec)),
        _badges(spec.badges),
        tuple(_limit(each) for each in spec.limits or ()),
    )


def _limit(spec: LimitSpec) -> Limit:
    # What can never be is a limit whose `only` nothing keeps.
    when = any_of(spec.when or {})
    return (
        Limit(when | any_of(spec.never), {}, spec.because) if spec.never else Limit(when, any_of(spec.only or {}), spec.because)
    )


def _cells(spec: ModelSpec) -> Iterator[Cell]:
    values = {option: values_of(each) for option, each in spec.options.items()}
    for picked in combinations(spec):
        said = [values[option][value] for option, value in picked.items()]
        closed = (each.gate for each in spec.gates or () if holds(each.when, picked))
        gates = dict.fromkeys(gate for each in (spec.gate, *(one.gate for one in said), *closed) for gate in gates_of(each))
        yield Cell(tuple(picked.values()), _credits(price_of(spec, picked)), tuple(gates))


def _option(name: str, spec: OptionSpec, kind: TypeSpec) -> Option:
    shared = (kind.options or {}).get(name)
    label = spec.label or (shared.label if shared else None) or name
    values = {value: Value(value, said.label or value, _badges(said.badges)) for value, said in values_of(spec).items()}
    return Option(name, label, values, spec.default)


def _send(path: str, name: str | None, constant: Any) -> Send:
    if isinstance(constant, WireTableSpec):
        return Send(_path(path), None, None, tuple(constant.by), constant.table)
    return Send(_path(path), name, constant)


def _credits(said: int | Decimal | str | None) -> Credits | None:
    if said is None or said == UNKNOWN or isinstance(said, str):
        return None
    return int(said) if said == int(said) else Decimal(said).normalize()


def _badges(said: list[BadgeSpec] | None) -> tuple[Badge, ...]:
    return tuple(Badge(each.text, each.style) for each in said or ())


def _result(spec: ResultSpec) -> Result:
    state, artifacts = spec.state, spec.artifacts
    return Result(
        _path(state.read),
        tuple(state.running),
        tuple(state.succeeded),
        tuple(state.failed),
        _path(spec.main.read),
        _path(spec.thumbnail.read) if spec.thumbnail else None,
        _path(artifacts.read) if artifacts else None,
        _path(artifacts.url) if artifacts and artifacts.url else None,
    )


def _path(text: str) -> tuple[str, ...]:
    return tuple(text.split("."))
