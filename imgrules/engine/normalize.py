"""
Put a selection into canonical names: aliases are replaced, and for an option with `snap`, a value by the nearest allowed one.

Each replacement is recorded as a note of the decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from imgrules.engine.decision_records import Note, NoteCode
from imgrules.engine.request_caps import ENTRIES
from imgrules.table.measures import (
    entries,
    exact,
    is_whole,
    nearest_listed,
    nearest_size,
    pair,
    shaped,
    sized,
    stepped,
    within,
)
from imgrules.table.options import Option
from imgrules.table.record_base import record
from imgrules.table.records import MODEL, Model, Table
from imgrules.table.terms import Alias, Number


@record
class Foreign:
    """A text that was given to a switch, which takes only booleans: without this class, `"true"` would count as true."""

    given: str


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
    replaced = {}
    for name, value in picked.items():
        canonical_name = name
        if aliases and name not in options:
            means = _meaning_of(aliases, name, moment)
            # If a name and its alias are both given, it would be unclear which value counts.
            if means is not None and means not in picked and means not in replaced:
                canonical_name = means
                notes.append(Note(NoteCode.ALIAS, canonical_name, name, canonical_name))
        option = options.get(canonical_name)
        replaced[canonical_name] = value if option is None else _value(option, value, moment, notes)
    return replaced, tuple(notes)


def _value(option: Option, value: Any, moment: str | None, notes: list[Note]) -> Any:
    if type(value) is str and value in option.values and not option.switch:
        return value
    if option.switch:
        return Foreign(value) if type(value) is str else option.word(value)
    if option.many is not None:
        # A copy: the caller may change the list later, and the decision must stay as it is.
        listed = entries(value)
        if listed is None or len(listed) > ENTRIES:
            return value if listed is None else list(listed)
        return [_unaliased(option, entry, moment, notes) for entry in listed]
    if type(value) is list:
        return list(value)  # copied as above, though no option takes it
    taken = _unaliased(option, value, moment, notes)
    if taken is value and option.snap:
        taken = next(_snapped(option, value), value)
        if taken is not value and taken != value:
            notes.append(Note(NoteCode.SNAPPED, option.name, value, taken))
    return taken


def _unaliased(option: Option, value: Any, moment: str | None, notes: list[Note]) -> Any:
    if type(value) is not str or value in option.values or value in option.gone:
        return value
    means = _meaning_of(option.aliases, value, moment)
    if means is None:
        return value
    notes.append(Note(NoteCode.ALIAS, option.name, value, means))
    return means


def _snapped(option: Option, value: Any) -> Iterator[str | Number]:
    """Yield the nearest value that the option takes, unless it takes the given one; at most one value."""
    number, size, shape = exact(value), pair(value, "x"), pair(value, ":")
    if type(value) is str and (value in option.values or value in option.gone):
        return
    if option.number is not None and number is not None:
        # A number of another kind, such as 1.5 for a whole number, is no near miss.
        if not within(number, option.number) and (type(value) is int or not is_whole(option.number)):
            yield stepped(number, option.number)
    elif option.size is not None and size is not None:
        nearest = None if sized(size, option.size) else nearest_size(size, option.size)
        if nearest is not None:
            yield f"{nearest[0]}x{nearest[1]}"
    elif option.ratio is not None and shape is not None:
        if not shaped(shape, option.ratio):
            least = pair(option.ratio.min, ":")
            below = least is not None and shape[0] * least[1] < least[0] * shape[1]
            yield str(option.ratio.min if below else option.ratio.max)
    elif option.listed and option.follows is None and type(value) is str:
        nearest_name = nearest_listed(value, option.values)
        if nearest_name is not None:
            yield nearest_name
