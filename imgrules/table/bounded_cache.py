"""A cache of bounded size, for results that follow from a table or a model alone."""

from __future__ import annotations

from typing import Any, TypeVar

_Value = TypeVar("_Value")


class Memory(dict[Any, Any]):
    """
    A dict that caches results by key and is cleared when it is full, so that no input makes it grow without end.

    It belongs to the table or model from which its results follow. Threads may share it without a lock: two of them may
    compute the same result at once, and either is kept. A copy or a pickle of the owner starts with an empty cache.
    """

    __slots__ = ("most",)

    def __init__(self, most: int = 1024) -> None:
        super().__init__()
        self.most = most

    def keep(self, key: object, value: _Value) -> _Value:
        """Cache a value, and return it."""
        if len(self) >= self.most:
            self.clear()
        self[key] = value
        return value

    def __reduce__(self) -> tuple[type[Memory], tuple[int]]:
        """Pickle and copy as an empty cache."""
        return Memory, (self.most,)
