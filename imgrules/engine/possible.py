"""Which values of an option are possible with the rest of a selection."""

from __future__ import annotations

from collections.abc import Collection

from imgrules.engine.faults import Question, Verdict, ViolationCode, fits
from imgrules.engine.picks import keeps, picks
from imgrules.engine.table import Model, Option


def possible_values(asked: Question, verdict: Verdict, option: Option) -> tuple[str, ...]:
    """
    Answer the values of an option that are possible with the rest of the selection.

    Where the rest alone is impossible already, they are those that are possible at all.
    """
    model = asked.model
    if model is not None and model.plain:
        found: tuple[str, ...] | None = verdict.memory.get(option.name)
        return verdict.memory.keep(option.name, _beside(model, verdict, option)) if found is None else found
    if model is None or not option.listed or option.follows is not None:
        return tuple(option.values)
    possible = {each for each in option.values if goes(model, asked, verdict, option.name, each)}
    return _in_order(option, possible or _sold_at_all(model, option))


def _beside(model: Model, verdict: Verdict, option: Option) -> tuple[str, ...]:
    there, place = verdict.picks.values, model.axes.index(option.name)
    others = [(at, there[each]) for at, each in enumerate(model.axes) if each in there and at != place]
    possible = {cell.values[place] for cell in model.cells if all(cell.values[at] == value for at, value in others)}
    return _in_order(option, possible or _sold_at_all(model, option))


def _in_order(option: Option, possible: Collection[str | None]) -> tuple[str, ...]:
    return tuple(each for each in option.values if each in possible)


def _sold_at_all(model: Model, option: Option) -> set[str | None]:
    if option.name not in model.axes:
        return set(option.values)
    place = model.axes.index(option.name)
    return {cell.values[place] for cell in model.cells}


def goes(model: Model, asked: Question, verdict: Verdict, name: str, value: str) -> bool:
    """Answer whether a value of an option goes with what is sound in the rest."""
    wrong = {each.field for each in verdict.faults if each.code in _UNUSABLE} - {name}
    there = picks(model, {**asked.picked, name: value}, wrong)
    known = (each for each in model.limits if there.open.isdisjoint(each.names) and not each.needs)
    here = not there.misplaced and all(keeps(each, there.values, model) for each in known)
    return here and fits(model, there.values, there.open)


_UNUSABLE = frozenset(ViolationCode) - {ViolationCode.NOT_TOGETHER, ViolationCode.MISSING_FIELD}
