"""Explain each fault in the language of the caller: its message, the values that are possible, and the one that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from imgrules.engine.decision_records import ViolationCode
from imgrules.engine.request_caps import MOST_TYPED_KEYS
from imgrules.quoting import quoted
from imgrules.refusals.alternatives import compatible_values, possible_values
from imgrules.refusals.faults import Fault, out_of_time, wrong_entry
from imgrules.refusals.option_phrases import broken, lengths, numbers, takes
from imgrules.refusals.phrases import Phrases
from imgrules.refusals.suggest import models_of, nearest
from imgrules.table.exact import written
from imgrules.table.measures import entries, fits_text, length
from imgrules.table.moments import moment_words
from imgrules.table.options import Option
from imgrules.table.records import CAP, fields_of
from imgrules.table.terms import CREDITS, Absence, Text
from imgrules.table.texts.messages import counting

_UNPAIRED_SURROGATE = "[\ud800-\udfff]"

_Explanation: TypeAlias = tuple[str, tuple[str, ...], str | None]
"""The `message`, `allowed` and `suggestion` of a violation."""


def _explain(message: str, allowed: tuple[str, ...] = (), suggestion: str | None = None) -> _Explanation:
    return message, allowed, suggestion


def by_message(phrases: Phrases, fault: Fault) -> _Explanation:
    """Return the message of a code that has no function of its own; it may name the model, the field and its value."""
    model = phrases.question.model
    name = fault.sentence or fault.code.value
    return _explain(phrases(name, model=model.id if model else "", field=fault.field, value=quoted(fault.value)))


def _unknown_model(phrases: Phrases, fault: Fault) -> _Explanation:
    models, meant = phrases.models, models_of(phrases.question.table).nearest(fault.value)
    more = "did_you_mean" if meant else "choose" if models else "no_models"
    hint = phrases(more, meant=quoted(meant), allowed=phrases.list(models))
    return _explain(phrases("unknown_model", value=quoted(fault.value), choose=hint), models, meant)


def _unknown_field(phrases: Phrases, fault: Fault) -> _Explanation:
    model, picked = phrases.model, phrases.question.picked
    means = next((alias.means for alias in model.aliases if alias.name == fault.field), None)
    if means is not None and means in picked:
        return _explain(phrases("second_name", field=fault.field, meant=quoted(means)))
    options = (name for name, option in model.options.items() if option.follows is None and not option.fact)
    fields = (*options, *fields_of(phrases.question.table, model))
    meant = nearest(fault.field, [name for name in fields if name not in picked]) if len(picked) <= MOST_TYPED_KEYS else None
    more = "did_you_mean" if meant else "it_has" if fields else "it_has_none"
    hint = phrases(more, meant=quoted(meant), allowed=phrases.list(fields))
    return _explain(phrases("unknown_field", model=model.id, field=quoted(fault.field), choose=hint), (), meant)


def _refused_field(phrases: Phrases, fault: Fault) -> _Explanation:
    model = phrases.question.model
    if model is not None and fault.sentence:
        rule = model.options[fault.field].follows
        return _explain(phrases(fault.sentence, field=fault.field, allowed=phrases.list(rule.names if rule else (), "and")))
    kinds = phrases.question.table.types
    kind = next(iter(kinds.values())) if model is None else kinds[model.type]
    own = {} if model is None else model.refused
    because = own[fault.field] if fault.field in own else kind.refused[fault.field]
    return _explain(phrases("refused_field", field=fault.field, because=phrases.label(because)))


def _missing(phrases: Phrases, fault: Fault) -> _Explanation:
    if fault.sentence == "missing_model":
        return _explain(phrases("missing_model", allowed=phrases.list(phrases.models) or phrases("no_models")), phrases.models)
    names = {"model": phrases.model.id, "field": fault.field}
    if fault.sentence == "missing_at":
        return _explain(phrases("missing_at", moment=quoted(moment_words(phrases.model.changes[0].at)), **names))
    option = phrases.model.options.get(fault.field)
    if option is None:
        return _explain(phrases(fault.sentence, **names))
    if fault.sentence:
        # Unlike an option that is always missing, a needed one may be impossible: nothing is offered then.
        can_be_picked = option.listed and option.follows is None
        offered = compatible_values(phrases.question, phrases.verdict, option) if can_be_picked else ()
        return _explain(phrases.with_reasons(phrases(fault.sentence, **names), fault.limits), offered)
    if option.listed:
        possible = possible_values(phrases.question, phrases.verdict, option)
        return _explain(phrases("missing_field", choose=phrases.choose(possible), **names), possible)
    return _explain(phrases("missing_open_field", takes=takes(phrases, option), **names), tuple(option.values))


def _wrong_type(phrases: Phrases, fault: Fault) -> _Explanation:
    model = phrases.question.model
    option = None if model is None else model.options.get(fault.field)
    numeric = option is not None and option.number is not None and type(fault.value) is not str
    value = quoted(fault.value) if numeric and fault.value is not None else phrases.with_type(fault.value)
    if model is None:
        text = phrases("wrong_type", field=fault.field, takes=phrases("text"), value=value)
        return _explain(_with_choice(phrases, text, phrases.models), phrases.models)
    if option is not None and option.many is not None:
        return _explain(_wrong_list(phrases, option, fault))
    field = None if option is not None else fields_of(phrases.question.table, model).get(fault.field)
    if field is not None and field.cap:
        return _explain(phrases("wrong_type", field=fault.field, takes=numbers(phrases, CAP), value=value))
    if type(fault.value) is str and (option is None or not (option.number or option.switch)):
        return _explain(_surrogate_message(phrases, fault.field, fault.value))
    wanted = phrases("switch" if option is not None and option.switch else "text")
    if option is not None and not option.listed:
        wanted = takes(phrases, option)
    text = phrases("wrong_type", field=fault.field, takes=wanted, value=value)
    allowed = possible_values(phrases.question, phrases.verdict, option) if option is not None and option.listed else ()
    return _explain(_with_choice(phrases, text, allowed), allowed)


def _wrong_list(phrases: Phrases, option: Option, fault: Fault) -> str:
    """Return the message about a value that is not a list, or about the first entry that is not a text."""
    listed = entries(fault.value)
    index = None if listed is None else wrong_entry(listed)
    if listed is None or index is None:
        return phrases("wrong_type", field=fault.field, takes=takes(phrases, option), value=phrases.with_type(fault.value))
    name, entry = f"{fault.field}[{index}]", listed[index]
    if type(entry) is str:
        return _surrogate_message(phrases, name, entry)
    return phrases("wrong_type", field=name, takes=phrases("text"), value=phrases.with_type(entry))


def _surrogate_message(phrases: Phrases, field: str, text: str) -> str:
    place = next(match.start() + 1 for match in re.finditer(_UNPAIRED_SURROGATE, text))
    return phrases("half_character", field=field, place=place)


def _with_choice(phrases: Phrases, text: str, allowed: tuple[str, ...]) -> str:
    return phrases("then", message=text, more=phrases.choose(allowed)) if allowed else text


def _not_offered(phrases: Phrases, fault: Fault) -> _Explanation:
    option = phrases.model.options[fault.field]
    possible = possible_values(phrases.question, phrases.verdict, option)
    value = fault.value if option.many is None else next(entry for entry in fault.value if entry not in option.values)
    meant = nearest(value, possible)
    choose = (
        phrases.choose(possible, meant) if option.listed or option.many else phrases("choose", allowed=takes(phrases, option))
    )
    text = phrases("not_offered", model=phrases.model.id, field=fault.field, value=quoted(value), choose=choose)
    return _explain(text, possible, meant)


def _above_cap(phrases: Phrases, fault: Fault) -> _Explanation:
    """Return the explanation of a cap below the price of the selection: both, and the cap that would be enough."""
    price = fault.price
    if price is None or price.credits is None:
        return _explain(phrases("cap_of_unknown", field=fault.field, value=quoted(fault.value)))
    table, language, number = phrases.question.table, phrases.question.language, written(price.credits)
    in_credits = table.currency == CREDITS
    costs = counting(table, language, CREDITS, price.credits, price=number) if in_credits else f"{number} {table.currency}"
    costs = phrases("about", price=costs) if price.estimate else costs
    text = phrases("above_cap", field=fault.field, value=quoted(fault.value), price=costs)
    return _explain(text, (phrases("at_least", least=number),))


def _out_of_range(phrases: Phrases, fault: Fault) -> _Explanation:
    option = phrases.model.options.get(fault.field)
    if option is None:
        text = phrases("out_of_range", field=fault.field, takes=numbers(phrases, CAP, fault.value), value=quoted(fault.value))
        return _above_cap(phrases, fault) if fault.sentence else _explain(text)
    if option.many is not None:
        return _explain(phrases("text_length", field=fault.field, takes=takes(phrases, option), length=len(fault.value)))
    text = phrases("out_of_range", field=fault.field, takes=takes(phrases, option, fault.value), value=quoted(fault.value))
    bounds = broken(phrases, option, fault.value)
    return _explain(phrases("and_because", message=text, because=bounds) if bounds else text, tuple(option.values))


def _text_length(phrases: Phrases, fault: Fault) -> _Explanation:
    option = phrases.model.options.get(fault.field)
    text = fields_of(phrases.question.table, phrases.model)[fault.field].text if option is None else option.text
    rules = (text or Text()).rules
    texts = [fault.value] if type(fault.value) is str else fault.value
    wrong, rule = next((text, rule) for text in texts for rule in rules if not fits_text(text, rule))
    return _explain(phrases("text_length", field=fault.field, takes=lengths(phrases, rule), length=length(wrong, rule)))


def _not_together(phrases: Phrases, fault: Fault) -> _Explanation:
    option = phrases.model.options[fault.field]
    value = phrases.question.picked.get(fault.field, fault.value)
    conflict = phrases("not_together", field=fault.field, value=phrases.with_entries(value))
    text = phrases("not_there", field=fault.field) if value is None else conflict
    possible = _values_without_conflict(phrases, option) if option.listed else ()
    return _explain(_with_choice(phrases, phrases.with_reasons(text, fault.limits), possible), possible)


def _values_without_conflict(phrases: Phrases, option: Option) -> tuple[str, ...]:
    """Return the values that remove a conflict; none for an option that is misplaced, which can only be left out."""
    misplaced = option.name in phrases.verdict.picks.misplaced
    return () if misplaced else compatible_values(phrases.question, phrases.verdict, option)


def _out_of_time(phrases: Phrases, fault: Fault) -> _Explanation:
    option = phrases.model.options.get(fault.field)
    value = fault.value
    if option is not None and option.many is not None:
        value = next(entry for entry in value if entry in option.gone and out_of_time(option.gone[entry]) is fault.code)
    gone = (phrases.model.gone if option is None else option.gone[value]) or Absence("", retired=True)
    text = phrases(fault.code.value, field=fault.field, value=quoted(value), moment=moment_words(gone.on))
    allowed = () if option is None else possible_values(phrases.question, phrases.verdict, option)
    if not gone.use:
        return _explain(_with_choice(phrases, text, allowed), allowed)
    # Several stand-ins are equals: none of them is suggested.
    only = gone.use[0] if len(gone.use) == 1 else None
    return _explain(phrases("then", message=text, more=phrases("use", meant=phrases.list(gone.use))), allowed or gone.use, only)


EXPLAINED: Mapping[ViolationCode, Callable[[Phrases, Fault], _Explanation]] = {
    ViolationCode.UNKNOWN_MODEL: _unknown_model,
    ViolationCode.UNKNOWN_FIELD: _unknown_field,
    ViolationCode.REFUSED_FIELD: _refused_field,
    ViolationCode.MISSING_FIELD: _missing,
    ViolationCode.WRONG_TYPE: _wrong_type,
    ViolationCode.NOT_OFFERED: _not_offered,
    ViolationCode.OUT_OF_RANGE: _out_of_range,
    ViolationCode.TEXT_LENGTH: _text_length,
    ViolationCode.NOT_TOGETHER: _not_together,
    ViolationCode.NOT_YET: _out_of_time,
    ViolationCode.RETIRED: _out_of_time,
}
"""The functions that explain the codes about which there is more to say than their message."""
