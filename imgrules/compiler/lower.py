"""
Specs become a table: defaults are filled in, options are multiplied out, prices and gates find their cells.

It cannot fail on specs that `checks` found nothing wrong with.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from typing import Any

from imgrules.compiler.spec import (
    UNKNOWN,
    BadgeSpec,
    GateSpec,
    ModelSpec,
    OptionSpec,
    ResultSpec,
    RuleSet,
    TypeSpec,
    ValueSpec,
    sends,
    values_of,
)
from imgrules.engine.table import Badge, Cell, Credits, Field, Gate, Model, Option, Result, Send, Table, Type, Value


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
    values = {option: values_of(each) for option, each in spec.options.items()}
    return Model(
        name,
        spec.name,
        spec.type,
        {option: _option(option, each, kind) for option, each in spec.options.items()},
        tuple(_send(*each) for each in sends(kind, spec)),
        tuple(_cell(each, values) for each in product(*values.values())),
        _badges(spec.badges),
    )


def _option(name: str, spec: OptionSpec, kind: TypeSpec) -> Option:
    shared = (kind.options or {}).get(name)
    label = spec.label or (shared.label if shared else None) or name
    values = {value: Value(value, said.label or value, _badges(said.badges)) for value, said in values_of(spec).items()}
    return Option(name, label, values, spec.default)


def _send(path: str, name: str | None, constant: Any) -> Send:
    return Send(tuple(path.split(".")), name, constant)


def _cell(picked: tuple[str, ...], values: Mapping[str, Mapping[str, ValueSpec]]) -> Cell:
    said = [each[value] for value, each in zip(picked, values.values(), strict=True)]
    price = next((each.credits for each in said if each.credits is not None), None)
    return Cell(picked, _credits(price), tuple(dict.fromkeys(each.gate for each in said if each.gate is not None)))


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
