"""
The nearest selections that are not impossible.

A repair is about what is picked. The texts of a caller are never changed, shortened or left out: where one is wrong, it
stays, and so does its violation. Nothing is made up: a text, or an entry of a list, that nobody gave is not proposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from imgrules.engine.gates import opens
from imgrules.engine.normalize import once_meant
from imgrules.engine.reasons import Repair
from imgrules.refusals.boundaries import Marks
from imgrules.refusals.cached_answers import in_words, kept
from imgrules.refusals.candidates import NOTHING, Candidate, is_written, mended
from imgrules.refusals.constraints import UNSOUND, Question, Verdict, examine, option_faults
from imgrules.refusals.search import Moves, Start, nearest_picks
from imgrules.refusals.suggest import models_of
from imgrules.table.record import field, record
from imgrules.table.records import MODEL, Model, fields_of

_REPAIRS = 3


def repairs(asked: Question, verdict: Verdict) -> tuple[Repair, ...]:
    """Return the nearest selections whose picks are allowed or locked, nearest first; none where only texts are wrong."""
    if asked.timeless:
        return ()
    models = asked.table.models
    named = asked.model
    if named is None or not named.cells:
        close = models.get(_close(asked) or "")
        named = None if close is None else close.at(asked.moment)
    if named is not None and named.cells:
        return _within(named, asked, verdict)
    now = (each.at(asked.moment) for each in models.values())
    near = islice((each for each in now if each is not None and each.cells), _REPAIRS)
    return tuple(one for each in near for one in _within(each, asked, verdict)[:1])


def fits_something(model: Model) -> bool:
    """Whether some selection of a model keeps all its rules, as far as is found, whatever texts a caller would write."""
    if all(each.simple for each in model.options.values()):
        return bool(model.cells)
    # Of many values for each of some options, the nearest search tries all of the first before any of the second.
    return any(nearest_picks(model, Start({}, filler=True, deep=deep), 1) for deep in (False, True))


def _close(asked: Question) -> str | None:
    """Return the model that was probably meant: what stands in for it, what it was called, or what is spelled alike."""
    if asked.model is not None and asked.model.gone is not None and asked.model.gone.use is not None:
        return asked.model.gone.use
    name = asked.picked.get(MODEL)
    meant = once_meant(asked.table.aliases, name) if type(name) is str else None
    return meant or models_of(asked.table).nearest(name)


def _within(model: Model, asked: Question, verdict: Verdict) -> tuple[Repair, ...]:
    here = asked
    if asked.model is not model:
        here = asked.about(model)
        verdict = examine(here)
    begun = _begun(model, here, verdict)
    named = {} if asked.model is model else {MODEL: model.id}
    made = (_made(model, here, begun, named, moves) for moves in _moves(model, here, begun))
    given = _other_names(model, asked, here)
    return tuple(_as_given(each, given) for each in made if each.set or each.remove)


@record
class _Begun:
    """Where the repair of a selection begins: its sound picks, its wrong ones, and what of it is no pick of the model."""

    picked: Mapping[str, Any]
    wrong: Mapping[str, list[Candidate]]
    carried: Mapping[str, Any] = field(default_factory=dict)
    foreign: tuple[str, ...] = ()


def _begun(model: Model, asked: Question, verdict: Verdict) -> _Begun:
    texts = fields_of(asked.table, model)
    own = {name: each for name, each in model.options.items() if each.follows is None}
    foreign = tuple(name for name in asked.picked if name != MODEL and name not in own and name not in texts)
    carried = dict(_carried(model, asked, foreign))
    given = {name: each for name, each in asked.picked.items() if name in own}
    given |= {name: each for name, each in carried.items() if name in own}
    # What is wrong by itself is known already, but for what has another name now.
    faulty = {each.field for each in verdict.faults if each.code in UNSOUND}
    faulty |= {name for name, each in carried.items() if name in own and any(option_faults(own[name], each))}
    marks = Marks(model, verdict.picks.values)
    unsound = (name for name in given if name in faulty and not is_written(own[name], given[name]))
    wrong = {name: mended(marks, own[name], given[name]) for name in unsound}
    picked = {name: each for name, each in given.items() if name not in wrong}
    return _Begun(picked, wrong, carried, foreign)


def _carried(model: Model, asked: Question, foreign: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield what was given by a name that has ended, under the name that it stood for."""
    taken: set[str] = set()
    for name in foreign:
        means = once_meant(model.aliases, name)
        if means is not None and means not in asked.picked and means not in taken:
            taken.add(means)
            yield means, asked.picked[name]


def _moves(model: Model, asked: Question, begun: _Begun) -> tuple[Moves, ...]:
    """Return what is changed by each repair; found once where nothing that a caller made up bears on it."""
    if not all(begun.wrong.values()):
        return ()
    start = Start(begun.picked, begun.wrong, _closed(model, asked))
    named = in_words(model, start.picked) if all(model.options[each].listed for each in start.wrong) else None
    firsts = tuple((name, *choices[0]) for name, choices in start.wrong.items())
    question = None if named is None else (start.shut, named, firsts)
    return kept(model, "moves", question, lambda: tuple(_found(model, start)))


def _found(model: Model, start: Start) -> Iterator[Moves]:
    for moves in nearest_picks(model, start, _REPAIRS):
        yield {**{name: choices[0] for name, choices in start.wrong.items()}, **moves}


def _closed(model: Model, asked: Question) -> frozenset[str]:
    """Return the gates of combinations that are closed to somebody."""
    gates: tuple[str, ...] | None = model.memory.get("gates")
    if gates is None:
        gates = model.memory.keep("gates", tuple(dict.fromkeys([each for cell in model.cells for each in cell.gates])))
    return frozenset([each for each in gates if not opens(asked.table.gates[each], asked.grants)])


def _made(model: Model, asked: Question, begun: _Begun, named: dict[str, Any], moves: Moves) -> Repair:
    changed = {name: each.value for name, each in moves.items()}
    carried = {name: each for name, each in begun.carried.items() if name not in changed}
    to_set = {name: _as_picked(model, name, each) for name, each in {**carried, **changed}.items() if each is not NOTHING}
    gone = (name for name, each in changed.items() if each is NOTHING and name in asked.picked)
    return Repair(named | to_set, (*begun.foreign, *gone))


def _as_picked(model: Model, name: str, value: Any) -> Any:
    """Return a value as a caller picks it; what is no option of the model is as it is."""
    option = model.options.get(name)
    return value if option is None else option.picked(value)


def _other_names(model: Model, asked: Question, here: Question) -> dict[str, str]:
    """Return by which other names options were given, by their own."""
    known = {each.name for one in (asked.model, model) if one is not None for each in one.aliases}
    return {each.field: each.given for each in (*asked.notes, *here.notes) if each.taken == each.field and each.given in known}


def _as_given(repair: Repair, given: Mapping[str, str]) -> Repair:
    """Return a repair of what was given by another name: that name goes, too."""
    if not given:
        return repair
    old = (given[each] for each in repair.set if each in given)
    return Repair(repair.set, tuple(dict.fromkeys((*(given.get(each, each) for each in repair.remove), *old))))
