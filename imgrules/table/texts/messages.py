"""
The messages that callers read, in English, and what their codes mean; a rule set may translate messages in `_messages.yaml`.

A placeholder such as `{field}` is filled in; a translation may leave placeholders out, but not add others. A message with a
number has one text for each plural form of its language: `bytes` for the general form, `bytes_one`, `bytes_few` and so on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from imgrules.table.bounded_cache import Memory
from imgrules.table.records import Table
from imgrules.table.texts.labels import say
from imgrules.table.texts.plurals import FORMS, plural_form

ENGLISH: Mapping[str, str] = {
    "missing_model": "a selection needs a model: {allowed}",
    "unknown_model": "there is no model {value}; {choose}",
    "no_models": "there are no models",
    "choose": "choose {allowed}",
    "none_goes": "none of its values is available with the other choices",
    "did_you_mean": "did you mean {meant}?",
    "unknown_field": "{model} has no field {field}; {choose}",
    "it_has": "it has {allowed}",
    "it_has_none": "it has no options",
    "second_name": "{field} is an alias of {meant}, and both are given",
    "refused_field": "{field} is refused: {because}",
    "computed_field": "{field} is refused: it is computed from {allowed}",
    "missing_field": "{model} needs a value for {field}; {choose}",
    "missing_open_field": "{model} needs a value for {field}: {takes}",
    "missing_text": "a creation needs a value for {field}",
    "needed_field": "{model} needs a value for {field} with the other choices",
    "missing_at": "{model} changes over time: pass the moment as `at`, such as {moment}",
    "missing_fact": "{model} needs the fact {field}, which the service states and callers do not pick: {takes}",
    "fact_field": "{field} is refused: it is a fact, which the service states and callers do not pick",
    "unknown_fact": "there is no fact {field}; {choose}",
    "no_facts": "the rules have no facts",
    "facts_mapping": "facts are a mapping of names to values, but {value} was given",
    "wrong_fact": "the fact {field}, which the service states, takes {takes}, but {value} was given",
    "fact_conflict": "the fact {field} {value}, which the service states, rules this out",
    "wrong_type": "{field} takes {takes}, but {value} was given",
    "half_character": "{field} contains an unpaired surrogate at position {place}, which UTF-8 cannot encode",
    "not_offered": "{model} does not offer {field} {value}; {choose}",
    "out_of_range": "{field} takes {takes}, but {value} was given",
    "above_cap": "{field} is {value}, but this selection costs {price}",
    "cap_of_unknown": "{field} is {value}, but the price of this selection is unknown",
    "credits": "{price} credits",
    "credits_one": "{price} credit",
    "about": "about {price}",
    "text_length": "{field} takes {takes}, but the given length is {length}",
    "not_together": "{field} {value} conflicts with the other choices",
    "not_there": "{field} cannot be left out with the other choices",
    "not_yet": "{field} {value} is not available before {moment}",
    "retired": "{field} {value} was retired on {moment}",
    "use": "use {meant}",
    "text": "text",
    "switch": "true or false",
    "nothing": "nothing",
    "a_number": "the number {value}",
    "a_text": "the text {value}",
    "a_list": "a list of length {count}",
    "characters": "{range} characters",
    "characters_one": "{range} character",
    "words": "{range} words",
    "words_one": "{range} word",
    "bytes": "{range} bytes",
    "bytes_one": "{range} byte",
    "numbers": "a number from {least} to {most}",
    "whole_numbers": "a whole number from {least} to {most}",
    "any_number": "any number",
    "any_whole_number": "any whole number",
    "with_range": "{takes}, {range}",
    "in_steps": "{takes}, in steps of {step}",
    "sizes": "a size such as {example}",
    "with_edges": "{takes}, edges {range}",
    "with_area": "{takes}, {range} pixels",
    "with_shape": "{takes}, aspect ratio {range}",
    "shapes": "a ratio such as {example}",
    "lists": "a list of length {range}",
    "listed_or": "{allowed}, or {takes}",
    "from_to": "{least} to {most}",
    "at_least": "at least {least}",
    "at_most": "at most {most}",
    "alias": "{value} is now called {taken}",
    "snapped": "{field} {value} was replaced by the nearest value, {taken}",
    "snapped_down": "{field} {value} was rounded down to {taken}",
    "snapped_up": "{field} {value} was rounded up to {taken}",
    "ignored": "{field} has no effect with the other choices",
    "broken_edge": "edge {value} is not {range}",
    "broken_step": "edge {value} is not on a step of {step}",
    "broken_area": "{value} pixels are not {range}",
    "broken_shape": "its aspect ratio is not {range}",
    "more_violations": "violations not shown: {count}",
    "more_notes": "notes not shown: {count}",
    "or": "{first} or {last}",
    "and": "{first} and {last}",
    "and_more": "{first} and {count} more",
    "and_because": "{message}: {because}",
    "then": "{message}; {more}",
}
"""All messages, by name; the message of a violation or a note has its code as its name."""

PAGES: Mapping[str, tuple[str, str]] = {
    "unknown_model": (
        "no model has this id or alias",
        "Pick one of `allowed`. An alias that has ended is refused with its replacement.",
    ),
    "unknown_field": (
        "the model has no option or field of this name, or no model has a fact of this name",
        "Leave it out, or use the name under `suggestion`. A second name beside the first is refused too.",
    ),
    "refused_field": (
        "the rules refuse this field: another kind of content has it, it is computed, or it is a fact",
        "Leave it out, whatever its value is. A fact is stated beside the selection: `facts=`, or `--fact NAME=VALUE`.",
    ),
    "missing_field": (
        "a model, an option, a text, a moment or a fact is missing that the answer depends on",
        "Add it; `allowed` lists the values that are possible with the other choices. With `fact: true`, the service has to state it.",
    ),
    "wrong_type": (
        "the value has another type than the field takes",
        "A number is no text, true and false are no texts, and a list is no single value: nothing is converted.",
    ),
    "not_offered": (
        "the option takes listed values, and this is none of them",
        "Pick one of `allowed`, the values that are possible with the other choices. `snap` in the rules would accept near misses.",
    ),
    "not_together": (
        "the value is offered, but not with the other choices: a limit or the combinations that are sold rule it out",
        "The message has the reason of the limit, where the rules state one with `because`; `repairs` are the smallest changes.",
    ),
    "out_of_range": (
        "a number, a size, a ratio or the length of a list is not within the bounds or on a step, or a cap is below the price",
        "The message has the bounds; for a cap, it has the price.",
    ),
    "text_length": (
        "a text is too short or too long",
        "The message has the bounds and the unit: characters, words or bytes. A text is never cut or filled up.",
    ),
    "not_yet": (
        "the model or the value is not available before a moment",
        "Ask again from that moment on; `imgrules calendar` lists what changes next.",
    ),
    "retired": (
        "the model or the value is no longer available",
        "The message names what to use instead, where the rules have `use`.",
    ),
    "alias": ("a name was replaced by its present one", "Send the new name: an alias may end."),
    "snapped": ("a value that is not offered was replaced by the nearest one", "The option has `snap` in the rules."),
    "ignored": ("an option has no effect with the other choices", "It is accepted and not sent; a limit says so."),
}
"""For each code of a violation or a note: what it means, and what to do; `imgrules explain` prints it."""

_LONGEST_TAG = 40
_PLACE = re.compile(r"{(\w+)}")


COUNTED = frozenset(name.removesuffix("_one") for name in ENGLISH if name.endswith("_one"))
"""The messages that have plural forms."""


def is_plural_form(name: str) -> bool:
    """Whether a name is a plural form of another message, which a translation may leave out."""
    return _base_name(name) != name and _base_name(name) in COUNTED


def known(name: str) -> bool:
    """Whether a message, or a plural form of one, has this name."""
    return name in ENGLISH or is_plural_form(name)


def places_of(name: str) -> frozenset[str]:
    """Return the names of the placeholders of a message."""
    return frozenset(_PLACE.findall(ENGLISH[name if name in ENGLISH else _base_name(name)]))


def _base_name(name: str) -> str:
    """Return the name of a message without its plural form."""
    head, _, form = name.rpartition("_")
    return head if form in FORMS else name


def counting(table: Table, language: str | None, name: str, number: object, **places: object) -> str:
    """Return a message in the plural form of a number; in the general form if that plural form has no translation."""
    return filled(table, language, name, places, number)


def places_in(text: str) -> frozenset[str]:
    """Return the names of the placeholders in a text."""
    return frozenset(_PLACE.findall(text))


def sentence(table: Table, language: str | None, name: str, **places: object) -> str:
    """Return a message in a language; in English where it is not translated."""
    return filled(table, language, name, places)


def filled(table: Table, language: str | None, name: str, places: Mapping[str, object], number: object = None) -> str:
    """Return a message in a language, with its placeholders filled in; `number` chooses its plural form."""
    text = _counted(table, language, name, number) if number is not None else None
    if text is None:
        text = _translated(table, language, name) if table.messages else ENGLISH[name]
    template, names = _template(text)
    return template % tuple([places.get(place, "") for place in names])


@lru_cache(maxsize=1024)
def _template(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text as a template for `%`, and its placeholders in order; braces in a filled-in value stay as they are."""
    parts = _PLACE.split(text)
    return "%s".join(part.replace("%", "%%") for part in parts[::2]), tuple(parts[1::2])


def _translated(table: Table, language: str | None, name: str) -> str:
    # A caller may pass any text or object as the language: one that cannot be a language tag is not cached.
    if language is not None and (type(language) is not str or len(language) > _LONGEST_TAG):
        return _in_language(table, language, name)
    cache: Memory = table.memory.setdefault("sentences", Memory())
    cached: str | None = cache.get((name, language))
    return cache.keep((name, language), _in_language(table, language, name)) if cached is None else cached


def _counted(table: Table, language: str | None, name: str, number: object) -> str | None:
    """Return a message in the plural form of a number, in the same language as the message itself, or None."""
    texts = {tag: translations for tag, translations in table.messages.items() if name in translations}
    chosen = say({tag: tag for tag in ("en", *texts)}, language, (*table.languages, "en"))
    forms = {**(ENGLISH if chosen == "en" else {}), **texts.get(chosen, {})}
    return forms.get(f"{name}_{plural_form(chosen, number)}")


def _in_language(table: Table, language: str | None, name: str) -> str:
    translated = {tag: texts[name] for tag, texts in table.messages.items() if name in texts}
    return say({"en": ENGLISH[name], **translated}, language, (*table.languages, "en"))
