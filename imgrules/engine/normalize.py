"""
Put a selection into canonical names: aliases are replaced, and for an option with `snap`, a value by one that it takes.

Each replacement is recorded as a note of the decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from imgrules.engine.decision_records import Note, NoteCode
from imgrules.engine.near_misses import snapped
from imgrules.engine.request_caps import ENTRIES
from imgrules.table.measures import entries
from imgrules.table.options import Option
from imgrules.table.record_base import record
from imgrules.table.records import MODEL, Model, Table
from imgrules.table.terms import Alias


@record
class Foreign:
    """A text that was given to a switch, which takes only booleans: without this class, `"true"` would count as true."""

    given: str


def model_of(table: Table, picked: Mapping[str, Any], moment: str | None) -> tuple[Model | None, Note | None]:
    """Return the model that a selection names, as `model_named` does; without a name, the default of the table."""
    return model_named(table, picked.get(MODEL, table.default), moment)


def model_named(table: Table, name: object, moment: str | None) -> tuple[Model | None, Note | None]:
    """Return the model of a name or alias, as it is at a moment (without one, before its first change), and a note."""
    if type(name) is not str:
        return None, None
    model = table.models.get(name)
    note = None
    if model is None and table.aliases:
        means = _meaning_of(table.aliases, name, moment)
        model = None if means is None else table.models.get(means)
        note = None if model is None else Note(NoteCode.ALIAS, MODEL, name, model.id)
    return (None if model is None else model.at(moment) or model), note


def meaning_at_any_time(aliases: Iterable[Alias], name: str) -> str | None:
    """Return the meaning of an alias, even if its time has ended, or None."""
    return next((alias.means for alias in aliases if alias.name == name), None)


def _meaning_of(aliases: Iterable[Alias], name: str, moment: str | None) -> str | None:
    named = (alias for alias in aliases if alias.name == name)
    return next((alias.means for alias in named if alias.until is None or moment is None or moment < alias.until), None)


def canonical(model: Model, picked: Mapping[str, Any], moment: str | None) -> tuple[dict[str, Any], tuple[Note, ...]]:
    """Return a selection in the model's own names and values, and a note for each replacement."""
    options, aliases = model.options, model.aliases
    notes: list[Note] = []
    replaced = {} if aliases else dict(picked)
    for name, value in picked.items():
        canonical_name = name
        if aliases:
            if name not in options:
                means = _meaning_of(aliases, name, moment)
                # If a name and its alias are both given, it would be unclear which value counts.
                if means is not None and means not in picked and means not in replaced:
                    canonical_name = means
                    notes.append(Note(NoteCode.ALIAS, canonical_name, name, canonical_name))
            replaced[canonical_name] = value
        option = options.get(canonical_name)
        if option is not None and (type(value) is not str or value not in option.values or option.switch):
            replaced[canonical_name] = _value(option, value, moment, notes)
    return replaced, tuple(notes)


def word_of(option: Option, value: Any) -> Any:
    """Return a picked or stated value as rules name it; a text for a switch, which takes true and false only, as `Foreign`."""
    return Foreign(value) if option.switch and type(value) is str else option.word(value)


def _value(option: Option, value: Any, moment: str | None, notes: list[Note]) -> Any:
    if option.switch:
        return word_of(option, value)
    if option.many is not None:
        # A copy: the caller may change the list later, and the decision must stay as it is.
        listed = entries(value)
        if listed is None or len(listed) > ENTRIES:
            return value if listed is None else list(listed)
        return [_unaliased(option, entry, moment, notes) for entry in listed]
    if type(value) is list:
        return list(value)  # copied as above, though no option takes it
    taken = _unaliased(option, value, moment, notes)
    near = snapped(option, value) if taken is value and option.snap is not None else None
    if near is not None:
        notes.append(Note(NoteCode.SNAPPED, option.name, value, near))
    return taken if near is None else near


def _unaliased(option: Option, value: Any, moment: str | None, notes: list[Note]) -> Any:
    if type(value) is not str or value in option.values or value in option.gone:
        return value
    means = _meaning_of(option.aliases, value, moment)
    if means is None:
        return value
    notes.append(Note(NoteCode.ALIAS, option.name, value, means))
    return means
