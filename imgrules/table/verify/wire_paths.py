"""Which wire paths go together in one request body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from imgrules.table.verify.predicates import OddError

_Tree: TypeAlias = dict[str | int, Any]


def look_at_paths(paths: Iterable[tuple[str | int, ...]]) -> None:
    """Look whether wire paths go together: none lies in another, and no array has a hole or names."""
    root: _Tree = {}
    for path in paths:
        node = root
        for at, part in enumerate(path):
            if at == len(path) - 1:
                if part in node:
                    raise OddError("a wire path that is sent twice, or lies in another", "body")
                node[part] = None
            else:
                node = node.setdefault(part, {})
                if node is None:
                    raise OddError("a wire path that lies in another", "body")
    if any(type(each) is int for each in root):
        raise OddError("a body is no array", "body")
    _arrays(root)


def _arrays(node: _Tree) -> None:
    places = [each for each in node if type(each) is int]
    if places and sorted(places) != list(range(len(node))):
        raise OddError("an array with a hole, or with names", "body")
    for each in node.values():
        if each is not None:
            _arrays(each)
