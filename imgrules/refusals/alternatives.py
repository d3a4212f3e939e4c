"""Which values of an option are possible with the rest of a selection."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from imgrules.engine.resolve import keeps
from imgrules.refusals.cached_answers import in_words, kept
from imgrules.refusals.constraints import UNSOUND, Question, Verdict
from imgrules.refusals.value_trials import Trials, trials
from imgrules.table.records import Model, Option


def possible_values(asked: Question, verdict: Verdict, option: Option) -> tuple[str, ...]:
    """
    Return the values of an option that are possible with the rest of the selection.

    Where the rest alone is impossible already, they are those that are possible at all.
    """
    model = asked.model
    if model is None or not option.listed or option.follows is not None:
        return tuple(option.values)
    return values_that_go(asked, verdict, option) or _in_order(option, _sold_at_all(model, option))


def values_that_go(asked: Question, verdict: Verdict, option: Option) -> tuple[str, ...]:
    """Return the values of an option that go with what is sound in the rest of the selection."""
    wrong = {each.field for each in verdict.faults if each.code in UNSOUND} - {option.name}
    model, picked = asked.model, asked.picked
    assert model is not None  # noqa: S101  only a model has options
    rest = in_words(
        model, {each: picked[each] for each in model.options if each in picked and each not in {*wrong, option.name}}
    )
    question = None if rest is None else (option.name, rest, *sorted(wrong & model.options.keys()))
    return kept(model, "possible", question, lambda: tuple(_values_in(trials(model, picked, tuple(wrong), option), option)))


def _values_in(tried: Trials, option: Option) -> Iterator[str]:
    # A limit that is broken in any case goes with no value, but for one that only asks for more.
    if all(each.needs for each in tried.broken):
        yield from (each for each in option.values if _goes(tried, each))


def _in_order(option: Option, possible: Collection[str | None]) -> tuple[str, ...]:
    return tuple(each for each in option.values if each in possible)


def _sold_at_all(model: Model, option: Option) -> set[str | None]:
    if option.name not in model.axes:
        return set(option.values)
    place = model.axes.index(option.name)
    return {cell.values[place] for cell in model.cells}


def _goes(tried: Trials, value: str) -> bool:
    model, there = tried.model, tried.picks(value)
    if there.misplaced or not model.matching(there.values, there.open):
        return False
    known = (each for each in tried.limits(value) if there.open.isdisjoint(each.names) and not each.needs)
    return all(keeps(each, there.values, model) for each in known)
