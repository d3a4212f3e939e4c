"""
Examine a selection in full: this module finds every fault, and `violations` writes a sentence about each.

Nothing is accepted by default: a value that no rule accepts is a fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from imgrules.engine.caller_input import facts_module
from imgrules.engine.decision_records import Note, ViolationCode
from imgrules.engine.normalize import Foreign, canonical, model_of
from imgrules.engine.pricing import is_above, prices
from imgrules.engine.request_caps import ENTRIES
from imgrules.engine.resolve import Picks, keeps, lacking, picks
from imgrules.table.measures import entries, exact, fits_text, is_whole, is_whole_text, pair, shaped, sized, within
from imgrules.table.options import Option
from imgrules.table.record_base import field, record, replace
from imgrules.table.records import CAP, MODEL, Cell, Model, Table, cap_of, fields_of
from imgrules.table.terms import Absence, Length, Limit, Number, Numbers, Price, Test, Text

if TYPE_CHECKING:
    from imgrules.engine.facts import WrongFact

INVALID_ALONE = frozenset(ViolationCode) - {ViolationCode.NOT_TOGETHER, ViolationCode.MISSING_FIELD}
"""The codes of faults that make a value invalid alone, whatever else is picked."""

# Python 3.11 is slow to look up a member of an enum.
_REFUSED_FIELD, _UNKNOWN_FIELD = ViolationCode.REFUSED_FIELD, ViolationCode.UNKNOWN_FIELD


@record(frozen=False)  # not frozen: that takes three times as long to make, and every refusal makes one
class Question:
    """
    A selection to examine, with the grants and language of the caller, and the moment.

    `picked` is a copy that nobody changes, in the canonical names that `model` has at the moment; `notes` say what was
    replaced. The facts of the model are among the picks, since rules read them alike; `stated` is what the service stated, and
    `misstated` what of it cannot be used. `held` are picks of the caller in the names of facts, which are refused. `assumed`
    says that some facts are missing, and have values here that were not stated.
    """

    table: Table
    picked: Mapping[str, Any]
    model: Model | None = None
    grants: frozenset[str] = frozenset()
    language: str | None = None
    moment: str | None = None
    notes: tuple[Note, ...] = ()
    stated: object = None
    misstated: tuple[WrongFact, ...] = ()
    held: Mapping[str, Any] = field(default_factory=dict)
    assumed: bool = False

    @property
    def timeless(self) -> bool:
        """Whether no moment is given although the model changes with time."""
        return self.model is not None and self.moment is None and bool(self.model.changes)

    def versions(self) -> Iterator[Question]:
        """Yield the same question about each version of the model, without a moment."""
        for version in () if self.model is None else self.model.versions:
            named, notes = canonical(version, self.picked, None)
            yield replace(self, picked=named, model=version, notes=(*self.notes, *notes))

    def lacking(self) -> tuple[str, ...]:
        """Return the facts that have to be stated, and are not."""
        if self.model is None or self.model.gone is not None or not self.model.facts or self.timeless:
            return ()
        return self.model.unstated(self.picked)

    def completed(self) -> Iterator[Question]:
        """Yield the same question with each value to try of the missing facts; nothing if these cannot be listed."""
        if self.model is None:
            return
        options = self.model.options
        for facts in facts_module().completions(self.model, self.own_facts) or ():
            assumed = {name: options[name].word(value) for name, value in facts.items() if name not in self.picked}
            yield replace(self, picked={**self.picked, **assumed}, assumed=True)

    @property
    def own_facts(self) -> Mapping[str, Any]:
        """The facts of the model that are known."""
        names = self.model.facts if self.model else ()
        return {name: self.picked[name] for name in names if name in self.picked}

    def for_model(self, model: Model) -> Question:
        """Return the same question about another model."""
        facts = self.model.facts if self.model else ()
        named = {**{name: value for name, value in self.picked.items() if name not in facts}, **self.held, MODEL: model.id}
        return ask(self.table, named, self.grants, self.language, self.moment, self.stated)


def ask(  # noqa: PLR0913, PLR0917  what is picked, by whom, in which language, when, and what the service knows
    table: Table,
    picked: Mapping[str, Any],
    grants: frozenset[str],
    language: str | None = None,
    moment: str | None = None,
    facts: object = None,
) -> Question:
    """Return a question in canonical names; the caller must not change `picked` afterwards."""
    model, note = model_of(table, picked, moment)
    stated, misstated = ({}, ()) if facts is None else facts_module().read_facts(table, model, facts)
    if model is None:
        return Question(table, _copied(picked), None, grants, language, moment, (), facts, misstated)
    held: Mapping[str, Any] = {}
    if model.facts:
        held = {name: picked[name] for name in model.facts if name in picked}
        picked = {name: value for name, value in picked.items() if name not in held} if held else picked
    # Without a moment, nothing is known of a model that changes with time, not even its names.
    timeless = moment is None and bool(table.models[model.id].changes)
    named, notes = (dict(picked), ()) if timeless else canonical(model, picked, moment)
    named[MODEL] = model.id
    named.update(_copied(stated) if timeless else canonical(model, stated, moment)[0])
    all_notes = (note, *notes) if note else notes
    return Question(table, named, model, grants, language, moment, all_notes, facts, misstated, held)


def _copied(picked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a copy of the picks and their lists, so that the caller may change those later."""
    return {name: list(value) if type(value) is list else value for name, value in picked.items()}


@record(frozen=False)
class Fault:
    """
    A mistake in a selection: code, field, value, the name of a more exact message or None, and the broken limits.

    The mistake is about a `fact` if no caller can mend it. A cap that is too low has the `price`.
    """

    code: ViolationCode
    field: str
    value: Any = None
    sentence: str = ""
    limits: tuple[Limit, ...] = ()
    fact: bool = False
    price: Price | None = None


MISSING_FACT, HELD_FACT, MISSTATED = "missing_fact", "fact_field", "misstated"
"""What is wrong with a fact of the model: it is not stated, or the caller picks it; or with one that the model does not read."""


@record(frozen=False)
class Verdict:
    """The result of an examination: every fault, the resolved options, and the combination that is sold if no fault is."""

    faults: tuple[Fault, ...]
    picks: Picks = field(default_factory=lambda: Picks({}))
    cell: Cell | None = None


def examine(question: Question) -> Verdict:
    """Return the verdict with every fault of a selection; there is no fault exactly when the selection is sold."""
    model, faults = question.model, tuple(_independent_faults(question))
    if model is None or model.gone is not None or question.timeless:
        return Verdict(faults)
    wrong = tuple([name for name in _alone(faults) if name in model.options])
    verdict = examine_together(model, question.picked, wrong)
    if verdict.cell is not None and not faults:
        faults = tuple(_cap_faults(question, model, verdict.cell, verdict.picks))
    return Verdict(faults + verdict.faults, verdict.picks, None) if faults else verdict


def invalid_alone(verdict: Verdict) -> frozenset[str]:
    """Return the fields whose values are invalid alone, whatever else is picked."""
    return frozenset(_alone(fault for fault in verdict.faults if fault.code in INVALID_ALONE))


def _alone(faults: Iterable[Fault]) -> Iterator[str]:
    """Yield the fields of faults, without those about the name of a fact: an option or fact of this name may be as it should."""
    return (fault.field for fault in faults if fault.sentence not in _ABOUT_NAMES)


_ABOUT_NAMES = frozenset({HELD_FACT, MISSTATED})


def cap_given(question: Question, model: Model) -> tuple[str, Number] | None:
    """Return the name of the cap and the most that the caller is willing to pay; None if no valid one is given."""
    cap = cap_of(question.table, model)
    most = None if cap is None else exact(question.picked.get(cap.name))
    return None if cap is None or most is None or not within(most, CAP) else (cap.name, most)


def _cap_faults(question: Question, model: Model, cell: Cell, resolved: Picks) -> Iterator[Fault]:
    """Yield the fault of a cap below the price of a selection that has no other fault, or beside an unknown price."""
    given = cap_given(question, model)
    if given is None:
        return
    price = prices(model, cell, resolved.values)
    if is_above(price.credits, given[1]):
        yield Fault(ViolationCode.OUT_OF_RANGE, given[0], question.picked[given[0]], "above_cap", price=price)


def first_fault(question: Question) -> Fault | None:
    """Return the first fault of a selection, or None; after a field that is invalid alone, the rest is not evaluated."""
    for fault in _independent_faults(question):
        return fault
    return next(iter(examine(question).faults), None)


def _independent_faults(question: Question) -> Iterable[Fault]:
    """Return the fault of the model if it cannot be used, else the faults of each field alone."""
    model = question.model
    of_facts = _faults_of_facts(question) if question.misstated else ()
    if model is None:
        return (_model_fault(question.picked), *_fields_refused_everywhere(question), *of_facts)
    if question.timeless:
        return (Fault(ViolationCode.MISSING_FIELD, "at", None, "missing_at"),)
    if model.gone is not None:
        return (Fault(out_of_time(model.gone), MODEL, model.id),)
    held = (Fault(_REFUSED_FIELD, name, value, HELD_FACT) for name, value in question.held.items())
    return chain(held, _faults_of_fields(question.table, model, question.picked), of_facts)


def _faults_of_facts(question: Question) -> Iterator[Fault]:
    """Yield the faults of stated facts that the model does not have, or that no value can be read of."""
    for code, name, value in question.misstated:
        if code is not None:
            yield Fault(code, name, value, MISSTATED, fact=True)
        else:
            faults = option_faults(question.table.facts[name], value)
            yield from (replace(fault, sentence=MISSTATED, fact=True) for fault in faults)


def _of_fact(fault: Fault) -> Fault:
    return replace(fault, fact=True)


def out_of_time(absence: Absence) -> ViolationCode:
    """Return the code of a model or value that is absent at the moment."""
    return ViolationCode.RETIRED if absence.retired else ViolationCode.NOT_YET


def _faults_of_fields(table: Table, model: Model, picked: Mapping[str, Any]) -> Iterator[Fault]:
    options, texts = model.options, fields_of(table, model)
    for name, value in picked.items():
        # Fast path: most values are listed ones, and most texts ASCII of a fitting length.
        if name in options:
            option = options[name]
            if type(value) is not str or value not in option.values or option.many is not None or option.follows is not None:
                faults = option_faults(option, value)
                yield from map(_of_fact, faults) if option.fact else faults
        elif name in texts:
            text = texts[name]
            if text.cap:
                yield from (Fault(code, name, value) for code in cap_faults(value))
            elif type(value) is not str or not value.isascii() or text.text.also or not fits_text(value, text.text):
                yield from (Fault(code, name, value) for code in text_faults(text.text.rules, value))
        elif name in table.facts:
            yield Fault(_REFUSED_FIELD, name, value, HELD_FACT)
        elif name != MODEL:
            refused = name in model.refused or name in table.types[model.type].refused
            yield Fault(_REFUSED_FIELD if refused else _UNKNOWN_FIELD, name, value)


def examine_together(model: Model, picked: Mapping[str, Any], wrong: tuple[str, ...] = ()) -> Verdict:
    """Return the verdict on the picks together; those in `wrong` are invalid alone, and count as missing."""
    return examine_resolved(model, picks(model, picked, wrong))


def examine_resolved(model: Model, resolved: Picks, limits: Sequence[Limit] | None = None) -> Verdict:
    """Return the verdict on resolved options; `limits`, if given, are the only ones that may be broken."""
    cell = None if resolved.open else model.cell(resolved.values)
    missing = [_missing(model, name) for name in resolved.missing]
    faults = (*missing, *_joint_faults(model, resolved, cell, limits))
    return Verdict(faults, resolved, None if faults else cell)


def _missing(model: Model, name: str) -> Fault:
    is_fact = model.options[name].fact
    return Fault(ViolationCode.MISSING_FIELD, name, None, MISSING_FACT if is_fact else "", fact=is_fact)


def _model_fault(picked: Mapping[str, Any]) -> Fault:
    if MODEL not in picked:
        return Fault(ViolationCode.MISSING_FIELD, MODEL, None, "missing_model")
    value = picked[MODEL]
    return Fault(ViolationCode.UNKNOWN_MODEL if type(value) is str else ViolationCode.WRONG_TYPE, MODEL, value)


def _fields_refused_everywhere(question: Question) -> Iterator[Fault]:
    """Yield a fault for each picked field that every type of the table refuses."""
    memory = question.table.memory
    refused: frozenset[str] | None = memory.get("foreign")
    if refused is None:
        by_type = [frozenset(kind.refused) for kind in question.table.types.values()]
        refused = memory.keep("foreign", frozenset.intersection(*by_type) if by_type else frozenset())
    return (Fault(_REFUSED_FIELD, name, question.picked[name]) for name in question.picked if name in refused)


def cap_faults(value: object) -> Iterator[ViolationCode]:
    """Yield the code of the fault of the most that a caller is willing to pay, which has to be a number from 0 on."""
    number = exact(value)
    if number is None:
        yield ViolationCode.WRONG_TYPE
    elif not within(number, CAP):
        yield ViolationCode.OUT_OF_RANGE


def text_faults(rules: tuple[Length, ...], value: object) -> Iterator[ViolationCode]:
    """Yield the code of each fault of a caller's text, which has to satisfy all of these rules."""
    if type(value) is not str:
        yield ViolationCode.WRONG_TYPE
        return
    if not is_whole_text(value):
        yield ViolationCode.WRONG_TYPE
    if not all(fits_text(value, rule) for rule in rules):
        yield ViolationCode.TEXT_LENGTH


def option_faults(option: Option, value: object) -> Iterator[Fault]:
    """Yield the faults of the value that is picked for an option, whatever else is picked."""
    if option.follows is not None:
        yield Fault(ViolationCode.REFUSED_FIELD, option.name, value, "computed_field")
    elif type(value) is Foreign:
        yield Fault(ViolationCode.WRONG_TYPE, option.name, value.given)
    elif option.many is not None:
        yield from (Fault(code, option.name, value) for code in dict.fromkeys(_list_faults(option, option.many, value)))
    elif type(value) is str and value in option.values:
        return
    elif type(value) is str and value in option.gone:
        yield Fault(out_of_time(option.gone[value]), option.name, value)
    else:
        yield from (Fault(code, option.name, value) for code in _unlisted_faults(option, value))


def _unlisted_faults(option: Option, value: object) -> Iterator[ViolationCode]:
    """Yield the codes of the faults of a value that is not listed, by the rule of the option for such values."""
    if option.number is not None:
        yield from _number_faults(option, value)
    elif option.text is not None:
        yield from text_faults(option.text.rules, value)
    elif type(value) is not str:
        yield ViolationCode.WRONG_TYPE
    else:
        yield from _size_or_ratio_faults(option, value)


def _number_faults(option: Option, value: object) -> Iterator[ViolationCode]:
    number, rule = exact(value), option.number
    if type(value) is str and option.values:
        yield ViolationCode.NOT_OFFERED
    elif rule is None or number is None or (is_whole(rule) and type(value) is not int):
        yield ViolationCode.WRONG_TYPE
    elif not within(number, rule):
        yield ViolationCode.OUT_OF_RANGE


def _size_or_ratio_faults(option: Option, value: str) -> Iterator[ViolationCode]:
    size = None if option.size is None else pair(value, "x")
    shape = None if option.ratio is None else pair(value, ":")
    if size is None and shape is None:
        yield ViolationCode.NOT_OFFERED
    elif (size and option.size and not sized(size, option.size)) or (
        shape and option.ratio and not shaped(shape, option.ratio)
    ):
        yield ViolationCode.OUT_OF_RANGE


def _list_faults(option: Option, rule: Numbers, value: object) -> Iterator[ViolationCode]:
    listed = entries(value)
    if listed is not None and len(listed) > ENTRIES:
        yield ViolationCode.OUT_OF_RANGE
        return
    if listed is None or wrong_entry(listed) is not None:
        yield ViolationCode.WRONG_TYPE
        return
    for entry in listed:
        if option.text is not None or not (option.values or option.gone):
            yield from text_faults((option.text or Text()).rules, entry)
        elif entry in option.gone:
            yield out_of_time(option.gone[entry])
        elif entry not in option.values:
            yield ViolationCode.NOT_OFFERED
    if not within(len(listed), rule):
        yield ViolationCode.OUT_OF_RANGE


def wrong_entry(listed: Iterable[object]) -> int | None:
    """Return the index of the first entry that is not a text or contains an unpaired surrogate, or None."""
    return next((index for index, entry in enumerate(listed) if type(entry) is not str or not is_whole_text(entry)), None)


def _joint_faults(model: Model, resolved: Picks, cell: Cell | None, limits: Sequence[Limit] | None = None) -> list[Fault]:
    """Return the faults of options that are each valid alone: broken limits, or a combination that is not sold."""
    if limits is None:
        # A cell satisfies every limit that is about listed options only.
        limits = model.limits if cell is None else model.open_limits
    broken = [limit for limit in limits if resolved.open.isdisjoint(limit.names) and not keeps(limit, resolved.values, model)]
    if cell is not None and not broken and not resolved.misplaced:
        return []
    needed = [fault for limit in broken for fault in _needed_faults(limit, resolved)]
    misplaced = (_existence_limit(model.options[name]) for name in resolved.misplaced)
    broken = [*misplaced, *(limit for limit in broken if not limit.needs)]
    blamed: dict[str, list[Limit]] = {}
    for limit in broken:
        for name in _blamed_options(model, limit.names, resolved):
            blamed.setdefault(name, []).append(limit)
    if not (broken or needed or cell is not None or model.matching(resolved.values, resolved.open)):
        axes = tuple(name for name in model.axes if name in resolved.values) or model.axes
        blamed = {name: [] for name in _blamed_options(model, axes, resolved)}
    conflicts = (_conflict(model, name, resolved, tuple(blamed[name])) for name in model.options if name in blamed)
    deduplicated = {(fault.field, *map(limit_key, fault.limits)): fault for fault in reversed(needed)}
    return [*reversed(deduplicated.values()), *conflicts]


def limit_key(limit: Limit) -> tuple[Any, ...]:
    """Return a hashable key of a limit; its reason may be a mapping of languages, which is not hashable."""
    because = limit.because if limit.because is None or isinstance(limit.because, str) else tuple(limit.because.items())
    return limit.when, limit.only, limit.never, limit.needs, because


def _needed_faults(limit: Limit, resolved: Picks) -> Iterator[Fault]:
    """Yield a fault for each option that a limit needs and that is absent."""
    absent = lacking(limit, resolved.values)
    return (Fault(ViolationCode.MISSING_FIELD, name, None, "needed_field", (limit,)) for name in absent)


def _conflict(model: Model, name: str, resolved: Picks, limits: tuple[Limit, ...]) -> Fault:
    value = resolved.values.get(name)
    return Fault(ViolationCode.NOT_TOGETHER, name, value, "", limits, fact=model.options[name].fact)


def _existence_limit(option: Option) -> Limit:
    """Return the limit that an option may be picked only where it exists."""
    return Limit((Test(option.name, none=(None,)),), option.when, because=option.because)


def _blamed_options(model: Model, names: tuple[str, ...], resolved: Picks) -> tuple[str, ...]:
    """Return the named options that a caller can change: those that are picked or, if none is, all of them; or else facts."""
    sources = tuple(source_options(model, names))
    if model.facts:
        sources = tuple(name for name in sources if not model.options[name].fact) or sources
    return tuple(name for name in sources if name in resolved.values or name in resolved.misplaced) or sources


def source_options(model: Model, names: Iterable[str]) -> Iterator[str]:
    """Yield, for each named option, itself or the options from which it is computed, directly or not; deduplicated."""
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
