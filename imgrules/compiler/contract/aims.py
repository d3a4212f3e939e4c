"""What is picked so that a body has a whole object or list that a contract names, leaf by leaf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, TypeAlias

from imgrules.compiler.contract.document import Contract
from imgrules.compiler.contract.keywords import OF_THE_SAME_VALUE, subschemas
from imgrules.compiler.contract.witnesses import Hints, witnesses
from imgrules.compiler.samples.sample_selections import sources_at
from imgrules.engine.body import NOTHING, leaf
from imgrules.table.exact import multiply, tidy
from imgrules.table.measures import exact
from imgrules.table.records import Field, Model, Send
from imgrules.table.terms import Number, WirePath

_Parts: TypeAlias = Sequence[tuple[Send, list[Any]]]
"""Leaves of the body, each with the values of which it has to send one."""

MOST_AIMS = 100
"""The most objects and lists of one schema that are aimed at."""

_MOST_MULTIPLES = 8


def aims(
    contract: Contract, schema: Any, at: WirePath, model: Model, fields: Mapping[str, Field]
) -> Iterator[Mapping[str, list[Any]]]:
    """
    Yield what to pick for what a schema about a path names: values of options and fields, by name.

    First for each object or list those that send its parts, then together those that send one of the values named at each of
    several paths, or at one whose value is computed.
    """
    together: dict[WirePath, list[Any]] = {}
    for path, constant in islice(_constants(contract, schema, at), MOST_AIMS):
        if isinstance(constant, dict | list):
            inside = [send for send in model.body if send.path[: len(path)] == path]
            yield from _aims_at([(send, [_part(constant, send.path[len(path) :])]) for send in inside], model, fields)
        else:
            together.setdefault(path, []).append(constant)
    computed = {
        send.path for send in model.body if (option := model.options.get(send.name or "")) is not None and option.follows
    }
    if len(together) > 1 or not computed.isdisjoint(together):
        yield from _aims_at([(send, together[send.path]) for send in model.body if send.path in together], model, fields)


def _aims_at(parts: _Parts, model: Model, fields: Mapping[str, Field]) -> Iterator[Mapping[str, list[Any]]]:
    """Yield what to pick to send these parts, also with sizes from which a number among them may be computed."""
    picked = _picks(parts, model, fields)
    yield picked
    for send, values in parts:
        computed, numbers = (
            model.options.get(send.name or ""),
            [number for value in values if (number := exact(value)) is not None],
        )
        if computed is not None:
            for sources in sources_at(model, computed, numbers):
                yield {**picked, **{name: [value] for name, value in sources.items()}}


def _picks(parts: _Parts, model: Model, fields: Mapping[str, Field]) -> Mapping[str, list[Any]]:
    return {name: _picked(name, parts, model, fields) for name in dict.fromkeys(send.name for send, _ in parts) if name}


def _constants(contract: Contract, schema: Any, at: WirePath) -> Iterator[tuple[WirePath, Any]]:
    pending, known = [(schema, at)], set[tuple[int, WirePath]]()
    while pending:
        part, path = pending.pop(0)
        if not isinstance(part, dict) or (id(part), path) in known or len(known) > MOST_AIMS:
            continue
        known.add((id(part), path))
        named = [part["const"]] if "const" in part else part.get("enum", [])
        yield from ((path, constant) for constant in (*named, *_multiples(part)))
        pending += [(contract.target(part["$ref"]), path)] if isinstance(part.get("$ref"), str) else []
        pending += [(child, inner) for step, child in subschemas(part) if (inner := _place(path, step)) is not None]


def _multiples(part: Mapping[str, Any]) -> Iterator[Number]:
    """Yield the first multiples that a schema is about."""
    number = exact(part.get("multipleOf"))
    yield from () if number is None else (tidy(multiply(number, count)) for count in range(1, _MOST_MULTIPLES + 1))


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


def _picked(name: str, parts: _Parts, model: Model, fields: Mapping[str, Field]) -> list[Any]:
    """Return the values of an option or a field with which each of its leaves sends one of its parts; None sends nothing."""
    own = [(send, wanted) for send, wanted in parts if send.name == name]
    sent = [part for _, wanted in own for part in wanted if part is not NOTHING]
    sides = {send.form: wanted[0] for send, wanted in own if send.form in {"width", "height"}}
    sizes = [f"{sides['width']}x{sides['height']}"] if len(sides) > 1 else []
    lists = [part for part in sent if isinstance(part, list)]
    hints = Hints((*(part for part in (*sent, *chain(*lists)) if not isinstance(part, list | dict)), *sizes), tuple(lists))
    listed = model.options[name].values if name in model.options else ()
    tried = (None, *witnesses(model, name, fields.get(name), hints), *listed)
    return [value for value in tried if all(_sent(send, value) in wanted for send, wanted in own)]


def _sent(send: Send, value: Any) -> Any:
    return leaf(send, {} if value is None else {send.name or "": value})
