"""Which values of an option are possible with the rest of a selection."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from imgrules.engine.resolve import keeps
from imgrules.refusals.cached_answers import cache_key, cached
from imgrules.refusals.constraints import Verdict, invalid_alone
from imgrules.refusals.questions import Question
from imgrules.refusals.value_trials import Trials, trials
from imgrules.table.options import Option
from imgrules.table.records import Model


def possible_values(question: Question, verdict: Verdict, option: Option) -> tuple[str, ...]:
    """
    Return the values of an option that are possible with the rest of the selection, in author's order.

    If the rest is impossible whatever the value, return the values that occur in any combination that is sold.
    """
    model = question.model
    if model is None or not option.listed or option.follows is not None:
        return tuple(option.values)
    return compatible_values(question, verdict, option) or _in_order(option, _sold_at_all(model, option))


def compatible_values(question: Question, verdict: Verdict, option: Option) -> tuple[str, ...]:
    """Return the values of an option that conflict with none of the other picks; picks that are invalid alone are ignored."""
    wrong = invalid_alone(verdict) - {option.name}
    model, picked = question.model, question.picked
    assert model is not None  # noqa: S101  only a model has options
    valid = {name: picked[name] for name in model.options if name in picked and name not in {*wrong, option.name}}
    valid_key = cache_key(model, valid)
    key = None if valid_key is None else (option.name, valid_key, *sorted(wrong & model.options.keys()))
    return cached(
        model, "possible", key, lambda: tuple(_compatible_values(trials(model, picked, tuple(wrong), option), option))
    )


def _compatible_values(trial: Trials, option: Option) -> Iterator[str]:
    # A limit that is broken for every value excludes all of them, unless it only needs another option.
    if all(limit.needs for limit in trial.broken):
        yield from (value for value in option.values if _is_compatible(trial, value))


def _in_order(option: Option, possible: Collection[str | None]) -> tuple[str, ...]:
    return tuple(value for value in option.values if value in possible)


def _sold_at_all(model: Model, option: Option) -> set[str | None]:
    """Return the values of an option that occur in some combination."""
    if option.name not in model.axes:
        return set(option.values)
    axis = model.axes.index(option.name)
    return {cell.values[axis] for cell in model.cells}


def _is_compatible(trial: Trials, value: str) -> bool:
    model, resolved = trial.model, trial.picks(value)
    if resolved.misplaced or not model.matching(resolved.values, resolved.open):
        return False
    decidable = (limit for limit in trial.limits(value) if resolved.open.isdisjoint(limit.names) and not limit.needs)
    return all(keeps(limit, resolved.values, model) for limit in decidable)
