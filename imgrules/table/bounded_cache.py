"""What was answered before, so that it need not be found again."""

from __future__ import annotations

from typing import Any, TypeVar

_Answer = TypeVar("_Answer")


class Memory(dict[Any, Any]):
    """
    Answers by their questions: at most so many, whatever is asked; when it is full, it begins again.

    It belongs to what it answers about, a table or a model, and goes with it. Threads share it: what two of them find at
    once is the same, whoever keeps it. It is no part of its owner, so a copy or a pickle of the owner begins with none.
    """

    __slots__ = ("most",)

    def __init__(self, most: int = 1024) -> None:
        super().__init__()
        self.most = most

    def keep(self, question: object, answer: _Answer) -> _Answer:
        """Keep an answer, and return it."""
        if len(self) >= self.most:
            self.clear()
        self[question] = answer
        return answer

    def __reduce__(self) -> tuple[type[Memory], tuple[int]]:
        """Return an empty one."""
        return Memory, (self.most,)
