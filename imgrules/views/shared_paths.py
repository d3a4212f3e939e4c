"""The leaves of a request body that share a path, or stand inside each other; no selection sends two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from imgrules.table.records import Send
from imgrules.table.terms import WirePath


class Shared(NamedTuple):
    """By path, the other leaves that may be sent there, inside or around it; by option, the options of such leaves."""

    sends: Mapping[WirePath, tuple[Send, ...]]
    names: Mapping[str, tuple[str, ...]]


def shared_paths(body: Iterable[Send]) -> Shared:
    """Return which leaves of a body share a path."""
    at_path: dict[WirePath, list[Send]] = {}
    inside: dict[WirePath, list[Send]] = {}
    sends: dict[WirePath, list[Send]] = {}
    names: dict[str, dict[str, None]] = {}
    for send in body:
        beginnings = [send.path[:length] for length in range(1, len(send.path))]
        others = [other for path in (*beginnings, send.path) for other in at_path.get(path, ())]
        for other in (*others, *inside.get(send.path, ())):
            sends.setdefault(send.path, []).append(other)
            sends.setdefault(other.path, []).append(send)
            for name, other_name in ((one, two) for one in _names(send) for two in _names(other) if one != two):
                names.setdefault(name, {})[other_name] = None
                names.setdefault(other_name, {})[name] = None
        at_path.setdefault(send.path, []).append(send)
        for path in beginnings:
            inside.setdefault(path, []).append(send)
    return Shared({path: tuple(at) for path, at in sends.items()}, {name: tuple(others) for name, others in names.items()})


def _names(send: Send) -> tuple[str, ...]:
    return send.lookup.by if send.lookup is not None else () if send.name is None else (send.name,)
