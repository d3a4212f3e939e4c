"""
What a request body may be: a tree whose leaves say which JSON values a selection can send there.

A case fixes some picks: it maps names of options and fields to the index of one of their `Pick`s. The other names are free.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import Enum
from functools import cached_property
from typing import Any, TypeAlias

from imgrules.table.exact import add, multiply, steps, subtract, tidy
from imgrules.table.record_base import record
from imgrules.table.terms import Number

Case: TypeAlias = Mapping[str, int]


@record(eq=False)
class Known:
    """One JSON value that is no list and no object."""

    value: Any


@record(eq=False)
class Range:
    """Any number from `least` to `greatest` that is a whole number of steps away from `base`."""

    least: Number
    greatest: Number
    step: Number = 1
    base: Number = 0


@record(eq=False)
class Words:
    """Any text whose length in characters is in these bounds; perhaps not every such text."""

    shortest: int
    longest: int | None = None


@record(eq=False)
class Series:
    """Any list of these entries whose length is in these bounds; perhaps not every such list."""

    entries: tuple[Node, ...]
    shortest: int
    longest: int


@record(eq=False)
class AnyOf:
    """Any of these; None is nothing. Which one does not follow from a case."""

    nodes: tuple[Node | None, ...]


@record(eq=False, slots=False)
class Leaf:
    """What is sent for each combination of the picks of some names; None is nothing."""

    names: tuple[str, ...]
    sent: Mapping[tuple[int, ...], Node | None]

    @cached_property
    def always(self) -> bool:
        """Whether something is sent in every case."""
        return all(presence(node, {}) is Presence.ALWAYS for node in self.every)

    @cached_property
    def every(self) -> list[Node | None]:
        """What is sent in any case, without duplicates."""
        return list(dict.fromkeys(self.sent.values()))

    @cached_property
    def inner(self) -> list[Leaf]:
        """The leaves inside of what is sent."""
        return [leaf for node in self.every for leaf in leaves(node)]

    def within(self, case: Case) -> list[Node | None]:
        """Return what is sent in a case, without duplicates."""
        fixed = [(place, case[name]) for place, name in enumerate(self.names) if name in case]
        if not fixed:
            return self.every
        if len(fixed) == len(self.names):
            return [self.sent[tuple(index for _, index in fixed)]]
        chosen = (node for key, node in self.sent.items() if all(key[place] == index for place, index in fixed))
        return list(dict.fromkeys(chosen))


@record(eq=False)
class Members:
    """An object with these members; it is not sent where none of them is, unless it is the whole body."""

    members: Mapping[str, Node]
    whole: bool = False


@record(eq=False)
class Items:
    """A list with these entries in this order."""

    items: tuple[Node, ...]


Node: TypeAlias = Known | Range | Words | Series | AnyOf | Leaf | Members | Items


class Presence(Enum):
    """Whether a node is sent in a case."""

    ALWAYS = 1
    SOMETIMES = 2
    NEVER = 3


def presence(node: Node | None, case: Case) -> Presence:
    """Return whether a node is sent in a case; for an object inside a body, whether any of its members is."""
    if isinstance(node, Members) and node.whole:
        return Presence.ALWAYS
    if isinstance(node, Members | Items):
        return _of_any(node.members.values() if isinstance(node, Members) else node.items, case)
    if isinstance(node, Leaf | AnyOf):
        if isinstance(node, Leaf) and node.always:
            return Presence.ALWAYS
        found = {presence(child, case) for child in (node.within(case) if isinstance(node, Leaf) else node.nodes)}
        return found.pop() if len(found) == 1 else Presence.SOMETIMES
    return Presence.NEVER if node is None else Presence.ALWAYS


def _of_any(parts: Collection[Node], case: Case) -> Presence:
    """Return whether any of some parts is sent; an empty list or object is sent as it is."""
    found = Presence.NEVER if parts else Presence.ALWAYS
    for part in parts:
        there = presence(part, case)
        if there is Presence.ALWAYS:
            return there
        found = there if there is Presence.SOMETIMES else found
    return found


_MOST_NUMBERS = 1_000


def few_numbers(node: Node, case: Case) -> list[Number]:
    """Return all numbers of a node that is one region in a case, or none if it is something else or has more than 1,000."""
    sent = node.within(case) if isinstance(node, Leaf) else [node]
    region = sent[0] if len(sent) == 1 else None
    if not isinstance(region, Range) or region.greatest - region.least > region.step * _MOST_NUMBERS:
        return []
    first = add(region.base, multiply(-steps(subtract(region.base, region.least), region.step)[0], region.step))
    numbers = (tidy(add(first, multiply(count, region.step))) for count in range(_MOST_NUMBERS + 2))
    return [number for number in numbers if region.least <= number <= region.greatest]


def free_names(node: Node | None, case: Case) -> frozenset[str]:
    """Return the names on which a node depends and that a case does not fix."""
    return frozenset(name for leaf in leaves(node) for name in leaf.names if name not in case)


def leaves(node: Node | None) -> Iterator[Leaf]:
    """Yield the leaves of a node, and those inside what one of them sends."""
    if isinstance(node, Leaf):
        yield node
        yield from node.inner
    elif isinstance(node, Members | Items | AnyOf):
        for child in _parts_of(node):
            yield from leaves(child)


def _parts_of(node: Members | Items | AnyOf) -> Iterable[Node | None]:
    if isinstance(node, AnyOf):
        return node.nodes
    return node.members.values() if isinstance(node, Members) else node.items


def settled(node: Node, case: Case) -> Node:
    """Return the one node that a leaf sends in a case; any other node, and a leaf that may send several or nothing, as it is."""
    sent = node.within(case) if isinstance(node, Leaf) else [None]
    return node if len(sent) != 1 or sent[0] is None else settled(sent[0], case)


def as_node(value: Any) -> Node:
    """Return a JSON value as a node."""
    if isinstance(value, dict):
        return Members({name: as_node(member) for name, member in value.items()})
    if isinstance(value, list | tuple):
        return Items(tuple(map(as_node, value)))
    return Known(value)


NOT_ONE = object()
"""Returned for a node that may be several values."""


def as_value(node: Node, case: Case) -> Any:
    """Return the one JSON value of a node in a case, or `NOT_ONE` where it may be several, or none."""
    if isinstance(node, Known):
        return node.value
    if isinstance(node, Leaf):
        sent = node.within(case)
        return NOT_ONE if len(sent) != 1 or sent[0] is None else as_value(sent[0], case)
    if isinstance(node, Items):
        values = [as_value(child, case) for child in node.items if presence(child, case) is not Presence.NEVER]
        return NOT_ONE if any(value is NOT_ONE for value in values) else values
    if not isinstance(node, Members):
        return NOT_ONE
    there = {name: child for name, child in node.members.items() if presence(child, case) is not Presence.NEVER}
    named = {name: as_value(child, case) for name, child in there.items()}
    return NOT_ONE if any(value is NOT_ONE for value in named.values()) else named
