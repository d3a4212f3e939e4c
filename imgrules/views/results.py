"""
What became of a creation, and how to make it again otherwise.

Where the detail of a creation holds its state and URLs is declared in `_shared.yaml` under `result`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from imgrules.engine.body import NOTHING, leaf
from imgrules.engine.caller_input import read_moment, read_selection
from imgrules.engine.decide import decide
from imgrules.engine.decision import Decision
from imgrules.engine.request_caps import TOLD
from imgrules.engine.resolve import default_of, picks
from imgrules.errors import ImgrulesError
from imgrules.quoting import either, quoted
from imgrules.table.measures import exact, number_in
from imgrules.table.records import MODEL, Model, Option, Result, Send, Table
from imgrules.table.terms import WirePath

_ABSENT = object()


class Outcome(StrEnum):
    """What became of a creation; `unusable` is a detail that claims success, or nothing known, without an image."""

    SUCCEEDED = "succeeded"
    RUNNING = "running"
    FAILED = "failed"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Creation:
    """
    The result of a creation, read from its detail.

    `urls` begins with the main image, which a browser can render at once, and ends with the further artifacts.
    `problems` says in sentences what was not as declared; it is empty for a sound detail. Of many artifacts that cannot be
    used, a hundred are told and the rest are counted.
    """

    outcome: Outcome
    state: str | None
    main_url: str | None
    thumbnail_url: str | None
    artifacts: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def urls(self) -> tuple[str, ...]:
        """Every renderable URL, the main image first."""
        main = (self.main_url,) if self.main_url else ()
        return (*main, *(each for each in self.artifacts if each != self.main_url))


@dataclass(frozen=True, slots=True)
class Regeneration:
    """A new selection made from an earlier one, and the decision about it."""

    selection: Mapping[str, Any]
    decision: Decision


def read_result(table: Table, detail: object) -> Creation:
    """
    Return what the JSON of `GET /creations/{id}` says. Any object gets an answer.

    Raises:
        ImgrulesError: the rules do not declare where a result is read.

    """
    result = table.result
    if result is None:
        raise ImgrulesError("these rules do not say how a result is read; declare `result:` in _shared.yaml")
    state = _at(detail, result.state)
    main, no_main = _url(_at(detail, result.main), dotted(result.main))
    thumbnail, no_thumbnail = (None, ()) if result.thumbnail is None else _thumbnail(detail, result.thumbnail)
    artifacts, odd = _artifacts(detail, result)
    outcome, why = _outcome(result, state, main, no_main)
    named = state if type(state) is str else None
    return Creation(outcome, named, main, thumbnail, artifacts, (*why, *no_thumbnail, *odd))


def regenerate(  # noqa: PLR0913, PLR0917  what was, what changes, and who asks, in which language and when
    table: Table,
    previous: object,
    changes: object,
    grants: object = (),
    language: str | None = None,
    at: object = None,
) -> Regeneration:
    """
    Return an earlier selection, decision or emitted request body, with some fields changed, and whether it may be made.

    What was picked and is not changed is kept, also where the new model does not offer it: then the decision says so, with
    repairs. What was filled in is not kept, so that another model has its own defaults: a decision tells what it filled in,
    and of a body, what equals the default counts as filled in.
    Without an earlier one (`None`), the changes are all there is.
    """
    before, unread = ({}, ()) if previous is None else read_selection(_picks(previous))
    new, unread_new = read_selection(changes)
    if unread or unread_new:
        return Regeneration(before, decide(table, previous if unread else changes, grants, language, at))
    selection = {**_selection(table, before, read_moment(at)[0]), **new}
    return Regeneration(selection, decide(table, selection, grants, language, at))


def _picks(previous: object) -> object:
    """Return what was picked of a decision; anything else is itself."""
    if type(previous) is not Decision:
        return previous
    return {name: each for name, each in previous.select.items() if name not in previous.filled}


def dotted(path: WirePath) -> str:
    """Return a wire path as an author writes it."""
    return "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in path).removeprefix(".")


def _at(detail: Any, path: WirePath) -> Any:
    for name in path:
        there = type(detail) is dict and name in detail
        if isinstance(name, int):
            there = type(detail) is list and name < len(detail)
        if not there:
            return _ABSENT
        detail = detail[name]
    return detail


def _outcome(result: Result, state: object, main: str | None, no_main: tuple[str, ...]) -> tuple[Outcome, tuple[str, ...]]:
    if type(state) is not str:
        return Outcome.UNUSABLE, (f"{dotted(result.state)} holds no state",)
    if state in result.running:
        return Outcome.RUNNING, ()
    if state in result.failed:
        return Outcome.FAILED, ()
    if state not in result.succeeded:
        known = either((*result.running, *result.succeeded, *result.failed))
        return Outcome.UNUSABLE, (f"the state {quoted(state)} is none of {known}",)
    if main is None:
        return Outcome.UNUSABLE, (f"the state is {quoted(state)} without a usable image", *no_main)
    return Outcome.SUCCEEDED, ()


def _thumbnail(detail: object, path: WirePath) -> tuple[str | None, tuple[str, ...]]:
    value = _at(detail, path)
    return (None, ()) if value is _ABSENT or value is None else _url(value, dotted(path))


def _artifacts(detail: object, result: Result) -> tuple[tuple[str, ...], tuple[str, ...]]:
    listed = _ABSENT if result.artifacts is None else _at(detail, result.artifacts)
    if listed is _ABSENT or listed is None or result.artifacts is None:
        return (), ()
    name = dotted(result.artifacts)
    if type(listed) is not list:
        return (), (f"{name} is no list",)
    read = [_url(_entry(each, result), f"{name}[{at}]") for at, each in enumerate(listed)]
    urls = tuple(dict.fromkeys(url for url, _ in read if url is not None))
    problems = tuple(problem for _, problems in read for problem in problems)
    more = len(problems) - TOLD
    return urls, problems if more <= 0 else (*problems[:TOLD], f"{name}: and {more} more are unusable")


def _entry(entry: object, result: Result) -> object:
    return _at(entry, result.artifact_url) if type(entry) is dict and result.artifact_url else entry


def _url(value: object, name: str) -> tuple[str | None, tuple[str, ...]]:
    """Return a URL that a browser can render at once, or why this is none."""
    if value is _ABSENT or value is None:
        return None, (f"{name} is missing",)
    if type(value) is str and _renderable(value):
        return value, ()
    return None, (f"{name} is no http or https URL: {quoted(value)}",)


def _renderable(text: str) -> bool:
    # `urlsplit` drops tabs and line ends, and browsers read a backslash as a slash: neither belongs in a URL.
    if not text.isprintable() or " " in text or "\\" in text:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _selection(table: Table, previous: dict[str, Any], moment: str | None) -> dict[str, Any]:
    models = [each.at(moment) or each for each in table.models.values()]
    senders = [each for each in models if _sent_by(each, previous)]
    # Models may share a provider's model; the one that sells this very combination is the one that was sold.
    sold = ((each, picked) for each in senders for picked in _made_of(each, previous))
    model, picked = next(sold, (senders[0] if senders else None, None))
    return previous if model is None else _without_defaults(model, _read_back(model, picked, previous))


def _without_defaults(model: Model, selection: dict[str, Any]) -> dict[str, Any]:
    """Return a selection without the picks that a default would fill in."""
    words = {name: model.options[name].word(each) for name, each in selection.items() if name in model.options}
    there = picks(model, words).values
    filled = {name for name, each in words.items() if _is_default(each, default_of(model.options[name], there))}
    return {name: each for name, each in selection.items() if name not in filled}


def _is_default(value: object, default: object) -> bool:
    # JSON knows one kind of decimal, and the table another.
    return default is not None and (_same(value, default) or exact(value) == exact(default) is not None)


def _sent_by(model: Model, body: Mapping[str, Any]) -> bool:
    """Return whether a body has every constant of a model, and every leaf that all its selections send."""
    constants = (each for each in model.body if each.name is None and each.lookup is None)
    same = all(_same(_at(body, each.path), leaf(each, {})) for each in constants)
    return same and all(_at(body, each.path) is not _ABSENT for each in model.body if _always(model, each))


def _always(model: Model, send: Send) -> bool:
    options = [model.options.get(each or "") for each in _names(send)]
    return all(each is not None and not (each.optional or each.when or each.ignored) for each in options)


def _made_of(model: Model, body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the picks that make this very body."""
    free = {name: each for name, each in _free(model, body).items() if each is not _ABSENT}
    for cell in model.cells:
        picked = {name: each for name, each in cell.picks(model).items() if model.options[name].follows is None} | free
        there = picks(model, picked)
        if model.cell(there.values) is cell and all(_sent(each, there.values, body) for each in model.body):
            yield picked


def _sent(send: Send, values: Mapping[str, Any], body: Mapping[str, Any]) -> bool:
    """Return whether a body holds what is sent for some picks; the texts of the caller are left open."""
    value, found = leaf(send, values), _at(body, send.path)
    if value is NOTHING:
        return found is _ABSENT or send.name not in (None, *values)
    return _same(found, value)


def _free(model: Model, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a body holds of the options that no cell holds."""
    own = {name: each for name, each in model.options.items() if not each.bound and each.follows is None}
    sent = {name: [each for each in model.body if name in _names(each)] for name in own}
    return {name: _unspelled(option, sent[name], body) for name, option in own.items()}


def _names(send: Send) -> tuple[str | None, ...]:
    return send.lookup.by if send.lookup else (send.name,)


def _unspelled(option: Option, sent: list[Send], body: Mapping[str, Any]) -> Any:
    """Return the value that some leaves were spelled from, or what stands there where none is."""
    listed = (
        value
        for value in option.values
        if sent and all(_same(_at(body, each.path), leaf(each, {option.name: value})) for each in sent)
    )
    named = next(listed, None)
    if named is not None:
        return named
    found = {each.form: _at(body, each.path) for each in sent}
    sign = "x" if option.size else ":"
    if "width" in found and "height" in found:
        return f"{found['width']}{sign}{found['height']}"
    for form, value in found.items():
        whole = _unformed(form, value, option)
        if whole is not _ABSENT:
            return whole
    return _ABSENT


def _unformed(form: str | None, value: Any, option: Option) -> Any:
    if form is None or value is _ABSENT or form in {"number", "boolean"}:
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
        return _ABSENT if form in {"width", "height"} else value
    parts = match.groupdict()
    return parts.get("value") or f"{parts.get('width')}{'x' if option.size else ':'}{parts.get('height')}"


def _same(value: object, constant: object) -> bool:
    if type(value) is list and type(constant) is list:
        return len(value) == len(constant) and all(map(_same, value, constant))
    return type(value) is type(constant) and value == constant


def _read_back(model: Model, picked: dict[str, Any] | None, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the selection that a body was made of; what the model does not send is kept by its path, to be refused."""
    # Where no combination sends what the tables would, their leaves are as foreign as any other.
    known = [each for each in model.body if picked is not None or each.lookup is None]
    paths = {each.path for each in known}
    within = {path[:at] for path in paths for at in range(len(path))}
    leaves = dict(_leaves(body, (), within))
    named = {each.name: each for each in known if each.name is not None and each.path in leaves}
    texts = {name: leaves[each.path] for name, each in named.items() if name not in model.options}
    own = {name: each for name, each in named.items() if name in model.options}
    raw = {name: _unformed(each.form, leaves[each.path], model.options[name]) for name, each in own.items()}
    # A foreign leaf must not pass for what it is called like.
    taken = {MODEL, *model.options, *(each.name for each in known)}
    foreign = {_name(path, taken): value for path, value in leaves.items() if path not in paths}
    chosen = {name: each for name, each in raw.items() if model.options[name].follows is None} if picked is None else picked
    own_words = {name: model.options[name].picked(each) for name, each in chosen.items()}
    return {MODEL: model.id, **texts, **own_words, **foreign}


def _name(path: WirePath, taken: set[str | None]) -> str:
    return ("/" if path[0] in taken else "") + dotted(path)


def _leaves(value: Any, path: WirePath, within: set[WirePath]) -> Iterator[tuple[WirePath, Any]]:
    if path in within and type(value) is dict and value and all(type(name) is str for name in value):
        for name, each in value.items():
            yield from _leaves(each, (*path, name), within)
    elif path in within and type(value) is list and value:
        for at, each in enumerate(value):
            yield from _leaves(each, (*path, at), within)
    else:
        yield path, value
