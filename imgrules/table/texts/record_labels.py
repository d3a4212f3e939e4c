"""Find every label in the records of a table, as the annotations of their attributes say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from imgrules.table.record_readers import annotation_of, parts_of
from imgrules.table.terms import Label


def labels_of(record: Any) -> Iterator[Label]:
    """Yield every label in a record, and in the records that it holds."""
    kind: Any = type(record)
    for name, container, is_label in _places(kind):
        content = getattr(record, name)
        items = () if content is None else _items(container, content)
        if is_label:
            yield from items
        else:
            for item in items:
                yield from labels_of(item)


def _items(container: Any, content: Any) -> Iterable[Any]:
    if container is dict:
        return content.values()  # type: ignore[no-any-return]
    return content if container is tuple else (content,)


@cache
def _places(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    """Return the attributes of a record class that lead to labels, each with its container and whether it holds the labels."""
    contents = ((name, *parts_of(annotation_of(kind, name))) for name in kind.__match_args__)
    return tuple((name, container, item == Label) for name, container, item in contents if Label in _types_in(item))


def _types_in(kind: Any) -> list[Any]:
    """Return a type and, if it is a record class, the types of all that its records hold, directly or not."""
    left, types = [kind], list[Any]()
    while left:
        held = left.pop()
        if held not in types:  # a model holds changes, which hold models
            types.append(held)
            left += [parts_of(annotation_of(held, name))[1] for name in getattr(held, "__match_args__", ())]
    return types
