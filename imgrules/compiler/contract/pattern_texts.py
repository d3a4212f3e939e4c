"""Texts that a regular expression is about: some that it matches, and characters that it excludes."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product
from re import _parser  # type: ignore[attr-defined]  # there is no public parser of regular expressions
from typing import Any

_MOST_TEXTS = 12
_MOST_ALIKE = 3  # texts of one part
_OF_CATEGORIES = {"DIGIT": "7", "SPACE": " ", "WORD": "x"}
_TRIED = "x7 -_.,:;/#@!?<>&'\"\\é漢\nA"


@lru_cache(maxsize=256)
def texts_about(pattern: str) -> tuple[str, ...]:
    """Return texts to try where a pattern decides: they match it, or hold a character that a part of it excludes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        tree = _parser.parse(pattern)
    try:
        found = [*islice(_sequence(tree), _MOST_TEXTS), *islice(_excluded(tree), _MOST_TEXTS)]
    except RecursionError:
        found = []
    return tuple(dict.fromkeys(found))


def _sequence(nodes: Iterable[Any]) -> Iterator[str]:
    parts = [list(islice(_part(str(op), value), _MOST_ALIKE)) for op, value in nodes]
    return map("".join, islice(product(*parts), _MOST_TEXTS))


def _part(name: str, value: Any) -> Iterator[str]:
    """Yield texts that one node of a pattern matches."""
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        least, most, inner = value
        counts = dict.fromkeys((int(least), min(int(least) + 1, int(most))))
        yield from (text * count for count in counts if count < len(_TRIED) * 8 for text in islice(_sequence(inner), 2))
    elif name in {"SUBPATTERN", "ATOMIC_GROUP"}:
        yield from _sequence(value[-1] if name == "SUBPATTERN" else value)
    elif name == "BRANCH":
        yield from (text for branch in value[1] for text in islice(_sequence(branch), 1))
    elif name in {"AT", "ASSERT", "ASSERT_NOT", "GROUPREF", "GROUPREF_EXISTS"}:
        yield ""
    else:
        yield from _characters(name, value)


def _characters(name: str, value: Any) -> Iterator[str]:
    """Yield characters that a node matches."""
    members = value if name == "IN" else [(name, value)]
    excluded = {*_members(members)} if _is_negated(members) else set()
    yield from (letter for letter in _TRIED if letter not in excluded) if excluded or name == "ANY" else _members(members)


def _is_negated(members: Iterable[Any]) -> bool:
    return any(str(op) in {"NEGATE", "NOT_LITERAL"} for op, _ in members)


def _members(members: Iterable[Any]) -> Iterator[str]:
    """Yield characters that a class lists, or excludes."""
    for op, value in members:
        if str(op) in {"LITERAL", "NOT_LITERAL"}:
            yield chr(value)
        elif str(op) == "RANGE":
            yield from map(chr, value)
        elif str(op) == "CATEGORY":
            yield from (letter for kind, letter in _OF_CATEGORIES.items() if str(value) == f"CATEGORY_{kind}")


def _excluded(nodes: Iterable[Any]) -> Iterator[str]:
    """Yield the characters that classes of a pattern exclude, also inside its groups."""
    for op, value in nodes:
        members = value if str(op) == "IN" else [(op, value)]
        if str(op) in {"IN", "NOT_LITERAL"}:
            yield from _members(members) if _is_negated(members) else ()
        else:
            yield from _excluded(_inner(value))


def _inner(value: Any) -> Iterator[Any]:
    """Yield the nodes inside the value of a node."""
    for part in value if isinstance(value, list | tuple) else ():
        if isinstance(part, _parser.SubPattern):
            yield from part
        else:
            yield from _inner(part)
