"""What is picked so that a body has a whole object or list that a contract names, leaf by leaf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from imgrules.compiler.contract.document import Contract
from imgrules.compiler.contract.keywords import OF_THE_SAME_VALUE, subschemas
from imgrules.compiler.contract.witnesses import Hints, witnesses
from imgrules.engine.body import NOTHING, leaf
from imgrules.table.records import Field, Model, Send
from imgrules.table.terms import WirePath

MOST_AIMS = 100
"""The most objects and lists of one schema that are aimed at."""


def aims(
    contract: Contract, schema: Any, at: WirePath, model: Model, fields: Mapping[str, Field]
) -> Iterator[Mapping[str, list[Any]]]:
    """Yield, for each object or list that a schema about a path names, the values of options and fields that send its parts."""
    for path, constant in islice(_constants(contract, schema, at), MOST_AIMS):
        inside = [send for send in model.body if send.path[: len(path)] == path]
        parts = [(send, _part(constant, send.path[len(path) :])) for send in inside]
        yield {name: _picked(name, parts, model, fields) for name in dict.fromkeys(send.name for send in inside) if name}


def _constants(contract: Contract, schema: Any, at: WirePath) -> Iterator[tuple[WirePath, Any]]:
    pending, known = [(schema, at)], set[tuple[int, WirePath]]()
    while pending:
        part, path = pending.pop(0)
        if not isinstance(part, dict) or (id(part), path) in known or len(known) > MOST_AIMS:
            continue
        known.add((id(part), path))
        named = [part["const"]] if "const" in part else part.get("enum", [])
        yield from ((path, constant) for constant in named if isinstance(constant, dict | list))
        pending += [(contract.target(part["$ref"]), path)] if isinstance(part.get("$ref"), str) else []
        pending += [(child, inner) for step, child in subschemas(part) if (inner := _place(path, step)) is not None]


def _place(path: WirePath, step: tuple[str | int, ...]) -> WirePath | None:
    """Return the path that a subschema is about; None for one about several."""
    if step[0] in {"properties", "prefixItems"}:
        return (*path, step[1])
    return path if step[0] in OF_THE_SAME_VALUE else None


def _part(constant: Any, path: WirePath) -> Any:
    """Return the value at a path of a constant, or `NOTHING`."""
    for step in path:
        is_there = (
            step in constant if isinstance(constant, dict) else isinstance(constant, list) and step in range(len(constant))
        )
        if not is_there:
            return NOTHING
        constant = constant[step]
    return constant


def _picked(name: str, parts: Iterable[tuple[Send, Any]], model: Model, fields: Mapping[str, Field]) -> list[Any]:
    """Return the values of an option or a field with which each of its leaves sends its part; None, where that is nothing."""
    own = [(send, part) for send, part in parts if send.name == name]
    sent = [part for _, part in own if part is not NOTHING]
    sides = {send.form: part for send, part in own if send.form in {"width", "height"}}
    sizes = [f"{sides['width']}x{sides['height']}"] if len(sides) > 1 else []
    lists = [part for part in sent if isinstance(part, list)]
    hints = Hints((*(part for part in (*sent, *chain(*lists)) if not isinstance(part, list | dict)), *sizes), tuple(lists))
    listed = model.options[name].values if name in model.options else ()
    tried = (None, *witnesses(model, name, fields.get(name), hints), *listed)
    return [value for value in tried if all(_sent(send, value) == part for send, part in own)]


def _sent(send: Send, value: Any) -> Any:
    return leaf(send, {} if value is None else {send.name or "": value})
