"""What was answered before, so that it need not be found again."""

from __future__ import annotations

from typing import Any, TypeVar

MOST = 1024

_Answer = TypeVar("_Answer")


class Memory(dict[Any, Any]):
    """
    Answers by their questions: at most so many, whatever is asked; when it is full, it begins again.

    It belongs to what it answers about, a table or a model, and goes with it. Threads share it: what two of them find at
    once is the same, whoever keeps it. It is no part of its owner, so a copy or a pickle of the owner begins with none.
    """

    __slots__ = ()

    def keep(self, question: object, answer: _Answer) -> _Answer:
        """Keep an answer, and answer it."""
        if len(self) >= MOST:
            self.clear()
        self[question] = answer
        return answer

    def __reduce__(self) -> tuple[type[Memory], tuple[()]]:
        """Answer an empty one."""
        return Memory, ()
