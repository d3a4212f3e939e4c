"""
What became of a creation, and how to make it again otherwise.

Where the detail of a creation holds its state and URLs is declared in `_shared.yaml` under `result`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from imgrules.engine.decide import Decision, decide, read_selection
from imgrules.engine.errors import ImgrulesError
from imgrules.engine.explain import MODEL
from imgrules.engine.table import Cell, Model, Result, Table
from imgrules.engine.wording import either, quoted

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
    `problems` says in sentences what was not as declared; it is empty for a sound detail.
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
    Answer what the JSON of `GET /creations/{id}` says. Any object gets an answer.

    Raises:
        ImgrulesError: the rules do not declare where a result is read.

    """
    result = table.result
    if result is None:
        raise ImgrulesError("these rules do not say how a result is read; declare `result:` in _shared.yaml")
    state = _at(detail, result.state)
    main, no_main = _url(_at(detail, result.main), ".".join(result.main))
    thumbnail, no_thumbnail = (None, ()) if result.thumbnail is None else _thumbnail(detail, result.thumbnail)
    artifacts, odd = _artifacts(detail, result)
    outcome, why = _outcome(result, state, main, no_main)
    named = state if type(state) is str else None
    return Creation(outcome, named, main, thumbnail, artifacts, (*why, *no_thumbnail, *odd))


def regenerate(
    table: Table, previous: object, changes: object, grants: object = (), language: str | None = None
) -> Regeneration:
    """
    Answer an earlier selection, or an emitted request body, with some fields changed, and whether it may be made.

    What is not changed is kept, also where the new model does not offer it: then the decision says so, with repairs.
    Without an earlier one (`None`), the changes are all there is.
    """
    before, unread = ({}, ()) if previous is None else read_selection(previous)
    new, unread_new = read_selection(changes)
    if unread or unread_new:
        return Regeneration(before, decide(table, previous if unread else changes, grants, language))
    selection = {**_selection(table, before), **new}
    return Regeneration(selection, decide(table, selection, grants, language))


def _at(detail: object, path: tuple[str, ...]) -> Any:
    for name in path:
        if type(detail) is not dict or name not in detail:
            return _ABSENT
        detail = detail[name]
    return detail


def _outcome(result: Result, state: object, main: str | None, no_main: tuple[str, ...]) -> tuple[Outcome, tuple[str, ...]]:
    if type(state) is not str:
        return Outcome.UNUSABLE, (f"{'.'.join(result.state)} holds no state",)
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


def _thumbnail(detail: object, path: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    value = _at(detail, path)
    return (None, ()) if value is _ABSENT or value is None else _url(value, ".".join(path))


def _artifacts(detail: object, result: Result) -> tuple[tuple[str, ...], tuple[str, ...]]:
    listed = _ABSENT if result.artifacts is None else _at(detail, result.artifacts)
    if listed is _ABSENT or listed is None or result.artifacts is None:
        return (), ()
    name = ".".join(result.artifacts)
    if type(listed) is not list:
        return (), (f"{name} is no list",)
    read = [_url(_entry(each, result), f"{name}[{at}]") for at, each in enumerate(listed)]
    urls = tuple(dict.fromkeys(url for url, _ in read if url is not None))
    return urls, tuple(problem for _, problems in read for problem in problems)


def _entry(entry: object, result: Result) -> object:
    return _at(entry, result.artifact_url) if type(entry) is dict and result.artifact_url else entry


def _url(value: object, name: str) -> tuple[str | None, tuple[str, ...]]:
    """Answer a URL that a browser can render at once, or why this is none."""
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


def _selection(table: Table, previous: dict[str, Any]) -> dict[str, Any]:
    models = table.models.values()
    # No model sends anything deeper, so what lies deeper is one foreign leaf.
    depth = max((len(each.path) for model in models for each in model.body), default=0)
    leaves = dict(_leaves(previous, (), depth))
    senders = [each for each in models if _sent_by(each, leaves)]
    # Models may share a provider's model; the one that sells this very combination is the one that was sold.
    sold = ((each, cell) for each in senders for cell in each.cells if _made_of(each, cell, leaves))
    model, cell = next(sold, (senders[0] if senders else None, None))
    return previous if model is None else _read_back(model, cell, leaves)


def _sent_by(model: Model, leaves: Mapping[tuple[str, ...], Any]) -> bool:
    constants = [each for each in model.body if each.name is None and not each.by]
    same = all(each.path in leaves and _same(leaves[each.path], each.constant) for each in constants)
    return same and all(each.path in leaves for each in model.body if each.by or each.name in model.options)


def _made_of(model: Model, cell: Cell, leaves: Mapping[tuple[str, ...], Any]) -> bool:
    picked = dict(zip(model.options, cell.values, strict=True))
    sent = (each for each in model.body if each.by or each.name in model.options)
    return all(_same(leaves[each.path], each.value(picked)) for each in sent)


def _same(value: object, constant: object) -> bool:
    return type(value) is type(constant) and value == constant


def _read_back(model: Model, cell: Cell | None, leaves: Mapping[tuple[str, ...], Any]) -> dict[str, Any]:
    """Answer the selection that a body was made of; what the model does not send is kept by its path, to be refused."""
    # Where no combination sends what the tables would, their leaves are as foreign as any other.
    names = {each.path: each.name for each in model.body if cell is not None or not each.by}
    read = {names[path] or "": value for path, value in leaves.items() if path in names}
    picked = dict(zip(model.options, cell.values, strict=True)) if cell else {}
    # A foreign leaf must not pass for what it is called like.
    taken = {MODEL, *model.options, *names.values()}
    foreign = {("/" if path[0] in taken else "") + ".".join(path): value for path, value in leaves.items() if path not in names}
    return {MODEL: model.id} | {name: value for name, value in read.items() if name} | picked | foreign


def _leaves(value: Any, path: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], Any]]:
    if type(value) is dict and value and depth and all(type(name) is str for name in value):
        for name, each in value.items():
            yield from _leaves(each, (*path, name), depth - 1)
    else:
        yield path, value
