"""Find the wire paths that conflict: those that are equal, and those that lie inside others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from imgrules.table.terms import WirePath


def overlaps(paths: tuple[WirePath, ...]) -> Iterator[tuple[int, int]]:
    """
    Yield the indexes of each two paths that conflict: that of the earlier path, then that of the later one.

    Pairs with one later path follow each other: first paths equal to it, then those around it, the innermost first, then those
    inside it.
    """
    at_path: dict[WirePath, list[int]] = {}
    inside: dict[WirePath, list[int]] = {}
    for at, path in enumerate(paths):
        around = [path[:length] for length in range(len(path) - 1, 0, -1)]
        for place in (path, *around):
            yield from ((earlier, at) for earlier in at_path.get(place, ()))
        yield from ((earlier, at) for earlier in inside.get(path, ()))
        at_path.setdefault(path, []).append(at)
        for place in around:
            inside.setdefault(place, []).append(at)


@lru_cache(maxsize=256)
def any_overlap(paths: tuple[WirePath, ...]) -> bool:
    """Whether any two of some paths conflict; the models of a rule set send at few different sets of paths."""
    return next(overlaps(paths), None) is not None
