"""Verify that the wire paths of one request body do not conflict."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeAlias

from imgrules.table.verify.predicates import InvalidTableError

_Path: TypeAlias = tuple[str | int, ...]
_Tree: TypeAlias = dict[str | int, Any]


def verify_paths(paths: Sequence[_Path]) -> bool:
    """Verify that array indexes run from 0 without a gap; return whether a path is equal to another one or its beginning."""
    root: _Tree = {}
    is_shared = False
    for path in paths:
        node = root
        for part in path[:-1]:
            inner = node.setdefault(part, {})
            if inner is None:
                is_shared = True
                node[part] = inner = {}
            node = inner
        is_shared = is_shared or path[-1] in node
        node.setdefault(path[-1], None)
    if any(type(key) is int for key in root):
        raise InvalidTableError("a wire path begins with an index, but the body is an object", "body")
    _verify_arrays(root)
    return is_shared


def verify_shared(paths: Sequence[_Path], by_option: Collection[int]) -> None:
    """
    Verify that no path is equal to another one or its beginning, unless both leaves depend on options.

    The rules of a model can keep such leaves apart; `by_option` are their places in `paths`.
    """
    fixed = {path for at, path in enumerate(paths) if at not in by_option}
    around = {path[:length] for path in fixed for length in range(1, len(path))}
    seen: set[_Path] = set()
    for at, path in enumerate(paths):
        others = fixed if at in by_option else seen
        beginnings = (path[:length] for length in range(1, len(path)))
        if path in others or path in around or any(beginning in fixed for beginning in beginnings):
            raise InvalidTableError("a wire path is sent twice, or is the beginning of another one", "body")
        seen.add(path)


def _verify_arrays(node: _Tree) -> None:
    places = [key for key in node if type(key) is int]
    if places and sorted(places) != list(range(len(node))):
        raise InvalidTableError("an array has a gap between its indexes, or a key that is not an index", "body")
    for inner in node.values():
        if inner is not None:
            _verify_arrays(inner)
