"""How much work a regular expression can make: a bound of the steps that a search takes, and the search where that is small."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterator
from functools import lru_cache
from re import _parser  # type: ignore[attr-defined]  # there is no public parser of regular expressions
from typing import Any

from imgrules.compiler.contract.judging.pattern_ways import Graph, TooManyError

SHORT = 250
"""Characters of a text that every expression can be matched with: the longest wire path has as many."""

MOST_STEPS = 20_000_000
"""The most steps that a search in one text may take: an expression that may need more for a `SHORT` text is refused."""

_USUAL = (*map(chr, range(128)), *"\x85\xa0éßİ٣漢😀")


@lru_cache(maxsize=4096)
def steps_of(pattern: str, length: int) -> int | None:
    """Return a bound of the steps of a search in any text of at most this length; None if no bound was found."""
    with warnings.catch_warnings():  # what Python may change about a regular expression one day is no news for an author
        warnings.simplefilter("ignore", FutureWarning)
        tree = _parser.parse(pattern)
    nodes = list(tree)
    begins = bool(nodes) and str(nodes[0][0]) == "AT" and str(nodes[0][1]).startswith("AT_BEGINNING")
    anywhere = not begins or bool(tree.state.flags & re.MULTILINE)
    try:
        steps = _steps(tree.state, nodes[1:] if begins else nodes, _characters(tree), length, anywhere=anywhere)
    except (TooManyError, RecursionError):
        return None
    return None if steps is None else steps + length


def is_bounded(pattern: str) -> bool:
    """Whether a search in any `SHORT` text takes at most `MOST_STEPS` steps."""
    steps = steps_of(pattern, SHORT)
    return steps is not None and steps <= MOST_STEPS


def steps_for(pattern: str, text: str) -> int | None:
    """Return a bound of the steps of a search in a text, or None if that may be more than `MOST_STEPS`."""
    longest = SHORT if len(text) <= SHORT else 1 << len(text).bit_length()  # few lengths, so that few bounds are kept
    steps = steps_of(pattern, longest)
    return None if steps is None or steps > MOST_STEPS else steps


def matches(pattern: str, text: str) -> bool | None:
    """Return whether a pattern matches a text, or None where that may take more than `MOST_STEPS` steps."""
    return None if steps_for(pattern, text) is None else re.search(pattern, text) is not None


def _steps(state: Any, nodes: list[Any], characters: frozenset[str], length: int, *, anywhere: bool = False) -> int | None:
    """Return the steps from one place of a text on, or from anywhere on; those of what looks ahead or behind included."""
    graph = Graph(state, characters)
    whole = graph.sequence(nodes)
    ways = graph.ways(whole, length)
    looking = [_steps(state, inner, characters, length) for inner in graph.looking]
    if ways is None or None in looking:
        return None
    looked = 1 + sum(inner + length for inner in looking if inner is not None)
    ways *= length + 1 if anywhere else 1
    if ways * looked > MOST_STEPS and length <= SHORT:
        counted = graph.ways_of_search(whole, length, anywhere=anywhere, most=MOST_STEPS // looked)
        ways = ways if counted is None else min(ways, counted)
    return ways * looked


def _characters(tree: Any) -> frozenset[str]:
    """Return characters that stand for all: of two ranges that overlap, one holds an end of the other."""
    named = frozenset(_named(tree))
    return frozenset((*_USUAL, *named, *(other for one in named for other in (one.lower(), one.upper()) if len(other) == 1)))


def _named(part: Any) -> Iterator[str]:
    if isinstance(part, int):
        yield from [chr(part)] if 0 <= part <= sys.maxunicode else []
    elif isinstance(part, list | tuple | _parser.SubPattern):
        for inner in part:
            yield from _named(inner)
