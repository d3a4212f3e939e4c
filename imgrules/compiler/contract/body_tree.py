"""The body of a model as a tree of nodes: what is sent at each path for each pick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Any

from imgrules.compiler.contract.judging.nodes import AnyOf, Items, Known, Leaf, Members, Node, Range, Series, Words, as_node
from imgrules.compiler.contract.picks import Pick
from imgrules.compiler.lower.possible_numbers import FINEST
from imgrules.engine.body import NOTHING, leaf
from imgrules.table.measures import MOST
from imgrules.table.options import Option
from imgrules.table.records import Model, Send
from imgrules.table.terms import Lookup

Picks = Mapping[str, tuple[Pick, ...]]
_MOST_KEYS = 4_000  # combinations of picks of options that share a path
_LONGEST_NUMBER = 40  # characters of any number that is written as text
_LONGEST_SIDE = 99_999


class _Part:
    """What is sent at one path of the body and inside it."""

    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self.inside: dict[Any, _Part] = {}


def body_of(model: Model, picks: Picks) -> Members:
    """Return the body of a model in one period."""
    root = _Part()
    for send in model.body:
        part = root
        for step in send.path:
            part = part.inside.setdefault(step, _Part())
        part.leaves.append(_leaf(model, send, picks))
    return Members({str(name): _node(child) for name, child in root.inside.items()}, whole=True)


def _node(part: _Part) -> Node:
    if not part.leaves:
        return _object(part)
    leaf = part.leaves[0] if len(part.leaves) == 1 else _merged(part.leaves)
    if not part.inside:
        return leaf
    inner = _object(part)
    return Leaf(leaf.names, {key: _sent_or(node, inner) for key, node in leaf.sent.items()})


def _object(part: _Part) -> Node:
    if part.inside and all(isinstance(step, int) for step in part.inside):
        return Items(tuple(_node(part.inside[step]) for step in sorted(part.inside)))
    return Members({str(name): _node(child) for name, child in part.inside.items()})


def _sent_or(node: Node | None, inner: Node) -> Node:
    """Return what a leaf sends at a path, and where that is nothing, what is sent inside: a selection sends at most one of them."""
    if isinstance(node, AnyOf):
        return AnyOf(tuple(_sent_or(each, inner) for each in node.nodes))
    return inner if node is None else node


def _merged(sharing: list[Leaf]) -> Leaf:
    """Return the leaf of several that share a path, of which a selection sends at most one."""
    names = tuple(dict.fromkeys(name for one in sharing for name in one.names))
    counts = [1 + max(key[one.names.index(name)] for one in sharing if name in one.names for key in one.sent) for name in names]
    if prod(counts) > _MOST_KEYS:
        return Leaf((), {(): AnyOf(tuple(dict.fromkeys(node for one in sharing for node in (*one.sent.values(), None))))})
    places = [[names.index(name) for name in one.names] for one in sharing]
    keys = list(product(*map(range, counts)))
    return Leaf(names, {key: _first(sharing, places, key) for key in keys})


def _first(sharing: list[Leaf], places: list[list[int]], key: tuple[int, ...]) -> Node | None:
    sent = (one.sent[tuple(key[at] for at in own)] for one, own in zip(sharing, places, strict=True))
    return next((node for node in sent if node is not None), None)


def _leaf(model: Model, send: Send, picks: Picks) -> Leaf:
    """Return what a leaf of the body sends for each combination of the picks of its options."""
    names = (send.name,) if send.name is not None else send.lookup.by if send.lookup is not None else ()
    keys = product(*(range(len(picks[name])) for name in names))
    chosen = ((key, tuple(picks[name][at] for name, at in zip(names, key, strict=True))) for key in keys)
    return Leaf(names, {key: _sent(model, send, dict(zip(names, own, strict=True))) for key, own in chosen})


def _sent(model: Model, send: Send, chosen: Mapping[str, Pick]) -> Node | None:
    if all(pick.raw is None or isinstance(pick.raw, Known) for pick in chosen.values()):
        value = leaf(send, {name: pick.value for name, pick in chosen.items() if pick.value is not None})
        return None if value is NOTHING else as_node(value)
    if send.name is None and send.lookup is not None:
        return _entries(send.lookup, chosen)
    raw = chosen[send.name or ""].raw
    return None if raw is None else _formed(send.form, raw, model.options.get(send.name or ""))


def _entries(table: Lookup, chosen: Mapping[str, Pick]) -> Node | None:
    """Return what a table sends for a region: any of its entries, or a list of them for a list by one option."""
    entries = tuple(None if entry is None else as_node(entry) for entry in _all_entries(table.table))
    raw = next(iter(chosen.values())).raw
    if len(chosen) == 1 and isinstance(raw, Series):
        listed = tuple(Known(None) if entry is None else entry for entry in entries)
        return AnyOf((Series(listed, raw.shortest, raw.longest), *entries))
    return AnyOf((*entries, None))


def _all_entries(rows: Mapping[str, Any]) -> Iterator[Any]:
    for entry in rows.values():
        if isinstance(entry, Mapping):
            yield from _all_entries(entry)
        else:
            yield entry


def _formed(form: str | None, raw: Node, option: Option | None) -> Node:
    """Return a region as a leaf with a form writes it."""
    if form is not None and isinstance(raw, Series):
        return Series(tuple(_formed(form, entry, option) for entry in raw.entries), raw.shortest, raw.longest)
    formed: dict[str | None, Node] = {None: raw, "list": Items((raw,))}
    if form in {"width", "height"}:
        formed[form] = _side(option) if _has_sides(option) else AnyOf((_side(option), None))
    elif form == "number":
        formed[form] = raw if isinstance(raw, Range) else AnyOf((raw, Range(-MOST, MOST, 1), Range(-MOST, MOST, FINEST)))
    elif form == "boolean":
        formed[form] = AnyOf((*map(Known, (True, False)), Words(0)))
    return formed[form] if form in formed else _filled("{value}" if form == "text" else str(form), raw)


def _has_sides(option: Option | None) -> bool:
    """Whether whatever is picked by a rule of an option has two sides, as a size and a ratio have."""
    return option is not None and option.text is None and (option.size is not None or option.ratio is not None)


def _side(option: Option | None) -> Range:
    edge = option.size.edge if option is not None and option.size is not None and option.ratio is None else None
    if edge is None:
        return Range(1, _LONGEST_SIDE)
    base = int(edge.min or 0)
    return Range(max(base, 1), _LONGEST_SIDE if edge.max is None else int(edge.max), edge.step or 1, base)


def _filled(form: str, raw: Node) -> Node:
    """Return the region of texts that a form makes of a region."""
    shortest, longest = (raw.shortest, raw.longest) if isinstance(raw, Words) else (1, _LONGEST_NUMBER)
    if "{width}" in form or "{height}" in form:
        return Words(1, None)
    times, fixed = form.count("{value}"), len(form.replace("{value}", ""))
    return Words(fixed + times * shortest, None if longest is None else fixed + times * longest)
