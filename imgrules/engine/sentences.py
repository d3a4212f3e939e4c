"""
The sentences that callers read, in English; a rule set may hold them in other languages, in `_messages.yaml`.

A place such as `{field}` is filled in; a translation may leave places out, and may not name others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from imgrules.engine.memory import Memory
from imgrules.engine.table import Table, say

ENGLISH: Mapping[str, str] = {
    "missing_model": "a selection names its model: {allowed}",
    "unknown_model": "there is no model {value}; {choose}",
    "no_models": "there are no models",
    "choose": "choose {allowed}",
    "did_you_mean": "did you mean {meant}?",
    "unknown_field": "{model} has no field {field}; {choose}",
    "it_has": "it has {allowed}",
    "second_name": "{field} is another name for {meant}, which is given too",
    "refused_field": "{field} is refused: {because}",
    "computed_field": "{field} is refused: it follows from {allowed}",
    "missing_field": "{model} needs a {field}; {choose}",
    "missing_open_field": "{model} needs a {field}: {takes}",
    "missing_text": "a creation needs a {field}",
    "needed_field": "{model} needs a {field} here",
    "missing_at": "{model} changes with time: pass the moment as `at`, such as {moment}",
    "wrong_type": "{field} takes {takes}, and {value} was given",
    "half_character": "{field} holds half a character at place {place}, which UTF-8 cannot carry",
    "not_offered": "{model} does not offer {field} {value}; {choose}",
    "out_of_range": "{field} takes {takes}, and {value} was given",
    "text_length": "{field} takes {takes}, and this has {length}",
    "not_together": "{field} {value} does not go with the rest",
    "not_there": "{field} cannot be picked with the rest",
    "not_yet": "{field} {value} comes on {moment}",
    "retired": "{field} {value} was retired on {moment}",
    "use": "use {meant}",
    "text": "text",
    "switch": "true or false",
    "nothing": "nothing",
    "a_number": "the number {value}",
    "a_text": "the text {value}",
    "a_list": "a list of {count}",
    "characters": "{range} characters",
    "words": "{range} words",
    "bytes": "{range} bytes",
    "numbers": "a number from {least} to {most}",
    "whole_numbers": "a whole number from {least} to {most}",
    "in_steps": "{takes}, in steps of {step}",
    "sizes": "a size such as {example}",
    "with_edges": "{takes}, edges {range}",
    "with_area": "{takes}, {range} pixels",
    "with_shape": "{takes}, shape {range}",
    "shapes": "a shape such as {example}",
    "lists": "a list of {range}",
    "listed_or": "{allowed}, or {takes}",
    "from_to": "{least} to {most}",
    "at_least": "at least {least}",
    "at_most": "at most {most}",
    "alias": "{value} is now called {taken}",
    "snapped": "{field} {taken} was taken for {value}",
    "ignored": "{field} has no effect here",
    "broken_edge": "edge {value} is not {range}",
    "broken_step": "edge {value} is not on a step of {step}",
    "broken_area": "{value} pixels are not {range}",
    "broken_shape": "its shape is not {range}",
    "more_violations": "and {count} more are wrong",
    "more_notes": "and {count} more",
    "or": "{first} or {last}",
    "and": "{first} and {last}",
    "and_more": "{first} and {count} more",
    "and_because": "{message}: {because}",
    "then": "{message}; {more}",
}
"""Every sentence by its name."""

_LONGEST_TAG = 40
_PLACE = re.compile(r"{(\w+)}")


def places_of(name: str) -> frozenset[str]:
    """Answer the places that a sentence has."""
    return frozenset(_PLACE.findall(ENGLISH[name]))


def places_in(text: str) -> frozenset[str]:
    """Return the places that a text has."""
    return frozenset(_PLACE.findall(text))


def sentence(table: Table, language: str | None, name: str, **places: object) -> str:
    """Answer a sentence in a language; English where nobody has translated it."""
    return filled(table, language, name, places)


def filled(table: Table, language: str | None, name: str, places: Mapping[str, object]) -> str:
    """Answer the same, given what fills its places."""
    form, names = _form(_translated(table, language, name) if table.messages else ENGLISH[name])
    return form % tuple([places.get(each, "") for each in names])


@lru_cache(maxsize=1024)
def _form(text: str) -> tuple[str, tuple[str, ...]]:
    """Answer a sentence as Python fills it, and what is filled in; what a caller gave is never read as a place."""
    parts = _PLACE.split(text)
    return "%s".join(each.replace("%", "%%") for each in parts[::2]), tuple(parts[1::2])


def _translated(table: Table, language: str | None, name: str) -> str:
    # A language is anybody's text, and may be anything else: what is no tag is not remembered.
    if language is not None and (type(language) is not str or len(language) > _LONGEST_TAG):
        return _said(table, language, name)
    memory: Memory = table.memory.setdefault("sentences", Memory())
    found: str | None = memory.get((name, language))
    return memory.keep((name, language), _said(table, language, name)) if found is None else found


def _said(table: Table, language: str | None, name: str) -> str:
    translated = {tag: texts[name] for tag, texts in table.messages.items() if name in texts}
    return say({"en": ENGLISH[name], **translated}, language, (*table.languages, "en"))
