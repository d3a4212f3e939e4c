"""
Create again: an earlier selection, decision or request body becomes a new selection with some fields changed.

A request body is read back by comparing it with what each model would send for each of its combinations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from imgrules.engine.body import NOTHING, leaf
from imgrules.engine.caller_input import read_moment, read_selection
from imgrules.engine.decide import decide
from imgrules.engine.decision import Decision
from imgrules.engine.plan.accepts import accepts
from imgrules.engine.resolve import default_of, picks
from imgrules.table.measures import exact, number_in
from imgrules.table.options import Option
from imgrules.table.record_base import record
from imgrules.table.records import MODEL, Model, Send, Table
from imgrules.table.terms import WirePath, dotted
from imgrules.views.results import ABSENT, value_at
from imgrules.views.shared_paths import Shared, shared_paths


@record
class Regeneration:
    """A new selection made from an earlier one, and the decision about it."""

    selection: Mapping[str, Any]
    decision: Decision


def regenerate(  # noqa: PLR0913, PLR0917  what was, what changes, and who asks, in which language and when
    table: Table,
    previous: object,
    changes: object,
    grants: object = (),
    language: str | None = None,
    at: object = None,
    facts: object = None,
) -> Regeneration:
    """
    Return a new selection and the decision about it: `previous` with the fields in `changes` replaced.

    `previous` is an earlier selection, a decision or an emitted request body; if it is None, `changes` is the whole selection.
    Every pick that is not changed is kept, even one that the new model does not offer: then the decision is impossible and
    proposes repairs. Values that were filled in are removed, so that another model applies its own defaults: a decision lists
    them in `filled`; facts are never taken from a body, since the service states them anew. In a body, a value that equals the default counts as filled in.
    """
    before, unread = ({}, ()) if previous is None else read_selection(_picks(previous))
    new, unread_new = read_selection(changes)
    if unread or unread_new:
        return Regeneration(before, decide(table, previous if unread else changes, grants, language, at, facts))
    selection = {**_selection(table, before, read_moment(at)[0]), **new}
    return Regeneration(selection, decide(table, selection, grants, language, at, facts))


def _picks(previous: object) -> object:
    """Return the picks of the caller from a decision; any other object is returned unchanged."""
    if type(previous) is not Decision:
        return previous
    return {name: value for name, value in previous.select.items() if name not in previous.filled}


def _selection(table: Table, previous: dict[str, Any], moment: str | None) -> dict[str, Any]:
    """Return the selection from which a body was made, without defaults; a mapping that no model sends is a selection."""
    models = [model.at(moment) or model for model in table.models.values()]
    senders = [model for model in models if _is_sent_by(model, previous)]
    # Several models may send the same provider model: the first one that sells this combination is taken.
    sold = ((model, picked) for model in senders for picked in _picks_of_body(model, previous))
    model, picked = next(sold, (senders[0] if senders else None, None))
    return previous if model is None else _without_defaults(model, _read_back(model, picked, previous))


def _without_defaults(model: Model, selection: dict[str, Any]) -> dict[str, Any]:
    """Return a selection without the picks that equal the default."""
    words = {name: model.options[name].word(value) for name, value in selection.items() if name in model.options}
    resolved = picks(model, words).values
    filled = {name for name, word in words.items() if _is_default(word, default_of(model.options[name], resolved))}
    return {name: value for name, value in selection.items() if name not in filled}


def _is_default(value: object, default: object) -> bool:
    # JSON decimals are floats, those of the table are exact.
    return default is not None and (_same(value, default) or exact(value) == exact(default) is not None)


def _is_sent_by(model: Model, body: Mapping[str, Any]) -> bool:
    """Whether a body can come from a model: it has all constants of the model, and a value at each path that is always filled."""
    constants = [send for send in model.body if send.name is None and send.lookup is None]
    always = [send for send in model.body if _is_always_sent(model, send)]
    if not constants and not always and MODEL in body:
        return False  # nothing marks a body of the model, and a selection names one
    same = all(_same(value_at(body, send.path), leaf(send, {})) for send in constants)
    return same and all(value_at(body, send.path) is not ABSENT for send in always)


def _is_always_sent(model: Model, send: Send) -> bool:
    options = [model.options.get(name or "") for name in _names(send)]
    return not _may_send_nothing(send) and all(
        option is not None and not (option.optional or option.conditional or option.follows) for option in options
    )


def _may_send_nothing(send: Send) -> bool:
    """Whether the table of a leaf says for some value that nothing is sent."""
    rows = () if send.lookup is None else send.lookup.table.values()
    return any(entry is None for row in rows for entry in (row.values() if isinstance(row, Mapping) else (row,)))


def _picks_of_body(model: Model, body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the picks by option of each combination that results in this body."""
    shared = shared_paths(model.body)
    free = {name: value for name, value in _free_values(model, body, shared).items() if value is not ABSENT}
    for cell in model.cells:
        chosen = {name: value for name, value in cell.picks(model).items() if model.options[name].follows is None}
        attempts = (
            picked
            for kept in islice(_kept_apart(free, chosen, shared), _MOST_OWNERS)
            for picked in _with_facts(model, chosen | kept)
        )
        for picked in attempts:
            resolved = picks(model, picked)
            if model.cell(resolved.values) is cell and all(_agrees(send, resolved.values, body, shared) for send in model.body):
                yield {name: value for name, value in picked.items() if name not in model.facts}
                break


def _with_facts(model: Model, picked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the picks with each value to try of the facts that a body does not tell."""
    if not model.unstated(picked):
        yield picked
        return
    from imgrules.engine.facts.facts import completions  # noqa: PLC0415  only models with facts need it

    stated = {name: picked[name] for name in model.facts if name in picked}
    for facts in completions(model, stated) or ():
        yield {**picked, **{name: model.options[name].word(value) for name, value in facts.items()}}


_MOST_OWNERS = 64  # how many ways are tried to assign what stands at shared paths to options


def _kept_apart(free: dict[str, Any], chosen: Mapping[str, Any], shared: Shared) -> Iterator[dict[str, Any]]:
    """Yield the values of options without those that cannot be sent beside another one, in each way."""
    sharing = ((name, other) for name, others in shared.names.items() if name in free for other in others)
    clash = next((pair for pair in sharing if pair[1] in free or pair[1] in chosen), None)
    if clash is None:
        yield free
        return
    for dropped in clash[::-1] if clash[1] in free else clash[:1]:
        yield from _kept_apart({name: value for name, value in free.items() if name != dropped}, chosen, shared)


def _agrees(send: Send, values: Mapping[str, Any], body: Mapping[str, Any], shared: Shared) -> bool:
    """Whether a leaf of a body has the value that is sent for `values`; texts of the caller may have any value."""
    value, sent = leaf(send, values), value_at(body, send.path)
    if value is not NOTHING:
        return _same(sent, value)
    others = shared.sends.get(send.path, ())
    return sent is ABSENT or send.name not in (None, *values) or any(leaf(other, values) is not NOTHING for other in others)


def _free_values(model: Model, body: Mapping[str, Any], shared: Shared) -> dict[str, Any]:
    """Return the values of the options that are not in cells, read from a body; `ABSENT` for an option that it lacks."""
    free = {name: option for name, option in model.options.items() if not option.bound and option.follows is None}
    sends = {name: [send for send in model.body if name in _names(send)] for name in free}
    values = {name: _unspelled(option, sends[name], body) for name, option in free.items()}
    # What stands at a shared path may be the value of another option.
    foreign = {name for name in shared.names.keys() & free if not _takes(free[name], values[name])}
    return {name: ABSENT if name in foreign else value for name, value in values.items()}


def _takes(option: Option, value: Any) -> bool:
    return (type(value) is str and value in option.values) or accepts(option)(value) is not None


def _names(send: Send) -> tuple[str | None, ...]:
    return send.lookup.by if send.lookup else (send.name,)


def _unspelled(option: Option, sends: list[Send], body: Mapping[str, Any]) -> Any:
    """Return the value of an option from which its leaves in a body were made, or `ABSENT`."""
    matching = (
        value
        for value in option.values
        if sends and all(_is_sent_for(value_at(body, send.path), leaf(send, {option.name: value}), option) for send in sends)
    )
    listed = next(matching, None)
    if listed is not None:
        return listed
    # The leaf of a table is not the value itself, so it counts only where the value has no leaf of its own.
    own = [send for send in sends if send.lookup is None] or sends
    sent = {send.form: value_at(body, send.path) for send in own}
    if "width" in sent and "height" in sent and ABSENT not in (sent["width"], sent["height"]):
        return _with_sides(option, sent["width"], sent["height"])
    for form, leaf_value in sent.items():
        value = _unformed(form, leaf_value, option)
        if value is not ABSENT:
            return value
    return ABSENT


def _is_sent_for(sent: Any, value: Any, option: Option) -> bool:
    """Whether a body has what a leaf sends for a value; where nothing is sent, only a value that has to be picked counts."""
    if value is NOTHING:
        return sent is ABSENT and not option.optional and not option.conditional
    return _same(sent, value)


def _unformed(form: str | None, value: Any, option: Option) -> Any:
    """Return the option value from which a leaf was made; `ABSENT` if the leaf has only the width or the height of it."""
    if form is None or value is ABSENT or form in {"number", "boolean"}:
        return value
    if form == "list":
        return value[0] if type(value) is list and len(value) == 1 else value
    if form == "text":
        return number_in(value) if option.number and type(value) is str else value
    pattern = re.escape(form)
    for place in ("value", "width", "height"):
        pattern = pattern.replace(rf"\{{{place}\}}", f"(?P<{place}>.+?)", 1)
    match = re.fullmatch(pattern, value) if type(value) is str else None
    if match is None:
        return ABSENT if form in {"width", "height"} else value
    parts = match.groupdict()
    return parts.get("value") or _with_sides(option, parts.get("width"), parts.get("height"))


def _with_sides(option: Option, width: Any, height: Any) -> str:
    """Return the size of two sides, or the ratio where the option takes ratios and not this size."""
    size = f"{width}x{height}"
    return size if option.size and (option.ratio is None or accepts(option)(size) is not None) else f"{width}:{height}"


def _same(value: object, constant: object) -> bool:
    """Whether two JSON values are equal and of the same type, so that 1 is not `true`."""
    if type(value) is list and type(constant) is list:
        return len(value) == len(constant) and all(map(_same, value, constant))
    return type(value) is type(constant) and value == constant


def _read_back(model: Model, picked: dict[str, Any] | None, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the selection from which a body was made; a leaf that the model does not send is kept under its path."""
    # If no combination sends this body, leaves that come from tables count as foreign, which `decide` refuses.
    sends = [send for send in model.body if picked is not None or send.lookup is None or send.name is not None]
    paths = {send.path for send in sends}
    within = {path[:length] for path in paths for length in range(len(path))}
    leaves = dict(_leaves(body, (), within))
    named = {send.name: send for send in sends if send.name is not None and send.path in leaves}
    texts = {name: leaves[send.path] for name, send in named.items() if name not in model.options}
    of_options = {name: send for name, send in named.items() if name in model.options and name not in model.facts}
    raw = {name: _unformed(send.form, leaves[send.path], model.options[name]) for name, send in of_options.items()}
    # A foreign leaf must not be taken for an option or text of the same name.
    taken = {MODEL, *model.options, *(send.name for send in sends)}
    foreign = {_foreign_name(path, taken): value for path, value in leaves.items() if path and path not in paths}
    words = {name: word for name, word in raw.items() if model.options[name].follows is None} if picked is None else picked
    chosen = {name: model.options[name].picked(word) for name, word in words.items()}
    return {MODEL: model.id, **texts, **chosen, **foreign}


def _foreign_name(path: WirePath, taken: set[str | None]) -> str:
    return ("/" if path[0] in taken else "") + dotted(path)


def _leaves(value: Any, path: WirePath, within: set[WirePath]) -> Iterator[tuple[WirePath, Any]]:
    """Yield the path and value of each leaf; a dict or list at a path outside of `within` counts as a leaf."""
    if path in within and type(value) is dict and value and all(type(name) is str for name in value):
        for name, entry in value.items():
            yield from _leaves(entry, (*path, name), within)
    elif path in within and type(value) is list and value:
        for index, entry in enumerate(value):
            yield from _leaves(entry, (*path, index), within)
    else:
        yield path, value
