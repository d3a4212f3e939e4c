"""
The nearest selections that are not impossible.

Candidates are made from what is picked and from the bounds that the rules name; only what the rules themselves find
sound is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain, combinations, islice, product
from typing import Any, TypeAlias

from imgrules.engine.faults import Question, Verdict, ViolationCode, examine, option_faults
from imgrules.engine.names import models_of
from imgrules.engine.parts import Number, Numbers, Sizes, Test, Text
from imgrules.engine.picks import amount
from imgrules.engine.possible import possible_values
from imgrules.engine.quantities import MOST, entries, exact, length, limits, nearest_size, pair, stepped
from imgrules.engine.table import MODEL, Cell, Gate, Model, Option
from imgrules.engine.wording import nearest

_REPAIRS = 3
_CELLS = 40
_TRIES = 200
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Repair:
    """A small change that makes a selection possible: fields to set, and fields to remove."""

    set: Mapping[str, Any]
    remove: tuple[str, ...] = ()

    def apply(self, selection: object) -> dict[str, Any]:
        """Answer the selection with the change made; keys that are no text are left behind."""
        kept, removed = selection.items() if isinstance(selection, Mapping) else (), frozenset(self.remove)
        return {key: each for key, each in kept if type(key) is str and key not in removed} | dict(self.set)


def opens(gate: Gate, grants: frozenset[str]) -> bool:
    """Answer whether a gate is open to somebody: any one of its grants will do."""
    return not grants.isdisjoint(gate.opens_with)


def repairs(asked: Question, verdict: Verdict) -> tuple[Repair, ...]:
    """Answer the nearest selections that are allowed or locked, nearest first; there is one if anything is sold."""
    if asked.timeless:
        return ()
    models = asked.table.models
    named = asked.model
    if named is None or not named.cells:
        use = named.gone.use if named is not None and named.gone is not None else None
        close = models.get(use or models_of(asked.table).nearest(asked.picked.get(MODEL)) or "")
        named = None if close is None else close.at(asked.moment)
    if named is not None and named.cells:
        return _within(named, asked, verdict)
    now = (each.at(asked.moment) for each in models.values())
    near = islice((each for each in now if each is not None and each.cells), _REPAIRS)
    return tuple(one for each in near for one in _within(each, asked, verdict)[:1])


def _within(model: Model, asked: Question, verdict: Verdict) -> tuple[Repair, ...]:
    here = asked
    if asked.model is not model:
        here = asked.about(model)
        verdict = examine(here)
    found = _plain_repairs(model, here, verdict, asked) if model.plain else _rich_repairs(model, here, verdict, asked)
    if not (asked.notes or here.notes):
        return found
    known = {each.name for one in (asked.model, model) if one is not None for each in one.aliases}
    given = {each.field: each.given for each in (*asked.notes, *here.notes) if each.taken == each.field and each.given in known}
    return tuple(_as_given(each, given) for each in found) if given else found


def _as_given(repair: Repair, given: Mapping[str, str]) -> Repair:
    """Answer a repair of what was given by another name: that name goes, too."""
    old = (given[each] for each in repair.set if each in given)
    return Repair(repair.set, tuple(dict.fromkeys((*(given.get(each, each) for each in repair.remove), *old))))


def _plain_repairs(model: Model, asked: Question, verdict: Verdict, first: Question) -> tuple[Repair, ...]:
    options, picked, close, remove = model.options, asked.picked, {}, []
    for fault in verdict.faults:
        name = fault.field
        if name not in options:
            remove.append(name)
        elif first.model is not model:
            # What was said of one model is no suggestion for another.
            close[name] = nearest(picked.get(name), options[name].values)
        elif fault.code is _NOT_OFFERED:
            close[name] = nearest(fault.value, possible_values(asked, verdict, options[name]))
    near = _changes_near(model, asked, verdict, tuple(map(close.get, model.axes)) if close else None)
    named = {} if first.model is model else {MODEL: model.id}
    removed = tuple(dict.fromkeys(remove)) if remove else ()
    return tuple([Repair(named | each, removed) for each in near])


_NOT_OFFERED = ViolationCode.NOT_OFFERED  # looked up once: Python 3.11 takes long

_Meant: TypeAlias = tuple[str | None, ...] | None


def _changes_near(model: Model, asked: Question, verdict: Verdict, meant: _Meant) -> tuple[dict[str, Any], ...]:
    """Answer what has to be set to reach each of the nearest combinations; found once for all who meet the same gates."""
    question = (meant, _closed(model, asked))
    found: tuple[dict[str, Any], ...] | None = verdict.memory.get(question)
    return verdict.memory.keep(question, _changes_to(model, verdict, *question)) if found is None else found


def _changes_to(model: Model, verdict: Verdict, meant: _Meant, closed: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    wanted = tuple(map(verdict.picks.values.get, model.axes))
    far = [_distance(each, wanted) for each in model.cells]
    least = min(far)
    # Further away than the nearest, every change would take more from the caller than it has to.
    equal = [cell for cell, each in zip(model.cells, far, strict=True) if each == least]
    near = _near(equal, wanted, meant or (None,) * len(wanted), closed)
    return tuple([_change(model, each, wanted) for each in near[:_REPAIRS]])


def _closed(model: Model, asked: Question) -> tuple[str, ...]:
    """Answer the gates of combinations that are closed to somebody."""
    gates: tuple[str, ...] | None = model.memory.get("gates")
    if gates is None:
        gates = model.memory.keep("gates", tuple(dict.fromkeys([each for cell in model.cells for each in cell.gates])))
    return tuple([each for each in gates if not opens(asked.table.gates[each], asked.grants)])


def _near(cells: Iterable[Cell], wanted: tuple[Any, ...], meant: tuple[Any, ...], closed: tuple[str, ...]) -> list[Cell]:
    shut = frozenset(closed)

    def far(cell: Cell) -> tuple[int, int, bool]:
        return _distance(cell, wanted), _distance(cell, meant), not shut.isdisjoint(cell.gates)

    return sorted(cells, key=far)


def _distance(cell: Cell, wanted: tuple[Any, ...]) -> int:
    return sum(want not in (None, have) for have, want in zip(cell.values, wanted, strict=True))


def _change(model: Model, cell: Cell, wanted: tuple[Any, ...]) -> dict[str, Any]:
    chosen = zip(model.axes, cell.values, wanted, strict=True)
    return {name: value for name, value, want in chosen if value != want}


def _rich_repairs(model: Model, asked: Question, verdict: Verdict, first: Question) -> tuple[Repair, ...]:
    own = {name for name, each in model.options.items() if each.follows is None}
    wrong = {each.field for each in verdict.faults} - own
    remove = tuple(each for each in asked.picked if each in wrong and each != MODEL)
    kept = {name: _tame(each) for name, each in asked.picked.items() if name in own}
    found: list[dict[str, Any]] = []
    fewest = len(model.options)
    broken = {each.field for each in verdict.faults if each.code is not ViolationCode.NOT_TOGETHER}
    # Where nothing is wrong with the listed options themselves, they may stay as they are.
    as_it_is = () if broken & own & {*model.axes} else (kept,)
    others = (_with(model, kept, each) for each in islice(_cells(model, asked, kept, verdict), _CELLS))
    for target in chain(as_it_is, others):
        # Further away than what is found already, nothing is looked for.
        settled = _settled(model, asked, target, fewest - _changes(kept, target))
        if settled is not None and settled not in found:
            found.append(settled)
            fewest = min(fewest, _changes(kept, settled))
        if len(found) == _REPAIRS:
            break
    named = {} if first.model is model else {MODEL: model.id}
    near = (each for each in found if _changes(kept, each) == fewest)
    return tuple(_repair(model, kept, each, named, remove) for each in near)


def _tame(value: Any) -> Any:
    """Answer a value that may be compared and counted with, or in place of any other one that is plainly wrong."""
    listed = entries(value)
    if listed is not None:
        return [each if type(each) is str else _STRANGE for each in listed]
    return value if type(value) is str or exact(value) is not None else _STRANGE


def _repair(
    model: Model, kept: Mapping[str, Any], target: Mapping[str, Any], named: dict[str, Any], remove: tuple[str, ...]
) -> Repair:
    options = model.options
    changed = {name: options[name].picked(each) for name, each in target.items() if name not in kept or kept[name] is not each}
    return Repair(named | changed, (*remove, *(each for each in kept if each not in target)))


def _changes(kept: Mapping[str, Any], target: Mapping[str, Any]) -> int:
    return sum(kept.get(name, _NOTHING) is not target.get(name, _NOTHING) for name in {*kept, *target})


_NOTHING = object()
_STRANGE = object()


def _cells(model: Model, asked: Question, kept: Mapping[str, Any], verdict: Verdict) -> Iterable[Cell]:
    """Answer combinations, those first that keep the most of what is picked; each set of picks once."""
    there = verdict.picks.values
    own = [model.options[each].follows is None for each in model.axes]
    wanted = tuple(there.get(each) if mine else None for each, mine in zip(model.axes, own, strict=True))
    meant = tuple(nearest(kept.get(each), model.options[each].values) for each in model.axes)
    return _near(model.cells, wanted, meant, _closed(model, asked))


def _with(model: Model, kept: Mapping[str, Any], cell: Cell) -> dict[str, Any]:
    """Answer what is picked with the listed options of a combination in place of its own."""
    chosen = {name: value for name, value in zip(model.axes, cell.values, strict=True) if model.options[name].follows is None}
    rest = {name: each for name, each in kept.items() if name not in chosen}
    said = {
        name: kept[name] if name in kept and kept[name] == value else value
        for name, value in chosen.items()
        if value is not None and (name in kept or value != model.options[name].default)
    }
    return rest | said


class _Choice:
    """What an option that cells do not hold might be: the first thing, and the rest, which is looked for when it is asked for."""

    def __init__(self, model: Model, option: Option, target: Mapping[str, Any]) -> None:
        self.name = option.name
        self._candidates = _candidates(model, option, target)
        self.first = next(self._candidates)

    @cached_property
    def rest(self) -> list[Any]:
        """Answer what else it might be."""
        return list(self._candidates)


def _settled(model: Model, asked: Question, target: Mapping[str, Any], most: int) -> dict[str, Any] | None:
    """Answer the same picks with the fewest changes, `most` at most, of options that cells do not hold, so that all is sound."""
    free = (each for each in model.options.values() if not each.bound and each.follows is None)
    choices = [_Choice(model, each, target) for each in free]
    first = {each.name: each.first for each in choices}
    left = most - sum(each.first is not target.get(each.name, _NOTHING) for each in choices)
    for changed in islice(_ways(choices, left), _TRIES):
        tried = {name: each for name, each in {**target, **first, **changed}.items() if each is not _NOTHING}
        if _sound(asked, tried):
            return tried
    return None


def _ways(choices: list[_Choice], most: int) -> Iterator[dict[str, Any]]:
    """Answer what to take of each that is not its first choice, the fewest of them first."""
    for many in range(min(len(choices), most) + 1):
        for which in combinations(choices, many):
            for chosen in product(*(each.rest for each in which)):
                yield {each.name: value for each, value in zip(which, chosen, strict=True)}


def _sound(asked: Question, tried: Mapping[str, Any]) -> bool:
    return not examine(asked.otherwise({MODEL: asked.picked[MODEL], **tried})).faults


def _candidates(model: Model, option: Option, target: Mapping[str, Any]) -> Iterator[Any]:
    """Answer what an option might be: as it is, mended, nothing, and what lies at the bounds that the rules name."""
    picked = target.get(option.name, _NOTHING)
    wrong = set() if picked is _NOTHING else {each.code for each in option_faults(option, picked)}
    bounds = _bounds(model, option, picked, target)
    # What is of the right kind is mended rather than left out.
    mend = wrong and (ViolationCode.WRONG_TYPE not in wrong or entries(picked))
    known = chain(bounds, [_NOTHING]) if mend else chain([picked, _NOTHING], bounds)
    seen: list[Any] = []
    for each in known:
        if each not in seen and (each is _NOTHING or not any(option_faults(option, each))):
            seen.append(each)
            yield each


def _bounds(model: Model, option: Option, picked: Any, target: Mapping[str, Any]) -> Iterator[Any]:
    marks = list(_marks(model, option, target))
    meant = nearest(picked, option.values)
    if meant is not None:
        yield meant
    if option.many is not None:
        yield from _lists(option, option.many, picked, marks)
    elif option.number is not None:
        yield from _numbers(option.number, exact(picked), marks)
    elif option.size is not None:
        yield from _sizes(option.size, pair(picked, "x"), marks)
    elif option.ratio is not None:
        yield from filter(None, (option.ratio.min, option.ratio.max, "1:1"))
    else:
        yield _text(option.text or Text(), picked)
    yield from option.values


def _marks(model: Model, option: Option, target: Mapping[str, Any]) -> Iterator[Number]:
    """Answer the numbers that the rules compare an option with; of a total, what the other parts leave."""
    for test in _tests(model):
        bounds = [each for each in (test.min, test.max, *test.any) if isinstance(each, int) or type(each) is not str]
        yield from _apart(model, test.name, option.name, [exact(each) or 0 for each in bounds], target)
    for named in model.options.values():
        ranges = [each for value in named.values.values() for each in (value.min, value.max) if each is not None]
        if named.follows is not None and named.follows.of is not None:
            yield from _apart(model, named.follows.of, option.name, ranges, target)


def _apart(model: Model, about: str, name: str, bounds: list[Number], target: Mapping[str, Any]) -> Iterator[Number]:
    rule = model.options[about].follows if about in model.options else None
    if about == name:
        yield from bounds
    elif rule is not None and rule.of is not None:
        yield from _apart(model, rule.of, name, bounds, target)
    elif rule is not None and name in rule.total:
        others = sum(
            amount(model, each, target) or exact(model.options[each].default) or 0 for each in rule.total if each != name
        )
        yield from (each - others for each in bounds)
    elif rule is not None and name in rule.pixels:
        other = [exact(target.get(each, model.options[each].default)) or 1 for each in rule.pixels if each != name]
        yield from (Decimal(each) * rule.unit / (other[0] if other else 1) for each in bounds)


def _tests(model: Model) -> Iterator[Test]:
    for limit in model.limits:
        yield from (*limit.when, *limit.only, *limit.never)
    for option in model.options.values():
        yield from option.when


def _numbers(rule: Numbers, picked: Number | None, marks: list[Number]) -> Iterator[Number]:
    step = rule.step or 1
    near = [each for mark in marks for each in (mark, mark + step, mark - step)]
    ends: list[Number] = [each for each in (rule.min, rule.max) if each is not None] or [0]

    def far(one: Number) -> Decimal:
        return abs(Decimal(one) - Decimal(picked or 0))

    # Nearest to what is picked first.
    for each in (*([] if picked is None else [picked]), *sorted((*near, *ends), key=far)):
        yield stepped(each, rule)


def _sizes(rule: Sizes, picked: tuple[int, int] | None, marks: list[Number]) -> Iterator[str]:
    bounds = [each for each in marks if each > 0]
    areas = [Numbers(rule.area.min, min(each, rule.area.max or each), None) for each in bounds]
    for each in (rule, *(Sizes(rule.edge, area, rule.ratio) for area in areas)):
        near = nearest_size(picked or (1024, 1024), each)
        if near is not None:
            yield f"{near[0]}x{near[1]}"


def _lists(option: Option, rule: Numbers, picked: Any, marks: list[Number]) -> Iterator[list[Any]]:
    sound = [each for each in (entries(picked) or ())[:_LONGEST] if not any(option_faults(_alone(option), [each]))]
    filler = next(iter(option.values), None) or _text(option.text or Text(1), "")
    enough = max(min(len(sound), int(limits(rule)[1])), int(rule.min or 0))
    lengths = [enough, *(int(each) for mark in marks for each in (mark, mark + 1, mark - 1))]
    for each in dict.fromkeys((*lengths, int(rule.min or 0), int(rule.max or 0))):
        if 0 <= each <= min(rule.max if rule.max is not None else MOST, _LONGEST):
            yield (sound + [filler] * each)[:each]


def _alone(option: Option) -> Option:
    return Option(option.name, option.label, option.values, text=option.text, many=Numbers(0), gone=option.gone)


def _text(rule: Text, picked: Any) -> str:
    """Answer a text of a length that its rule takes: shortened, or with blanks to fill."""
    text = picked.encode("utf-8", "ignore").decode("utf-8") if type(picked) is str else ""
    if rule.longest is not None and length(text, rule) > rule.longest:
        return _shortened(text, rule.longest, rule.unit)
    blank = " …" if rule.unit == "words" else "_"
    return text + blank * max(rule.shortest - length(text, rule), 0)


def _shortened(text: str, longest: int, unit: str) -> str:
    if unit == "words":
        return " ".join(text.split()[:longest])
    return text.encode()[:longest].decode("utf-8", "ignore") if unit == "bytes" else text[:longest]
