"""
Find the nearest selections that are not impossible.

A repair changes options only. The texts of a caller are never changed, shortened or left out: a wrong text stays, with its
violation. A repair never proposes a text, or an entry of a list, that the caller has not given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from imgrules.engine.decision_records import Repair
from imgrules.engine.gates import opens
from imgrules.engine.normalize import meaning_at_any_time
from imgrules.engine.pricing import is_above
from imgrules.refusals.cached_answers import cache_key, cached
from imgrules.refusals.constraints import Verdict, cap_given, examine, examine_together, invalid_alone
from imgrules.refusals.faults import option_faults
from imgrules.refusals.questions import Question
from imgrules.refusals.repairs.boundaries import Boundaries
from imgrules.refusals.repairs.candidates import MEANT, NOTHING, Candidate, is_written, repaired
from imgrules.refusals.repairs.nearest_picks import Moves, Start, nearest_picks, price_of
from imgrules.refusals.suggest import models_of
from imgrules.table.measures import within
from imgrules.table.record_base import field, record
from imgrules.table.records import CAP, MODEL, Model, fields_of
from imgrules.table.terms import Credits, Number

_REPAIRS = 3  # repairs that are proposed at most, unless more values or models replace a retired one


def repairs(question: Question, verdict: Verdict) -> tuple[Repair, ...]:
    """Return the repairs after which the picks are allowed or locked, the smallest first; empty if only texts are wrong."""
    if question.timeless:
        return ()
    target = question.model
    meant = [target] if target is not None and target.cells else list(_sold(question, _meant_models(question)))
    if len(meant) == 1:
        return tuple(_repairs_within(meant[0], question, verdict))
    sold = meant or islice(_sold(question, question.table.models), _REPAIRS)
    return tuple(repair for model in sold for repair in islice(_repairs_within(model, question, verdict), 1))


def _sold(question: Question, names: Iterable[str]) -> Iterator[Model]:
    """Yield the named models that exist and are sold at the moment of a question, as they are then."""
    models = (question.table.models.get(name) for name in names)
    versions = (None if model is None else model.at(question.moment) for model in models)
    return (version for version in versions if version is not None and version.cells)


def fits_something(model: Model) -> bool:
    """Whether a search with a capped number of steps finds any possible selection of a model, with any texts."""
    if all(option.simple for option in model.options.values()):
        return bool(model.cells)
    # With many values for each of several options, the nearest search tries all values of the first before any of the second.
    return any(nearest_picks(model, Start({}, filler=True, deep=deep), 1) for deep in (False, True))


def _meant_models(question: Question) -> tuple[str, ...]:
    """Return the ids of the models that were probably meant: those to use for a retired one, or that of an alias or a typo."""
    if question.model is not None and question.model.gone is not None and question.model.gone.use:
        return question.model.gone.use
    name = question.picked.get(MODEL)
    meant = meaning_at_any_time(question.table.aliases, name) if type(name) is str else None
    meant = meant or models_of(question.table).nearest(name)
    return () if meant is None else (meant,)


def _repairs_within(model: Model, question: Question, verdict: Verdict) -> Iterator[Repair]:
    """Yield the repairs that lead to selections of `model`, which may differ from the model that is picked."""
    about_model = question
    if question.model is not model:
        about_model = question.for_model(model)
        verdict = examine(about_model)
    if (model.facts or question.misstated) and any(fault.fact for fault in verdict.faults):
        return  # no change of a selection mends what a service states
    baseline = _baseline(model, about_model, verdict)
    named = {} if question.model is model else {MODEL: model.id}
    all_moves = _find_moves(model, about_model, baseline)
    cap = cap_given(about_model, model)
    nearest: Iterable[Repair] = (_repair(model, about_model, baseline, named, moves) for moves in all_moves)
    if cap is not None:
        nearest = _within_cap(model, about_model, baseline, tuple(zip(all_moves, nearest, strict=True)), cap)
    given = _given_names(model, question, about_model)
    yield from (_with_given_names(repair, given) for repair in nearest if repair.set or repair.remove)


def _within_cap(
    model: Model, question: Question, baseline: _Baseline, found: Sequence[tuple[Moves, Repair]], cap: tuple[str, Number]
) -> tuple[Repair, ...]:
    """Return repairs after which a selection costs no more than its cap: as they are, with its price as cap, cheaper, or without cap."""
    name, most = cap
    fitting, dear = [], []
    for moves, repair in found:
        price = _price_after(model, baseline, moves)
        if not is_above(price, most):
            fitting.append(repair)
            continue
        dear.append(repair)
        if price is not None and within(price, CAP):
            fitting.append(Repair({**repair.set, name: price}, repair.remove))
    if dear:
        start = Start(baseline.picked, baseline.wrong, _closed_cell_gates(model, question), most=most)
        named = {key: value for key, value in dear[0].set.items() if key == MODEL}
        cheaper = (_repair(model, question, baseline, named, moves) for moves in _search_moves(model, start))
        fitting += [repair for repair in cheaper if repair not in fitting]
    if not fitting and not fields_of(question.table, model)[name].required:
        fitting = [Repair(repair.set, (*repair.remove, name)) for repair in dear]
    return tuple(fitting[:_REPAIRS])


def _price_after(model: Model, baseline: _Baseline, moves: Moves) -> Credits | None:
    changed = {name: candidate.value for name, candidate in moves.items()}
    after = {name: value for name, value in {**baseline.picked, **changed}.items() if value is not NOTHING}
    return price_of(model, examine_together(model, after))


@record
class _Baseline:
    """
    The start of a repair: the valid picks of a selection, and the candidates for each wrong one.

    `foreign` are the names in the selection that are not fields of the model. `from_ended_aliases` has the values that were
    given by an alias that has ended, by the name that the alias meant.
    """

    picked: Mapping[str, Any]
    wrong: Mapping[str, list[Candidate]]
    from_ended_aliases: Mapping[str, Any] = field(default_factory=dict)
    foreign: tuple[str, ...] = ()


def _baseline(model: Model, question: Question, verdict: Verdict) -> _Baseline:
    texts, options = fields_of(question.table, model), model.options
    given: dict[str, Any] = {}
    foreign = [*question.held]
    for name, value in question.picked.items():
        if name in options and options[name].follows is None:
            given[name] = value
        elif name != MODEL and name not in texts:
            foreign.append(name)
    alias_values = dict(_values_of_ended_aliases(model, question, foreign)) if foreign and model.aliases else {}
    meant = {name: value for name, value in alias_values.items() if name in options and options[name].follows is None}
    # The verdict names what is invalid alone, except for values that were given by an ended alias.
    faulty = invalid_alone(verdict) | {name for name, value in meant.items() if option_faults(options[name], value)}
    given |= meant
    invalid = [name for name in given if name in faulty and not is_written(options[name], given[name])] if faulty else ()
    boundaries = Boundaries(model, verdict.picks.values) if invalid else None
    wrong = {name: repaired(boundaries, options[name], given.pop(name)) for name in invalid} if boundaries else {}
    return _Baseline(given, wrong, alias_values, tuple(foreign))


def _values_of_ended_aliases(model: Model, question: Question, foreign: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Yield the option and the value of each pick that the caller named by an alias that has ended."""
    taken: set[str] = set()
    for name in foreign:
        means = meaning_at_any_time(model.aliases, name)
        if means is not None and means not in question.picked and means not in taken:
            taken.add(means)
            yield means, question.picked[name]


def _find_moves(model: Model, question: Question, baseline: _Baseline) -> tuple[Moves, ...]:
    """Return the moves of each repair; cached unless they depend on free values of the caller."""
    if not all(baseline.wrong.values()):
        return ()
    picked, wrong, closed = baseline.picked, baseline.wrong, _closed_cell_gates(model, question)
    picks_key = cache_key(model, picked) if all(model.options[name].listed for name in wrong) else None
    likely = tuple([(name, candidates[0], *_meant(candidates)) for name, candidates in wrong.items()])
    key = None if picks_key is None else (closed, picks_key, likely)
    return cached(model, "moves", key, lambda: tuple(_search_moves(model, Start(picked, wrong, closed))))


def _meant(candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates that the caller probably meant; the others follow from the first of all and the other picks."""
    return [candidate for candidate in candidates if candidate.rank == MEANT]


def _search_moves(model: Model, start: Start) -> Iterator[Moves]:
    equals = [len(_meant(candidates)) for candidates in start.wrong.values()]
    for moves in nearest_picks(model, start, max(_REPAIRS, *equals, 0)):
        yield {**{name: candidates[0] for name, candidates in start.wrong.items()}, **moves}


def _closed_cell_gates(model: Model, question: Question) -> frozenset[str]:
    """Return the names of the gates of combinations that are closed to the caller."""
    gates: tuple[str, ...] | None = model.memory.get("gates")
    if gates is None:
        gates = model.memory.keep("gates", tuple(dict.fromkeys([gate for cell in model.cells for gate in cell.gates])))
    return frozenset([gate for gate in gates if not opens(question.table.gates[gate], question.grants)])


def _repair(model: Model, question: Question, baseline: _Baseline, named: dict[str, Any], moves: Moves) -> Repair:
    to_set = dict(named)
    for name, value in baseline.from_ended_aliases.items():
        if name not in moves:
            to_set[name] = _as_picked(model, name, value)
    dropped = list(baseline.foreign)
    for name, candidate in moves.items():
        if candidate.value is not NOTHING:
            to_set[name] = _as_picked(model, name, candidate.value)
        elif name in question.picked:
            dropped.append(name)
    return Repair(to_set, tuple(dropped))


def _as_picked(model: Model, name: str, value: Any) -> Any:
    """Return a value of an option as a caller picks it; the value of any other field unchanged."""
    option = model.options.get(name)
    return value if option is None else option.picked(value)


def _given_names(model: Model, question: Question, about_model: Question) -> dict[str, str]:
    """Return the aliases that the caller used for options, by the canonical name of the option."""
    notes = (*question.notes, *about_model.notes)
    if not notes:
        return {}
    aliases = {alias.name for side in (question.model, model) if side is not None for alias in side.aliases}
    return {note.field: note.given for note in notes if note.taken == note.field and note.given in aliases}


def _with_given_names(repair: Repair, given: Mapping[str, str]) -> Repair:
    """Return a repair that also removes the aliases that the caller used for the changed options."""
    if not given:
        return repair
    aliases = (given[name] for name in repair.set if name in given)
    return Repair(repair.set, tuple(dict.fromkeys((*(given.get(name, name) for name in repair.remove), *aliases))))
