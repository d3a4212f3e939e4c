"""
Examine a selection in full: this module finds every fault, and `violations` writes a sentence about each.

Nothing is accepted by default: a value that no rule accepts is a fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from imgrules.engine.decision_records import ViolationCode
from imgrules.engine.normalize import word_of
from imgrules.engine.pricing import is_above, prices
from imgrules.engine.resolve import Picks, picks
from imgrules.refusals.faults import (
    HELD_FACT,
    MISSING_FACT,
    MISSTATED,
    Fault,
    cap_faults,
    option_faults,
    out_of_time,
    text_faults,
)
from imgrules.refusals.joint_faults import joint_faults
from imgrules.refusals.questions import Question
from imgrules.table.measures import exact, fits_text, within
from imgrules.table.record_base import field, record, replace
from imgrules.table.records import CAP, MODEL, Cell, Model, Table, cap_of, fields_of
from imgrules.table.terms import Limit, Number

INVALID_ALONE = frozenset(ViolationCode) - {ViolationCode.NOT_TOGETHER, ViolationCode.MISSING_FIELD}
"""The codes of faults that make a value invalid alone, whatever else is picked."""

# Python 3.11 is slow to look up a member of an enum.
_REFUSED_FIELD, _UNKNOWN_FIELD = ViolationCode.REFUSED_FIELD, ViolationCode.UNKNOWN_FIELD


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
    wrong = [fault.field for fault in faults if fault.field in model.options and fault.sentence not in _ABOUT_NAMES]
    verdict = examine_together(model, question.picked, wrong)
    if verdict.cell is not None and not faults:
        faults = tuple(_cap_faults(question, model, verdict.cell, verdict.picks))
    return Verdict(faults + verdict.faults, verdict.picks, None) if faults else verdict


def invalid_alone(verdict: Verdict) -> frozenset[str]:
    """Return the fields whose values are invalid alone, whatever else is picked."""
    faults = verdict.faults
    return frozenset([fault.field for fault in faults if fault.code in INVALID_ALONE and fault.sentence not in _ABOUT_NAMES])


_ABOUT_NAMES = frozenset({HELD_FACT, MISSTATED})
"""The faults about the name of a fact: an option or fact of this name may be as it should."""


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


def _independent_faults(question: Question) -> Iterable[Fault]:
    """Return the fault of the model if it cannot be used, else the faults of each field alone."""
    model = question.model
    of_facts = _faults_of_facts(question) if question.misstated else ()
    if model is None:
        return (model_fault(question.picked), *_fields_refused_everywhere(question), *of_facts)
    if question.timeless:
        return (Fault(ViolationCode.MISSING_FIELD, "at", None, "missing_at"),)
    if model.gone is not None:
        return (Fault(out_of_time(model.gone), MODEL, model.id),)
    faults = _faults_of_fields(question.table, model, question.picked)
    if not (question.held or of_facts):
        return faults
    held = (Fault(_REFUSED_FIELD, name, value, HELD_FACT) for name, value in question.held.items())
    return chain(held, faults, of_facts)


def _faults_of_facts(question: Question) -> Iterator[Fault]:
    """Yield the faults of stated facts that the model does not have, or that no value can be read of."""
    for code, name, value in question.misstated:
        if code is not None:
            yield Fault(code, name, value, MISSTATED, fact=True)
        else:
            fact = question.table.facts[name]
            faults = option_faults(fact, word_of(fact, value))
            yield from (replace(fault, sentence=MISSTATED, fact=True) for fault in faults)


def _faults_of_fields(table: Table, model: Model, picked: Mapping[str, Any]) -> Iterator[Fault]:
    options, texts = model.options, fields_of(table, model)
    for name, value in picked.items():
        # Fast path: most values are listed ones, and most texts ASCII of a fitting length.
        if name in options:
            option = options[name]
            if type(value) is str and value in option.values and option.many is None and option.follows is None:
                continue
        elif name in texts:
            text = texts[name]
            if type(value) is str and value.isascii() and not (text.cap or text.text.also) and fits_text(value, text.text):
                continue
        elif name == MODEL:
            continue
        faults = faults_of_field(table, model, name, value)
        if faults:
            yield from faults


def faults_of_field(table: Table, model: Model, name: str, value: Any) -> Sequence[Fault]:
    """Return the faults that a field has alone, given its canonical name and value."""
    option = model.options.get(name)
    if option is not None:
        faults = option_faults(option, value)
        return faults if not (option.fact and faults) else [replace(fault, fact=True) for fault in faults]
    text = fields_of(table, model).get(name)
    if text is not None:
        codes = cap_faults(value) if text.cap else text_faults(text.text.rules, value)
        return [Fault(code, name, value) for code in codes] if codes else ()
    if name == MODEL:
        return ()
    if name in table.facts:
        return (Fault(_REFUSED_FIELD, name, value, HELD_FACT),)
    refused = name in model.refused or name in table.types[model.type].refused
    return (Fault(_REFUSED_FIELD if refused else _UNKNOWN_FIELD, name, value),)


def examine_together(model: Model, picked: Mapping[str, Any], wrong: Iterable[str] = ()) -> Verdict:
    """Return the verdict on the picks together; those in `wrong` are invalid alone, and count as missing."""
    return examine_resolved(model, picks(model, picked, wrong))


def examine_resolved(model: Model, resolved: Picks, limits: Sequence[Limit] | None = None) -> Verdict:
    """Return the verdict on resolved options; `limits`, if given, are the only ones that may be broken."""
    cell = None if resolved.open else model.cell(resolved.values)
    missing = [missing_option(model, name) for name in resolved.missing]
    faults = (*missing, *joint_faults(model, resolved, cell, limits))
    return Verdict(faults, resolved, None if faults else cell)


def missing_option(model: Model, name: str) -> Fault:
    """Return the fault of an option that has to be picked, or of a fact that has to be stated."""
    is_fact = model.options[name].fact
    return Fault(ViolationCode.MISSING_FIELD, name, None, MISSING_FACT if is_fact else "", fact=is_fact)


def model_fault(picked: Mapping[str, Any]) -> Fault:
    """Return the fault of a selection that names no known model."""
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
