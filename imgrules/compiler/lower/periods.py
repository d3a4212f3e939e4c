"""
Time is peeled off first: a dated spec is one undated spec for each stretch between the moments at which it changes.

Badges, aliases and sources keep their dates: they change nothing that is decided, or end by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from imgrules.compiler.spec.model import BadgeSpec, LimitedSpec, ModelSpec, OptionSpec, ValueSpec
from imgrules.compiler.spec.rule_set import as_names, dated_entries, moment_of, named_gates, values_of
from imgrules.compiler.spec.shared import SharedSpec
from imgrules.compiler.spec.types import DatedSpec
from imgrules.table.caps import MOST_CHANGES
from imgrules.table.terms import Absence


@dataclass(frozen=True, slots=True)
class Era:
    """A stretch in which a model does not change: from when, what its spec then is, and what is gone then, by option."""

    start: str | None
    spec: ModelSpec
    gone: Absence | None
    values: Mapping[str, Mapping[str, Absence]]


def eras(spec: ModelSpec, shared: SharedSpec) -> tuple[Era, ...]:
    """
    Return the stretches of a model in order of time, the first of which has no beginning.

    Of a model that changes more often than it may, which a check tells, the first stretches.
    """
    changes = moments(spec, shared)[:MOST_CHANGES]
    if not changes and not isinstance(spec.credits, list):
        return (Era(None, spec, None, {name: {} for name in spec.options}),)
    return tuple(_era(spec, shared, start) for start in (None, *changes))


def moments(spec: ModelSpec, shared: SharedSpec) -> list[str]:
    """Return every moment at which a model changes, in order of time."""
    return sorted(set(_moments(spec, shared)))


def _moments(spec: ModelSpec, shared: SharedSpec) -> Iterator[str]:
    for each in _changing(spec, shared):
        ends = [each.from_, each.until]
        if isinstance(each, LimitedSpec) and each.retired is not None:
            ends.append(each.retired.on)
        yield from (at for at in map(moment_of, ends) if at is not None)


def _changing(spec: ModelSpec, shared: SharedSpec) -> Iterator[DatedSpec]:
    yield from (each for _, each in dated_entries(spec) if not isinstance(each, BadgeSpec))
    known = shared.gates or {}
    yield from (known[gate] for gate in dict.fromkeys(gate for _, gate in named_gates(spec)) if gate in known)


def counts(dated: DatedSpec, at: str | None) -> bool:
    """Return whether something counts at a moment; None is before all moments."""
    begun, over = moment_of(dated.from_), moment_of(dated.until)
    return (begun is None or (at is not None and begun <= at)) and (over is None or at is None or at < over)


def absence(said: LimitedSpec, at: str | None) -> Absence | None:
    """Return why something is not there at a moment, or None where it is."""
    begun, over = moment_of(said.from_), moment_of(said.until)
    retired = moment_of(said.retired.on) if said.retired else None
    if begun is not None and (at is None or at < begun):
        return Absence(begun, retired=False)
    ends = [each for each in (over, retired) if each is not None and at is not None and each <= at]
    if not ends:
        return None
    return Absence(min(ends), retired=True, use=said.retired.use if said.retired else None)


def _era(spec: ModelSpec, shared: SharedSpec, at: str | None) -> Era:
    values = {name: _gone(option, at) for name, option in spec.options.items()}
    gates = frozenset(name for name, each in (shared.gates or {}).items() if not counts(each, at))
    return Era(at, _undated(spec, values, gates, at), absence(spec, at), values)


def _gone(option: OptionSpec, at: str | None) -> dict[str, Absence]:
    said = ((value, absence(each, at)) for value, each in values_of(option).items())
    return {value: each for value, each in said if each is not None}


def _undated(spec: ModelSpec, gone: Mapping[str, Mapping[str, Absence]], open_: frozenset[str], at: str | None) -> ModelSpec:
    """Return the spec as if it had been written for this moment alone."""
    options = {name: _option(each, gone[name], open_, at) for name, each in spec.options.items()}
    changed: dict[str, Any] = {} if all(options[name] is each for name, each in spec.options.items()) else {"options": options}
    if isinstance(spec.credits, list):
        changed["credits"] = next((each.credits for each in spec.credits if counts(each, at)), None)
    if spec.promotion is not None and not counts(spec.promotion, at):
        changed["promotion"] = None
    if spec.gates and not all(_is_timeless(each) for each in spec.gates):
        changed["gates"] = [each for each in spec.gates if counts(each, at)]
    if open_:
        changed |= {"gate": _closed(spec.gate, open_), "gates": _rules(changed.get("gates", spec.gates), open_)}
    return spec.model_copy(update=changed) if changed else spec


def _is_timeless(dated: DatedSpec) -> bool:
    return dated.from_ is None and dated.until is None


def _option(option: OptionSpec, gone: Mapping[str, Absence], open_: frozenset[str], at: str | None) -> OptionSpec:
    if not isinstance(option.values, dict):
        return option
    values = {name: _value(each, open_, at) for name, each in option.values.items() if name not in gone}
    same = len(values) == len(option.values) and all(values[name] is each for name, each in option.values.items())
    return option if same else option.model_copy(update={"values": values})


def _value(value: ValueSpec, open_: frozenset[str], at: str | None) -> ValueSpec:
    changed: dict[str, Any] = {}
    if value.promotion is not None and not counts(value.promotion, at):
        changed["promotion"] = None
    if not open_.isdisjoint(as_names(value.gate)):
        changed["gate"] = _closed(value.gate, open_)
    return value.model_copy(update=changed) if changed else value


def _closed(said: str | list[str] | None, open_: frozenset[str]) -> list[str] | None:
    left = [each for each in as_names(said) if each not in open_]
    return left or None


def _rules(said: Any, open_: frozenset[str]) -> Any:
    closed = ((each, _closed(each.gate, open_)) for each in said or ())
    return [each.model_copy(update={"gate": gate}) for each, gate in closed if gate]
