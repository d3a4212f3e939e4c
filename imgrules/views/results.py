"""
Read the result of a creation: whether it succeeded, its image URLs, and what is wrong with the answer of the service.

Where the JSON of a creation holds the state and the URLs is declared in `_shared.yaml` under `result`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from imgrules.engine.request_caps import MOST_REPORTED
from imgrules.errors import ImgrulesError
from imgrules.quoting import either, quoted
from imgrules.table.record_base import record
from imgrules.table.records import Result, Table
from imgrules.table.terms import WirePath, dotted

ABSENT = object()
"""Returned by `value_at` where a document has nothing at a path; a `null` in the document is None."""


class Outcome(StrEnum):
    """The outcome of a creation; `unusable`: the state is unknown or missing, or it is success without a usable image."""

    SUCCEEDED = "succeeded"
    RUNNING = "running"
    FAILED = "failed"
    UNUSABLE = "unusable"


@record
class Creation:
    """
    The result of a creation, read from the JSON of a creation.

    `urls` begins with the main image, which a browser can show, and ends with the additional artifacts.
    `problems` has a sentence for each difference from what the rules declare; it is empty for a correct result. It lists at
    most 100 unusable artifacts; one more sentence counts the rest.
    """

    outcome: Outcome
    state: str | None
    main_url: str | None
    thumbnail_url: str | None
    artifacts: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def urls(self) -> tuple[str, ...]:
        """Every URL that a browser can show, the main image first, deduplicated."""
        main = (self.main_url,) if self.main_url else ()
        return (*main, *(url for url in self.artifacts if url != self.main_url))


def read_result(table: Table, detail: object) -> Creation:
    """
    Return the result that the parsed JSON of a creation describes; `detail` may be any object.

    Raises:
        ImgrulesError: the rules have no `result:`, which says where a result is read.

    """
    result = table.result
    if result is None:
        raise ImgrulesError("these rules do not say how a result is read; declare `result:` in _shared.yaml")
    state = value_at(detail, result.state)
    main_url, main_problems = _read_url(value_at(detail, result.main), dotted(result.main))
    thumbnail_url, thumbnail_problems = (None, ()) if result.thumbnail is None else _read_thumbnail(detail, result.thumbnail)
    artifacts, artifact_problems = _read_artifacts(detail, result)
    outcome, problems = _outcome(result, state, main_url, main_problems)
    state_text = state if type(state) is str else None
    problems = (*problems, *thumbnail_problems, *artifact_problems)
    return Creation(outcome, state_text, main_url, thumbnail_url, artifacts, problems)


def value_at(document: Any, path: WirePath) -> Any:
    """Return the value at a path of nested dicts and lists, or `ABSENT`; subclasses of dict and list are not read."""
    for part in path:
        exists = type(document) is dict and part in document
        if isinstance(part, int):
            exists = type(document) is list and part < len(document)
        if not exists:
            return ABSENT
        document = document[part]
    return document


def _outcome(
    result: Result, state: object, main_url: str | None, main_problems: tuple[str, ...]
) -> tuple[Outcome, tuple[str, ...]]:
    """Return the outcome, and the problems with the state and the main image."""
    if type(state) is not str:
        return Outcome.UNUSABLE, (f"{dotted(result.state)} is missing or not a string, so the state is unknown",)
    if state in result.running:
        return Outcome.RUNNING, ()
    if state in result.failed:
        return Outcome.FAILED, ()
    if state not in result.succeeded:
        states = either((*result.running, *result.succeeded, *result.failed))
        return Outcome.UNUSABLE, (f"the state {quoted(state)} is unknown; expected {states}",)
    if main_url is None:
        return Outcome.UNUSABLE, (f"the state is {quoted(state)}, but there is no usable image", *main_problems)
    return Outcome.SUCCEEDED, ()


def _read_thumbnail(detail: object, path: WirePath) -> tuple[str | None, tuple[str, ...]]:
    value = value_at(detail, path)
    return (None, ()) if value is ABSENT or value is None else _read_url(value, dotted(path))


def _read_artifacts(detail: object, result: Result) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the usable URLs of the artifacts, deduplicated, and the problems with the others."""
    listed = ABSENT if result.artifacts is None else value_at(detail, result.artifacts)
    if listed is ABSENT or listed is None or result.artifacts is None:
        return (), ()
    name = dotted(result.artifacts)
    if type(listed) is not list:
        return (), (f"{name} is not a list: {quoted(listed)}",)
    read = [_read_url(_artifact_value(entry, result), f"{name}[{index}]") for index, entry in enumerate(listed)]
    urls = tuple(dict.fromkeys(url for url, _ in read if url is not None))
    problems = tuple(problem for _, problems in read for problem in problems)
    omitted = len(problems) - MOST_REPORTED
    return urls, problems if omitted <= 0 else (*problems[:MOST_REPORTED], f"{name}: {omitted} more entries are unusable")


def _artifact_value(entry: object, result: Result) -> object:
    return value_at(entry, result.artifact_url) if type(entry) is dict and result.artifact_url else entry


def _read_url(value: object, name: str) -> tuple[str | None, tuple[str, ...]]:
    """Return a URL that a browser can render, or None and the problem with the value of the field `name`."""
    if value is ABSENT or value is None:
        return None, (f"{name} is missing",)
    if type(value) is str and _is_renderable(value):
        return value, ()
    return None, (f"{name} is not an http or https URL: {quoted(value)}",)


def _is_renderable(text: str) -> bool:
    # `urlsplit` drops tabs and line ends, and browsers read a backslash as a slash: neither belongs in a URL.
    if not text.isprintable() or " " in text or "\\" in text:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
