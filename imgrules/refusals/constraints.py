"""
What is wrong with a selection: found here, and said in `explain`.

Nothing here decides that something is fine by default: what no rule takes is a fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from imgrules.engine.normalize import Foreign, canonical, model_named
from imgrules.engine.reasons import Note, ViolationCode
from imgrules.engine.request_caps import ENTRIES
from imgrules.engine.resolve import Picks, keeps, lacking, picks
from imgrules.table.measures import entries, exact, fits_text, is_whole, is_whole_text, pair, shaped, sized, within
from imgrules.table.record import field, record
from imgrules.table.records import MODEL, Cell, Model, Option, Table, fields_of
from imgrules.table.terms import Limit, Numbers, Test, Text

UNSOUND = frozenset(ViolationCode) - {ViolationCode.NOT_TOGETHER, ViolationCode.MISSING_FIELD}
"""What is wrong with a pick by itself, whatever the rest is."""

# Python 3.11 takes long to look a member up.
_REFUSED_FIELD, _UNKNOWN_FIELD = ViolationCode.REFUSED_FIELD, ViolationCode.UNKNOWN_FIELD


@record(frozen=False)  # not frozen: that takes three times as long to make, and every refusal makes one
class Question:
    """
    What is asked of a table: fields picked by name, by somebody with these grants, in this language, at this moment.

    `picked` is nobody else's to change, and in the canonical names of `model`, as the model is at the moment; `notes` says
    what was replaced.
    """

    table: Table
    picked: Mapping[str, Any]
    model: Model | None = None
    grants: frozenset[str] = frozenset()
    language: str | None = None
    moment: str | None = None
    notes: tuple[Note, ...] = ()

    @property
    def timeless(self) -> bool:
        """Whether the model changes with time, and no moment is given."""
        return self.model is not None and self.moment is None and bool(self.model.changes)

    def versions(self) -> Iterator[Question]:
        """Yield the same question about the model in each stretch of time, where it is asked of no moment."""
        for version in () if self.model is None else self.model.versions:
            named, notes = canonical(version, self.picked, None)
            yield Question(self.table, named, version, self.grants, self.language, None, (*self.notes, *notes))

    def about(self, model: Model) -> Question:
        """Ask the same of another model."""
        named = {**self.picked, MODEL: model.id}
        return ask(self.table, named, self.grants, self.language, self.moment)

    def otherwise(self, picked: Mapping[str, Any]) -> Question:
        """Ask the same of other picks, which are in canonical names."""
        return Question(self.table, picked, self.model, self.grants, self.language, self.moment)


def ask(
    table: Table, picked: Mapping[str, Any], grants: frozenset[str], language: str | None = None, moment: str | None = None
) -> Question:
    """Return the question that somebody asks, in canonical names; `picked` is the question's from then on."""
    model, note = model_named(table, picked.get(MODEL), moment)
    if model is None:
        return Question(table, _own(picked), None, grants, language, moment)
    # Of a model that changes with time nothing is known without a moment, its names included.
    timeless = moment is None and bool(table.models[model.id].changes)
    named, notes = (dict(picked), ()) if timeless else canonical(model, picked, moment)
    named[MODEL] = model.id
    return Question(table, named, model, grants, language, moment, (note, *notes) if note else notes)


def _own(picked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the same picks, which change no more when the caller changes a list."""
    return {name: list(value) if type(value) is list else value for name, value in picked.items()}


@record(frozen=False)
class Fault:
    """One mistake: its kind, its field and value, which sentence says it best, and the limits that it breaks."""

    code: ViolationCode
    field: str
    value: Any = None
    sentence: str = ""
    limits: tuple[Limit, ...] = ()


@record(frozen=False)
class Verdict:
    """What an examination comes to: every fault, what is there, and the combination that is sold if there is no fault."""

    faults: tuple[Fault, ...]
    picks: Picks = field(default_factory=lambda: Picks({}))
    cell: Cell | None = None


def examine(asked: Question) -> Verdict:
    """Return every fault of a selection; there is none exactly when it is sold."""
    model, found = asked.model, tuple(_faults_alone(asked))
    if model is None or model.gone is not None or asked.timeless:
        return Verdict(found)
    wrong = tuple([each.field for each in found if each.field in model.options])
    verdict = joined(model, asked.picked, wrong)
    return Verdict(found + verdict.faults, verdict.picks, None) if found else verdict


def first_fault(asked: Question) -> Fault | None:
    """Return the first fault of a selection; where it is one of a single field, no other is looked at."""
    for each in _faults_alone(asked):
        return each
    return next(iter(examine(asked).faults), None)


def _faults_alone(asked: Question) -> Iterable[Fault]:
    """Return what is wrong with the model, or else with each field by itself."""
    model = asked.model
    if model is None:
        return (_model_fault(asked.picked), *_refused_everywhere(asked))
    if asked.timeless:
        return (Fault(ViolationCode.MISSING_FIELD, "at", None, "missing_at"),)
    if model.gone is not None:
        return (Fault(ViolationCode.RETIRED if model.gone.retired else ViolationCode.NOT_YET, MODEL, model.id),)
    return _faults_of_fields(asked.table, model, asked.picked)


def _faults_of_fields(table: Table, model: Model, picked: Mapping[str, Any]) -> Iterator[Fault]:
    options, texts = model.options, fields_of(table, model)
    for name, value in picked.items():
        # Most values are listed ones, and most texts ASCII of a fitting length: those take one step.
        if name in options:
            option = options[name]
            if type(value) is not str or value not in option.values or option.many is not None or option.follows is not None:
                yield from option_faults(option, value)
        elif name in texts:
            said = texts[name]
            if type(value) is not str or not value.isascii() or said.also or not fits_text(value, said.text):
                yield from (Fault(each, name, value) for each in text_faults(said.rules, value))
        elif name != MODEL:
            foreign = name in table.types[model.type].refused
            yield Fault(_REFUSED_FIELD if foreign else _UNKNOWN_FIELD, name, value)


def joined(model: Model, picked: Mapping[str, Any], wrong: tuple[str, ...] = ()) -> Verdict:
    """Return what picks come to together, each of which was looked at by itself before."""
    return together(model, picks(model, picked, wrong))


def together(model: Model, there: Picks, limits: Sequence[Limit] | None = None) -> Verdict:
    """Return what is wrong with all that is there; `limits` are those that may be broken, where some are known not to be."""
    cell = None if there.open else model.cell(there.values)
    missing = [Fault(ViolationCode.MISSING_FIELD, each) for each in there.missing]
    found = (*missing, *_together(model, there, cell, limits))
    return Verdict(found, there, None if found else cell)


def _model_fault(picked: Mapping[str, Any]) -> Fault:
    if MODEL not in picked:
        return Fault(ViolationCode.MISSING_FIELD, MODEL, None, "missing_model")
    value = picked[MODEL]
    return Fault(ViolationCode.UNKNOWN_MODEL if type(value) is str else ViolationCode.WRONG_TYPE, MODEL, value)


def _refused_everywhere(asked: Question) -> Iterator[Fault]:
    foreign: frozenset[str] | None = asked.table.memory.get("foreign")
    if foreign is None:
        kinds = [frozenset(each.refused) for each in asked.table.types.values()]
        foreign = asked.table.memory.keep("foreign", frozenset.intersection(*kinds) if kinds else frozenset())
    return (Fault(_REFUSED_FIELD, each, asked.picked[each]) for each in asked.picked if each in foreign)


def text_faults(rules: tuple[Text, ...], value: object) -> Iterator[ViolationCode]:
    """Yield what is wrong with a text that a caller wrote and that has to keep all of these rules."""
    if type(value) is not str:
        yield ViolationCode.WRONG_TYPE
        return
    if not is_whole_text(value):
        yield ViolationCode.WRONG_TYPE
    if not all(fits_text(value, each) for each in rules):
        yield ViolationCode.TEXT_LENGTH


def option_faults(option: Option, value: object) -> Iterator[Fault]:
    """Yield what is wrong with what is picked for an option, the rest left aside."""
    if option.follows is not None:
        yield Fault(ViolationCode.REFUSED_FIELD, option.name, value, "computed_field")
    elif type(value) is Foreign:
        yield Fault(ViolationCode.WRONG_TYPE, option.name, value.given)
    elif option.many is not None:
        yield from (Fault(each, option.name, value) for each in dict.fromkeys(_list_faults(option, option.many, value)))
    elif type(value) is str and value in option.values:
        return
    elif type(value) is str and value in option.gone:
        code = ViolationCode.RETIRED if option.gone[value].retired else ViolationCode.NOT_YET
        yield Fault(code, option.name, value)
    else:
        yield from (Fault(each, option.name, value) for each in _by_rule(option, value))


def _by_rule(option: Option, value: object) -> Iterator[ViolationCode]:
    if option.number is not None:
        yield from _number_faults(option, value)
    elif option.text is not None:
        yield from text_faults((option.text,), value)
    elif type(value) is not str:
        yield ViolationCode.WRONG_TYPE
    else:
        yield from _sign_faults(option, value)


def _number_faults(option: Option, value: object) -> Iterator[ViolationCode]:
    number, rule = exact(value), option.number
    if type(value) is str and option.values:
        yield ViolationCode.NOT_OFFERED
    elif rule is None or number is None or (is_whole(rule) and type(value) is not int):
        yield ViolationCode.WRONG_TYPE
    elif not within(number, rule):
        yield ViolationCode.OUT_OF_RANGE


def _sign_faults(option: Option, value: str) -> Iterator[ViolationCode]:
    sides = pair(value, "x" if option.size else ":" if option.ratio else "")
    if sides is None:
        yield ViolationCode.NOT_OFFERED
    elif not (sized(sides, option.size) if option.size else option.ratio is None or shaped(sides, option.ratio)):
        yield ViolationCode.OUT_OF_RANGE


def _list_faults(option: Option, rule: Numbers, value: object) -> Iterator[ViolationCode]:
    listed = entries(value)
    if listed is not None and len(listed) > ENTRIES:
        yield ViolationCode.OUT_OF_RANGE
        return
    if listed is None or wrong_entry(listed) is not None:
        yield ViolationCode.WRONG_TYPE
        return
    for each in listed:
        if option.text is not None or not (option.values or option.gone):
            yield from text_faults((option.text or Text(),), each)
        elif each in option.gone:
            yield ViolationCode.RETIRED if option.gone[each].retired else ViolationCode.NOT_YET
        elif each not in option.values:
            yield ViolationCode.NOT_OFFERED
    if not within(len(listed), rule):
        yield ViolationCode.OUT_OF_RANGE


def wrong_entry(listed: Iterable[object]) -> int | None:
    """Return the place of the first entry that is no text, or that UTF-8 cannot carry."""
    return next((at for at, each in enumerate(listed) if type(each) is not str or not is_whole_text(each)), None)


def _together(model: Model, there: Picks, cell: Cell | None, limits: Sequence[Limit] | None = None) -> list[Fault]:
    if limits is None:
        # A cell keeps every limit that is about listed options alone.
        limits = model.limits if cell is None else model.open_limits
    broken = [each for each in limits if there.open.isdisjoint(each.names) and not keeps(each, there.values, model)]
    if cell is not None and not broken and not there.misplaced:
        return []
    needed = [fault for each in broken for fault in _needed(each, there)]
    broken = [*(_existence(model.options[each]) for each in there.misplaced), *(each for each in broken if not each.needs)]
    blamed: dict[str, list[Limit]] = {}
    for limit in broken:
        for name in _to_blame(model, limit.names, there):
            blamed.setdefault(name, []).append(limit)
    if not (broken or needed or cell is not None or model.matching(there.values, there.open)):
        known = tuple(each for each in model.axes if each in there.values) or model.axes
        blamed = {name: [] for name in _to_blame(model, known, there)}
    at_odds = (_not_together(name, there, tuple(blamed[name])) for name in model.options if name in blamed)
    once = {(each.field, *map(limit_key, each.limits)): each for each in reversed(needed)}
    return [*reversed(once.values()), *at_odds]


def limit_key(limit: Limit) -> tuple[Any, ...]:
    """Return what tells a limit from others; a reason may be a mapping of languages, which is no key."""
    because = limit.because if limit.because is None or isinstance(limit.because, str) else tuple(limit.because.items())
    return limit.when, limit.only, limit.never, limit.needs, because


def _needed(limit: Limit, there: Picks) -> Iterator[Fault]:
    absent = lacking(limit, there.values)
    return (Fault(ViolationCode.MISSING_FIELD, each, None, "needed_field", (limit,)) for each in absent)


def _not_together(name: str, there: Picks, limits: tuple[Limit, ...]) -> Fault:
    return Fault(ViolationCode.NOT_TOGETHER, name, there.values.get(name), "", limits)


def _existence(option: Option) -> Limit:
    """Return as a limit that an option may be picked only where it exists."""
    return Limit((Test(option.name, given=True),), option.when, because=option.because)


def _to_blame(model: Model, names: tuple[str, ...], there: Picks) -> tuple[str, ...]:
    """Return what a caller can change: what is picked of some options or, where nothing is, what could be."""
    known = tuple(origins(model, names))
    return tuple(each for each in known if each in there.values or each in there.misplaced) or known


def origins(model: Model, names: Iterable[str]) -> Iterator[str]:
    """Yield the options that computed ones come from, or those that are named themselves, each once."""
    left, seen = [*reversed(tuple(names))], set[str]()
    while left:
        name = left.pop()
        if name in seen:
            continue
        seen.add(name)
        rule = model.options[name].follows
        if rule is None:
            yield name
        else:
            left += reversed(rule.names)
