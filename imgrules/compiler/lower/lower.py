"""
Compile specs to a table: fill in defaults, multiply options out, and give each cell its price and its gates.

No error is raised for specs in which `checks` found no mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise, takewhile
from typing import Any

from imgrules.compiler.lower.combinations import (
    are_axes,
    grid_of,
    prices_of,
    promotional_prices_of,
    skeleton,
    sold,
    value_details,
)
from imgrules.compiler.lower.convert import (
    aliases,
    badges,
    condition_of,
    constant,
    lookup,
    text,
    to_number,
    wire_path,
)
from imgrules.compiler.lower.convert import (
    option as option_of,
)
from imgrules.compiler.lower.grid import Bits, Grid
from imgrules.compiler.lower.known_options import known_options_of_model
from imgrules.compiler.lower.periods import Period, periods
from imgrules.compiler.lower.reach import with_reach
from imgrules.compiler.spec.model import ModelSpec, OwnFieldSpec, ValueSpec
from imgrules.compiler.spec.price import FormulaSpec
from imgrules.compiler.spec.rule_set import (
    Leaf,
    RuleSet,
    as_names,
    base_of,
    details_of,
    has_open_rows,
    is_listed,
    leaves,
    type_name,
)
from imgrules.compiler.spec.shared import FieldSpec, GateSpec, ResultSpec, TypeSpec
from imgrules.compiler.spec.tables import TableSpec
from imgrules.compiler.spec.types import is_switch
from imgrules.compiler.spec.with_facts import SharedFactSpec, as_options
from imgrules.table.amounts import Amount, stated
from imgrules.table.record_base import replace
from imgrules.table.records import Cell, Change, Field, Formula, Gate, GateRule, Line, Model, Result, Send, Table, Type, named
from imgrules.table.terms import CREDITS, NONE, OTHER, Alias, Lookup


def lower(rules: RuleSet) -> Table:
    """Return the compiled table of a rule set."""
    shared = rules.shared
    return Table(
        language=shared.language,
        gates={name: _gate(name, gate) for name, gate in (shared.gates or {}).items()},
        types={name: _type(name, kind) for name, kind in shared.types.items()},
        models={name: _model(name, rules, spec) for name, spec in rules.models.items()},
        result=None if shared.result is None else _result(shared.result),
        aliases=tuple(_undisputed(alias for name, spec in rules.models.items() for alias in aliases(spec.aliases, name))),
        languages=tuple(shared.languages or ()),
        messages={language: dict(sentences) for language, sentences in rules.messages.items()},
        facts={name: option_of(name, fact, {}) for name, fact in as_options(shared.facts, SharedFactSpec).items()},
        own_facts=tuple(dict.fromkeys(name for spec in rules.models.values() for name in spec.facts or ())),
        currency=shared.currency or CREDITS,
        default=shared.default if shared.default in rules.models else None,
    )


def _undisputed(claimed: Iterable[Alias]) -> Iterator[Alias]:
    """Yield the aliases that only one model has; an alias of two models is dropped, and a check reports it."""
    claims = list(claimed)
    owners: dict[str, set[str]] = {}
    for alias in claims:
        owners.setdefault(alias.name, set()).add(alias.means)
    return (claim for claim in claims if len(owners[claim.name]) == 1)


def _gate(name: str, spec: GateSpec) -> Gate:
    return Gate(name, tuple(spec.opens_with), spec.label, spec.icon, spec.action)


def _type(name: str, spec: TypeSpec) -> Type:
    fields = {key: _field(key, field, None) for key, field in (spec.fields or {}).items()}
    targets = (
        (wire_path(target.send) if target is not None and target.send else None) for target in (spec.provider, spec.model)
    )
    return Type(name, fields, dict(spec.refused or {}), *targets)


def _field(name: str, spec: FieldSpec, own: OwnFieldSpec | None) -> Field:
    optional = spec.optional if own is None or own.optional is None else own.optional
    description = spec.description if own is None or own.description is None else own.description
    return Field(name, not optional, text(spec.text, None if own is None else own.text), bool(spec.cap), description)


def _model(name: str, rules: RuleSet, spec: ModelSpec) -> Model:
    kind = rules.shared.types[type_name(rules.shared, spec)]
    parts = periods(spec, rules.shared)
    if parts[0].spec is spec and len(parts) == 1:  # nothing of it has a date
        return _version(skeleton(name, parts[0], known_options_of_model(rules, name)), parts[0], kind)
    versions = [(period.start, _version(skeleton(name, period), period, kind)) for period in parts]
    first = versions[0][1]
    changed = ((start, model) for (_, before), (start, model) in pairwise(versions) if model != before)
    return replace(first, changes=tuple(Change(start, model) for start, model in changed if start is not None))


def _version(bare: Model, period: Period, kind: TypeSpec) -> Model:
    """Return the record of a model in one period, from the one without any cell."""
    spec = period.spec
    own, request = spec.fields or {}, spec.request or kind.request
    fields = {key: _field(key, field, own.get(key)) for key, field in (kind.fields or {}).items()} if own else {}
    rules = tuple(GateRule(condition_of(gate_rule.when), as_names(gate_rule.gate)) for gate_rule in spec.gates or ())
    # Cells contain the gates of the rules before the first about an option that is no axis; the others keep their order.
    in_cells = tuple(takewhile(lambda rule: are_axes((test.name for test in rule.when), bare), rules))
    body = tuple(_send(leaf, spec, kind) for leaf in leaves(kind, spec))
    return replace(
        bare,
        options=with_reach(bare.options, body),
        body=body,
        cells=tuple(_cells(bare, spec, in_cells)) if period.gone is None else (),
        badges=badges(spec.badges),
        fields=fields,
        gates=rules[len(in_cells) :],
        price=_price(spec),
        aliases=tuple(_aliases(kind, spec)),
        gone=period.gone,
        request=request if isinstance(request, str) else None,
        requests=lookup(request) if isinstance(request, TableSpec) else None,
        refused=dict(spec.refused or {}),
    )


def _aliases(kind: TypeSpec, spec: ModelSpec) -> Iterator[Any]:
    for name, field in (kind.fields or {}).items():
        yield from aliases(field.aliases, name)
    for name, option in spec.options.items():
        yield from aliases(option.aliases, name)


def _cells(model: Model, spec: ModelSpec, rules: tuple[GateRule, ...]) -> Iterator[Cell]:
    own, grid = as_names(spec.gate), grid_of(model)
    sold_rows, gates_of_rows = sold(grid, model, spec), _gates_of_rules(grid, rules)
    price_of, promotional_price_of = prices_of(spec), promotional_prices_of(spec)
    for index, row in zip(grid.indexes_of(sold_rows), grid.rows_of(sold_rows), strict=True):
        picked = named(model.axes, row)
        details = value_details(spec, picked)
        of_values = [gate for value in details if value.gate is not None for gate in as_names(value.gate)]
        gates = tuple(dict.fromkeys((*own, *of_values, *gates_of_rows.get(index, ()))))
        base, promoted = stated(price_of(picked, details)), promotional_price_of(picked, details)
        # A table of a promotion states the regular price where nothing is reduced.
        if promoted is None or stated(promoted) == base:
            yield Cell(row, base.credits, gates, estimate=base.estimate)
        else:
            price = stated(promoted)
            yield Cell(row, price.credits, gates, base.credits, True, price.estimate, base.estimate)  # noqa: FBT003  a record


def _gates_of_rules(grid: Grid, rules: tuple[GateRule, ...]) -> Mapping[int, list[str]]:
    """Return, by the index of a row, the gates of the gate rules whose conditions hold for it, without duplicates, in order."""
    gates: dict[int, list[str]] = {}
    rows_of_gate: dict[str, Bits] = {}
    for rule in rules:
        rows = grid.holding(rule.when)
        for gate in rule.gates:
            for index in grid.indexes_of(rows & ~rows_of_gate.get(gate, 0)):
                gates.setdefault(index, []).append(gate)
            rows_of_gate[gate] = rows_of_gate.get(gate, 0) | rows
    return gates


def _price(spec: ModelSpec) -> Formula | None:
    """Return the part of the price that no cell holds: its formula, and tables by options that no cell holds."""
    formula = formula_of(spec.credits) if isinstance(spec.credits, FormulaSpec) else None
    base, offered = base_of(spec), spec.promotion.credits if spec.promotion else None
    if isinstance(base, TableSpec) and has_open_rows(spec, base):
        promotion = None if offered is None else lookup(offered) if isinstance(offered, TableSpec) else _always(base, offered)
        return replace(formula or Formula(), base=lookup(base), promotion=promotion)
    if isinstance(offered, TableSpec) and has_open_rows(spec, offered):
        return replace(formula or Formula(), promotion=lookup(offered))
    return formula


def _always(table: TableSpec, amount: Any) -> Lookup:
    """Return a table by the first option of another one, with one entry for whatever it is."""
    entry = amount if isinstance(amount, str) else to_number(amount)
    return Lookup((table.by[0],), {OTHER: entry, NONE: entry})


def formula_of(spec: FormulaSpec) -> Formula:
    """Return a price formula as a record; `exact` is no rounding."""
    steps = {mode: getattr(spec.round, mode, None) for mode in ("up", "down", "nearest")}
    rounding, step = next(((mode, amount) for mode, amount in steps.items() if amount is not None), (None, 1))
    return Formula(
        tuple(_line(factor.factor, factor.when, None, None) for factor in spec.times or ()),
        tuple(_line(surcharge.credits, surcharge.when, surcharge.per, surcharge.beyond) for surcharge in spec.plus or ()),
        as_names(spec.each),
        rounding,
        to_number(step) or 1,
    )


def _line(amount: Any, when: Any, per: str | None, beyond: int | Decimal | None) -> Line:
    table = lookup(amount) if isinstance(amount, TableSpec) else None
    number = Amount(None) if table else stated(amount)
    return Line(number.credits, table, condition_of(when), per, to_number(beyond) or 0, number.estimate)


def _send(leaf: Leaf, spec: ModelSpec, kind: TypeSpec) -> Send:
    path, option = wire_path(leaf.path), spec.options.get(leaf.name or "")
    if isinstance(leaf.value, TableSpec):
        return Send(path, lookup=lookup(leaf.value))
    is_part = option is not None and leaf.path != option.send
    wire_values = {} if option is None or (is_part and leaf.form is not None) else _wire_values(option)
    if wire_values and leaf.name is not None and option is not None:
        if is_listed(option) and leaf.form is None:
            return Send(path, lookup=Lookup((leaf.name,), wire_values))
        said = {value: wire_values[value] for value, details in details_of(option).items() if details.model_fields_set & _SENT}
        return Send(path, leaf.name, lookup=Lookup((leaf.name,), said), form=leaf.form)
    field = (kind.fields or {}).get(leaf.name or "") if option is None and leaf.value is None else None
    if field is not None and field.cap:
        return Send(path, leaf.name, form="number")
    form = "boolean" if leaf.form is None and option is not None and is_switch(option.values) else leaf.form
    return Send(path, leaf.name, constant(leaf.value), None, form)


_SENT = {"send", "as_"}
"""The fields of a value that say what is sent for it."""


def _wire_values(option: Any) -> dict[str, Any]:
    """Return what is sent for each value of an option; an empty mapping if the name of each value is sent."""
    values = option.values if isinstance(option.values, dict) else {}
    if all(details.as_ is None and details.send is None for details in values.values()):
        return {}
    return {value: _sent_for(value, details) for value, details in values.items()}


def _sent_for(value: str, details: ValueSpec) -> Any:
    """Return what is sent for a value: nothing (None), what its `as` says, or itself."""
    return None if details.send is False else value if details.as_ is None else constant(details.as_)


def _result(spec: ResultSpec) -> Result:
    state, artifacts = spec.state, spec.artifacts
    return Result(
        state=wire_path(state.read),
        running=tuple(state.running),
        succeeded=tuple(state.succeeded),
        failed=tuple(state.failed),
        main=wire_path(spec.main.read),
        thumbnail=wire_path(spec.thumbnail.read) if spec.thumbnail else None,
        artifacts=wire_path(artifacts.read) if artifacts else None,
        artifact_url=wire_path(artifacts.url) if artifacts and artifacts.url else None,
    )
