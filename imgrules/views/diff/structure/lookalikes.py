"""Models that one side removes and the other adds with mostly equal content: they look as if renamed without an alias."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from imgrules.table.records import Model, Table
from imgrules.views.diff.structure.documents import resolved

_LIKE = 0.75  # the part of the content that is equal in models that look alike
_MOST_PAIRS = 10_000  # of removed and added models that are compared; beyond it, none is


def lookalikes(old: Table, new: Table) -> dict[str, str]:
    """Return the added model that looks like a removed one, by the name of the removed one; no model is in two pairs."""
    removed = [name for name in old.models if name not in new.models]
    added = [name for name in new.models if name not in old.models]
    if not 0 < len(removed) * len(added) <= _MOST_PAIRS:
        return {}
    contents = {model.id: _content(model) for model in (*_of(old, removed), *_of(new, added))}
    likeness = ((_likeness(contents[before], contents[after]), before, after) for before, after in product(removed, added))
    found: dict[str, str] = {}
    for like, before, after in sorted(likeness, key=lambda pair: -pair[0]):
        if like >= _LIKE and before not in found and after not in found.values():
            found[before] = after
    return found


def alias_hint(new: Table, before: str, after: str) -> str:
    """Return a hint that says which alias to write so that a model of the new side keeps its old name."""
    name = json.dumps(before, ensure_ascii=False)
    more = any(alias.means == after for alias in new.aliases)
    return f"add {name} to the aliases of {after}" if more else f"add `aliases: [{name}]` to {after}"


def _of(table: Table, names: Iterable[str]) -> Iterator[Model]:
    return (table.models[name] for name in names)


def _content(model: Model) -> frozenset[tuple[tuple[str, ...], str]]:
    """Return the leaves of the resolved rules of a model with their paths, without its names."""
    return frozenset(leaf for leaf in _leaves(resolved(model), ()) if leaf[0] not in {("id",), ("label",)})


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, (*path, name))
    else:
        yield path, repr(value)


def _likeness(one: frozenset[Any], other: frozenset[Any]) -> float:
    """Return the part of the content of two models that is equal, from 0 to 1."""
    return len(one & other) / max(len(one), len(other), 1)
