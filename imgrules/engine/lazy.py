"""Lazy records: attributes that are computed at their first access, since most callers of a refusal read few of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

put = object.__setattr__
"""Sets an attribute of a frozen record, by name."""


class LazyRecord:
    """
    A frozen record with attributes that are computed at their first access.

    `_fill` is a tuple of a function and its first arguments; the function is called with the record and the name of the
    missing attribute as well. It sets that attribute, and others that it knows by then; last, it may set another `_fill`
    for those that are still missing. Two threads that read an attribute at the same time compute equal values.
    """

    __slots__ = ("_fill",)

    _fill: tuple[Any, ...]

    if not TYPE_CHECKING:  # pragma: no branch  # a type checker would accept any attribute

        def __getattr__(self, name: str) -> Any:
            """Return an attribute that is not yet set."""
            if name not in type(self).__match_args__:
                raise AttributeError(f"{type(self).__name__} has no {name}", name=name, obj=self)
            # Another thread may have set it since, and left no `_fill`.
            fill = self._fill
            if fill:
                fill[0](*fill[1:], self, name)
            return object.__getattribute__(self, name)
