"""Verify that the wire paths of one request body do not conflict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from imgrules.table.verify.predicates import InvalidTableError

_Tree: TypeAlias = dict[str | int, Any]


def verify_paths(paths: Iterable[tuple[str | int, ...]]) -> None:
    """Verify that no wire path is equal to another one or its beginning, and that array indexes run from 0 without a gap."""
    root: _Tree = {}
    for path in paths:
        node = root
        for at, part in enumerate(path):
            if at == len(path) - 1:
                if part in node:
                    raise InvalidTableError("a wire path is sent twice, or is the beginning of another one", "body")
                node[part] = None
            else:
                node = node.setdefault(part, {})
                if node is None:
                    raise InvalidTableError("a wire path begins with another one", "body")
    if any(type(key) is int for key in root):
        raise InvalidTableError("a wire path begins with an index, but the body is an object", "body")
    _verify_arrays(root)


def _verify_arrays(node: _Tree) -> None:
    places = [key for key in node if type(key) is int]
    if places and sorted(places) != list(range(len(node))):
        raise InvalidTableError("an array has a gap between its indexes, or a key that is not an index", "body")
    for inner in node.values():
        if inner is not None:
            _verify_arrays(inner)
