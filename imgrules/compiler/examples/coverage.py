"""
What of the rules the examples reach: values, gates, prices, limits, dates and facts, each with its place.

A run reaches what its decision used, whether the example passes or not:

- a value that is picked, filled in or computed in a selection that is allowed or locked, a pick that is ignored among them;
- a gate, at the place that names it, where a selection is locked by it there;
- an amount that is part of the price, or of the regular price, of a selection that is allowed, locked, or refused for its price;
- a limit that makes a selection impossible, or by which a pick is ignored;
- a date, where one run is in the period of the model that ends with it, and one in the period that begins with it;
- a region of a fact, values that the rules treat alike, in which the fact of a run lies.

What no run reaches could be changed without any example failing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from imgrules.compiler.examples.price_places import amounts, counting
from imgrules.compiler.examples.runs import Run
from imgrules.compiler.lower.convert import condition_of, limit_of
from imgrules.compiler.lower.periods import is_in_effect, moments
from imgrules.compiler.report.diagnostics import Path
from imgrules.compiler.report.example_report import CoverageKind
from imgrules.compiler.spec.model import BadgeSpec, ModelSpec, OptionSpec
from imgrules.compiler.spec.rule_set import (
    RuleSet,
    as_names,
    bool_as_word,
    dated_entries,
    entries_of,
    moment_of,
    named_gates,
)
from imgrules.compiler.spec.shared import SharedSpec
from imgrules.compiler.spec.tables import WordTableSpec
from imgrules.compiler.spec.types import DatedSpec
from imgrules.compiler.spec.with_facts import FactOptionSpec
from imgrules.engine.decision import Status
from imgrules.engine.facts.fact_regions import Region, region
from imgrules.engine.facts.facts import decides
from imgrules.engine.facts.tried_values import points
from imgrules.engine.resolve import holds, keeps
from imgrules.table.record_base import record
from imgrules.table.records import Model, Table

_SHARED = "_shared"


@record
class Item:
    """Something that an example can reach: its kind and name, the model and the path; `file` if another file says it."""

    kind: CoverageKind
    name: str
    model: str
    path: Path
    reached: bool
    file: str | None = None


def coverage(rules: RuleSet, table: Table, runs: Iterable[Run], names: Iterable[str]) -> Iterator[Item]:
    """Yield what the examples of the models with these names can reach, with whether the runs reach it."""
    by_model: dict[str, list[Run]] = {}
    for run in runs:
        by_model.setdefault(run.model, []).append(run)
    for name in names:
        spec, own = rules.models[name], by_model.get(name, [])
        paths = {path for run in own for path in _reached(spec, run)}
        yield from (Item(kind, word, name, path, path in paths) for kind, word, path in _items(spec))
        yield from _dates(spec, rules.shared, name, own)
        yield from _facts(table.models[name], own)


def _items(spec: ModelSpec) -> Iterator[tuple[CoverageKind, str, Path]]:
    """Yield the kind, name and path of each value, gate, amount and limit of a model."""
    for name, option in spec.options.items():
        if not isinstance(option, FactOptionSpec):
            yield from (("value", f"{name} {value}", path) for value, path in value_places(name, option).items())
    yield from (("gate", gate, path) for path, gate in named_gates(spec))
    yield from (("price", str(amount), path) for path, amount in amounts(spec))
    yield from (("limit", str(at + 1), ("limits", at)) for at in range(len(spec.limits or ())))


def value_places(name: str, option: OptionSpec) -> dict[str, Path]:
    """Return the path of each value of an option."""
    path: Path = ("options", name, "values")
    if isinstance(option.values, dict):
        return {value: (*path, value) for value in option.values}
    if option.values is None and isinstance(option.of, WordTableSpec):
        words = [*entries_of(option.of, ("options", name, "of"))]
        return {word: place for place, word in reversed(words)}
    return {bool_as_word(value): (*path, at) for at, value in enumerate(option.values or ())}


def _reached(spec: ModelSpec, run: Run) -> Iterator[Path]:
    """Yield the paths of the values, gates, amounts and limits that the decision of a run used."""
    model, picks = run.evaluation.question.model, run.evaluation.verdict.picks
    if model is None or model.gone is not None:
        return
    if run.decision.status is Status.IMPOSSIBLE:
        yield from _broken(spec, model, run)
        if any(fault.price is not None for fault in run.evaluation.verdict.faults):
            yield from counting(spec, model, picks.values, run.evaluation.question.moment)
        return
    ignoring = {limit.when for limit in picks.ignored.values()}
    for at, limit in enumerate(spec.limits or ()):
        ignored = limit.ignores is not None and condition_of(limit.when) in ignoring
        if ignored and not picks.ignored.keys().isdisjoint(as_names(limit.ignores)):
            yield "limits", at
    ignored_picks = {name: run.evaluation.question.picked[name] for name in picks.ignored}
    for name, value in {**ignored_picks, **picks.values}.items():
        places = value_places(name, spec.options[name]) if name in spec.options else {}
        yield from (places[word] for word in (value if isinstance(value, list | tuple) else [value]) if word in places)
    yield from counting(spec, model, picks.values, run.evaluation.question.moment)
    closed = {lock.name for lock in run.decision.gates} if run.decision.status is Status.LOCKED else set()
    yield from (path for path, gate in named_gates(spec) if gate in closed and _applies(spec, model, run, path))


def _broken(spec: ModelSpec, model: Model, run: Run) -> Iterator[Path]:
    """Yield the limits that make the selection of a run impossible."""
    picks = run.evaluation.verdict.picks
    for at, limit in enumerate(spec.limits or ()):
        if limit.ignores is None:
            lowered = limit_of(limit)
            if picks.open.isdisjoint(lowered.names) and not keeps(lowered, picks.values, model):
                yield "limits", at


def _applies(spec: ModelSpec, model: Model, run: Run, path: Path) -> bool:
    """Whether the place that names a gate is about the selection of a run."""
    values = run.evaluation.verdict.picks.values
    if path[0] == "options":
        return bool(values.get(str(path[1])) == path[3])
    if path[0] == "gates":
        rule = (spec.gates or [])[int(path[1])]
        return is_in_effect(rule, run.evaluation.question.moment) and holds(condition_of(rule.when), values, model)
    return True


def _dates(spec: ModelSpec, shared: SharedSpec, model: str, runs: list[Run]) -> Iterator[Item]:
    """Yield the moments at which a model changes, each where it is written."""
    changes = moments(spec, shared)
    asked = (run.evaluation.question.moment for run in runs)
    periods = {bisect_right(changes, moment) for moment in asked if moment is not None}
    placed: list[tuple[str | None, Path, DatedSpec]] = [
        (None, path, entry) for path, entry in dated_entries(spec) if not isinstance(entry, BadgeSpec)
    ]
    named = dict.fromkeys(gate for _, gate in named_gates(spec))
    placed += [(_SHARED, ("gates", gate), shared.gates[gate]) for gate in named if shared.gates and gate in shared.gates]
    for file, path, entry in placed:
        for key, text in (("from", entry.from_), ("until", entry.until)):
            moment = moment_of(text)
            if moment is not None:
                begins = changes.index(moment) + 1
                yield Item("date", f"{key} {text}", model, (*path, key), {begins - 1, begins} <= periods, file)


def _facts(model: Model, runs: list[Run]) -> Iterator[Item]:
    """Yield the regions of the facts of a model: values that its rules treat alike in some period."""
    reached: dict[str, set[Region]] = {}
    for run in runs:
        version, values = run.evaluation.question.model, run.evaluation.verdict.picks.values
        for name in version.facts if version is not None else ():
            if version is not None and name in values:
                reached.setdefault(name, set()).add(_uncounted(region(version, name, values[name])))
    regions: dict[str, dict[Region, None]] = {}
    for version in model.versions:
        for name in version.facts:
            if decides(version, name):
                option = version.options[name]
                tried = points(version, option) or ()
                regions.setdefault(name, {}).update(
                    dict.fromkeys(_uncounted(region(version, name, option.word(value))) for value in tried)
                )
    for name, places in regions.items():
        for place in places:
            yield Item("fact", f"{name} {region_words(place)}", model.id, ("options", name), place in reached.get(name, ()))


def _uncounted(place: Region) -> Region:
    """Return a region; all numbers that count as they are, as in a price, are one."""
    return Region(None, counted=True) if place.counted else place


def region_words(place: Region) -> str:
    """Return a region in words, such as `10 or more`."""
    if place.counted:
        return "any number"
    if place.min is not None and place.max is not None:
        return str(place.min) if place.min == place.max else f"{place.min} to {place.max}"
    if place.min is not None or place.max is not None:
        return f"{place.min} or more" if place.max is None else f"{place.max} or less"
    return "any other" if place.value is None else str(place.value) if place.exact else f"such as {place.value}"
