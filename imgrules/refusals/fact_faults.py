"""What is wrong with the facts that a service states, in the language of the caller: the service has to mend it."""

from __future__ import annotations

from imgrules.engine.decision_records import ViolationCode
from imgrules.quoting import quoted
from imgrules.refusals.faults import HELD_FACT, MISSING_FACT, Fault
from imgrules.refusals.option_phrases import takes
from imgrules.refusals.phrases import Phrases
from imgrules.refusals.suggest import nearest
from imgrules.table.options import Option


def explained_fact(phrases: Phrases, fault: Fault) -> tuple[str, tuple[str, ...], str | None]:
    """Return the message, allowed values and suggestion of a violation about a fact; callers have no value to choose."""
    question = phrases.question
    if fault.sentence == HELD_FACT:
        return phrases(HELD_FACT, field=fault.field), (), None
    if fault.code is ViolationCode.UNKNOWN_FIELD:
        return _unknown(phrases, fault)
    own = None if question.model is None else question.model.options.get(fault.field)
    option = own if own is not None and own.fact else question.table.facts.get(fault.field)
    if option is None:
        return phrases("facts_mapping", value=phrases.with_type(fault.value)), (), None
    if fault.code is ViolationCode.NOT_TOGETHER:
        text = phrases("fact_conflict", field=fault.field, value=phrases.with_entries(fault.value))
        return phrases.with_reasons(text, fault.limits), (), None
    if fault.sentence == MISSING_FACT:
        text = phrases(MISSING_FACT, model=phrases.model.id, field=fault.field, takes=_takes(phrases, option))
        return text, (), None
    value = phrases.with_type(fault.value)
    return phrases("wrong_fact", field=fault.field, takes=_takes(phrases, option, fault.value), value=value), (), None


def _unknown(phrases: Phrases, fault: Fault) -> tuple[str, tuple[str, ...], str | None]:
    table = phrases.question.table
    known = tuple(dict.fromkeys((*table.facts, *table.own_facts)))
    meant = nearest(fault.field, known)
    more = "did_you_mean" if meant else "choose" if known else "no_facts"
    hint = phrases(more, meant=quoted(meant), allowed=phrases.list(known))
    return phrases("unknown_fact", field=quoted(fault.field), choose=hint), (), meant


def _takes(phrases: Phrases, option: Option, given: object = None) -> str:
    if option.switch:
        return phrases("switch")
    return phrases.list(option.values) if option.listed else takes(phrases, option, given)
