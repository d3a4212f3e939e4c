"""
Split the spec of a model into specs without dates: one for each period between two moments at which the model changes.

Badges, aliases and sources keep their dates, since a change of them makes no new period.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from imgrules.compiler.spec.model import BadgeSpec, LimitedSpec, ModelSpec, OptionSpec, ValueSpec
from imgrules.compiler.spec.rule_set import as_names, dated_entries, moment_of, named_gates, stand_ins, values_of
from imgrules.compiler.spec.shared import SharedSpec
from imgrules.compiler.spec.types import DatedSpec
from imgrules.table.caps import MOST_CHANGES
from imgrules.table.record_base import record
from imgrules.table.terms import Absence


@record
class Period:
    """
    A period in which a model does not change.

    `start` is a moment in UTC, None for the first period. `gone` says why the model is absent, None if it is available;
    `values` say the same for the absent values of each option.
    """

    start: str | None
    spec: ModelSpec
    gone: Absence | None
    values: Mapping[str, Mapping[str, Absence]]


def periods(spec: ModelSpec, shared: SharedSpec) -> tuple[Period, ...]:
    """
    Return the periods of a model in order of time; the first one has no start.

    Changes after the first `MOST_CHANGES` are left out; a check reports such a model.
    """
    changes = moments(spec, shared)[:MOST_CHANGES]
    if not changes and not isinstance(spec.credits, list):
        return (Period(None, spec, None, {name: {} for name in spec.options}),)
    return tuple(_period(spec, shared, start) for start in (None, *changes))


def moments(spec: ModelSpec, shared: SharedSpec) -> list[str]:
    """Return every moment (UTC) at which a model changes, in order of time."""
    dates = {date for entry in _changing(spec, shared) for date in (entry.from_, entry.until) if date is not None}
    return sorted({moment for moment in map(moment_of, dates) if moment is not None})


def _changing(spec: ModelSpec, shared: SharedSpec) -> Iterator[DatedSpec]:
    yield from (entry for _, entry in dated_entries(spec) if not isinstance(entry, BadgeSpec))
    gates = shared.gates or {}
    yield from (gates[gate] for gate in dict.fromkeys(gate for _, gate in named_gates(spec)) if gate in gates)


def is_in_effect(entry: DatedSpec, at: str | None) -> bool:
    """Whether an entry is in effect at a moment in UTC; None is a time before all moments."""
    start, end = moment_of(entry.from_), moment_of(entry.until)
    return (start is None or (at is not None and start <= at)) and (end is None or at is None or at < end)


def absence(entry: LimitedSpec, at: str | None) -> Absence | None:
    """Return why an entry is absent at a moment in UTC, or None if it is present; a moment of None is before all moments."""
    start, end = moment_of(entry.from_), moment_of(entry.until)
    if start is not None and (at is None or at < start):
        return Absence(start, retired=False)
    if end is None or at is None or at < end:
        return None
    return Absence(end, retired=True, use=stand_ins(entry))


def _period(spec: ModelSpec, shared: SharedSpec, at: str | None) -> Period:
    values = {name: _absences(option, at) for name, option in spec.options.items()}
    open_gates = frozenset(name for name, gate in (shared.gates or {}).items() if not is_in_effect(gate, at))
    return Period(at, _undated(spec, values, open_gates, at), absence(spec, at), values)


def _absences(option: OptionSpec, at: str | None) -> dict[str, Absence]:
    absences = ((value, absence(details, at)) for value, details in values_of(option).items())
    return {value: reason for value, reason in absences if reason is not None}


def _undated(
    spec: ModelSpec, absences: Mapping[str, Mapping[str, Absence]], open_gates: frozenset[str], at: str | None
) -> ModelSpec:
    """Return the spec as an author would write it if it applied only at the moment `at`: without dates and absent values."""
    options = {name: _option(option, absences[name], open_gates, at) for name, option in spec.options.items()}
    changed: dict[str, Any] = (
        {} if all(options[name] is option for name, option in spec.options.items()) else {"options": options}
    )
    if isinstance(spec.credits, list):
        changed["credits"] = next((price.credits for price in spec.credits if is_in_effect(price, at)), None)
    if spec.promotion is not None and not is_in_effect(spec.promotion, at):
        changed["promotion"] = None
    if spec.gates and not all(_is_timeless(rule) for rule in spec.gates):
        changed["gates"] = [rule for rule in spec.gates if is_in_effect(rule, at)]
    if open_gates:
        changed |= {
            "gate": _remaining_gates(spec.gate, open_gates),
            "gates": _gate_rules(changed.get("gates", spec.gates), open_gates),
        }
    return spec.model_copy(update=changed) if changed else spec


def _is_timeless(entry: DatedSpec) -> bool:
    return entry.from_ is None and entry.until is None


def _option(option: OptionSpec, absences: Mapping[str, Absence], open_gates: frozenset[str], at: str | None) -> OptionSpec:
    if not isinstance(option.values, dict):
        return option
    values = {name: _value(value, open_gates, at) for name, value in option.values.items() if name not in absences}
    unchanged = len(values) == len(option.values) and all(values[name] is value for name, value in option.values.items())
    return option if unchanged else option.model_copy(update={"values": values})


def _value(value: ValueSpec, open_gates: frozenset[str], at: str | None) -> ValueSpec:
    changed: dict[str, Any] = {}
    if value.promotion is not None and not is_in_effect(value.promotion, at):
        changed["promotion"] = None
    if not open_gates.isdisjoint(as_names(value.gate)):
        changed["gate"] = _remaining_gates(value.gate, open_gates)
    return value.model_copy(update=changed) if changed else value


def _remaining_gates(gates: str | list[str] | None, open_gates: frozenset[str]) -> list[str] | None:
    remaining = [gate for gate in as_names(gates) if gate not in open_gates]
    return remaining or None


def _gate_rules(rules: Any, open_gates: frozenset[str]) -> Any:
    with_gates = ((rule, _remaining_gates(rule.gate, open_gates)) for rule in rules or ())
    return [rule.model_copy(update={"gate": gate}) for rule, gate in with_gates if gate]
